"""The record of runs: a frozen text, a log without holes, results beside one another."""

import json
import sqlite3
from dataclasses import replace

import pytest

from desktop.domain.drill_log import Entry, Kind
from desktop.domain.drill_record import NoteKind, ObserverNote, RunMode, RunState
from desktop.domain.errors import DeskError, NotAllowed, NotFound, StoreError
from desktop.domain.events import DrillsChanged
from tests.factories import MONDAY
from tests.services.drill_desk import CHARGED, SEATS, DrillDesk, fired, numbered, observed, started


def test_a_run_is_planned_with_its_seats(drills: DrillDesk):
    run = drills.planned()
    assert (run.slug, run.version, run.state, run.seed) == (CHARGED, 1, RunState.PLANNED, 7)
    assert run.seats == SEATS
    assert drills.record.runs() == (run,)


def test_only_trainers_and_leads_plan_a_run(drills: DrillDesk):
    drills.library.ensure_shipped()
    with pytest.raises(NotAllowed, match="trainer"):
        drills.record.plan(
            CHARGED, 0, drills.desk.coordinator, mode=RunMode.TABLE, practice=True, team="", seed=1, seats=()
        )


def test_whoever_is_alone_practises_without_a_trainer(drills: DrillDesk):
    drills.library.ensure_shipped()
    run = drills.record.plan(
        CHARGED, 0, drills.desk.coordinator, mode=RunMode.SOLO, practice=True, team="", seed=1, seats=()
    )
    assert run.made_by == "Cora Lind"


def test_the_run_keeps_its_text_when_the_scenario_goes_on(drills: DrillDesk):
    run = drills.planned()
    draft = drills.library.begin(CHARGED, drills.trainer)
    text = draft.text.replace("Charged again and again", "Something else")
    drills.library.save(CHARGED, text, drills.trainer, edition=draft.edition)
    drills.library.publish(CHARGED, drills.trainer, "Another title")
    assert drills.record.scenario(run.id).title == "Charged again and again"


def test_a_text_that_was_changed_in_the_database_is_not_played(drills: DrillDesk):
    run = drills.planned()
    with drills.desk.store.begin() as session:
        session.sql("DROP TRIGGER drill_run_frozen")
        session.sql("UPDATE drill_run SET text = text || ' '")
    with pytest.raises(StoreError, match="not what was kept"):
        drills.record.scenario(run.id)


def test_entries_come_back_as_they_were_kept(drills: DrillDesk):
    run = drills.planned()
    drills.append(run.id, started(), state=RunState.RUNNING)
    act = Entry(2, 1500, "note.added", {"text": "“Ærø”\n\u202e", "parts": [1, None]}, "Cora")
    drills.append(run.id, act)
    assert drills.record.log(run.id) == (started(), act)
    again = drills.record.run(run.id)
    assert (again.state, again.sim_ms, again.started_at) == (RunState.RUNNING, 1500, MONDAY)


@pytest.mark.parametrize("seqs", [(2,), (1, 3), (2, 1), (0, 1), (1, 1)])
def test_a_log_takes_no_hole_and_keeps_nothing_then(drills: DrillDesk, seqs: tuple[int, ...]):
    run = drills.planned()
    with pytest.raises(DeskError, match="goes on with entry 1"):
        drills.append(run.id, *(Entry(seq, 0, "note.added") for seq in seqs), state=RunState.RUNNING)
    assert drills.record.log(run.id) == ()
    assert drills.record.run(run.id).state is RunState.PLANNED


def test_who_is_second_to_write_the_same_entry_is_refused(drills: DrillDesk):
    run = drills.planned()
    drills.append(run.id, started())
    with pytest.raises(DeskError, match="goes on with entry 2"):
        drills.append(run.id, started())


def test_a_run_that_has_ended_does_not_go_on(drills: DrillDesk):
    run, _ = drills.played()
    with pytest.raises(DeskError, match="has ended"):
        drills.record.set_state(run.id, RunState.RUNNING)


def test_unfinished_runs_are_those_that_can_go_on(drills: DrillDesk):
    drills.played()
    drills.planned()
    run = drills.planned()
    drills.record.set_state(run.id, RunState.PAUSED)
    assert [each.id for each in drills.record.unfinished()] == [run.id]


def test_the_time_of_a_run_never_runs_back_and_nobody_is_told_of_it(drills: DrillDesk):
    run = drills.planned()
    drills.told.clear()
    drills.record.note_time(run.id, 9000)
    drills.record.note_time(run.id, 8000)
    assert drills.record.run(run.id).sim_ms == 9000
    assert drills.told == []


def test_scoring_again_adds_a_result(drills: DrillDesk):
    run, score = drills.played(acts=[fired("I01", 0), observed("E01", 60)])
    drills.record.keep_score(run.id, score, "Theo")
    first, second = drills.record.results(run.id)
    assert (first.by, second.by) == ("Theo Wynn", "Theo")
    assert json.loads(first.json) == json.loads(second.json)
    assert drills.record.run(run.id).overall == score.overall
    assert drills.record.run(run.id).state is RunState.SCORED


def test_a_fork_goes_on_from_a_moment_as_practice(drills: DrillDesk):
    run, _ = drills.played(acts=[fired("I01", 5), observed("E01", 60)])
    fork = drills.record.fork(run.id, 2, drills.trainer, folder="/there")
    log = drills.record.log(fork.id)
    assert log[:2] == drills.record.log(run.id)[:2]
    assert (log[2].kind, log[2].body) == (Kind.FORKED, {"run": str(run.id), "seq": 2})
    assert (fork.practice, fork.state, fork.forked_from, fork.forked_seq) == (
        True,
        RunState.PAUSED,
        run.id,
        2,
    )
    assert (fork.sim_ms, fork.seats, fork.folder) == (5000, run.seats, "/there")


def test_no_fork_after_the_end(drills: DrillDesk):
    run, _ = drills.played()
    with pytest.raises(DeskError, match="within it"):
        drills.record.fork(run.id, 2, drills.trainer, folder="")


def test_seats_answer_the_seat_check(drills: DrillDesk):
    run = drills.planned()
    drills.record.check_seat(run.id, "lead", MONDAY)
    assert [seat.checked_at for seat in drills.record.run(run.id).seats] == [None, MONDAY]
    with pytest.raises(NotFound):
        drills.record.check_seat(run.id, "pilot", MONDAY)


def a_note(**more: object) -> ObserverNote:
    note = ObserverNote(0, 0, 61_000, MONDAY, "Theo Wynn", "Asked twice.", NoteKind.FACT, links=("E01",))
    return replace(note, **more)  # type: ignore[arg-type]


def test_a_note_is_kept_changed_and_taken_away(drills: DrillDesk):
    run = drills.planned()
    note = drills.record.add_note(run.id, a_note())
    assert drills.record.notes(run.id) == (note,)
    drills.record.edit_note(replace(note, text="Asked once.", rating="S"), drills.trainer)
    assert [(each.text, each.rating) for each in drills.record.notes(run.id)] == [("Asked once.", "S")]
    drills.record.remove_note(note.id, "Theo Wynn")
    assert drills.record.notes(run.id) == ()


def test_a_player_does_not_change_an_observers_note(drills: DrillDesk):
    note = drills.record.add_note(drills.planned().id, a_note())
    with pytest.raises(NotAllowed, match="Theo Wynn wrote"):
        drills.record.remove_note(note.id, drills.desk.coordinator)


def test_a_run_that_counts_is_not_thrown_away(drills: DrillDesk):
    run, score = drills.played(acts=[fired("I01", 0), observed("E01", 60)])
    assert score.overall is not None
    with pytest.raises(DeskError, match="counts"):
        drills.record.throw_away(run.id, drills.desk.lead)


def test_a_practice_run_is_listed_no_more_and_its_log_stays(drills: DrillDesk):
    run, _ = drills.played(practice=True)
    drills.record.add_snapshot(run.id, 1, 0, "/a")
    assert drills.record.snapshots(run.id) == ((1, 0, "/a"),)
    drills.record.throw_away(run.id, drills.trainer)
    assert drills.record.runs() == ()
    assert drills.record.snapshots(run.id) == ()
    assert len(drills.record.log(run.id)) == 2


def test_a_closed_run_takes_no_more_entries(drills: DrillDesk):
    run, _ = drills.played()
    drills.record.close(run.id, drills.trainer)
    with pytest.raises(DeskError, match="closed"):
        drills.append(run.id, Entry(3, 5_400_000, "note.added"))


def test_a_run_is_closed_after_its_end(drills: DrillDesk):
    run = drills.planned()
    with pytest.raises(DeskError, match="not ended"):
        drills.record.close(run.id, drills.trainer)


def test_the_rest_of_the_desk_never_hears_of_a_drill(drills: DrillDesk):
    drills.library.ensure_shipped()
    before = fingerprint(drills)
    run, _ = drills.played(acts=[fired("I01", 0), observed("E01", 60)])
    drills.record.add_note(run.id, a_note())
    drills.record.fork(run.id, 2, drills.trainer, folder="")
    drills.record.close(run.id, drills.trainer)
    assert fingerprint(drills) == before


def fingerprint(drills: DrillDesk) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table that is not of drills."""
    own = ("drill_", "scenario", "observer_note", "survey_answer", "gap", "action", "sqlite_")
    with drills.desk.store.read() as session:
        tables = [
            name
            for (name,) in session.sql("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            if not name.startswith(own)
        ]
        return {name: session.sql(f"SELECT * FROM {name}").fetchall() for name in tables}


def test_runs_of_a_scenario_and_of_a_team(drills: DrillDesk):
    first, second = drills.planned(team="Billing"), drills.planned(team="Network")
    assert drills.record.runs(team="Network") == (second,)
    assert drills.record.runs(slug=CHARGED) == (second, first)
    assert drills.record.runs(slug="other") == ()
    assert drills.record.runs(limit=1) == (second,)


def test_a_window_hears_of_a_run_that_begins_and_not_of_each_entry(drills: DrillDesk):
    run = drills.planned()
    drills.told.clear()
    drills.append(run.id, *numbered([started()]), state=RunState.RUNNING)
    drills.append(run.id, Entry(2, 1000, "note.added"))
    assert drills.told == [DrillsChanged(run.id)]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE drill_event SET sim_ms = 0",
        "DELETE FROM drill_event",
        "INSERT OR REPLACE INTO drill_event (run_id, seq, sim_ms, at, kind) VALUES (1, 1, 0, 0, 'x')",
        "INSERT INTO drill_event (run_id, seq, sim_ms, at, kind) VALUES (1, 9, 0, 0, 'x')",
        "UPDATE drill_result SET overall = 1000",
        "DELETE FROM drill_result",
        "UPDATE drill_run SET text = ''",
        "UPDATE drill_run SET seed = 1",
        "DELETE FROM drill_run",
    ],
)
def test_what_was_played_cannot_be_rewritten(drills: DrillDesk, statement: str):
    drills.played()
    with pytest.raises(sqlite3.IntegrityError, match="drill"), drills.desk.store.begin() as session:
        session.sql(statement)
