"""The register of gaps: proposed once, judged by people, closed by a later drill that passes."""

import json
import sqlite3
from datetime import timedelta

import pytest

from desktop.domain.drill_gap import GapState
from desktop.domain.drill_log import Entry, Kind
from desktop.domain.drill_record import ActionKind, ActionState, Gap
from desktop.domain.errors import DeskError, NotAllowed, NotFound
from desktop.domain.person import Role
from desktop.services.gap_rows import a_year_before
from tests.factories import MONDAY, an_escalation_row
from tests.services.drill_desk import MISSED, PASSED, DrillDesk

DUE = MONDAY.date() + timedelta(days=14)


def proposed(drills: DrillDesk, **more: object) -> Gap:
    """What a drill in which nobody joined the two tickets proposes."""
    run, score = drills.played(acts=MISSED, **more)  # type: ignore[arg-type]
    (gap,) = drills.gaps.propose_from(run.id, score, drills.trainer)
    return gap


def accepted(drills: DrillDesk) -> Gap:
    gap = drills.gaps.confirm(proposed(drills).id, drills.trainer)
    return drills.gaps.accept(gap.id, drills.trainer, owner_id=drills.person_id(), due=DUE)


def test_what_a_score_shows_is_proposed_with_its_evidence(drills: DrillDesk):
    gap = proposed(drills)
    assert (gap.code, gap.category, gap.expectation, gap.state, gap.severity) == (
        "DA2",
        "data_availability",
        "E03",
        GapState.PROPOSED,
        3,
    )
    assert (gap.places, gap.team, gap.playbook_slug) == (
        ("billing", "payments", "triage"),
        "Billing",
        "charged-twice",
    )
    assert drills.gaps.all() == (gap,)


def test_scoring_again_proposes_nothing_twice(drills: DrillDesk):
    run, score = drills.played(acts=MISSED)
    assert len(drills.gaps.propose_from(run.id, score, drills.trainer)) == 1
    assert drills.gaps.propose_from(run.id, score, "Theo") == ()


def test_the_database_holds_a_proposal_once(drills: DrillDesk):
    gap = proposed(drills)
    names = "category, code, title, severity, found_at, proposed_by, run_id, expectation"
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"), drills.desk.store.begin() as session:
        session.sql(f"INSERT INTO gap ({names}) SELECT {names} FROM gap WHERE id = ?", (gap.id,))


def test_a_dismissed_proposal_is_not_proposed_again(drills: DrillDesk):
    run, score = drills.played(acts=MISSED)
    (gap,) = drills.gaps.propose_from(run.id, score, drills.trainer)
    drills.gaps.dismiss(gap.id, drills.trainer, "The projector was off.")
    assert drills.gaps.propose_from(run.id, score, drills.trainer) == ()


def test_only_trainers_and_leads_judge_gaps(drills: DrillDesk):
    with pytest.raises(NotAllowed, match="trainer"):
        drills.gaps.confirm(proposed(drills).id, drills.desk.coordinator)


def test_a_gap_is_confirmed_once(drills: DrillDesk):
    gap = drills.gaps.confirm(proposed(drills).id, drills.trainer)
    assert (gap.state, gap.confirmed_by) == (GapState.OPEN, "Theo Wynn")
    with pytest.raises(DeskError, match="judged"):
        drills.gaps.dismiss(gap.id, drills.trainer, "No.")


def test_somebody_takes_care_of_a_gap_by_a_day(drills: DrillDesk):
    gap = accepted(drills)
    assert (gap.state, gap.owner, gap.due) == (GapState.ACCEPTED, "Cora Lind", DUE)


def test_nobody_takes_care_of_a_gap_by_yesterday(drills: DrillDesk):
    gap = drills.gaps.confirm(proposed(drills).id, drills.trainer)
    late = MONDAY.date() - timedelta(days=2)
    with pytest.raises(DeskError, match="day is over"):
        drills.gaps.accept(gap.id, drills.trainer, owner_id=drills.person_id(), due=late)


def test_a_gap_is_not_closed_by_saying_that_it_is_done(drills: DrillDesk):
    with pytest.raises(DeskError, match="becomes"):
        drills.gaps.close(accepted(drills).id, drills.desk.lead)


def test_a_gap_is_not_closed_by_sql_either(drills: DrillDesk):
    gap = accepted(drills)
    with pytest.raises(sqlite3.IntegrityError, match="later drill"), drills.desk.store.begin() as session:
        session.sql("UPDATE gap SET state = 'closed' WHERE id = ?", (gap.id,))


def test_a_later_drill_that_passes_verifies_and_a_person_closes(drills: DrillDesk):
    gap = accepted(drills)
    run, _ = drills.played(acts=PASSED)
    assert [each.id for each in drills.gaps.verify_by(run.id)] == [gap.id]
    closed = drills.gaps.close(gap.id, drills.trainer)
    assert (closed.state, closed.verified_by_run) == (GapState.CLOSED, run.id)
    assert closed.closed_at == drills.desk.clock.now()


def test_a_run_that_is_judged_anew_and_fails_takes_its_word_back(drills: DrillDesk):
    gap = accepted(drills)
    run, _ = drills.played(acts=PASSED)
    drills.gaps.verify_by(run.id)
    late = {"expectation": "E03", "reason": "Two had not heard it.", "rating": "U"}
    drills.append(run.id, Entry(5, 5_400_000, Kind.OVERRIDDEN.value, late, "Theo Wynn"))
    assert drills.gaps.verify_by(run.id) == ()
    again = drills.gaps.gap(gap.id)
    assert (again.state, again.verified_by_run) == (GapState.ACCEPTED, None)


def test_what_a_thrown_away_run_proposed_goes_with_it(drills: DrillDesk):
    gap = proposed(drills, practice=True)
    assert gap.run_id is not None
    drills.record.throw_away(gap.run_id, drills.trainer)
    assert drills.gaps.all() == ()


def test_a_drill_that_fails_again_verifies_nothing(drills: DrillDesk):
    accepted(drills)
    run, _ = drills.played(acts=MISSED)
    assert drills.gaps.verify_by(run.id) == ()


def test_a_drill_that_never_came_to_it_verifies_nothing(drills: DrillDesk):
    accepted(drills)
    run, _ = drills.played()
    assert drills.gaps.verify_by(run.id) == ()


def test_practice_verifies_nothing(drills: DrillDesk):
    accepted(drills)
    run, _ = drills.played(acts=PASSED, practice=True)
    assert drills.gaps.verify_by(run.id) == ()


def test_another_team_verifies_nothing_for_this_one(drills: DrillDesk):
    accepted(drills)
    run, _ = drills.played(acts=PASSED, team="Network")
    assert drills.gaps.verify_by(run.id) == ()


def test_a_drill_from_before_verifies_nothing(drills: DrillDesk):
    run, _ = drills.played(acts=PASSED)
    accepted(drills)
    assert drills.gaps.verify_by(run.id) == ()


def test_a_lead_may_waive_in_writing(drills: DrillDesk):
    gap = accepted(drills)
    with pytest.raises(NotAllowed, match="lead"):
        drills.gaps.waive(gap.id, drills.trainer, "We trust it.")
    with pytest.raises(DeskError, match="Write why"):
        drills.gaps.waive(gap.id, drills.desk.lead, "  ")
    assert drills.gaps.waive(gap.id, drills.desk.lead, "The tool is gone.").state is GapState.VERIFIED


def over(drills: DrillDesk) -> str:
    """An escalation that was opened now and has come to its end; gives its number."""
    opened = drills.desk.open()
    drills.desk.clock.forward(hours=1)
    drills.desk.commands.transition.to_standard(opened.id, drills.desk.lead, "no serious case")
    return drills.desk.get(opened.id).number


def test_a_later_escalation_verifies_a_gap_by_a_written_word(drills: DrillDesk):
    gap = accepted(drills)
    drills.desk.clock.forward(days=3)
    number = over(drills)
    shown = drills.gaps.shown_by(gap.id, drills.trainer, number.lower(), "Joined within four minutes.")
    assert (shown.state, shown.waiver) == (
        GapState.VERIFIED,
        f"Shown by {number}: Joined within four minutes.",
    )
    assert drills.gaps.close(gap.id, drills.trainer).state is GapState.CLOSED


def test_an_escalation_that_is_older_open_or_unknown_shows_nothing(drills: DrillDesk):
    older = over(drills)
    drills.desk.clock.forward(days=1)
    gap = accepted(drills)
    drills.desk.clock.forward(days=1)
    still_open = drills.desk.get(drills.desk.open().id).number
    for number, why in ((older, "not later"), (still_open, "not over"), ("ESC-1", "No escalation")):
        with pytest.raises(DeskError, match=why):
            drills.gaps.shown_by(gap.id, drills.trainer, number, "It went well.")
    with pytest.raises(DeskError, match="Write what"):
        drills.gaps.shown_by(gap.id, drills.trainer, still_open, " ")


def test_a_closed_gap_can_be_open_again_and_says_how_it_was_closed(drills: DrillDesk):
    gap = accepted(drills)
    drills.gaps.waive(gap.id, drills.desk.lead, "The tool is gone.")
    drills.gaps.close(gap.id, drills.desk.lead)
    again = drills.gaps.reopen(gap.id, drills.trainer, "It is back.")
    assert (again.state, again.waiver, again.closed_at) == (GapState.OPEN, "", None)
    assert "It is back. (before: closed by waiver: The tool is gone.)" in again.detail


def test_the_third_time_within_twelve_months_is_shown(drills: DrillDesk):
    first, second, third = (proposed(drills) for _ in range(3))
    assert [gap.times for gap in (first, second, third)] == [1, 2, 3]
    assert (second.recurrence_of, third.recurrence_of) == (first.id, second.id)


def test_drills_and_escalations_are_counted_together(drills: DrillDesk):
    with drills.desk.store.begin() as session:
        escalation_id = an_escalation_row(session, area="billing", team="Billing")
    real = drills.gaps.add(
        "DA2", "Nobody saw the other ticket.", drills.desk.lead, escalation_id=escalation_id
    )
    assert (real.places, real.team, real.times) == (("billing",), "Billing", 1)
    assert proposed(drills).times == 2


def test_a_gap_in_another_place_is_no_recurrence(drills: DrillDesk):
    drills.gaps.add("DA2", "Elsewhere.", drills.desk.lead, places=["network"])
    assert proposed(drills).times == 1


def test_what_was_declined_practised_or_long_ago_is_not_counted(drills: DrillDesk):
    drills.gaps.dismiss(proposed(drills).id, drills.trainer, "None.")
    proposed(drills, practice=True)
    assert proposed(drills).times == 1
    drills.desk.clock.forward(days=366)
    assert proposed(drills).times == 1


def test_one_run_is_counted_once_however_often_it_showed_a_gap(drills: DrillDesk):
    gap = proposed(drills)
    noted = drills.gaps.add("DA2", "Said aloud.", "Theo", run_id=gap.run_id)
    assert noted.times == 1
    assert proposed(drills).times == 2


def test_a_year_before_a_leap_day_is_the_28th():
    at = MONDAY.replace(year=2028, month=2, day=29)
    assert (a_year_before(at).month, a_year_before(at).day) == (2, 28)


def test_a_gap_has_a_code_of_the_list(drills: DrillDesk):
    with pytest.raises(DeskError, match="no code"):
        drills.gaps.add("ZZ9", "Something.", drills.trainer)


def test_gaps_by_what_is_wanted(drills: DrillDesk):
    first = proposed(drills)
    second = drills.gaps.add("DR1", "Who may stop it?", drills.trainer)
    drills.gaps.dismiss(second.id, drills.trainer, "It is written down.")
    assert [gap.id for gap in drills.gaps.all()] == [second.id, first.id]
    assert [gap.id for gap in drills.gaps.all(open_only=True)] == [first.id]
    assert [gap.id for gap in drills.gaps.all(code="DR1")] == [second.id]
    assert [gap.id for gap in drills.gaps.all(run_id=first.run_id, state=GapState.PROPOSED)] == [first.id]
    assert drills.gaps.all(team="Network") == ()


def test_heat_counts_confirmed_gaps_by_category_team_and_quarter(drills: DrillDesk):
    drills.gaps.confirm(proposed(drills).id, drills.trainer)
    drills.gaps.confirm(proposed(drills).id, drills.trainer)
    proposed(drills)
    drills.gaps.confirm(proposed(drills, practice=True).id, drills.trainer)
    (cell,) = drills.gaps.heat()
    assert (cell.category, cell.team, cell.count) == ("data_availability", "Billing", 2)
    assert cell.quarter == f"{MONDAY.year}-Q{(MONDAY.month + 2) // 3}"


def test_pareto_has_the_most_frequent_code_first(drills: DrillDesk):
    for code in ("DR1", "CO1", "CO1"):
        gap = drills.gaps.add(code, "Seen.", drills.trainer)
        drills.gaps.confirm(gap.id, drills.trainer)
    assert [(each.code, each.count) for each in drills.gaps.pareto()] == [("CO1", 2), ("DR1", 1)]
    assert drills.gaps.pareto(team="Billing") == ()


def test_an_action_for_an_open_gap_takes_care_of_it(drills: DrillDesk):
    gap = drills.gaps.confirm(proposed(drills).id, drills.trainer)
    action = drills.actions.create(
        "Show the count of like tickets",
        ActionKind.DETECT,
        drills.person_id(),
        DUE,
        drills.trainer,
        gap_id=gap.id,
    )
    again = drills.gaps.gap(gap.id)
    assert (again.state, again.action_id, again.owner) == (GapState.ACTION_LINKED, action.id, "Cora Lind")


def test_a_proposal_is_confirmed_before_anything_is_done_about_it(drills: DrillDesk):
    gap = proposed(drills)
    with pytest.raises(DeskError, match="becomes open"):
        drills.actions.create("Do", ActionKind.TRAIN, drills.person_id(), DUE, drills.trainer, gap_id=gap.id)
    assert drills.actions.all() == ()


def test_the_run_that_verifies_a_gap_verifies_what_was_done_about_it(drills: DrillDesk):
    gap = accepted(drills)
    action = drills.actions.create(
        "Do", ActionKind.DETECT, drills.person_id(), DUE, drills.trainer, gap_id=gap.id
    )
    drills.actions.set_state(action.id, ActionState.ACCEPTED, drills.desk.coordinator)
    drills.actions.done(action.id, drills.desk.coordinator, "CHG-1")
    run, _ = drills.played(acts=PASSED)
    drills.gaps.verify_by(run.id)
    assert drills.actions.action(action.id).verified_by == f"run {run.id}"


def test_another_action_can_stand_for_it(drills: DrillDesk):
    gap = accepted(drills)
    ids = [
        drills.actions.create(text, ActionKind.DETECT, drills.person_id(), DUE, drills.trainer).id
        for text in "ab"
    ]
    drills.gaps.link_action(gap.id, ids[0], drills.trainer)
    assert drills.gaps.link_action(gap.id, ids[1], drills.trainer).action_id == ids[1]


def test_there_is_no_gap_of_a_run_that_is_not_there(drills: DrillDesk):
    with pytest.raises(NotFound):
        drills.gaps.add("DR1", "Seen.", drills.trainer, run_id=77)


@pytest.mark.parametrize(
    "change", ["code = 'DR1'", "found_at = 0", "run_id = NULL", "expectation = 'E01'", "evidence = '[]'"]
)
def test_what_a_gap_was_seen_by_never_changes(drills: DrillDesk, change: str):
    proposed(drills)
    with pytest.raises(sqlite3.IntegrityError, match="never changes"), drills.desk.store.begin() as session:
        session.sql(f"UPDATE gap SET {change}")


def test_words_of_a_gap_are_kept_as_they_are(drills: DrillDesk):
    words = "<b>\u202e" + "x" * 10_000
    gap = drills.gaps.add("DR1", words, drills.desk.actor(Role.TRAINER), places=["Ærø"])
    assert gap.detail == words
    assert json.loads(json.dumps(gap.places)) == ["Ærø"]
