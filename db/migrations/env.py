"""What Alembic runs for every command: on the connection it is given, inside the caller's transaction."""

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import BigInteger
from sqlalchemy.types import TypeDecorator

# The full-text indexes and the tables that SQLite keeps for them are made by hand in the migrations.
_FULL_TEXT = ("escalation_search", "playbook_search")


def _is_compared(name: str | None, kind: str, _parents: object) -> bool:
    return not (kind == "table" and name is not None and name.startswith(_FULL_TEXT))


def _render_type(kind: str, value: object, _autogenerate: AutogenContext) -> str | Literal[False]:
    # Our own column types would be written without an import; a migration knows only SQLAlchemy's.
    if kind == "type" and isinstance(value, TypeDecorator) and isinstance(value.impl, BigInteger):
        return "sa.BigInteger()"
    return False


def _run() -> None:
    attributes = context.config.attributes
    context.configure(
        connection=attributes["connection"],
        target_metadata=attributes.get("metadata"),
        transactional_ddl=True,
        render_as_batch=True,
        include_name=_is_compared,
        render_item=_render_type,
        compare_type=True,
        compare_server_default=True,
    )
    with context.begin_transaction():
        context.run_migrations()


_run()
