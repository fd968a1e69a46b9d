"""Takes the thresholds that have come: each becomes an alarm once, whoever looks first."""

from dataclasses import dataclass

from db.queries import alarm as alarms
from db.queries import timeline
from db.queries.alarm import DueThreshold, NewAlarm, Taken
from db.queries.timeline import NewEvent
from db.unit_of_work import Session
from desktop.domain.alarm import MISSED_AFTER_S, Reached, Told, late_s, reached
from desktop.domain.instant import US_PER_SECOND
from desktop.domain.timeline import EventKind
from desktop.services.undelivered import ACTOR


@dataclass(frozen=True, slots=True)
class Claimed:
    """How many commitments were moved on, how many alarms that raised, how many of these late."""

    seen: int = 0
    raised: int = 0
    late: int = 0


def claim(session: Session, now_us: int, last_look_us: int, limit: int) -> Claimed:
    """Raise an alarm for each threshold that has come, and move its commitment to the next one.

    What they are told with is decided afterwards; until then they are marked so and cannot be lost.
    """
    together = alarms.due_together(session, now_us, limit)
    raised = _claim_together(session, together, now_us, last_look_us) if together else 0
    if len(together) < limit:
        seen, count = alarms.take_due(session, now_us, last_look_us, limit)
    else:
        seen, count = 0, 0
    is_late = now_us - last_look_us > MISSED_AFTER_S * US_PER_SECOND
    late = alarms.count_late(session, now_us, MISSED_AFTER_S) if is_late else 0
    return Claimed(len(together) + seen, raised + count, late)


def _claim_together(session: Session, due: list[DueThreshold], now_us: int, last_look_us: int) -> int:
    """Commitments that passed several thresholds since the last look: one alarm each, about the worst.

    The milder ones are recorded, in order, but told only with it.
    """
    revision = session.revision()
    known = alarms.known(session, [row.commitment_id for row in due])
    taken: list[Taken] = []
    milder: list[NewAlarm] = []
    worst: list[NewAlarm] = []
    for row in due:
        passed, next_name, next_us = reached(row.threshold, row.at_us, row.soon_us, row.due_us, now_us)
        taken.append(Taken(next_name, next_us, revision, row.commitment_id, row.at_us, row.threshold))
        for step in passed[:-1]:
            if known.get((row.commitment_id, step.threshold), -1) < step.at_us:
                milder.append(_overtaken(_alarm(row, step, now_us, 0, revision), now_us))
        late = late_s(passed[-1].at_us, last_look_us, now_us)
        worst.append(_alarm(row, passed[-1], now_us, late, revision))
    alarms.take(session, taken)
    alarms.add(session, milder)
    if milder:
        timeline.append_many(session, [_event(alarm, now_us) for alarm in milder])
    return alarms.add(session, worst)


def _alarm(row: DueThreshold, passed: Reached, now_us: int, late: int, revision: int) -> NewAlarm:
    return NewAlarm(
        row.escalation_id,
        row.commitment_id,
        f"commitment:{row.commitment_id}",
        passed.threshold.value,
        0,
        passed.at_us,
        now_us,
        late,
        Told.UNDECIDED,
        "raised",
        None,
        None,
        now_us,
        revision,
    )


def _overtaken(alarm: NewAlarm, now_us: int) -> NewAlarm:
    return alarm._replace(
        told=Told.NOT, state="withdrawn", ended_us=now_us, ended_by="overtaken", climb_us=None
    )


def _event(alarm: NewAlarm, now_us: int) -> NewEvent:
    body = {
        "commitment": alarm.commitment_id,
        "threshold": alarm.threshold,
        "due": alarm.due_us,
        "told": "with a worse one",
    }
    return NewEvent(EventKind.ALARM_RAISED, now_us, ACTOR, alarm.escalation_id, body)
