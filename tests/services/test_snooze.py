"""Snoozes: how long, why, and what ends them early."""

from datetime import timedelta

import pytest

from desktop.domain.errors import DeskError, NotAllowed
from tests.factories import MONDAY
from tests.fixtures_desk import CommandDesk


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def owned(commands: CommandDesk, **facts: object) -> int:
    """An acknowledged P2 with an owner: next due is the customer update, in 2 hours."""
    opened = commands.open(owner_id=commands.on_call.person_id, **facts)
    commands.commands.transition.acknowledge(opened.id, commands.on_call)
    return opened.id


def test_a_snooze_holds_until_its_time(commands: CommandDesk):
    id_ = owned(commands)
    commands.commands.snooze.snooze(id_, MONDAY + minutes(30), "Deploying", commands.on_call)
    assert commands.get(id_).snoozed_until == MONDAY + minutes(30)
    commands.clock.forward(minutes=30)
    assert [done.escalation_id for done in commands.commands.snooze.end_due()] == [id_]
    assert commands.get(id_).snoozed_until is None
    assert commands.commands.snooze.end_due() == ()


def test_a_snooze_wants_a_reason(commands: CommandDesk):
    id_ = owned(commands)
    with pytest.raises(DeskError, match="needs a reason") as refusal:
        commands.commands.snooze.snooze(id_, MONDAY + minutes(30), "", commands.on_call)
    assert refusal.value.field == "reason"


def test_a_p2_waits_an_hour_at_most(commands: CommandDesk):
    id_ = owned(commands)
    assert commands.commands.snooze.latest(id_) == MONDAY + minutes(60)
    with pytest.raises(DeskError, match="at most 60 minutes") as refusal:
        commands.commands.snooze.snooze(id_, MONDAY + minutes(61), "Deploying", commands.on_call)
    assert refusal.value.field == "until"


def test_a_p3_waits_eight_hours_at_most(commands: CommandDesk):
    id_ = owned(commands, severity=4, business_impact=1, reputational_risk=2)
    commands.commands.transition.resolve(id_, commands.senior)
    commands.commands.transition.reopen(id_, commands.coordinator, "Back.")
    assert commands.get(id_).priority == "P3"
    assert commands.commands.snooze.latest(id_) == MONDAY + minutes(480)


def test_once_breached_fifteen_minutes_are_the_most(commands: CommandDesk):
    id_ = owned(commands)
    commands.clock.forward(hours=2)
    assert commands.commands.snooze.latest(id_) == MONDAY + minutes(135)
    with pytest.raises(DeskError, match="at most 15 minutes"):
        commands.commands.snooze.snooze(id_, MONDAY + minutes(140), "Deploying", commands.on_call)


def test_a_snooze_past_the_breach_wants_a_reason_of_its_own(commands: CommandDesk):
    id_ = owned(commands)
    commands.clock.forward(minutes=110)
    until = MONDAY + minutes(125)
    with pytest.raises(DeskError, match="past the breach") as refusal:
        commands.commands.snooze.snooze(id_, until, "Deploying", commands.on_call)
    assert refusal.value.field == "past_breach_reason"
    commands.commands.snooze.snooze(id_, until, "Deploying", commands.on_call, "Fix is being deployed")
    assert commands.get(id_).snoozed_until == until


def test_even_with_that_reason_a_breach_waits_fifteen_minutes_at_most(commands: CommandDesk):
    id_ = owned(commands)
    commands.clock.forward(minutes=110)
    assert commands.commands.snooze.latest(id_, past_breach=True) == MONDAY + minutes(135)


def test_a_snooze_of_the_past_is_refused(commands: CommandDesk):
    id_ = owned(commands)
    with pytest.raises(DeskError, match="over already"):
        commands.commands.snooze.snooze(id_, MONDAY, "Deploying", commands.on_call)


def test_what_is_not_open_is_not_snoozed(commands: CommandDesk):
    id_ = owned(commands)
    commands.commands.transition.resolve(id_, commands.senior)
    with pytest.raises(DeskError, match="Nothing alarms"):
        commands.commands.snooze.snooze(id_, MONDAY + minutes(5), "Deploying", commands.on_call)


def test_a_stranger_does_not_snooze(commands: CommandDesk):
    id_ = owned(commands)
    with pytest.raises(NotAllowed):
        commands.commands.snooze.snooze(id_, MONDAY + minutes(5), "Deploying", commands.outsider)


def test_another_snooze_replaces_the_first(commands: CommandDesk):
    id_ = owned(commands)
    commands.commands.snooze.snooze(id_, MONDAY + minutes(10), "Deploying", commands.on_call)
    commands.commands.snooze.snooze(id_, MONDAY + minutes(20), "Still", commands.on_call)
    with commands.store.read() as session:
        (running,) = session.sql("SELECT count(*) FROM snooze WHERE ended_at IS NULL").fetchone()
    assert (running, commands.get(id_).snoozed_until) == (1, MONDAY + minutes(20))


def test_a_person_ends_it(commands: CommandDesk):
    id_ = owned(commands)
    commands.commands.snooze.snooze(id_, MONDAY + minutes(10), "Deploying", commands.on_call)
    commands.commands.snooze.end_snooze(id_, commands.on_call)
    assert commands.get(id_).snoozed_until is None
    with pytest.raises(DeskError, match="not snoozed"):
        commands.commands.snooze.end_snooze(id_, commands.on_call)


def test_it_ends_when_the_severity_rises(commands: CommandDesk):
    id_ = owned(commands)
    commands.commands.snooze.snooze(id_, MONDAY + minutes(10), "Deploying", commands.on_call)
    commands.commands.classification.set_severity(id_, 1, "Worse.", commands.coordinator)
    assert commands.get(id_).snoozed_until is None
    assert "alarm.snooze_ended" in commands.kinds(id_)


def test_it_holds_when_the_severity_falls(commands: CommandDesk):
    id_ = owned(commands)
    commands.commands.snooze.snooze(id_, MONDAY + minutes(10), "Deploying", commands.on_call)
    commands.commands.classification.set_severity(id_, 3, "Milder.", commands.coordinator)
    assert commands.get(id_).snoozed_until is not None


def test_it_ends_when_the_customer_answers(commands: CommandDesk):
    id_ = owned(commands)
    commands.commands.snooze.snooze(id_, MONDAY + minutes(10), "Deploying", commands.on_call)
    commands.commands.escalation.customer_answered(id_, commands.coordinator)
    assert commands.get(id_).snoozed_until is None


def test_it_ends_when_the_owner_changes(commands: CommandDesk):
    id_ = owned(commands)
    commands.commands.snooze.snooze(id_, MONDAY + minutes(10), "Deploying", commands.on_call)
    commands.commands.ownership.assign(id_, commands.senior.person_id, commands.coordinator)
    assert commands.get(id_).snoozed_until is None


def test_the_load_counts_what_holds_for_a_person_and_for_the_desk(commands: CommandDesk):
    for by in (commands.on_call, commands.on_call, commands.coordinator):
        commands.commands.snooze.snooze(owned(commands), MONDAY + minutes(10), "Deploying", by)
    ended = owned(commands)
    commands.commands.snooze.snooze(ended, MONDAY + minutes(10), "Deploying", commands.on_call)
    commands.commands.snooze.end_snooze(ended, commands.on_call)
    assert commands.commands.snooze.load(commands.on_call) == (2, 3)
