from datetime import datetime, timedelta

import pytest

from desktop.domain.commitment import Commitment, Kind, Outcome
from desktop.domain.commitment_pause import Pause
from desktop.domain.errors import DeskError
from tests.domain.calendars import ALWAYS, berlin, utc
from tests.domain.commitments import HOUR, MICROSECOND, START, a_commitment, a_pause


def test_a_commitment_is_due_its_target_after_its_start():
    assert a_commitment(4 * HOUR).due == START + 4 * HOUR


def test_a_commitment_on_a_calendar_runs_in_opening_hours():
    assert a_commitment(7 * HOUR, berlin()).due == utc("2026-11-24 08:30")


def test_the_share_used_is_what_passed_of_the_target():
    assert a_commitment(4 * HOUR).share_used(START + HOUR) == 0.25


def test_nothing_is_used_before_the_start():
    assert a_commitment().share_used(START - HOUR) == 0


def test_a_hair_before_due_is_no_breach():
    commitment = a_commitment(timedelta(days=3650))
    assert commitment.share_used(commitment.due - MICROSECOND) < 1
    assert commitment.outcome(commitment.due - MICROSECOND) is Outcome.RUNNING


def test_at_due_it_is_breached():
    commitment = a_commitment()
    assert commitment.share_used(commitment.due) == 1
    assert commitment.outcome(commitment.due) is Outcome.BREACHED
    assert commitment.breached_at(commitment.due) == commitment.due


def test_time_left_goes_below_zero():
    commitment = a_commitment(4 * HOUR)
    assert commitment.time_left(START + HOUR) == 3 * HOUR
    assert commitment.time_left(START + 5 * HOUR) == -HOUR


def test_time_left_counts_opening_hours_only():
    assert a_commitment(7 * HOUR, berlin()).time_left(utc("2026-11-23 22:00")) == HOUR / 2


def test_a_pause_moves_due_by_its_length():
    assert a_commitment(4 * HOUR, pauses=(a_pause(HOUR, 2 * HOUR),)).due == START + 5 * HOUR


def test_a_pause_outside_opening_hours_costs_nothing():
    night = a_pause(9 * HOUR, 20 * HOUR)
    assert a_commitment(9 * HOUR, berlin(), pauses=(night,)).due == a_commitment(9 * HOUR, berlin()).due


def test_a_pause_over_the_night_costs_its_open_hours_only():
    # From 16:00 UTC, half an hour before closing, to 08:15, a quarter after opening.
    commitment = a_commitment(9 * HOUR, berlin(), pauses=(a_pause(7 * HOUR, 23.25 * HOUR),))
    assert commitment.due == utc("2026-11-24 12:15")  # without it 10:30, and lunch is an hour


def test_pauses_that_overlap_count_once():
    both = (a_pause(HOUR, 3 * HOUR), a_pause(2 * HOUR, 4 * HOUR))
    assert a_commitment(pauses=both).due == a_commitment(pauses=(a_pause(HOUR, 4 * HOUR),)).due


def test_a_pause_within_another_counts_once():
    both = (a_pause(HOUR, 4 * HOUR), a_pause(2 * HOUR, 3 * HOUR))
    assert a_commitment(pauses=both).due == START + 7 * HOUR


def test_a_pause_that_began_before_the_start_counts_from_the_start():
    assert a_commitment(pauses=(a_pause(-2 * HOUR, HOUR),)).due == START + 5 * HOUR


def test_a_pause_after_due_changes_nothing():
    assert a_commitment(pauses=(a_pause(4 * HOUR, 9 * HOUR),)).due == START + 4 * HOUR


def test_an_open_pause_counts_in_due_as_if_it_ended_when_it_began():
    paused = a_commitment().paused(START + HOUR, "waiting on customer", "Ana")
    assert paused.due == START + 4 * HOUR
    assert paused.due_if_resumed(START + 3 * HOUR) == START + 6 * HOUR


def test_a_paused_share_stands_still():
    paused = a_commitment().paused(START + HOUR, "waiting on customer", "Ana")
    assert paused.is_paused(START + 90 * HOUR)
    assert paused.share_used(START + 90 * HOUR) == 0.25
    assert paused.outcome(START + 90 * HOUR) is Outcome.RUNNING


def test_a_resumed_commitment_runs_on():
    resumed = a_commitment().paused(START + HOUR, "waiting", "Ana").resumed(START + 2 * HOUR)
    assert not resumed.is_paused(START + 2 * HOUR)
    assert resumed.due == START + 5 * HOUR
    assert resumed.share_used(START + 3 * HOUR) == 0.5


def test_a_pause_ends_by_itself_at_its_limit():
    limited = a_commitment().paused(START + HOUR, "waiting", "Ana", limit_at=START + 2 * HOUR)
    assert limited.is_paused(START + 2 * HOUR - MICROSECOND)
    assert not limited.is_paused(START + 2 * HOUR)
    assert limited.due_if_resumed(START + 9 * HOUR) == START + 5 * HOUR
    assert limited.breached_at(START + 9 * HOUR) == START + 5 * HOUR


def test_resuming_after_the_limit_ends_the_pause_at_the_limit():
    limited = a_commitment().paused(START + HOUR, "waiting", "Ana", limit_at=START + 2 * HOUR)
    assert limited.resumed(START + 3 * HOUR).pauses[0].ended_at == START + 2 * HOUR


def test_a_new_pause_after_the_limit_of_the_last_is_a_second_one():
    limited = a_commitment().paused(START + HOUR, "waiting", "Ana", limit_at=START + 2 * HOUR)
    again = limited.paused(START + 3 * HOUR, "waiting", "Ana").resumed(START + 4 * HOUR)
    assert [pause.ended_at for pause in again.pauses] == [START + 2 * HOUR, START + 4 * HOUR]
    assert again.due == START + 6 * HOUR


def test_a_pause_noted_as_ended_after_its_limit_counts_to_the_limit():
    commitment = a_commitment(pauses=(a_pause(HOUR, 3 * HOUR, limit_at=START + 2 * HOUR),))
    assert commitment.due == START + 5 * HOUR


def test_stopped_in_time_is_met():
    stopped = a_commitment().stopped(START + 4 * HOUR - MICROSECOND)
    assert (stopped.outcome(), stopped.breached_at()) == (Outcome.MET, None)
    assert not stopped.is_running


@pytest.mark.parametrize("late", [timedelta(), MICROSECOND, 9 * HOUR])
def test_stopped_from_due_on_is_breached_and_met(late):
    stopped = a_commitment().stopped(START + 4 * HOUR + late)
    assert stopped.outcome() is Outcome.BREACHED_AND_MET
    assert stopped.breached_at() == START + 4 * HOUR


def test_a_stopped_share_stands_still():
    stopped = a_commitment().stopped(START + HOUR)
    assert stopped.share_used(START + 90 * HOUR) == 0.25
    assert stopped.time_left(START + 90 * HOUR) == 3 * HOUR


def test_before_its_stop_it_looks_as_it_did_then():
    stopped = a_commitment().stopped(START + 9 * HOUR)
    assert stopped.outcome(START + HOUR) is Outcome.RUNNING
    assert stopped.outcome(START + 8 * HOUR) is Outcome.BREACHED
    assert stopped.outcome(START + 9 * HOUR) is Outcome.BREACHED_AND_MET


def test_stopping_ends_an_open_pause():
    stopped = a_commitment().paused(START + HOUR, "waiting", "Ana").stopped(START + 9 * HOUR)
    assert stopped.pauses[0].ended_at == START + 9 * HOUR
    assert not stopped.is_paused(START + 9 * HOUR)
    assert stopped.outcome() is Outcome.MET


def test_a_stopped_commitment_recorded_with_an_open_pause_is_met_as_well():
    stopped = a_commitment(pauses=(a_pause(HOUR, None),), stopped_at=START + 9 * HOUR)
    assert (stopped.due, stopped.outcome()) == (START + 12 * HOUR, Outcome.MET)


def test_a_new_target_keeps_start_and_pauses():
    changed = a_commitment(pauses=(a_pause(HOUR, 2 * HOUR),)).with_target(8 * HOUR, ALWAYS)
    assert changed.due == START + 9 * HOUR


def test_a_new_target_that_is_past_is_breached_now():
    now = START + 2 * HOUR
    changed = a_commitment(4 * HOUR).with_target(HOUR, ALWAYS, now)
    assert changed.outcome(now) is Outcome.BREACHED
    assert changed.breached_at(now) == START + HOUR


def test_a_longer_target_does_not_undo_a_breach():
    now = START + 5 * HOUR
    changed = a_commitment(4 * HOUR).with_target(24 * HOUR, ALWAYS, now)
    assert changed.due == START + 24 * HOUR
    assert changed.breached_at(now) == START + 4 * HOUR
    assert changed.stopped(START + 6 * HOUR).outcome() is Outcome.BREACHED_AND_MET


def test_the_first_of_two_breaches_stays_on_record():
    once = a_commitment(4 * HOUR).with_target(6 * HOUR, ALWAYS, START + 5 * HOUR)
    twice = once.with_target(24 * HOUR, ALWAYS, START + 7 * HOUR)
    assert twice.breached_at(START + 8 * HOUR) == START + 4 * HOUR


def test_a_longer_target_in_time_leaves_no_record():
    changed = a_commitment(4 * HOUR).with_target(24 * HOUR, ALWAYS, START + 3 * HOUR)
    assert changed.breached_at(START + 5 * HOUR) is None


def test_a_new_calendar_recomputes_due():
    assert a_commitment(7 * HOUR).with_calendar(berlin()).due == utc("2026-11-24 08:30")


def test_what_has_ended_is_not_recomputed():
    stopped = a_commitment().stopped(START + HOUR)
    assert stopped.with_calendar(berlin()) is stopped
    assert stopped.with_target(HOUR, berlin(), START + 2 * HOUR) is stopped


def fault_of(act) -> DeskError:
    with pytest.raises(DeskError) as caught:
        act()
    return caught.value


@pytest.mark.parametrize("target", [timedelta(), -HOUR])
def test_a_target_of_nothing_is_refused(target):
    assert fault_of(lambda: a_commitment(target)).field == "target"


def test_a_stop_before_the_start_is_refused():
    assert fault_of(lambda: a_commitment(stopped_at=START - HOUR)).field == "stopped_at"
    assert "starts later" in fault_of(lambda: a_commitment().stopped(START - HOUR)).message


def test_a_pause_that_ends_before_it_begins_is_refused():
    assert fault_of(lambda: a_pause(HOUR, HOUR / 2)).field == "ended_at"
    paused = a_commitment().paused(START + 2 * HOUR, "waiting", "Ana")
    assert fault_of(lambda: paused.resumed(START + HOUR)).field == "ended_at"


def test_a_limit_before_the_pause_is_refused():
    assert fault_of(lambda: a_pause(HOUR, None, limit_at=START)).field == "limit_at"


@pytest.mark.parametrize("at", [START, START + HOUR, START + 2 * HOUR])
def test_a_second_open_pause_is_refused(at):
    paused = a_commitment().paused(START + HOUR, "waiting", "Ana")
    assert "paused already" in fault_of(lambda: paused.paused(at, "waiting", "Ben")).message


def test_resuming_what_is_not_paused_is_refused():
    assert "not paused" in fault_of(lambda: a_commitment().resumed(START + HOUR)).message


@pytest.mark.parametrize(
    "act",
    [
        lambda commitment: commitment.stopped(START + 2 * HOUR),
        lambda commitment: commitment.resumed(START + 2 * HOUR),
        lambda commitment: commitment.paused(START + 2 * HOUR, "waiting", "Ana"),
    ],
)
def test_what_has_ended_cannot_be_paused_resumed_or_stopped(act):
    assert "has ended" in fault_of(lambda: act(a_commitment().stopped(START + HOUR))).message


@pytest.mark.parametrize(
    "act",
    [
        lambda naive: Commitment(Kind.RESOLVE, naive, HOUR, ALWAYS),
        lambda naive: a_commitment(stopped_at=naive),
        lambda naive: Pause(naive, None, "waiting", "Ana"),
        lambda naive: a_commitment().share_used(naive),
        lambda naive: a_commitment().stopped(naive),
    ],
)
def test_a_time_without_a_zone_is_refused(act):
    naive = datetime(2026, 11, 23, 12, 0)  # noqa: DTZ001 - the fault under test
    assert "has no time zone" in fault_of(lambda: act(naive)).message
