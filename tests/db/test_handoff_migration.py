"""Handoffs in the database: up, down and up again with rows; what was handed over never changes."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from db.engine import open_store
from db.migrate import downgrade, upgrade
from db.unit_of_work import Session, Store
from tests.factories import MONDAY_US, a_person_row, a_row, an_escalation_row


def write_handoff(session: Session, **columns: object) -> int:
    """An offered handoff of one escalation with a question that was answered."""
    giver, taker = a_person_row(session), a_person_row(session)
    times = dict.fromkeys(("drafted_at", "filled_at"), MONDAY_US)
    defaults = {"from_id": giver, "to_id": taker, "state": "draft", **times}
    handoff_id = a_row(session, "handoff", **(defaults | columns))
    item_id = a_row(
        session,
        "handoff_item",
        handoff_id=handoff_id,
        escalation_id=an_escalation_row(session),
        position=1,
        summary="Down since nine",
        added_at=MONDAY_US,
    )
    asked = {"item_id": item_id, "question": "Since when?", "asked_at": MONDAY_US, "asked_by": "Sana"}
    a_row(session, "handoff_question", **asked, answer="Nine", answered_at=MONDAY_US, answered_by="Onno")
    session.sql("UPDATE handoff SET state = 'offered', offered_at = ?", (MONDAY_US,))
    return handoff_id


@pytest.mark.migration
def test_handoffs_go_with_their_version_and_others_take_their_place(database_path: Path):
    with closing(open_store(database_path)) as store, store.begin() as session:
        write_handoff(session)
    downgrade(database_path, to=6)
    upgrade(database_path)
    with closing(open_store(database_path)) as store, store.begin() as session:
        assert session.sql("SELECT count(*) FROM handoff").fetchone() == (0,)
        assert session.sql("SELECT count(*) FROM escalation").fetchone() == (1,)
        write_handoff(session)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE handoff SET facts = '{}'",
        "UPDATE handoff SET parts_filled = 5",
        "UPDATE handoff_item SET summary = 'Nothing was said'",
        "UPDATE handoff_item SET risk = ''",
        "DELETE FROM handoff_item",
        "UPDATE handoff_question SET question = 'Who?'",
        "UPDATE handoff_question SET answer = 'Ten'",
        "DELETE FROM handoff_question",
    ],
)
def test_what_was_handed_over_cannot_be_rewritten(store: Store, statement: str):
    with store.begin() as session:
        write_handoff(session)
    with pytest.raises(sqlite3.IntegrityError, match="never changes"), store.begin() as session:
        session.sql(statement)


def test_a_person_has_one_draft_at_a_time(store: Store):
    with store.begin() as session:
        giver = a_person_row(session)
        draft = {"from_id": giver, "drafted_at": MONDAY_US, "filled_at": MONDAY_US}
        a_row(session, "handoff", **draft)
        with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
            a_row(session, "handoff", **draft)


def test_nothing_is_offered_to_nobody(store: Store):
    with store.begin() as session, pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        write_handoff(session, to_id=None)
