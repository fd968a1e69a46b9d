"""Where no program sends pages, what waits for a person ends as not sent, and says why."""

from dataclasses import replace
from datetime import time

import pytest

from desktop.domain.instant import to_us
from desktop.services.page_notice import page_person
from tests.services.alarm_desk import LEAD, P1
from tests.services.paging_desk import PagingDesk

HOOK = "json://127.0.0.1:9/hook"
WHY = "nobody came for it in time"


@pytest.fixture
def desk(store, clock):
    """Leo has a channel; nothing sends by it."""
    made = PagingDesk(store, clock)
    made.channel(made.leo, HOOK)
    return made


def tell_of_shifts(desk, person):
    with desk.store.begin() as session:
        words = {"reason": "roster.changed", "title": "Your shifts moved", "body": "Monday is yours."}
        page_person(session, person, **words, now_us=to_us(desk.clock.now()))


def until_noon(desk):
    """Leo sleeps until then."""
    return desk.people.edit(replace(desk.leo, quiet_from=time(0), quiet_to=time(12)), LEAD)


def sweep_for(desk, seconds):
    """The desk goes on as it does, with a sweep each half minute."""
    for _ in range(seconds // 30):
        desk.clock.forward(seconds=30)
        desk.sweep()


def states(desk):
    """Every state that the last page went through, with its reason."""
    last = desk.pages("id")[-1]
    return [(state, why) for _, state, why in desk.outbox.status(last).history]


def test_word_of_moved_shifts_ends_with_the_reason(desk):
    tell_of_shifts(desk, desk.leo)
    sweep_for(desk, 60)
    assert (desk.pages("state", "error"), states(desk)) == (
        [("expired", WHY)],
        [("pending", ""), ("expired", WHY)],
    )


def test_the_channel_does_not_look_as_if_it_had_worked(desk):
    tell_of_shifts(desk, desk.leo)
    sweep_for(desk, 60)
    (channel,) = desk.paging.channels(desk.leo.id)
    assert (channel.last_ok_at, channel.last_error) == (None, WHY)


def test_no_timeline_says_that_somebody_was_paged(desk):
    desk.open(**P1, owner_id=desk.leo.id)
    desk.sweep()
    sweep_for(desk, 60)
    assert desk.rows("SELECT 1 FROM timeline WHERE kind = 'oncall.paged'") == []


def test_a_test_ends_as_failed(desk):
    (channel,) = desk.paging.channels(desk.leo.id)
    test = desk.paging.test(channel.id, LEAD)
    sweep_for(desk, 60)
    (channel,) = desk.paging.channels(desk.leo.id)
    assert (desk.outbox.status(test).state, channel.test_state) == ("expired", "failed")


def test_what_waits_for_quiet_hours_waits_until_they_are_over(desk, clock):
    tell_of_shifts(desk, until_noon(desk))
    sweep_for(desk, 300)
    assert desk.pages() == ["held"]


def test_what_nobody_lets_go_after_quiet_hours_ends_with_the_reason(desk, clock):
    tell_of_shifts(desk, until_noon(desk))
    clock.set(clock.now().replace(hour=12))
    desk.sweep()
    assert desk.pages() == ["held"]
    sweep_for(desk, 60)
    assert states(desk) == [("pending", ""), ("held", "quiet hours"), ("expired", WHY)]


def test_a_desk_that_slept_over_the_end_of_quiet_hours_still_sends(desk, clock):
    tell_of_shifts(desk, until_noon(desk))
    clock.set(clock.now().replace(hour=18))
    desk.sweep()
    assert [page.title for page in desk.queue.claim(5)] == ["Your shifts moved"]


def test_of_an_alarm_that_was_held_the_desk_is_told_once(desk, clock):
    until_noon(desk)
    desk.open(**P1, owner_id=desk.leo.id)
    desk.sweep()
    clock.set(clock.now().replace(hour=12))
    held = desk.pages("state").count("held")
    desk.outbox.expire()
    clock.forward(seconds=60)
    desk.outbox.expire()
    undelivered = [view.is_undelivered for view in desk.alarm.open_alarms()].count(True)
    assert (held > 0, desk.pages("state").count("held"), undelivered) == (True, 0, 1)


def test_what_is_over_by_then_is_told_to_nobody(desk, clock):
    until_noon(desk)
    escalation = desk.open(**P1, owner_id=desk.leo.id)
    desk.sweep()
    desk.alarm.acknowledge(escalation, desk.me, "seen")
    clock.set(clock.now().replace(hour=12))
    desk.outbox.expire()
    clock.forward(seconds=60)
    desk.outbox.expire()
    assert states(desk)[-1] == ("expired", "no longer true")
