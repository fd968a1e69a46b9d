"""Brings the alarms in line with escalations that changed: ended, acknowledged, paused or snoozed ones."""

from dataclasses import dataclass, field
from typing import NamedTuple

from db.queries import alarm as alarms
from db.queries import alarm_change as changes
from db.queries import alarm_state, timeline
from db.queries.alarm import NewAlarm, Outcome
from db.queries.alarm_change import Changed
from db.queries.timeline import NewEvent
from db.unit_of_work import Session
from desktop.domain.alarm import Concern, Told, late_s, why_gone, why_suppressed
from desktop.domain.policy_alarm import Occasion
from desktop.domain.policy_score import Severity
from desktop.domain.timeline import EventKind
from desktop.services.alarm_facts import Facts
from desktop.services.alarm_next import refresh_next_told
from desktop.services.undelivered import ACTOR

#: Up to which change the escalations have been looked at.
SEEN = "seen"
_OPEN = ("new", "triaged", "acknowledged", "working", "contained")


@dataclass
class Settled:
    """How many escalations were looked at, what was raised and withdrawn, whose alarms changed."""

    seen: int = 0
    raised: int = 0
    withdrawn: int = 0
    changed: list[int] = field(default_factory=list)


def settle(session: Session, facts: Facts, limit: int) -> Settled:
    """Look at escalations changed since the last look, at most `limit` of them; the rest comes next time."""
    seen = alarm_state.get(session, SEEN)
    batch = changes.changed_since(session, seen.get("revision", 0), seen.get("id", 0), limit)
    done = Settled(seen=len(batch))
    if not batch:
        return done
    looked_at = {escalation.escalation_id for escalation in batch}
    # What becomes of a parent decides whether its children announce.
    children = [one for one in changes.children_of(session, looked_at) if one.escalation_id not in looked_at]
    for escalation in (*batch, *children):
        _settle_one(session, facts, escalation, done)
    last = batch[-1]
    alarm_state.put(session, SEEN, {"revision": last.revision, "id": last.escalation_id})
    return done


def _settle_one(session: Session, facts: Facts, escalation: Changed, done: Settled) -> None:
    raised = _occasions(session, facts, escalation)
    concerns = alarms.raised_of(session, [escalation.escalation_id])
    ends, outcomes, events = _bring_in_line(session, facts, escalation, concerns)
    alarms.end(session, ends)
    alarms.record(session, outcomes)
    timeline.append_many(session, events) if events else None
    if raised or ends or outcomes:
        done.changed.append(escalation.escalation_id)
    done.raised += raised
    done.withdrawn += len(ends)
    refresh_next_told(session, facts, [escalation.escalation_id])


def _bring_in_line(
    session: Session, facts: Facts, escalation: Changed, concerns: list[Concern]
) -> tuple[list[tuple[str, int, str, int, int]], list[Outcome], list[NewEvent]]:
    ends: list[tuple[str, int, str, int, int]] = []
    outcomes: list[Outcome] = []
    events: list[NewEvent] = []
    highest = {concern.subject: concern.step for concern in sorted(concerns, key=lambda c: c.step)}
    for concern in concerns:
        gone = why_gone(concern, facts.now_us)
        if concern.raised_us < escalation.acknowledged_us:
            by = escalation.acknowledged_by
            ends.append(("acknowledged", facts.now_us, by, session.revision(), concern.alarm_id))
            events.append(_event(EventKind.ALARM_ACKNOWLEDGED, facts, concern, by=by))
        elif gone:
            ends.append(("withdrawn", facts.now_us, gone, session.revision(), concern.alarm_id))
            events.append(_event(EventKind.ALARM_SUPPRESSED, facts, concern, why=gone))
        else:
            held = _held(concern, facts)
            if held is not None and concern.step < highest[concern.subject]:
                # The steps below the one it has climbed to do not come back.
                held = _Hold(Told.NOT, None) if concern.told != Told.NOT else None
            if held is not None:
                outcomes.append(held.outcome(concern, facts, session.revision()))
                if held.is_again:
                    events.append(_event(EventKind.ALARM_RAISED, facts, concern, why="it still stands"))
                elif held.why:
                    events.append(_event(EventKind.ALARM_SUPPRESSED, facts, concern, why=held.why))
    return ends, outcomes, events


def _held(concern: Concern, facts: Facts) -> "_Hold | None":
    """How an alarm is held back from now on; None where that has not changed."""
    now_us = facts.now_us
    if concern.paused and concern.commitment_id:
        return _Hold(Told.PAUSED, None, "the clock is paused") if concern.told != Told.PAUSED else None
    if (why := why_suppressed(concern)) and concern.told != Told.UNDECIDED:
        return _Hold(Told.SUPPRESSED, None, why) if concern.told != Told.SUPPRESSED else None
    if concern.snoozed_us > now_us:
        if concern.told == Told.SNOOZED and concern.climb_us == concern.snoozed_us:
            return None
        return _Hold(Told.SNOOZED, concern.snoozed_us, "snoozed")
    if concern.told in (Told.PAUSED, Told.SNOOZED, Told.SUPPRESSED):
        return _Hold(Told.WAITING, now_us, is_again=True)
    is_held = concern.told == Told.HELD and facts.first_until_us <= now_us
    may_pass = is_held and facts.active.quiet.passes(concern.band, concern.occasion)
    if (may_pass or concern.told == Told.WAITING) and concern.climb_us > now_us:
        return _Hold(Told.WAITING, now_us)
    return None


class _Hold(NamedTuple):
    """What an alarm waits for; one that is raised again starts anew."""

    told: Told
    climb_us: int | None
    why: str = ""
    is_again: bool = False

    def outcome(self, concern: Concern, facts: Facts, revision: int) -> Outcome:
        late = late_s(concern.climb_us, facts.last_look_us, facts.now_us)
        return Outcome(
            told=self.told,
            repeats=0 if self.is_again else concern.repeats,
            climb_us=self.climb_us,
            raised_us=facts.now_us if self.is_again else concern.raised_us,
            late_s=late if self.is_again else concern.late_s,
            revision=revision,
            alarm_id=concern.alarm_id,
        )


def _occasions(session: Session, facts: Facts, escalation: Changed) -> int:
    """Raise what a change itself is an occasion for: a grave new one, a pause that ran out, a return."""
    if escalation.state not in _OPEN:
        return 0
    new: list[NewAlarm] = []
    if escalation.acknowledge_wanted and _is_told_when_new(facts, escalation):
        new.append(_new(facts, escalation, Occasion.NEW, "new", escalation.created_us))
    kind = EventKind.RETURNED if escalation.acknowledge_wanted else EventKind.REMINDED
    forgotten_us = timeline.last_at(session, escalation.escalation_id, kind)
    if forgotten_us is not None:
        reason = f"{'returned' if escalation.acknowledge_wanted else 'forgotten'}:{forgotten_us}"
        new.append(_new(facts, escalation, Occasion.FORGOTTEN, reason, forgotten_us))
    for pause in changes.pauses_ended_by_limit(session, escalation.escalation_id):
        alarm = _new(facts, escalation, Occasion.PAUSE_ENDED, f"pause:{pause.pause_id}", pause.ended_us)
        new.append(alarm._replace(commitment_id=pause.commitment_id))
    if not new:
        return 0
    revision = session.revision()
    return sum(alarms.add(session, [alarm._replace(revision=revision)]) for alarm in new)


def _is_told_when_new(facts: Facts, escalation: Changed) -> bool:
    announcement = facts.policy(escalation.policy_version).announce[Occasion.NEW]
    return announcement.is_told and Severity(escalation.severity) in announcement.severities


def _new(facts: Facts, escalation: Changed, occasion: Occasion, reason: str, due_us: int) -> NewAlarm:
    return NewAlarm(
        escalation_id=escalation.escalation_id,
        commitment_id=None,
        subject=f"escalation:{escalation.escalation_id}:{reason}",
        threshold=occasion.value,
        step=0,
        due_us=due_us,
        raised_us=facts.now_us,
        late_s=late_s(due_us, facts.last_look_us, facts.now_us),
        told=Told.UNDECIDED,
        state="raised",
        ended_us=None,
        ended_by=None,
        climb_us=facts.now_us,
        revision=0,
    )


def _event(kind: EventKind, facts: Facts, concern: Concern, **details: str) -> NewEvent:
    body = {"alarm": concern.alarm_id, "threshold": concern.threshold, "step": concern.step, **details}
    return NewEvent(kind, facts.now_us, ACTOR, concern.escalation_id, body)
