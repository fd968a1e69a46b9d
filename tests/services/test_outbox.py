"""The outbox: each notification is handed out once, and what became of it is known."""

from datetime import timedelta

import pytest

from desktop.services.outbox import DESKTOP, WINDOW, OutboxService
from tests.services.alarm_desk import P1, AlarmDesk


@pytest.fixture
def desk(store, clock):
    made = AlarmDesk(store, clock)
    made.escalation = made.open(**P1)
    made.alarm.sweep()
    return made


@pytest.fixture
def outbox(desk):
    return desk.outbox


def states(outbox, row_id):
    return [state for _, state, _ in outbox.status(row_id).history]


def test_a_notification_is_handed_out_once(outbox):
    (item,) = outbox.claim()
    assert (item.reason, item.replaces, item.in_app) == ("new", "escalation:1", "banner")
    assert item.can_acknowledge
    assert outbox.claim() == ()


def test_two_programs_never_get_the_same_notification(outbox, desk, clock):
    other = OutboxService(store=desk.store, clock=clock, bus=desk.bus, desk="other")
    assert len(outbox.claim()) + len(other.claim()) == 1


def test_every_state_is_kept(outbox):
    (item,) = outbox.claim()
    outbox.delivered(item.id, "window, which has the focus")
    outbox.confirmed(item.id)
    assert states(outbox, item.id) == ["pending", "sending", "sent", "confirmed"]


def test_a_temporary_failure_is_tried_again_after_fifteen_seconds(outbox, clock):
    (item,) = outbox.claim()
    outbox.failed(item.id, "the service is starting", temporary=True)
    clock.forward(seconds=14)
    assert outbox.claim() == ()
    clock.forward(seconds=1)
    assert [again.id for again in outbox.claim()] == [item.id]


def test_after_three_tries_again_the_window_takes_over(outbox, clock):
    for _ in range(4):
        (item,) = outbox.claim()
        outbox.failed(item.id, "no answer", temporary=True)
        clock.forward(seconds=15)
    assert outbox.claim() == ()
    (shown,) = outbox.claim((WINDOW,))
    assert (shown.channel, shown.title) == (WINDOW, item.title)


def test_a_final_failure_goes_to_the_window_at_once(outbox):
    (item,) = outbox.claim()
    outbox.failed(item.id, "there is no notification service", temporary=False)
    assert [shown.channel for shown in outbox.claim((DESKTOP, WINDOW))] == [WINDOW]


def test_what_got_through_nowhere_becomes_an_alarm_itself(desk, outbox):
    for channel in (DESKTOP, WINDOW):
        (item,) = outbox.claim((channel,))
        outbox.failed(item.id, "broken", temporary=False)
    assert "undelivered" in [view.occasion for view in desk.alarm.open_alarms()]
    assert [view.is_banner for view in desk.alarm.open_alarms() if view.is_undelivered] == [True]
    assert desk.events(desk.escalation).count("alarm.failed") == 2


def test_an_uncertain_delivery_is_never_repeated(outbox, clock):
    (item,) = outbox.claim()
    clock.forward(seconds=10)
    outbox.expire()
    assert outbox.status(item.id).state == "expired"
    clock.forward(minutes=1)
    assert outbox.claim((DESKTOP, WINDOW)) == ()


def test_a_delivery_reported_late_is_believed(outbox, clock):
    (item,) = outbox.claim()
    clock.forward(seconds=11)
    outbox.expire()
    outbox.delivered(item.id)
    assert outbox.status(item.id).state == "sent"


def test_what_nobody_came_for_is_told_by_the_digest_instead(desk, outbox, clock):
    (row,) = desk.rows("SELECT id FROM outbox")
    clock.forward(seconds=61)
    desk.alarm.sweep()
    desk.sweep()
    assert outbox.status(row[0]).state == "expired"
    assert desk.told() == ["digest"]


def test_what_is_no_longer_true_is_not_sent_any_more(desk, outbox, clock):
    clock.forward(seconds=1)
    desk.alarm.acknowledge(desk.escalation, desk.me)
    outbox.expire()
    assert outbox.claim() == ()


def test_what_is_no_longer_true_is_taken_off_the_screen_once(desk, outbox, clock):
    (item,) = outbox.claim()
    outbox.delivered(item.id)
    assert outbox.taken_back() == ()
    desk.alarm.acknowledge(desk.escalation, desk.me)
    assert outbox.taken_back() == ("escalation:1",)
    assert outbox.taken_back() == ()


def test_only_the_program_that_shows_it_takes_it_off(desk, outbox, clock):
    (item,) = outbox.claim()
    outbox.delivered(item.id)
    desk.alarm.acknowledge(desk.escalation, desk.me)
    other = OutboxService(store=desk.store, clock=clock, bus=desk.bus, desk="other")
    assert other.taken_back() == ()


def test_withdrawing_stops_what_waits(desk, outbox):
    outbox.withdraw(desk.escalation)
    assert outbox.claim() == ()


def test_a_test_notification_is_delivered_like_any_other(outbox):
    outbox.claim()
    row_id = outbox.test()
    (item,) = outbox.claim()
    assert (item.id, item.replaces, item.can_acknowledge) == (row_id, "test", False)


def test_two_tests_at_one_instant_are_two(outbox):
    assert outbox.test() != outbox.test()


def test_only_the_first_of_a_burst_sounds(desk, outbox, clock):
    for name in ("Globex", "Initech"):
        desk.open(name, **P1)
    desk.alarm.sweep()
    assert [item.sound for item in outbox.claim()] == [1, 0, 0]


def test_silence_takes_the_sound_alone(outbox, clock):
    outbox.silence(clock.now() + timedelta(minutes=10))
    (item,) = outbox.claim()
    assert item.sound == 0
    assert outbox.silenced_until() == clock.now() + timedelta(minutes=10)


def test_silence_ends_by_itself(outbox, clock):
    outbox.silence(clock.now() + timedelta(minutes=10))
    clock.forward(minutes=10)
    assert outbox.silenced_until() is None
