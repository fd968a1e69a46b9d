"""Tells as one what has to be told together: a flood, what was missed, what quiet hours held back."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from db.queries import alarm as alarms
from db.queries import alarm_state
from db.unit_of_work import Session
from desktop.domain import digest, flood
from desktop.domain.alarm import Concern, Told, why_gone, why_suppressed
from desktop.domain.digest import Digest
from desktop.services.alarm_batch import FLOOD, Batch
from desktop.services.alarm_facts import Facts
from desktop.services.undelivered import DIGEST


@dataclass
class Together:
    """How many digests and grouped notifications were made, and whose alarms changed."""

    digests: int = 0
    notified: int = 0
    changed: list[int] = field(default_factory=list)


def tell_together(session: Session, facts: Facts) -> Together:
    """Tell what waits to be told as one, if its time has come."""
    _end_flood(session, facts)
    waiting = alarms.waiting_together(session, facts.now_us)
    done = Together()
    if not waiting:
        return done
    batch = Batch(session, facts)
    standing: list[Concern] = []
    for concern in waiting:
        gone = why_gone(concern, facts.now_us)
        if gone:
            batch.withdraw(concern, gone)
        elif why_suppressed(concern):
            batch.settle(concern, Told.SUPPRESSED)
        else:
            standing.append(concern)
    missed = [c for c in standing if c.told == Told.AWAITING_DIGEST]
    held = [c for c in standing if c.told == Told.HELD]
    grouped = [c for c in standing if c.told == Told.AWAITING_GROUP]
    if missed:
        done.digests += _tell_digest(batch, facts, digest.missed(missed), missed)
    elif held:
        done.digests += _tell_held(batch, facts, held)
    if grouped:
        _tell_flood(session, batch, facts, grouped)
    batch.write()
    done.notified = batch.row_count
    done.changed = list(batch.changed)
    return done


def flood_key(facts: Facts) -> str:
    """Under which name the flood of whoever sits here is kept."""
    return f"flood.{facts.operator_id}"


def window_start_us(facts: Facts) -> int:
    """Since when alarms count towards a flood."""
    return facts.now_us - facts.microseconds(facts.active.flood.window)


def _end_flood(session: Session, facts: Facts) -> None:
    if not alarm_state.get(session, flood_key(facts)):
        return
    count = alarms.count_told(session, window_start_us(facts), facts.now_us)
    if not flood.is_flood(True, count, facts.active.flood):
        alarm_state.drop(session, flood_key(facts))


def _tell_held(batch: Batch, facts: Facts, held: Sequence[Concern]) -> int:
    """At the end of what holds them; where that was made longer meanwhile, its new end is waited for."""
    told: list[Concern] = []
    for concern in held:
        until_us = facts.holds_us(concern)
        if until_us:
            batch.settle(concern, Told.HELD, until_us)
        else:
            told.append(concern)
    if not told:
        return 0
    is_first = all(concern.raised_us < facts.first_until_us for concern in told)
    return _tell_digest(batch, facts, digest.held(told, is_first=is_first), told)


def _tell_digest(batch: Batch, facts: Facts, told: Digest, concerns: Sequence[Concern]) -> int:
    batch.put(
        replaces=DIGEST,
        reason=DIGEST,
        alarm_id=concerns[0].alarm_id,
        urgency=told.urgency,
        title=told.title,
        body=told.body,
        sound=1,
    )
    batch.page_together(DIGEST, DIGEST, told.title, told.body, concerns)
    for concern in concerns:
        batch.settle_told(concern, Told.IN_DIGEST)
    return 1


def _tell_flood(session: Session, batch: Batch, facts: Facts, grouped: Sequence[Concern]) -> None:
    """The summary names all that was told with it and still stands, not only what is new."""
    state = alarm_state.get(session, flood_key(facts)) or {"since_us": facts.now_us}
    earlier = alarms.grouped_since(session, state["since_us"])
    members = {c.alarm_id: c for c in (*earlier, *grouped) if not why_gone(c, facts.now_us)}
    is_first = not state.get("told_us")
    batch.notify_together(FLOOD, list(members.values()), sound=is_first)
    alarm_state.put(session, flood_key(facts), {"since_us": state["since_us"], "told_us": facts.now_us})
    for concern in grouped:
        batch.settle_told(concern, Told.GROUPED)
