"""Alarms of a real desk: what is raised, told, repeated, held back, and ends."""

import pytest

from desktop.domain.errors import DeskError, NotAllowed
from desktop.domain.events import AlarmsChanged, OutboxFilled
from desktop.domain.person import Actor
from tests.services.alarm_desk import P1, P2, P3, P4, AlarmDesk

ALL_THREE = [("at_risk", 0), ("breaching_soon", 0), ("breached", 0)]


@pytest.fixture
def desk(store, clock):
    return AlarmDesk(store, clock)


def pass_minutes(desk, clock, minutes, step=1):
    """Lets time pass with a sweep every minute."""
    for _ in range(0, minutes, step):
        clock.forward(minutes=step)
        desk.sweep()


def test_a_breach_during_sleep_is_told_once_on_waking(desk, clock):
    escalation = desk.open(**P1)
    desk.sweep()
    desk.shown.clear()
    clock.forward(hours=9)
    desk.sweep()
    desk.sweep()
    assert desk.thresholds(escalation, "contain") == ALL_THREE
    assert desk.told() == ["digest"]


def test_a_second_sweep_finds_nothing_to_do(desk, clock):
    desk.open(**P1)
    clock.forward(minutes=4)
    desk.sweep()
    result = desk.sweep()
    assert (result.raised, result.climbed, result.notified) == (0, 0, 0)


def test_a_grave_new_escalation_is_told_at_once(desk):
    desk.open(**P1)
    desk.sweep()
    (item,) = desk.shown
    assert (item.reason, item.urgency, item.sound) == ("new", "normal", 1)
    assert item.body.startswith("ESC-2026-0001 Acme — SEV1, unacknowledged for 0 s — owner: nobody")


def test_a_new_escalation_of_low_severity_is_not_announced(desk):
    desk.open(**P3)
    desk.sweep()
    assert desk.told() == []


def test_a_new_escalation_is_told_again_until_acknowledged(desk, clock):
    escalation = desk.open(**P2, owner_id=desk.maya.id)
    desk.sweep()
    pass_minutes(desk, clock, 6)
    desk.alarm.acknowledge(escalation, desk.me)
    pass_minutes(desk, clock, 10)
    assert desk.told() == ["new", "new"]


def test_everything_told_stands_on_the_timeline(desk, clock):
    escalation = desk.open(**P1)
    desk.sweep()
    desk.alarm.acknowledge(escalation, desk.me)
    assert desk.events(escalation) == ["alarm.raised", "alarm.delivered", "alarm.acknowledged"]


def test_a_breach_is_noted_as_a_breach_once(desk, clock):
    escalation = desk.open(**P4)
    clock.forward(days=30)
    desk.calm()
    desk.sweep()
    desk.do.escalation.note(escalation, "Looking into it.", desk.me)
    desk.sweep()
    breaches = desk.events(escalation, "commitment.breached")
    assert len(breaches) == len(desk.rows("SELECT 1 FROM commitment WHERE breached_at IS NOT NULL"))


def test_thresholds_passed_together_are_recorded_in_order_and_told_as_the_worst(desk, clock):
    escalation = desk.open(**P2, owner_id=desk.maya.id)
    desk.sweep()
    desk.shown.clear()
    clock.forward(hours=5)
    desk.calm()
    desk.sweep()
    assert desk.thresholds(escalation, "contain") == ALL_THREE
    assert desk.told() == ["breached"]


def test_at_risk_is_told_only_when_its_owner_is_idle(desk, clock):
    escalation = desk.open(**P3, owner_id=desk.amara.id)
    desk.alarm.acknowledge(escalation, desk.me, note="called her")
    clock.forward(hours=14)  # three quarters of the two working days to contain are longer than this
    desk.calm()
    desk.sweep()
    assert "at_risk" not in desk.told()


def test_a_ladder_climbs_until_somebody_acknowledges(desk, clock):
    escalation = desk.open(**P1)
    pass_minutes(desk, clock, 21)
    assert desk.thresholds(escalation, "acknowledge")[-2:] == [("breached", 1), ("breached", 2)]
    desk.alarm.acknowledge(escalation, desk.me)
    desk.shown.clear()
    pass_minutes(desk, clock, 20)
    assert [item for item in desk.shown if "acknowledgement" in item.body] == []


def test_a_step_for_somebody_without_a_channel_here_says_whom_to_call(desk, clock):
    desk.open(**P1)
    pass_minutes(desk, clock, 16)
    assert "next: call Leo Park" in desk.shown[-1].body


def test_a_target_without_a_channel_is_recorded_as_such(desk, clock):
    escalation = desk.open(**P1)
    pass_minutes(desk, clock, 5)
    bodies = desk.rows(
        "SELECT body FROM timeline WHERE kind = 'alarm.failed' AND escalation_id = ?", escalation
    )
    assert any('"Leo Park"' in body and "no channel" in body for (body,) in bodies)


def test_a_ladder_goes_on_when_it_is_not_contained_in_time(desk, clock):
    escalation = desk.open(**P1, owner_id=desk.maya.id)
    desk.alarm.acknowledge(escalation, desk.me)
    pass_minutes(desk, clock, 95, step=5)
    assert desk.thresholds(escalation, "contain")[-2:] == [("breached", 1), ("breached", 2)]


def test_an_empty_step_is_recorded_and_the_next_taken_at_once(desk, clock):
    with desk.store.begin() as session:
        session.sql("DELETE FROM person_role WHERE role = 'coordinator'")
    escalation = desk.open(**P1)
    pass_minutes(desk, clock, 10)
    assert desk.thresholds(escalation, "acknowledge")[-1] == ("breached", 2)
    assert "oncall.nobody" in desk.events(escalation, "oncall.%")


def test_an_alarm_ends_when_the_promise_is_kept(desk, clock):
    escalation = desk.open(**P2)
    pass_minutes(desk, clock, 11)
    desk.do.ownership.own(escalation, desk.me)
    desk.sweep()
    assert "assign" not in [view.kind for view in desk.alarm.alarms_of(escalation)]


def test_a_closed_escalation_alarms_nobody(desk, clock):
    escalation = desk.open(**P1)
    desk.sweep()
    desk.do.transition.to_standard(escalation, desk.me, "Not our product")
    pass_minutes(desk, clock, 30)
    assert desk.told() == ["new"]
    assert desk.alarm.open_alarms() == ()


def test_acknowledging_on_the_board_ends_the_alarms_as_well(desk, clock):
    escalation = desk.open(**P1)
    desk.sweep()
    clock.forward(seconds=30)
    desk.do.transition.acknowledge(escalation, desk.me)
    desk.sweep()
    assert desk.rows("SELECT state, ended_by FROM alarm") == [("acknowledged", "Maya Chen")]


def test_acknowledging_what_belongs_to_another_asks_for_a_note(desk, clock):
    escalation = desk.open(**P1, owner_id=desk.amara.id)
    desk.sweep()
    with pytest.raises(DeskError, match="somebody else") as refused:
        desk.alarm.acknowledge(escalation, desk.me)
    assert refused.value.field == "note"


def test_only_who_may_acknowledge_an_escalation_may_end_its_alarms(desk):
    escalation = desk.open(**P1)
    desk.sweep()
    with pytest.raises(NotAllowed):
        desk.alarm.acknowledge(escalation, Actor("Guest"))


def test_a_later_breach_of_an_acknowledged_escalation_can_be_acknowledged_too(desk, clock):
    escalation = desk.open(**P1, owner_id=desk.maya.id)
    desk.alarm.acknowledge(escalation, desk.me)
    pass_minutes(desk, clock, 65, step=5)
    assert desk.alarm.alarms_of(escalation)
    desk.alarm.acknowledge(escalation, desk.me)
    assert desk.alarm.alarms_of(escalation) == ()


def test_a_moved_deadline_alarms_anew(desk, clock):
    escalation = desk.open(**P2)
    pass_minutes(desk, clock, 60, step=5)
    desk.do.classification.override(escalation, desk.me, "Their whole business stands still.", priority="P1")
    desk.shown.clear()
    desk.sweep()
    assert ("breached", 0) in desk.thresholds(escalation, "contain")
    assert desk.told()[0] == "breached"


def test_a_late_customer_update_is_told_as_such(desk, clock):
    escalation = desk.open(**P1, owner_id=desk.maya.id)
    desk.alarm.acknowledge(escalation, desk.me)
    desk.shown.clear()
    pass_minutes(desk, clock, 32)
    assert desk.told()[-1] == "breaching_soon" or "update_late" in desk.told()
    assert desk.thresholds(escalation, "update") == ALL_THREE


def test_an_owner_who_forgets_is_reminded_and_then_loses_the_acknowledgement(desk, clock):
    escalation = desk.open(**P1, owner_id=desk.maya.id)
    desk.alarm.acknowledge(escalation, desk.me)
    pass_minutes(desk, clock, 31)
    assert "forgotten" in [view.occasion for view in desk.alarm.alarms_of(escalation)]
    pass_minutes(desk, clock, 20)
    assert desk.rows("SELECT state FROM escalation") == [("triaged",)]
    assert "back in the queue" in " ".join(view.text for view in desk.alarm.alarms_of(escalation))


def test_a_reminder_ends_when_somebody_goes_on(desk, clock):
    escalation = desk.open(**P1, owner_id=desk.maya.id)
    desk.alarm.acknowledge(escalation, desk.me)
    pass_minutes(desk, clock, 31)
    clock.forward(seconds=1)
    desk.do.escalation.note(escalation, "Still at it.", desk.me)
    desk.sweep()
    assert "forgotten" not in [view.occasion for view in desk.alarm.alarms_of(escalation)]


def test_a_pause_that_runs_out_is_told(desk, clock):
    escalation = desk.open(**P1, owner_id=desk.maya.id)
    desk.alarm.acknowledge(escalation, desk.me)
    reason = desk.policy.pause.reasons[0]
    desk.do.pausing.pause(escalation, reason.key, desk.me)
    desk.sweep()
    clock.forward(reason.limit)
    desk.calm()
    result = desk.sweep()
    assert result.pauses_ended == 1
    assert "pause_ended" in [view.occasion for view in desk.alarm.alarms_of(escalation)]


def test_a_paused_promise_raises_no_alarm_and_its_shown_one_is_taken_back(desk, clock):
    escalation = desk.open(**P1, owner_id=desk.maya.id)
    desk.alarm.acknowledge(escalation, desk.me)
    desk.do.escalation.record_update(escalation, "We are on it.", desk.me)
    pass_minutes(desk, clock, 240, step=10)
    desk.do.pausing.pause(escalation, desk.policy.pause.reasons[0].key, desk.me)
    desk.sweep()
    held = desk.rows(
        "SELECT a.announced FROM alarm a JOIN commitment c ON c.id = a.commitment_id"
        " WHERE c.kind = 'resolve' AND a.state = 'raised'"
    )
    assert set(held) == {(-5,)}


def test_the_card_shows_who_is_told_next_and_when(desk, clock):
    desk.open(**P1)
    pass_minutes(desk, clock, 11)
    ((who, at_us),) = desk.rows("SELECT next_told, next_told_at FROM escalation")
    assert who == "Leo Park"
    assert at_us == int(clock.now().timestamp() * 1e6) + 4 * 60_000_000


def test_the_desk_is_told_of_what_changed(desk):
    escalation = desk.open(**P1)
    desk.alarm.sweep()
    assert any(
        isinstance(event, AlarmsChanged) and event.escalation_ids == (escalation,) for event in desk.heard
    )
    assert any(isinstance(event, OutboxFilled) for event in desk.heard)


def test_the_worst_alarm_stands_first_and_each_at_its_highest_step(desk, clock):
    desk.open(**P1)
    pass_minutes(desk, clock, 11)
    views = desk.alarm.open_alarms()
    assert [(view.occasion, view.kind, view.step) for view in views] == [
        ("breached", "acknowledge", 1),
        ("breached", "assign", 0),
        ("new", "", 0),
    ]
    assert all(view.is_banner for view in views)


def test_the_next_wake_up_is_the_earliest_thing_due(desk, clock):
    desk.open(**P1)
    desk.sweep()
    result = desk.sweep()
    ((first_us,),) = desk.rows("SELECT min(next_threshold_at) FROM commitment")
    assert int(result.next_wake_at.timestamp() * 1e6) == first_us


def test_on_an_empty_desk_nothing_is_due(desk):
    assert desk.sweep().next_wake_at is None


@pytest.mark.parametrize(
    "title", ["<b>x</b>\x00\u202e", "y" * 1_000_000, "=1+1\n\u2028z"], ids=["marks", "long", "lines"]
)
def test_hostile_titles_arrive_as_short_plain_text(desk, title):
    desk.open(title=title, **P1)
    desk.sweep()
    (item,) = desk.shown
    assert len(item.title) <= 48
    assert len(item.body) <= 160
    assert item.title.isprintable()
