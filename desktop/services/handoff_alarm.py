"""Ten minutes after a shift's end everything should have been accepted: else the coordinator is told, once.

Each escalation that was not gets an alarm of its own, which ends once the giver no longer has it or keeps it
by withdrawing; the gravest of them is told, and stands for the others. One that was declined counts too: its
giver goes and nobody has taken it.
"""

from datetime import datetime

from db.queries import alarm, handoff_alarm, timeline
from db.queries import handoff as handoffs
from db.queries.alarm import NewAlarm
from desktop.domain.alarm import Told
from desktop.domain.events import AlarmsChanged, HandoffsChanged
from desktop.domain.handoff import Handoff, Item
from desktop.domain.instant import US_PER_SECOND, from_us, to_us
from desktop.domain.policy_alarm import Occasion
from desktop.domain.timeline import EventKind
from desktop.services.case import DESK, Cases, Work
from desktop.services.handoff_deeds import end_alarm, keep_dropped


class HandoffAlarm:
    """Looks whether handoffs were accepted in time."""

    def __init__(self, *, cases: Cases) -> None:
        self._cases = cases

    def tick(self) -> datetime | None:
        """Alarm about every handoff whose time is over; gives when the next one's will be, None for none."""
        now_us = to_us(self._cases.clock.now())
        with self._cases.store.read() as session:
            next_us, settled = handoff_alarm.next_us(session), handoff_alarm.settled(session)
        if settled:
            self._end()
        if next_us is not None and next_us <= now_us:
            self._alarm(now_us)
            with self._cases.store.read() as session:
                next_us = handoff_alarm.next_us(session)
        return None if next_us is None else from_us(next_us)

    def _end(self) -> None:
        with self._cases.work(DESK) as work:
            settled = handoff_alarm.settled(work.session)
            for escalation_id, handoff_id in settled:
                end_alarm(work, escalation_id, handoff_id, state="withdrawn", why="it is the giver's no more")
            revision = work.session.revision()
        self._cases.publish(AlarmsChanged(tuple(id_ for id_, _ in settled), revision))

    def _alarm(self, now_us: int) -> None:
        ids: dict[int, None] = {}
        changed: list[int] = []
        with self._cases.work(DESK) as work:
            for late in handoff_alarm.overdue(work.session, now_us):
                handoff = keep_dropped(work, handoffs.get(work.session, late.handoff_id))
                handoffs.change(work.session, handoff.id, {"alarmed_at": now_us})
                changed.append(handoff.id)
                items = [item for item in handoff.items if item.kept in ("open", "declined")]
                if items:
                    self._raise(work, handoff, items, late.alarm_us)
                    ids.update(dict.fromkeys(item.escalation_id for item in items))
            revision = work.session.revision()
        self._cases.publish(HandoffsChanged(tuple(changed), revision))
        if ids:
            self._cases.publish(AlarmsChanged(tuple(ids), revision))

    @staticmethod
    def _raise(work: Work, handoff: Handoff, items: list[Item], due_us: int) -> None:
        """One alarm each, in the order of the items: the gravest leads."""
        late_s = max(0, work.at_us - due_us) // US_PER_SECOND
        revision = work.session.revision()
        subjects = [handoff_alarm.subject(item.escalation_id, handoff.id) for item in items]
        alarm.add(
            work.session,
            [
                NewAlarm(
                    escalation_id=item.escalation_id,
                    commitment_id=None,
                    subject=subject,
                    threshold=Occasion.HANDOFF_OPEN,
                    step=0,
                    due_us=due_us,
                    raised_us=work.at_us,
                    late_s=late_s,
                    told=Told.NOT if place else Told.UNDECIDED,
                    state="raised",
                    ended_us=None,
                    ended_by=None,
                    climb_us=None if place else work.at_us,
                    revision=revision,
                )
                for place, (item, subject) in enumerate(zip(items, subjects, strict=True))
            ],
        )
        for alarm_id, escalation_id in handoff_alarm.about(work.session, subjects[1:]):
            about = {"alarm": alarm_id, "threshold": Occasion.HANDOFF_OPEN.value, "step": 0, "due": due_us}
            body = {**about, "late_s": late_s, "told": f"with {items[0].number}"}
            timeline.append(
                work.session,
                kind=EventKind.ALARM_RAISED,
                at_us=work.at_us,
                actor=DESK.name,
                escalation_id=escalation_id,
                body=body,
            )
