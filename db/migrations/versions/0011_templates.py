"""Templates of messages with their versions, and the facts people have written for messages."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_TABLES = ("template", "template_version", "template_draft", "message_fact")

# Inserts are guarded too: INSERT OR REPLACE deletes without firing the triggers on DELETE.
_GUARDS = (
    ("template_version_kept", "UPDATE ON template_version", "1", "a published template never changes"),
    ("template_version_undeleted", "DELETE ON template_version", "1", "a published template never changes"),
    (
        "template_version_unreplaced",
        "INSERT ON template_version",
        "EXISTS (SELECT 1 FROM template_version WHERE template_id = NEW.template_id AND number = NEW.number)",
        "a published template never changes",
    ),
    (
        "message_fact_kept",
        "UPDATE OF escalation_id, name, text, as_of, source, made_at, made_by, made_by_id ON message_fact",
        "1",
        "what was written for messages never changes",
    ),
    (
        "message_fact_approved",
        "UPDATE OF approved_at, approved_by, approved_by_id ON message_fact",
        "OLD.approved_at IS NOT NULL",
        "what was approved stays approved",
    ),
    ("message_fact_undeleted", "DELETE ON message_fact", "1", "what was written for messages never changes"),
)


def upgrade() -> None:
    """Make the tables, parents before children, and guard what never changes."""
    _templates()
    _facts()
    for name, event, condition, sentence in _GUARDS:
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {event} WHEN {condition} "
            f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
        )


def downgrade() -> None:
    """Take all of it away."""
    for name, *_ in reversed(_GUARDS):
        op.execute(f"DROP TRIGGER {name}")
    for table in reversed(_TABLES):
        op.drop_table(table)


def _templates() -> None:
    op.create_table(
        "template",
        _whole("id"),
        _word("slug"),
        _word("audience"),
        _word("stage"),
        _word("medium"),
        _big("retired_at", null=True),
        _whole("revision", default="0"),
        sa.PrimaryKeyConstraint("id", name="pk_template"),
        sa.UniqueConstraint("slug", name="uq_template_slug"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_template_place",
        "template",
        ["audience", "stage", "medium"],
        unique=True,
        sqlite_where=sa.text("retired_at IS NULL"),
        postgresql_where=sa.text("retired_at IS NULL"),
    )
    op.create_table(
        "template_version",
        _whole("template_id"),
        _whole("number"),
        _word("title"),
        _text("subject"),
        _text("body"),
        _word("hash"),
        _text("change_note"),
        _word("author"),
        _big("published_at"),
        _word("published_by"),
        sa.CheckConstraint("number > 0", name="ck_template_version_number"),
        sa.CheckConstraint("length(hash) = 64", name="ck_template_version_hash"),
        sa.ForeignKeyConstraint(["template_id"], ["template.id"], name="fk_template_version_template_id"),
        sa.PrimaryKeyConstraint("template_id", "number", name="pk_template_version"),
    )
    op.create_table(
        "template_draft",
        _whole("template_id"),
        _whole("base"),
        _whole("edition"),
        _word("title"),
        _text("subject"),
        _text("body"),
        _word("author"),
        _whole("author_id", null=True),
        _big("updated_at"),
        sa.ForeignKeyConstraint(["template_id"], ["template.id"], name="fk_template_draft_template_id"),
        sa.PrimaryKeyConstraint("template_id", name="pk_template_draft"),
    )


def _facts() -> None:
    op.create_table(
        "message_fact",
        _whole("id"),
        _whole("escalation_id", null=True),
        _word("name"),
        _text("text"),
        _big("as_of", null=True),
        _text("source", default="''"),
        _big("made_at"),
        _word("made_by"),
        _whole("made_by_id", null=True),
        _big("approved_at", null=True),
        _word("approved_by", default="''"),
        _whole("approved_by_id", null=True),
        sa.ForeignKeyConstraint(["escalation_id"], ["escalation.id"], name="fk_message_fact_escalation_id"),
        sa.PrimaryKeyConstraint("id", name="pk_message_fact"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_message_fact_escalation_id_name", "message_fact", ["escalation_id", "name"])


def _whole(name: str, *, null: bool = False, default: str | None = None) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=null, server_default=_sql(default))


def _big(name: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=null)


def _word(name: str, *, default: str | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False, server_default=_sql(default))


def _text(name: str, *, default: str | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False, server_default=_sql(default))


def _sql(default: str | None) -> sa.TextClause | None:
    return None if default is None else sa.text(default)
