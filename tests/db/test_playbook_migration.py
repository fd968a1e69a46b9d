"""Playbooks in the database: up, down and up again with rows; what a draft and a tag can be."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from db.engine import open_store
from db.migrate import downgrade, upgrade
from db.unit_of_work import Session, Store
from tests.factories import MONDAY_US, a_row, an_escalation_row


def write_playbook(session: Session, slug: str = "twice") -> int:
    """A published playbook with a draft, an answer of its reviewer, a tag and its words in the index."""
    playbook_id = a_row(
        session, "playbook", slug=slug, title="Charged twice", created_at=MONDAY_US, created_by="Cora"
    )
    times = dict.fromkeys(("approved_at", "published_at"), MONDAY_US)
    session.sql(
        "INSERT INTO playbook_version (playbook_id, number, content, hash, change_note, author, approved_by,"
        " approved_at, published_at, published_by)"
        " VALUES (?, 1, '{}', 'x', 'First', 'Cora', 'Leo', ?, ?, 'Leo')",
        (playbook_id, *times.values()),
    )
    write_draft(session, playbook_id)
    answer = {"playbook_id": playbook_id, "number": 2, "hash": "y", "reviewer": "Leo", "approves": 1}
    a_row(session, "playbook_review", **answer, at=MONDAY_US)
    write_tag(session, playbook_id, "area")
    session.sql(
        "INSERT INTO playbook_search (rowid, title, purpose, steps, templates, tags)"
        " VALUES (?, 'Charged twice', '', '', '', '')",
        (playbook_id,),
    )
    return playbook_id


def write_draft(session: Session, playbook_id: int, state: str = "draft") -> None:
    session.sql(
        "INSERT INTO playbook_draft (playbook_id, base, state, content, author, saved_by, updated_at)"
        " VALUES (?, 1, ?, '{}', 'Cora', 'Cora', ?)",
        (playbook_id, state, MONDAY_US),
    )


def write_tag(session: Session, playbook_id: int, axis: str) -> None:
    session.sql("INSERT INTO playbook_tag (axis, key, playbook_id) VALUES (?, 'x', ?)", (axis, playbook_id))


@pytest.mark.migration
def test_playbooks_go_with_their_version_and_others_take_their_place(database_path: Path):
    with closing(open_store(database_path)) as store, store.begin() as session:
        write_playbook(session)
        an_escalation_row(session)
    downgrade(database_path, to=7)
    upgrade(database_path)
    with closing(open_store(database_path)) as store, store.begin() as session:
        assert session.sql("SELECT count(*) FROM playbook").fetchone() == (0,)
        assert session.sql("SELECT count(*) FROM escalation").fetchone() == (1,)
        write_playbook(session)


def test_two_playbooks_have_two_short_names(store: Store):
    with store.begin() as session:
        write_playbook(session)
    with pytest.raises(sqlite3.IntegrityError, match="slug"), store.begin() as session:
        write_playbook(session)


def test_a_playbook_has_one_draft(store: Store):
    with store.begin() as session:
        playbook_id = write_playbook(session)
    with pytest.raises(sqlite3.IntegrityError), store.begin() as session:
        write_draft(session, playbook_id)


def test_a_draft_is_in_review_since_somebody_asked(store: Store):
    with store.begin() as session:
        write_playbook(session)
    with pytest.raises(sqlite3.IntegrityError, match="asked"), store.begin() as session:
        session.sql("UPDATE playbook_draft SET state = 'in_review'")


def test_a_tag_is_on_one_of_four_axes(store: Store):
    with store.begin() as session:
        playbook_id = write_playbook(session)
    with pytest.raises(sqlite3.IntegrityError, match="axis"), store.begin() as session:
        write_tag(session, playbook_id, "colour")
