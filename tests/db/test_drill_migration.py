"""Drills, gaps and plans in the database: up, down and up again with rows; what a row of theirs can be."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from db.engine import open_store
from db.migrate import downgrade, upgrade
from db.unit_of_work import Session, Store
from tests.factories import MONDAY_US, a_person_row, a_row, an_escalation_row


def write_run(session: Session, slug: str = "charged") -> int:
    """A published scenario with a draft, and a run of it with all that can hang on one; gives the run."""
    scenario_id = a_row(session, "scenario", slug=slug, published=1, created_at=MONDAY_US, created_by="Theo")
    words = {"scenario_id": scenario_id, "text": "x", "sha256": "y", "title": "Charged"}
    made = {"created_at": MONDAY_US, "created_by": "Theo", "saved_by": "Theo"}
    a_row(session, "scenario_version", **words, **made, number=1, state="published", published_at=MONDAY_US)
    a_row(session, "scenario_version", **words, **made, number=2)
    run_id = a_run(session, scenario_id)
    a_row(session, "drill_seat", run_id=run_id, number=1, role="lead", title="Lead", name="Leo")
    for seq in (1, 2):
        a_row(session, "drill_event", run_id=run_id, seq=seq, sim_ms=0, at=MONDAY_US, kind="note.added")
    a_row(
        session,
        "drill_result",
        run_id=run_id,
        at=MONDAY_US,
        by_name="Theo",
        engine=1,
        coverage=0,
        content="{}",
    )
    a_row(session, "observer_note", run_id=run_id, sim_ms=0, at=MONDAY_US, author="Theo", text="Saw it")
    a_row(session, "survey_answer", id=77 + run_id, run_id=run_id, question="F1", score=3, day="2026-11-23")
    a_row(session, "drill_snapshot", run_id=run_id, seq=1, sim_ms=0, path="/there")
    return run_id


def a_run(session: Session, scenario_id: int, **more: object) -> int:
    words = {"scenario_id": scenario_id, "version": 1, "text": "x", "sha256": "y", "title": "Charged"}
    kind = {"mode": "table", "practice": 0, "seed": 7, "made_at": MONDAY_US, "made_by": "Theo"}
    return a_row(session, "drill_run", **(words | kind | more))


def write_gap(session: Session, run_id: int | None, **more: object) -> int:
    seen = {"category": "decision_rights", "code": "DR1", "title": "approver unclear", "severity": 2}
    by = {"found_at": MONDAY_US, "proposed_by": "Theo", "run_id": run_id}
    return a_row(session, "gap", **(seen | by | more))


def write_all(session: Session, slug: str = "charged") -> None:
    """A run with a gap, an action for it, and a plan that brings it again."""
    run_id = write_run(session, slug)
    owner_id = a_person_row(session)
    gap_id = write_gap(session, run_id, expectation="E01")
    done = {"text": "Write it down", "kind": "process", "owner_id": owner_id, "due": "2026-12-01"}
    action_id = a_row(
        session, "action", **done, made_at=MONDAY_US, made_by="Theo", run_id=run_id, gap_id=gap_id
    )
    session.sql("UPDATE gap SET action_id = ?, owner_id = ? WHERE id = ?", (action_id, owner_id, gap_id))
    rule = {"rule": "weekly wed 10:00 1 1970-01-01", "zone": "UTC"}
    a_row(session, "drill_plan", title="Wednesday", slug=slug, **rule, made_at=MONDAY_US, made_by="Theo")


@pytest.mark.migration
@pytest.mark.parametrize(
    ("to", "left"), [(13, ()), (14, ("drill_run",)), (15, ("drill_run", "gap", "action"))]
)
def test_drills_go_with_their_versions_and_others_take_their_place(
    database_path: Path, to: int, left: tuple[str, ...]
):
    with closing(open_store(database_path)) as store, store.begin() as session:
        write_all(session)
        an_escalation_row(session)
    downgrade(database_path, to=to)
    upgrade(database_path)
    with closing(open_store(database_path)) as store, store.begin() as session:
        tables = ("drill_run", "gap", "action", "drill_plan")
        counts = {table: session.sql(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}
        assert counts == {table: int(table in left) for table in tables}
        assert session.sql("SELECT count(*) FROM escalation").fetchone() == (1,)
        write_all(session, "others")


def test_a_scenario_has_one_draft(store: Store):
    with store.begin() as session:
        write_run(session)
    with pytest.raises(sqlite3.IntegrityError, match="scenario_id"), store.begin() as session:
        session.sql(
            "INSERT INTO scenario_version (scenario_id, number, text, sha256, title, created_at, created_by,"
            " saved_by) VALUES (1, 3, 'x', 'y', 'z', 0, 'T', 'T')"
        )


def test_two_scenarios_have_two_short_names(store: Store):
    with store.begin() as session:
        write_run(session)
    with pytest.raises(sqlite3.IntegrityError, match="slug"), store.begin() as session:
        write_run(session)


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("drill_run", "state = 'lost'"),
        ("observer_note", "kind = 'gossip'"),
        ("observer_note", "rating = 'A'"),
        ("survey_answer", "score = 6"),
        ("gap", "severity = 4"),
        ("gap", "state = 'forgotten'"),
        ("action", "state = 'lost'"),
        ("action", "kind = 'hope'"),
    ],
)
def test_words_outside_the_vocabulary_are_refused(store: Store, table: str, change: str):
    with store.begin() as session:
        write_all(session)
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"), store.begin() as session:
        session.sql(f"UPDATE {table} SET {change}")


def test_a_gap_is_of_a_run_or_of_an_escalation(store: Store):
    with store.begin() as session:
        run_id, escalation_id = write_run(session), an_escalation_row(session)
    with pytest.raises(sqlite3.IntegrityError, match="source"), store.begin() as session:
        write_gap(session, run_id, escalation_id=escalation_id)


def test_a_fork_says_from_where(store: Store):
    with store.begin() as session:
        write_run(session)
    with pytest.raises(sqlite3.IntegrityError, match="fork"), store.begin() as session:
        a_run(session, 1, forked_from=1)


@pytest.mark.parametrize("column", ["text", "sha256", "version", "mode", "practice", "seed", "made_at"])
def test_a_run_keeps_what_it_was_begun_with(store: Store, column: str):
    with store.begin() as session:
        write_run(session)
    with pytest.raises(sqlite3.IntegrityError, match="begun with"), store.begin() as session:
        session.sql(f"UPDATE drill_run SET {column} = 5")


@pytest.mark.parametrize("table", ["drill_run", "gap", "action"])
def test_what_is_on_record_stays_there(store: Store, table: str):
    with store.begin() as session:
        write_all(session)
    with pytest.raises(sqlite3.IntegrityError), store.begin() as session:
        session.sql(f"DELETE FROM {table}")


def test_unfinished_runs_are_found_by_their_index(store: Store):
    with store.begin() as session:
        write_run(session)
        plan = session.sql(
            "EXPLAIN QUERY PLAN SELECT r.id FROM drill_run r"
            " WHERE r.state IN ('briefing', 'running', 'paused')"
            " AND r.thrown_at IS NULL ORDER BY r.id DESC"
        ).fetchall()
    assert "ix_drill_run_unfinished" in str(plan)


def test_the_first_plan_of_all_is_one_look_into_an_index(store: Store):
    with store.begin() as session:
        plan = session.sql(
            "EXPLAIN QUERY PLAN SELECT min(next_at) FROM drill_plan WHERE removed_at IS NULL"
        ).fetchall()
    assert "ix_drill_plan_next_at" in str(plan)
