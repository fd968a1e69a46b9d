"""What holds alarms back: snooze, quiet hours, floods, sleep; each is told once, nothing is lost."""

from datetime import time, timedelta

import pytest

from tests.services.alarm_desk import P1, P2, P3, AlarmDesk


@pytest.fixture
def desk(store, clock):
    return AlarmDesk(store, clock)


def open_many(desk, count, **fields):
    return [desk.open(f"Customer {i}", **fields) for i in range(count)]


def to_breach(desk, clock, **span):
    """Lets time pass without the desk having been away."""
    clock.forward(**span)
    desk.calm()
    desk.shown.clear()
    return desk.sweep()


def test_a_snoozed_escalation_is_silent_and_returns_by_itself(desk, clock):
    escalation = desk.open(**P2, owner_id=desk.maya.id)
    desk.sweep()
    clock.forward(seconds=1)
    desk.do.snooze.snooze(escalation, clock.now() + timedelta(minutes=10), "At lunch", desk.me)
    to_breach(desk, clock, minutes=6)
    assert desk.told() == []
    to_breach(desk, clock, minutes=4)
    assert desk.told() == ["new"]


def test_a_snooze_is_listed_with_the_time_left(desk, clock):
    escalation = desk.open(**P2)
    desk.do.snooze.snooze(escalation, clock.now() + timedelta(minutes=8), "At lunch", desk.me)
    clock.forward(minutes=3)
    (snooze,) = desk.alarm.snoozed()
    assert (snooze.escalation_id, snooze.reason, snooze.by) == (escalation, "At lunch", "Maya Chen")
    assert snooze.left == timedelta(minutes=5)


def test_a_snooze_ended_early_lets_the_alarm_return_at_once(desk, clock):
    escalation = desk.open(**P2)
    desk.sweep()
    clock.forward(seconds=1)
    desk.do.snooze.snooze(escalation, clock.now() + timedelta(minutes=9), "At lunch", desk.me)
    desk.sweep()
    clock.forward(minutes=1)
    desk.do.snooze.end_snooze(escalation, desk.me)
    desk.shown.clear()
    desk.sweep()
    assert desk.told() == ["new"]


def test_a_snoozed_notification_is_taken_off_the_screen(desk, clock):
    escalation = desk.open(**P2)
    desk.sweep()
    clock.forward(seconds=1)
    desk.do.snooze.snooze(escalation, clock.now() + timedelta(minutes=9), "At lunch", desk.me)
    desk.sweep()
    assert desk.outbox.taken_back() == (f"escalation:{escalation}",)


def test_an_alarm_whose_reason_went_during_the_snooze_does_not_return(desk, clock):
    escalation = desk.open(**P2)
    desk.sweep()
    clock.forward(seconds=1)
    desk.do.snooze.snooze(escalation, clock.now() + timedelta(minutes=9), "At lunch", desk.me)
    desk.sweep()
    desk.do.transition.to_standard(escalation, desk.me, "Not our product")
    to_breach(desk, clock, minutes=15)
    assert desk.told() == []


def test_after_a_snooze_the_ladder_goes_on_where_it_was(desk, clock):
    escalation = desk.open(**P1)
    for _ in range(11):
        clock.forward(minutes=1)
        desk.sweep()
    desk.do.snooze.snooze(
        escalation, clock.now() + timedelta(minutes=3), "Calling them", desk.me, past_breach_reason="other"
    )
    desk.shown.clear()
    for _ in range(25):
        clock.forward(minutes=1)
        desk.sweep()
    steps = [item for item in desk.shown if "acknowledgement" in item.body]
    assert "call Leo Park" not in steps[0].body
    assert all("call Leo Park" in item.body for item in steps[1:])


def test_ten_warnings_at_once_are_told_one_by_one(desk, clock):
    open_many(desk, 10, **P2)
    desk.sweep()
    assert desk.told() == ["new"] * 10


def test_eleven_warnings_at_once_are_told_as_one(desk, clock):
    open_many(desk, 11, **P2)
    desk.sweep()
    assert desk.told() == ["flood"]
    assert desk.shown[0].title == "11 clocks need attention"
    assert desk.shown[0].body.startswith("oldest ESC-2026-")


def test_fifteen_clocks_that_come_to_ninety_percent_within_ten_minutes_share_one_summary(desk, clock):
    for number in range(15):
        desk.open(f"Customer {number}", **P3, owner_id=desk.maya.id)
        clock.forward(seconds=38)
    to_breach(desk, clock, minutes=88)
    desk.shown.clear()
    for _ in range(33):
        clock.forward(seconds=20)
        desk.sweep()
    alone = {item.replaces for item in desk.shown if item.reason == "breaching_soon"}
    assert {item.replaces for item in desk.shown} - alone == {"flood"}
    assert len(alone) <= 10


def test_a_flood_is_updated_in_place_and_not_too_often(desk, clock):
    open_many(desk, 11, **P2)
    desk.sweep()
    for _ in range(3):
        desk.open(f"Late {_}", **P2)
        clock.forward(minutes=1)
        desk.sweep()
    clock.forward(minutes=2)
    desk.sweep()
    assert desk.told() == ["flood", "flood"]
    assert {item.replaces for item in desk.shown} == {"flood"}
    assert desk.shown[1].title == "14 clocks need attention"


def test_breaches_of_p1_stand_alone_in_a_flood(desk, clock):
    open_many(desk, 12, **P2)
    desk.sweep()
    urgent = desk.open("Globex", **P1)
    to_breach(desk, clock, minutes=5)
    assert [item.escalation_id for item in desk.shown if item.reason == "breached"] == [urgent]


def test_after_a_flood_alarms_are_told_alone_again(desk, clock):
    for escalation in open_many(desk, 11, **P2):
        desk.do.ownership.own(escalation, desk.me)
    desk.sweep()
    for escalation in range(1, 12):
        desk.alarm.acknowledge(escalation, desk.me)
    clock.forward(minutes=11)
    desk.sweep()
    desk.shown.clear()
    desk.open("Globex", **P2)
    desk.sweep()
    assert desk.told() == ["new"]


def test_a_flood_is_taken_off_the_screen_when_none_of_it_stands(desk, clock):
    escalations = open_many(desk, 11, **P2)
    desk.sweep()
    clock.forward(seconds=1)
    for escalation in escalations:
        desk.alarm.acknowledge(escalation, desk.me)
    assert desk.outbox.taken_back() == ("flood",)


def test_several_warnings_of_one_customer_come_as_one(desk, clock):
    for _ in range(3):
        escalation = desk.open("Acme", **P2, owner_id=desk.maya.id)
        desk.alarm.acknowledge(escalation, desk.me)
    for _ in range(220):
        clock.forward(minutes=1)
        desk.sweep()
    groups = [item for item in desk.shown if item.reason == "group"]
    assert groups
    assert groups[0].title == "Acme: 3 clocks need attention"
    assert groups[0].replaces.startswith("group:")


def test_sleep_ends_in_exactly_one_digest(desk, clock):
    open_many(desk, 5, **P2)
    open_many(desk, 2, **P1)
    desk.sweep()
    desk.shown.clear()
    clock.jump(hours=8)
    results = [desk.sweep() for _ in range(3)]
    assert desk.told() == ["digest"]
    assert [result.digests for result in results] == [1, 0, 0]
    assert desk.shown[0].urgency == "critical"
    assert desk.shown[0].title.startswith("Missed while away: ")


def test_what_was_missed_is_marked_by_how_much(desk, clock):
    escalation = desk.open(**P1)
    desk.sweep()
    clock.forward(hours=2)
    desk.sweep()
    late = dict(
        desk.rows(
            "SELECT c.kind, a.late_s FROM alarm a JOIN commitment c ON c.id = a.commitment_id"
            " WHERE a.escalation_id = ? AND a.state = 'raised' AND a.step = 0",
            escalation,
        )
    )
    assert late["contain"] == 3600
    assert late["acknowledge"] == 115 * 60


def test_a_snooze_that_ended_during_sleep_is_part_of_the_digest(desk, clock):
    escalation = desk.open(**P2)
    desk.sweep()
    clock.forward(seconds=1)
    desk.do.snooze.snooze(escalation, clock.now() + timedelta(minutes=9), "At lunch", desk.me)
    desk.sweep()
    desk.shown.clear()
    clock.jump(hours=8)
    desk.sweep()
    assert desk.told() == ["digest"]


def test_repeats_that_fell_due_during_sleep_are_part_of_the_digest(desk, clock):
    desk.open(**P2)
    desk.sweep()
    desk.shown.clear()
    clock.jump(hours=8)
    desk.sweep()
    desk.sweep()
    assert desk.told() == ["digest"]


def test_a_short_nap_is_no_sleep(desk, clock):
    desk.open(**P1)
    desk.sweep()
    desk.shown.clear()
    clock.forward(minutes=4, seconds=59)
    desk.calm()
    clock.jump(seconds=90)
    desk.sweep()
    assert "digest" not in desk.told()


def test_quiet_hours_hold_what_can_wait_and_tell_it_at_their_end(desk, clock):
    desk.quiet(time(8), time(10))
    desk.open(**P2)
    desk.sweep()
    assert desk.told() == []
    to_breach(desk, clock, minutes=5)
    assert desk.told() == []
    clock.set(clock.now().replace(hour=10, minute=0))
    desk.calm()
    desk.shown.clear()
    desk.sweep()
    assert "digest" in desk.told()


def test_a_breach_of_p1_breaks_through_quiet_hours(desk, clock):
    desk.quiet(time(8), time(12))
    desk.open(**P1)
    desk.sweep()
    to_breach(desk, clock, minutes=5)
    assert desk.told() == ["breached"]


def test_what_becomes_urgent_in_quiet_hours_is_told_then(desk, clock):
    desk.quiet(time(8), time(23))
    escalation = desk.open(**P3)
    to_breach(desk, clock, minutes=31)
    assert desk.told() == []
    desk.do.classification.override(escalation, desk.me, "Their whole business stands still.", priority="P1")
    desk.sweep()
    assert desk.told() == ["breached"]


def test_nothing_is_told_again_in_quiet_hours_that_may_not_pass(desk, clock):
    desk.open(**P2)
    desk.sweep()
    desk.shown.clear()
    desk.quiet(time(9), time(10))
    for _ in range(6):
        clock.forward(minutes=1)
        desk.sweep()
    assert desk.told() == []


def test_the_digest_can_be_read_in_full_afterwards(desk, clock):
    from desktop.services.digest import DigestService

    desk.open(**P1)
    desk.open(**P3)
    desk.sweep()
    clock.jump(hours=8)
    desk.sweep()
    digest = DigestService(store=desk.store, clock=clock).missed_while_away()
    assert digest is not None
    assert {line.number for line in digest.lines} == {"ESC-2026-0001", "ESC-2026-0002"}
    assert digest.lines[0].needs_person


def test_old_escalations_that_come_in_at_once_are_one_digest(desk, clock):
    from desktop.domain.instant import to_us

    clock.forward(days=40)
    past_us = to_us(clock.now()) - 39 * 86_400_000_000
    for _ in range(30):
        desk.open(**P1)
    with desk.store.begin() as session:
        session.sql("UPDATE escalation SET created_at = ?, revision = ?", (past_us, session.revision()))
        session.sql(
            "UPDATE commitment SET next_threshold = 'breached', next_threshold_at = ?, due_at = ?",
            (past_us, past_us),
        )
        session.sql("UPDATE commitment SET at_risk_at = ?, soon_at = ?", (past_us, past_us))
    desk.calm()
    desk.sweep()
    assert desk.told() == ["digest"]
