"""The first five minutes at a new desk: nothing leaves the window; what came up is told as one afterwards."""

import pytest

from tests.services.alarm_desk import P1, P2, AlarmDesk


@pytest.fixture
def desk(store, clock):
    made = AlarmDesk(store, clock)
    made.first.begin()
    return made


def pass_minutes(desk, clock, minutes):
    for _ in range(minutes):
        clock.forward(minutes=1)
        desk.sweep()


def test_nothing_is_told_outside_while_the_person_looks_around(desk, clock):
    desk.open(**P1)
    pass_minutes(desk, clock, 4)
    assert desk.told() == []


def test_in_the_window_it_shows_at_once(desk):
    desk.open(**P1)
    desk.sweep()
    (view,) = desk.alarm.open_alarms()
    assert (view.occasion, view.escalation_id) == ("new", 1)


def test_afterwards_one_digest_tells_all_of_it(desk, clock):
    desk.open(**P2)
    desk.open("Bell", **P2)
    pass_minutes(desk, clock, 5)
    assert desk.told() == ["digest"]
    assert desk.shown[0].title == "In the first minutes: 2"
    assert "need a person now" in desk.shown[0].body


def test_the_desk_wakes_by_itself_when_they_are_over(desk, clock):
    desk.open(**P2)
    result = desk.sweep()
    assert result.next_wake_at <= desk.first.announces_from()
    clock.forward(minutes=5)
    desk.sweep()
    assert desk.told() == ["digest"]


def test_whoever_tests_notifications_gets_them_from_then_on(desk, clock):
    clock.forward(minutes=1)
    desk.outbox.test()
    desk.deliver()
    desk.open(**P1)
    clock.forward(minutes=1)
    desk.sweep()
    assert desk.told() == ["test", "new"]


def test_what_comes_later_is_told_as_ever(desk, clock):
    clock.forward(minutes=5)
    desk.open(**P1)
    desk.sweep()
    assert desk.told() == ["new"]


def test_they_begin_once(desk, clock):
    clock.forward(hours=1)
    before = desk.first.announces_from()
    desk.first.begin()
    assert desk.first.announces_from() == before


def test_a_desk_nobody_began_at_announces_from_the_start(store, clock):
    assert AlarmDesk(store, clock).first.announces_from() is None


def test_after_a_restart_within_them_they_go_on(desk, store, clock):
    clock.forward(minutes=2)
    again = AlarmDesk(store, clock, "another")
    again.open(**P1)
    again.sweep()
    assert again.told() == []


def test_what_is_acknowledged_meanwhile_is_not_told_again(desk, clock):
    escalation = desk.open(**P1)
    desk.sweep()
    desk.alarm.acknowledge(escalation, desk.me)
    desk.do.ownership.own(escalation, desk.me)
    clock.forward(minutes=5)
    desk.sweep()
    assert desk.told() == []
