"""Pauses: who may, why, how long, and what ends them."""

from datetime import timedelta

import pytest

from desktop.domain.commitment import Kind
from desktop.domain.commitment_row import CommitmentRow
from desktop.domain.errors import DeskError, NotAllowed
from desktop.domain.instant import to_us
from tests.factories import MONDAY
from tests.fixtures_desk import CommandDesk

WAITING = "waiting_on_customer"


def resolve_row(commands: CommandDesk, escalation_id: int) -> CommitmentRow:
    return commands.commitments(escalation_id, Kind.RESOLVE)[-1]


def test_a_pause_stops_what_the_policy_lets_pause(commands: CommandDesk):
    opened = commands.open()
    commands.clock.forward(hours=1)
    commands.commands.pausing.pause(opened.id, WAITING, commands.coordinator)
    row = resolve_row(commands, opened.id)
    assert row.paused_us == to_us(MONDAY + timedelta(hours=1))
    assert (row.next_threshold, row.next_threshold_us) == (None, None)
    assert commands.get(opened.id).waiting_on == "customer"


def test_paused_time_does_not_count(commands: CommandDesk):
    opened = commands.open()
    commands.commands.pausing.pause(opened.id, WAITING, commands.coordinator)
    commands.clock.forward(hours=3)
    commands.commands.pausing.resume(opened.id, commands.coordinator)
    row = resolve_row(commands, opened.id)
    assert row.due_us == to_us(MONDAY + timedelta(hours=27))
    assert row.next_threshold == "at_risk"
    assert commands.get(opened.id).waiting_on == ""


def test_the_board_shows_the_frozen_step_of_a_paused_clock(commands: CommandDesk):
    opened = commands.open(owner_id=commands.on_call.person_id)
    commands.commands.transition.contain(opened.id, commands.senior)
    commands.clock.forward(hours=13)
    commands.commands.escalation.record_update(opened.id, "Going on.", commands.coordinator)
    commands.commands.pausing.pause(opened.id, WAITING, commands.coordinator)
    with commands.store.read() as session:
        row = session.sql("SELECT clock_kind, clock_paused, clock_step FROM escalation").fetchone()
    assert row == ("resolve", 1, 1)


def test_a_pause_needs_a_reason_of_the_policy(commands: CommandDesk):
    opened = commands.open()
    with pytest.raises(DeskError, match="reason from the policy's list") as refusal:
        commands.commands.pausing.pause(opened.id, "lunch", commands.coordinator)
    assert "Waiting on the customer" in refusal.value.hint


def test_a_kind_that_may_not_pause_is_refused(commands: CommandDesk):
    opened = commands.open()
    with pytest.raises(DeskError, match="lets no pause stop this: contain"):
        commands.commands.pausing.pause(opened.id, WAITING, commands.coordinator, kinds=[Kind.CONTAIN])


def test_a_paused_clock_is_not_paused_again(commands: CommandDesk):
    opened = commands.open()
    commands.commands.pausing.pause(opened.id, WAITING, commands.coordinator)
    with pytest.raises(DeskError, match="paused already"):
        commands.commands.pausing.pause(opened.id, WAITING, commands.coordinator)


def test_nothing_runs_that_could_be_paused(commands: CommandDesk):
    opened = commands.open(classified=False)
    with pytest.raises(DeskError, match="No commitment that may pause"):
        commands.commands.pausing.pause(opened.id, WAITING, commands.coordinator)


def test_a_running_clock_is_not_resumed(commands: CommandDesk):
    opened = commands.open()
    with pytest.raises(DeskError, match="No clock of it is paused"):
        commands.commands.pausing.resume(opened.id, commands.coordinator)


def test_owner_and_coordinator_pause_and_nobody_else(commands: CommandDesk):
    opened = commands.open(owner_id=commands.outsider.person_id)
    for actor in (commands.lead, commands.on_call, commands.senior):
        with pytest.raises(NotAllowed, match="Only a coordinator or the owner"):
            commands.commands.pausing.pause(opened.id, WAITING, actor)
    commands.commands.pausing.pause(opened.id, WAITING, commands.outsider)
    assert resolve_row(commands, opened.id).paused_us is not None


def test_a_pause_may_end_earlier_than_its_limit_but_not_later(commands: CommandDesk):
    opened = commands.open()
    with pytest.raises(DeskError, match="at most 72 hours"):
        commands.commands.pausing.pause(
            opened.id, WAITING, commands.coordinator, until=MONDAY + timedelta(hours=73)
        )
    with pytest.raises(DeskError, match="over already"):
        commands.commands.pausing.pause(opened.id, WAITING, commands.coordinator, until=MONDAY)
    commands.commands.pausing.pause(
        opened.id, WAITING, commands.coordinator, until=MONDAY + timedelta(hours=2)
    )
    assert commands.events(opened.id)[-1].body["until"] == to_us(MONDAY + timedelta(hours=2))


def test_a_pause_ends_by_itself_as_of_its_limit(commands: CommandDesk):
    opened = commands.open()
    commands.commands.pausing.pause(
        opened.id, WAITING, commands.coordinator, until=MONDAY + timedelta(hours=2)
    )
    commands.clock.forward(hours=5)
    (done,) = commands.commands.pausing.end_overdue_pauses()
    assert done.escalation_id == opened.id
    assert resolve_row(commands, opened.id).due_us == to_us(MONDAY + timedelta(hours=26))
    assert commands.commands.pausing.end_overdue_pauses() == ()


def test_the_customers_answer_ends_the_wait_for_it(commands: CommandDesk):
    opened = commands.open()
    commands.commands.pausing.pause(opened.id, WAITING, commands.coordinator)
    commands.clock.forward(hours=1)
    commands.commands.escalation.customer_answered(opened.id, commands.coordinator, "Here are the logs.")
    assert resolve_row(commands, opened.id).paused_us is None
    assert commands.events(opened.id)[-1].body["resumed"] == ["resolve"]


def test_the_customers_answer_ends_no_other_wait(commands: CommandDesk):
    opened = commands.open()
    commands.commands.pausing.pause(opened.id, "waiting_on_supplier", commands.coordinator)
    commands.commands.escalation.customer_answered(opened.id, commands.coordinator)
    assert resolve_row(commands, opened.id).paused_us is not None


def test_a_priority_change_keeps_the_pauses(commands: CommandDesk):
    opened = commands.open()
    commands.commands.pausing.pause(opened.id, WAITING, commands.coordinator)
    commands.clock.forward(hours=3)
    commands.commands.pausing.resume(opened.id, commands.coordinator)
    commands.commands.classification.override(opened.id, commands.coordinator, "Press.", priority="P1")
    assert resolve_row(commands, opened.id).due_us == to_us(MONDAY + timedelta(hours=7))


def test_stopping_a_paused_commitment_ends_its_pause(commands: CommandDesk):
    opened = commands.open()
    commands.commands.pausing.pause(opened.id, WAITING, commands.coordinator)
    commands.clock.forward(hours=30)
    commands.commands.transition.resolve(opened.id, commands.senior)
    row = resolve_row(commands, opened.id)
    assert (row.outcome, row.paused_us) == ("met", None)
    assert commands.get(opened.id).waiting_on == ""


def test_a_paused_commitment_is_not_breached_by_time(commands: CommandDesk):
    opened = commands.open()
    commands.commands.pausing.pause(opened.id, WAITING, commands.coordinator)
    commands.clock.forward(hours=48)
    commands.commands.escalation.note(opened.id, "Still waiting.", commands.coordinator)
    assert resolve_row(commands, opened.id).breached_us is None
