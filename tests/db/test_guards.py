"""What was written into history stays as it was, even for somebody with SQL in hand."""

import sqlite3

import pytest

from db.unit_of_work import Session, Store
from tests.factories import MONDAY_US, a_row, an_escalation_row, an_event_row

A_HASH = "a" * 64


def write_history(session: Session) -> None:
    escalation_id = an_escalation_row(session)
    an_event_row(session, 1, escalation_id=escalation_id)
    an_event_row(session, 2)
    a_row(session, "policy", version=1, name="First", body="", active_at=1, created_at=1, created_by="T")
    a_row(session, "content", sha256=A_HASH, size=1, data=b"x")
    a_row(
        session,
        "evidence",
        escalation_id=escalation_id,
        sha256=A_HASH,
        name="a.txt",
        size=1,
        added_at=MONDAY_US,
        added_by="Test",
    )
    a_row(session, "outbox_history", outbox_id=1, at=MONDAY_US, state="pending")


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE timeline SET actor = 'Nobody' WHERE seq = 1", "append-only"),
        ("DELETE FROM timeline WHERE seq = 2", "append-only"),
        (f"INSERT INTO timeline VALUES (4, NULL, 'x', 1, 'T', '', '{A_HASH}')", "without gaps"),
        (f"INSERT INTO timeline VALUES (1, NULL, 'x', 1, 'T', '', '{A_HASH}')", "without gaps"),
        (f"INSERT OR REPLACE INTO timeline VALUES (2, NULL, 'x', 1, 'T', '', '{A_HASH}')", "without gaps"),
        ("UPDATE chain_head SET seq = seq - 1", "never run back"),
        ("UPDATE chain_head SET revision = revision - 1", "never run back"),
        ("DELETE FROM chain_head", "stays"),
        (f"INSERT OR REPLACE INTO chain_head VALUES (1, 9, '{A_HASH}', 9)", "one head"),
        ("UPDATE policy SET body = 'other'", "never changes"),
        ("DELETE FROM policy", "never changes"),
        ("INSERT OR REPLACE INTO policy VALUES (1, 'Other', '', 1, 1, 'T')", "never changes"),
        ("UPDATE content SET data = x'00'", "never changes"),
        (f"INSERT OR REPLACE INTO content VALUES ('{A_HASH}', 1, x'00')", "never changes"),
        ("DELETE FROM content", "FOREIGN KEY"),
        (f"UPDATE evidence SET sha256 = '{'b' * 64}'", "never changes"),
        ("UPDATE outbox_history SET state = 'sent'", "append-only"),
        ("DELETE FROM outbox_history", "append-only"),
        ("INSERT OR REPLACE INTO outbox_history VALUES (1, 1, 1, 'sent', '')", "append-only"),
    ],
)
def test_history_cannot_be_rewritten(store: Store, statement: str, sentence: str):
    with store.begin() as session:
        write_history(session)
    with pytest.raises(sqlite3.IntegrityError, match=sentence), store.begin() as session:
        session.sql(statement)


@pytest.mark.parametrize(
    "statement",
    [
        f"INSERT INTO timeline VALUES (3, NULL, 'x', 1, 'T', '', '{A_HASH}')",
        f"UPDATE chain_head SET seq = 2, hash = '{A_HASH}'",
        f"INSERT OR IGNORE INTO content VALUES ('{A_HASH}', 1, x'78')",
        "UPDATE evidence SET removed_at = 1, name = 'b.txt'",
        "INSERT INTO policy VALUES (2, 'Second', '', 1, 1, 'T')",
    ],
)
def test_history_can_be_continued(store: Store, statement: str):
    with store.begin() as session:
        write_history(session)
    with store.begin() as session:
        session.sql(statement)


@pytest.mark.parametrize(
    "columns",
    [{"state": "lost"}, {"severity": 5}, {"priority": "P9"}, {"score": 101}, {"business_impact": 6}],
)
def test_values_outside_the_vocabulary_are_refused(store: Store, columns: dict[str, object]):
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"), store.begin() as session:
        an_escalation_row(session, **columns)


def test_the_id_of_a_deleted_escalation_is_never_used_again(store: Store):
    with store.begin() as session:
        first = an_escalation_row(session)
        session.sql("DELETE FROM escalation")
        assert an_escalation_row(session) > first


def test_words_are_found_by_their_beginning_and_without_accents(store: Store):
    with store.begin() as session:
        a_row(session, "escalation_search", rowid=7, title="Überweisung hängt", customer="Café")
        found = session.sql("SELECT rowid FROM escalation_search WHERE escalation_search MATCH 'uber* cafe'")
        assert found.fetchall() == [(7,)]
