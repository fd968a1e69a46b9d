"""Messages in the database: up, down and up again with rows; what was told never changes."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from db.engine import open_store
from db.migrate import downgrade, upgrade
from db.unit_of_work import Session, Store
from tests.factories import MONDAY_US, a_row, an_escalation_row


def write_message(session: Session) -> int:
    """A message that was sent, with a promise in it, beside a version of the rules of tone."""
    sent_id = a_row(
        session,
        "sent_message",
        send_key="draft:1:email",
        batch="draft:1",
        escalation_id=(escalation_id := an_escalation_row(session)),
        audience="customer",
        stage="initial",
        medium="email",
        way="mail",
        body="We are on it.",
        sent_at=MONDAY_US,
        by_name="Cora",
        hash="0",
        state="queued",
        state_at=MONDAY_US,
    )
    a_row(
        session, "promise", escalation_id=escalation_id, kind="next_update", made_at=MONDAY_US,
        made_by="Cora", due_at=MONDAY_US + 1, sent_id=sent_id,
    )  # fmt: skip
    a_row(session, "tone_version", number=1, document="{}", hash="0", by_name="Leo", at=MONDAY_US)
    return sent_id


@pytest.mark.migration
def test_messages_go_with_their_version_and_others_take_their_place(database_path: Path):
    with closing(open_store(database_path)) as store, store.begin() as session:
        write_message(session)
    downgrade(database_path, to=11)
    upgrade(database_path)
    with closing(open_store(database_path)) as store, store.begin() as session:
        assert session.sql("SELECT count(*) FROM sent_message").fetchone() == (0,)
        assert session.sql("SELECT count(*) FROM escalation").fetchone() == (1,)
        write_message(session)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sent_message SET body = 'Nothing was said'",
        "UPDATE sent_message SET field_values = '{\"a\": 1}'",
        "UPDATE sent_message SET next_update_at = 5",
        "UPDATE sent_message SET hash = '1'",
        "DELETE FROM sent_message",
        "UPDATE promise SET due_at = due_at + 1",
        "DELETE FROM promise",
        "UPDATE tone_version SET document = '[]'",
        "DELETE FROM tone_version",
    ],
)
def test_what_was_told_cannot_be_rewritten(store: Store, statement: str):
    with store.begin() as session:
        write_message(session)
    with pytest.raises(sqlite3.IntegrityError, match="never changes"), store.begin() as session:
        session.sql(statement)


def test_how_the_delivery_stands_may_change(store: Store):
    with store.begin() as session:
        sent_id = write_message(session)
        session.sql("UPDATE sent_message SET state = 'sent', state_at = ?, error = ''", (MONDAY_US,))
        assert session.sql("SELECT state FROM sent_message WHERE id = ?", (sent_id,)).fetchone() == ("sent",)


def test_a_message_is_sent_once_by_its_key(store: Store):
    with store.begin() as session:
        write_message(session)
        with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
            write_message(session)
