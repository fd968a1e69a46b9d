"""The ledger: every time told to somebody outside, kept or broken, once."""

from datetime import timedelta

import pytest

from desktop.domain.commitment import Kind
from desktop.domain.errors import Conflict, DeskError, NotAllowed
from desktop.domain.message import Stage
from desktop.domain.promise import Kept, PromiseKind, PromiseState
from desktop.domain.timeline import EventKind
from desktop.services.promise_watch import PromiseWatch
from tests.fixtures_desk import CommandDesk
from tests.services.message_desk import HOUR, MessageDesk


@pytest.fixture
def desk(commands: CommandDesk) -> MessageDesk:
    return MessageDesk(commands)


def test_a_promise_is_broken_once_when_its_time_has_passed(desk: MessageDesk):
    desk.send()
    desk.wait(hours=3)
    desk.ledger.sweep()
    desk.ledger.sweep()
    assert desk.base.kinds(desk.id).count(EventKind.PROMISE_BROKEN) == 1
    assert desk.ledger.open()[0].is_late(desk.base.clock.now())


def test_a_late_message_settles_it_but_it_stays_broken(desk: MessageDesk):
    desk.send()
    desk.wait(hours=3)
    desk.send(Stage.LATE)
    late = desk.ledger.of(desk.id)[-1]
    assert (late.state, late.broken_at) == (PromiseState.BROKEN, late.due_at)
    assert late.settled_at == desk.base.clock.now()
    assert desk.base.kinds(desk.id).count(EventKind.PROMISE_BROKEN) == 1


def test_two_desks_that_sweep_at_once_break_it_once(desk: MessageDesk):
    desk.send()
    desk.wait(hours=3)
    PromiseWatch(cases=desk.cases).tick()
    desk.ledger.sweep()
    assert desk.base.kinds(desk.id).count(EventKind.PROMISE_BROKEN) == 1


def test_the_watch_says_when_the_next_is_due(desk: MessageDesk):
    assert PromiseWatch(cases=desk.cases).tick() is None
    sent = desk.send()
    assert PromiseWatch(cases=desk.cases).tick() == sent.next_update_at


def test_the_rate_is_told_by_customer_and_owner(desk: MessageDesk):
    desk.base.commands.ownership.assign(desk.id, desk.base.on_call.person_id, desk.by)
    desk.send()
    desk.wait(hours=1)
    desk.send(Stage.PERIODIC)
    desk.wait(hours=3)
    desk.ledger.sweep()
    owner_id = desk.base.on_call.person_id
    assert desk.ledger.kept_rate(customer_id=1, owner_id=owner_id) == Kept(1, 1)
    assert desk.ledger.kept_rate(customer_id=1).share == 0.5
    assert desk.ledger.kept_rate(owner_id=desk.lead.person_id).share is None


def test_a_period_holds_what_is_due_in_it(desk: MessageDesk):
    sent = desk.send()
    assert desk.ledger.all(since=sent.next_update_at, until=sent.next_update_at + HOUR)
    assert desk.ledger.all(until=sent.next_update_at) == ()


def test_a_call_back_is_promised_and_kept(desk: MessageDesk):
    due_at = desk.base.clock.now() + HOUR
    promise = desk.ledger.add(desk.id, PromiseKind.CALL_BACK, due_at, desk.by, "Call Jo")
    kept = desk.ledger.keep(promise.id, desk.by)
    assert (kept.state, kept.settled_by) == (PromiseState.KEPT, "Cora Lind")
    with pytest.raises(Conflict, match="settled already"):
        desk.ledger.keep(promise.id, desk.lead)


def test_a_call_back_kept_too_late_is_broken(desk: MessageDesk):
    promise = desk.ledger.add(desk.id, PromiseKind.CALL_BACK, desk.base.clock.now() + HOUR, desk.by)
    desk.wait(hours=2)
    assert desk.ledger.keep(promise.id, desk.by).state is PromiseState.BROKEN
    assert desk.ledger.open() == ()


def test_a_broken_fix_is_told_to_whoever_sits_at_the_desk(desk: MessageDesk):
    desk.ledger.add(desk.id, PromiseKind.FIX_BY, desk.base.clock.now() + HOUR, desk.by, "Cards work")
    desk.wait(hours=2)
    desk.ledger.sweep()
    with desk.base.store.read() as session:
        rows = session.sql("SELECT channel, body FROM outbox").fetchall()
    assert rows == [("desktop", "Fix for Northwind. Cards work")]


def test_a_promise_is_taken_back_with_a_reason(desk: MessageDesk):
    promise = desk.ledger.add(desk.id, PromiseKind.FIX_BY, desk.base.clock.now() + HOUR, desk.by)
    with pytest.raises(DeskError, match="without a reason"):
        desk.ledger.withdraw(promise.id, desk.by, " ")
    taken = desk.ledger.withdraw(promise.id, desk.by, "The part is missing")
    assert (taken.state, taken.reason) == (PromiseState.WITHDRAWN, "The part is missing")
    assert desk.ledger.kept_rate() == Kept(0, 0)


def test_taking_a_promise_back_is_undone(desk: MessageDesk):
    promise = desk.ledger.add(desk.id, PromiseKind.FIX_BY, desk.base.clock.now() + HOUR, desk.by)
    desk.ledger.withdraw(promise.id, desk.by, "The part is missing")
    event = desk.base.events(desk.id)[-1]
    desk.base.commands.undoing.undo([event.seq], desk.by)
    assert desk.ledger.open()[0].state is PromiseState.OPEN


def test_what_has_passed_is_not_promised(desk: MessageDesk):
    with pytest.raises(DeskError, match="has passed"):
        desk.ledger.add(desk.id, PromiseKind.FIX_BY, desk.base.clock.now(), desk.by)


def test_who_may_not_tell_customers_promises_nothing(desk: MessageDesk):
    due_at = desk.base.clock.now() + HOUR
    with pytest.raises(NotAllowed):
        desk.ledger.add(desk.id, PromiseKind.FIX_BY, due_at, desk.base.on_call)


def test_the_promised_time_counts_at_night_too(commands: CommandDesk):
    desk = MessageDesk(commands, severity=4, business_impact=0, reputational_risk=0)
    at = desk.base.clock.now() + timedelta(days=6, hours=14)  # a Sunday night
    desk.sending.record(desk.id, "By Sunday.", desk.by, next_update_at=at)
    running = desk.base.commitments(desk.id, Kind.UPDATE)[-1]
    assert running.due_us == int(at.timestamp() * 1_000_000)


def reclassified(desk: MessageDesk, priority: str) -> int:
    """When the update is due once the escalation has another priority."""
    desk.base.commands.classification.override(desk.id, desk.lead, "As seen now", priority=priority)
    return next(row for row in desk.base.commitments(desk.id, Kind.UPDATE) if row.is_running).due_us


def test_a_milder_level_does_not_put_off_what_was_promised(desk: MessageDesk):
    sent = desk.send()
    assert reclassified(desk, "P4") == int(sent.next_update_at.timestamp() * 1_000_000)


def test_a_graver_level_wants_the_update_earlier_than_promised(desk: MessageDesk):
    sent = desk.send()
    assert reclassified(desk, "P1") < int(sent.next_update_at.timestamp() * 1_000_000)
