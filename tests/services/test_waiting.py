"""How much waits for a person: the counts beside the names of the pages."""

import pytest

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
