"""Runs of playbooks in the database: up, down and up again with rows; one run of a playbook at a time."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from db.engine import open_store
from db.migrate import downgrade, upgrade
from db.unit_of_work import Session
from desktop.domain.errors import StoreError
from tests.factories import MONDAY_US, a_row, an_escalation_row


def write_run(session: Session, slug: str = "payments") -> tuple[int, int]:
    """A run of one step on an escalation of its own; gives escalation and playbook."""
    playbook_id = a_row(
        session, "playbook", slug=slug, title="Payments fail", created_at=MONDAY_US, created_by="Cora"
    )
    escalation_id = an_escalation_row(session)
    run_id = a_run(session, escalation_id, playbook_id)
    a_row(session, "playbook_run_step", run_id=run_id, step_id="look", version=1)
    return escalation_id, playbook_id


def a_run(session: Session, escalation_id: int, playbook_id: int) -> int:
    columns = {"escalation_id": escalation_id, "playbook_id": playbook_id, "version": 1}
    return a_row(session, "playbook_run", **columns, opened_at=MONDAY_US, opened_by="Cora")


@pytest.mark.migration
def test_runs_go_with_their_version_and_others_take_their_place(database_path: Path):
    with closing(open_store(database_path)) as store, store.begin() as session:
        write_run(session)
    downgrade(database_path, to=8)
    upgrade(database_path)
    with closing(open_store(database_path)) as store, store.begin() as session:
        assert session.sql("SELECT count(*) FROM playbook_run").fetchone() == (0,)
        assert session.sql("SELECT count(*) FROM playbook").fetchone() == (1,)
        write_run(session, "others")


def test_a_playbook_is_open_once_on_an_escalation_and_again_after_its_end(database_path: Path):
    with closing(open_store(database_path)) as store:
        with store.begin() as session:
            ids = write_run(session)
        with pytest.raises((sqlite3.IntegrityError, StoreError)), store.begin() as session:
            a_run(session, *ids)
        with store.begin() as session:
            session.sql("UPDATE playbook_run SET ended_at = ?", (MONDAY_US,))
            a_run(session, *ids)


@pytest.mark.parametrize("change", ["state = 'done'", f"at = {MONDAY_US}", "state = 'elsewhere'"])
def test_a_step_that_is_settled_says_when_and_an_open_one_does_not(database_path: Path, change: str):
    with closing(open_store(database_path)) as store:
        with store.begin() as session:
            write_run(session)
        with pytest.raises((sqlite3.IntegrityError, StoreError)), store.begin() as session:
            session.sql(f"UPDATE playbook_run_step SET {change}")
