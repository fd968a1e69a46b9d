"""Decides about alarms whose time has come: told alone, with others, later or not at all; repeats; ladder."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from db.queries import alarm as alarms
from db.queries import alarm_state
from db.queries import outbox as rows
from db.unit_of_work import Session
from desktop.domain import flood
from desktop.domain.alarm import (
    MISSED_AFTER_S,
    Concern,
    Situation,
    Told,
    Verdict,
    judge,
    late_s,
    waits_for_company,
    why_gone,
    worst_of_each,
)
from desktop.domain.ladder import next_act, repeats_passed
from desktop.domain.timeline import EventKind
from desktop.services.alarm_batch import GROUP, Batch
from desktop.services.alarm_facts import Facts
from desktop.services.alarm_together import flood_key, window_start_us

_FRESH = (Told.UNDECIDED, Told.WAITING, Told.SNOOZED)


@dataclass
class Attended:
    """How many alarms were looked at, climbed and repeated, how many notifications that made, about whom."""

    seen: int = 0
    climbed: int = 0
    repeated: int = 0
    notified: int = 0
    changed: list[int] = field(default_factory=list)


def attend(session: Session, facts: Facts, limit: int) -> Attended:
    """Look at raised alarms about which something is to be done now, at most `limit`."""
    concerns = alarms.to_attend(session, facts.now_us, limit)
    done = Attended(seen=len(concerns))
    if not concerns:
        return done
    batch = Batch(session, facts)
    fresh: list[Concern] = []
    again: list[Concern] = []
    for concern in concerns:
        gone = why_gone(concern, facts.now_us)
        if gone:
            batch.withdraw(concern, gone)
        else:
            (fresh if concern.told in _FRESH else again).append(concern)
    worst = worst_of_each(
        c for c in alarms.raised_of(session, {c.escalation_id: None for c in again}) if _is_shown(c)
    )
    is_flood = bool(alarm_state.get(session, flood_key(facts)))
    for concern in again:
        is_worst = worst.get(concern.escalation_id, concern).alarm_id == concern.alarm_id
        may_tell = not is_flood or facts.active.flood.stands_alone(concern.band, concern.occasion)
        _act(batch, facts, concern, done, may_repeat=is_worst and may_tell)
    if fresh:
        _judge_all(session, batch, facts, fresh)
    batch.write()
    done.notified = batch.row_count
    done.changed = list(batch.changed)
    return done


def _is_shown(concern: Concern) -> bool:
    """Whether it is before people's eyes, or about to be, and will be told again or climb by itself."""
    return concern.climb_us > 0 and (concern.told > Told.NOT or concern.told == Told.UNDECIDED)


def _act(batch: Batch, facts: Facts, concern: Concern, done: Attended, *, may_repeat: bool) -> None:
    """The next step of the ladder, or told again."""
    told = Told(concern.told)
    if concern.snoozed_us > facts.now_us:
        batch.settle(concern, Told.SNOOZED, concern.snoozed_us)
        return
    ladder = facts.rungs(concern)
    climb = next_act(concern, Told.GROUPED, facts.announcement(concern), ladder, facts.now_us)
    if climb is not None and climb.at_us <= facts.now_us:
        batch.climb(concern, climb.at_us)
        batch.settle(concern, told)
        done.climbed += 1
        return
    repeats = repeats_passed(concern, facts.announcement(concern), ladder, facts.now_us)
    if told is Told.ALONE and repeats > concern.repeats:
        done.repeated += _tell_again(batch, facts, concern, repeats, may_repeat=may_repeat)
        return
    batch.settle(concern, told, batch.next_us(concern, told) if told is not Told.NOT else None)


def _tell_again(batch: Batch, facts: Facts, concern: Concern, repeats: int, *, may_repeat: bool) -> bool:
    """Whether it was told again: not over a worse one or in a flood; what is long past is for the digest."""
    if not may_repeat:
        batch.settle_told(concern, Told.ALONE, repeats=repeats)
    elif late_s(concern.climb_us, facts.last_look_us, facts.now_us) > MISSED_AFTER_S:
        batch.settle(concern, Told.AWAITING_DIGEST, facts.now_us, repeats=repeats)
    elif facts.holds_us(concern):
        if facts.may_page_now and batch.page(concern, repeats):
            batch.settle_told(concern, Told.ALONE, repeats=repeats)
        else:
            batch.settle(concern, Told.HELD, facts.holds_us(concern), repeats=repeats)
    else:
        batch.notify(concern, repeat=repeats)
        batch.settle_told(concern, Told.ALONE, repeats=repeats)
        return True
    return False


def _judge_all(session: Session, batch: Batch, facts: Facts, fresh: Sequence[Concern]) -> None:
    situation = _situation(session, facts)
    to_tell: list[Concern] = []
    for concern in fresh:
        if concern.told == Told.SNOOZED:
            again_late_s = late_s(concern.climb_us, facts.last_look_us, facts.now_us)
            concern = concern._replace(raised_us=facts.now_us, late_s=again_late_s, repeats=0)
        verdict = judge(concern, facts.announcement(concern), situation)
        if verdict.told is Told.ALONE:
            to_tell.append(concern)
        else:
            _hold(batch, facts, concern, verdict)
    _tell(session, batch, facts, to_tell)


def _situation(session: Session, facts: Facts) -> Situation:
    grouping = facts.active.grouping
    since_us = facts.now_us - facts.microseconds(grouping.update_every)
    return Situation(
        now_us=facts.now_us,
        first_until_us=facts.first_until_us,
        quiet=facts.active.quiet,
        quiet_until_us=facts.quiet_until_us(),
        grouping=grouping,
        group_told_us=rows.group_told(session, since_us),
    )


def _hold(batch: Batch, facts: Facts, concern: Concern, verdict: Verdict) -> None:
    if verdict.told is Told.HELD and facts.may_page_now and batch.page(concern):
        # The quiet hours of whoever sits here are no reason to keep it from others, nor to stop the ladder.
        _record(batch, concern, "beyond the desk")
        batch.settle_told(concern, Told.ALONE)
        return
    if concern.told == Told.UNDECIDED:
        batch.raised(concern, verdict.told.name.lower().replace("_", " "), verdict.why)
    if verdict.told in (Told.NOT, Told.HELD, Told.SNOOZED, Told.PAUSED, Told.SUPPRESSED):
        batch.event(EventKind.ALARM_SUPPRESSED, concern, why=verdict.why)
    batch.settle(concern, verdict.told, verdict.until_us or None)


def _tell(session: Session, batch: Batch, facts: Facts, to_tell: Sequence[Concern]) -> None:
    if not to_tell:
        return
    rule = facts.active.flood
    state = alarm_state.get(session, flood_key(facts))
    earlier = alarms.count_told(session, window_start_us(facts), facts.now_us)
    flow = flood.flow(bool(state), earlier, to_tell, rule)
    if flow.is_flood and not state:
        state = {"since_us": facts.now_us, "told_us": 0}
        alarm_state.put(session, flood_key(facts), state)
    for concern in flow.together:
        _record(batch, concern, "in a flood")
        update_us = state["told_us"] + facts.microseconds(facts.active.grouping.update_every)
        batch.settle(concern, Told.AWAITING_GROUP, max(facts.now_us, update_us))
    _tell_alone(session, batch, facts, flow.alone)


def _tell_alone(session: Session, batch: Batch, facts: Facts, concerns: Sequence[Concern]) -> None:
    """One notification for each escalation, about its worst alarm; milder ones of a customer together."""
    worst = worst_of_each(concerns)
    shown = worst_of_each(c for c in alarms.raised_of(session, worst) if c.told > Told.NOT)
    company: list[Concern] = []
    is_first = True
    for concern in concerns:
        held = shown.get(concern.escalation_id)
        is_milder = held is not None and held.rank[0] > concern.rank[0]
        if not concern.stands_apart and (worst[concern.escalation_id] is not concern or is_milder):
            _record(batch, concern, "with a worse one")
            batch.settle_told(concern, Told.GROUPED)
        elif concern.step or not waits_for_company(concern, facts.announcement(concern)):
            is_first = not _tell_one(batch, facts, concern, is_first) and is_first
        else:
            company.append(concern)
    for together in flood.companies(company):
        if len(together) == 1:
            is_first = not _tell_one(batch, facts, together[0], is_first) and is_first
            continue
        for concern in together:
            _record(batch, concern, "with others of the customer")
            batch.settle_told(concern, Told.GROUPED)
        batch.notify_together(GROUP, together, sound=is_first)
        is_first = False


def _tell_one(batch: Batch, facts: Facts, concern: Concern, is_first: bool) -> bool:
    """Whether it was told; a step that reaches nobody moves on at once instead, if there is a next one."""
    _record(batch, concern, "alone")
    if concern.step and concern.step < len(facts.rungs(concern)) and not batch.reaches_anybody(concern):
        if people := batch.reach(concern).people:
            names = [person.name for person in people]
            batch.event(EventKind.ONCALL_NOBODY, concern, targets=names, why="no channel")
        batch.climb(concern, facts.now_us)
        batch.settle(concern, Told.NOT)
        return False
    batch.notify(concern, sound=is_first)
    batch.settle_told(concern, Told.ALONE)
    return True


def _record(batch: Batch, concern: Concern, told: str) -> None:
    if concern.told == Told.UNDECIDED:
        batch.raised(concern, told)
    elif concern.told == Told.SNOOZED:
        batch.event(EventKind.ALARM_RAISED, concern, told=told, why="the snooze is over and it still stands")
