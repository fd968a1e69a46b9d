"""How much waits for a person: the counts beside the names of the pages."""

import pytest

from desktop.domain.disposition import Cause
from desktop.services.signals import Release
from desktop.services.waiting import Waiting, WaitingService
from tests.services.signal_desk import SignalDesk


@pytest.fixture
def waiting(desk: SignalDesk) -> WaitingService:
    return WaitingService(desk.store, desk.clock)


def test_nothing_waits_at_a_quiet_desk(waiting: WaitingService):
    assert waiting.counts() == Waiting(review=0, held=0)


def test_what_needs_review_is_counted_until_somebody_looked(desk: SignalDesk, waiting: WaitingService):
    kept = [desk.send("a"), desk.send("b")]
    assert waiting.counts().review == len(desk.review.queue()) == 2
    desk.review.accept([kept[0].escalation_id], desk.coordinator, severity=2)
    assert waiting.counts().review == 1


def test_what_is_put_off_counts_again_when_it_comes_back(desk: SignalDesk, waiting: WaitingService):
    kept = desk.send("a")
    desk.review.snooze([kept.escalation_id], desk.in_an_hour(), desk.coordinator)
    assert waiting.counts().review == 0
    desk.clock.forward(hours=1)
    assert waiting.counts().review == 1


def test_held_signals_are_counted_until_they_are_released(desk: SignalDesk, waiting: WaitingService):
    desk.switch.stop("Moving house", desk.lead)
    kept = [desk.send("a"), desk.send("b")]
    assert waiting.counts() == Waiting(review=0, held=2)
    desk.signals.release([kept[0].id], desk.coordinator, Release.DISMISS)
    assert waiting.counts().held == 1


def test_only_those_held_by_the_switch_are_asked_for_when_it_is_turned_back(
    desk: SignalDesk, waiting: WaitingService
):
    source = desk.add_source("Hasty", storm_count=1)
    desk.send("a", source=source)
    braked = desk.send("b", source=source)
    desk.switch.stop("Moving house", desk.lead)
    stopped = [desk.send("c"), desk.send("d")]
    assert (braked.cause, waiting.counts().held) == (Cause.STORM, 3)
    assert (waiting.count_stopped(), waiting.stopped_ids()) == (2, tuple(kept.id for kept in stopped))
