"""Templates in the database: up, down and up again with rows; what was published or written stays so."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from db.engine import open_store
from db.migrate import downgrade, upgrade
from db.unit_of_work import Session, Store
from tests.factories import MONDAY_US, a_row, an_escalation_row

_PLACE = {"audience": "customer", "stage": "initial", "medium": "email"}


def write_template(session: Session) -> int:
    """A published template, and a fact that was approved."""
    template_id = a_row(session, "template", slug="first", **_PLACE)
    text = {"title": "First", "subject": "s", "body": "b", "author": "Cora"}
    about = {"hash": "0" * 64, "change_note": "New", "published_at": MONDAY_US, "published_by": "Leo"}
    a_row(session, "template_version", template_id=template_id, number=1, **text, **about)
    made = {"made_at": MONDAY_US, "made_by": "Cora", "approved_at": MONDAY_US, "approved_by": "Leo"}
    escalation_id = an_escalation_row(session)
    a_row(session, "message_fact", escalation_id=escalation_id, name="credit_statement", text="10 %", **made)
    return template_id


@pytest.mark.migration
def test_templates_go_with_their_version_and_others_take_their_place(database_path: Path):
    with closing(open_store(database_path)) as store, store.begin() as session:
        write_template(session)
    downgrade(database_path, to=10)
    upgrade(database_path)
    with closing(open_store(database_path)) as store, store.begin() as session:
        assert session.sql("SELECT count(*) FROM template").fetchone() == (0,)
        write_template(session)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE template_version SET body = 'otherwise'",
        "UPDATE template_version SET change_note = ''",
        "DELETE FROM template_version",
        "INSERT OR REPLACE INTO template_version SELECT template_id, number, title, subject, 'x', hash,"
        " change_note, author, published_at, published_by FROM template_version",
        "UPDATE message_fact SET text = '20 %'",
        "UPDATE message_fact SET made_by = 'Somebody'",
        "UPDATE message_fact SET approved_by = 'Somebody'",
        "DELETE FROM message_fact",
    ],
)
def test_what_was_published_or_written_cannot_be_rewritten(store: Store, statement: str):
    with store.begin() as session:
        write_template(session)
    with (
        pytest.raises(sqlite3.IntegrityError, match=r"never changes|stays approved"),
        store.begin() as session,
    ):
        session.sql(statement)


def test_one_template_is_in_use_for_each_place(store: Store):
    with store.begin() as session:
        write_template(session)
        with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
            a_row(session, "template", slug="second", **_PLACE)
        session.sql("UPDATE template SET retired_at = ?", (MONDAY_US,))
        a_row(session, "template", slug="second", **_PLACE)
