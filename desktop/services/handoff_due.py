"""At the end of a shift whoever goes gets the form: a draft of what they own, and a word that it is time."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from db.queries import handoff as queries
from db.queries import handoff_facts
from desktop.domain.events import OutboxFilled
from desktop.domain.handoff_shift import OnCallShift, ends_of_shifts
from desktop.domain.handoff_words import absolute, counted
from desktop.domain.instant import to_us
from desktop.domain.policy_alarm import Occasion
from desktop.services.case import DESK, Cases
from desktop.services.desk_notice import put_notice
from desktop.services.handoff import HandoffService
from desktop.services.handoff_fill import zone_of

#: So long before the end of a shift the form is there.
BEFORE_END = timedelta(minutes=30)
#: The rota is read at most this often: it changes seldom, and the desk looks every half minute.
_LOOK_EVERY = timedelta(minutes=5)
#: Shifts are looked at so far ahead: one that ends later than this has not to be handed over soon.
_AHEAD = timedelta(hours=2)

#: The shifts from one instant to another, of all schedules.
Final = Callable[[datetime, datetime], Sequence[OnCallShift]]


class HandoffDue:
    """Draws up the handoff of whoever's shift ends soon; what is not offered then alarms like any other."""

    def __init__(self, *, cases: Cases, handoff: HandoffService, final: Final) -> None:
        self._cases = cases
        self._handoff = handoff
        self._final = final
        self._look_at: datetime | None = None

    def tick(self) -> datetime | None:
        """Draft what is due; gives when to look again."""
        now = self._cases.clock.now()
        if self._look_at is not None and self._look_at - _LOOK_EVERY <= now < self._look_at:
            return self._look_at
        ends = ends_of_shifts(self._final(now, now + _AHEAD), now)
        # What has not ended by then was cut off there: nobody knows yet when it ends.
        coming = {who: end for who, end in ends.items() if end < now + _AHEAD}
        for person_id, end_at in coming.items():
            if end_at - BEFORE_END <= now:
                self._draft(person_id, end_at)
        later = (end - BEFORE_END for end in coming.values() if end - BEFORE_END > now)
        self._look_at = min((*later, now + _LOOK_EVERY))
        return self._look_at

    def _draft(self, person_id: int, end_at: datetime) -> None:
        with self._cases.store.read() as session:
            owned = handoff_facts.owned(session, person_id)
            known = queries.has_for_end(session, person_id, to_us(end_at))
            draft = queries.draft_of(session, person_id)
            zone = zone_of(session, person_id)
        if known or not owned:
            return
        if draft is not None:
            view = self._handoff.redraft(draft.id, DESK, end_at)
        else:
            view = self._handoff.draft(person_id, DESK, end_at)
        act = self._cases.policies.active().announce[Occasion.HANDOVER_DUE].act
        with self._cases.store.begin() as session:
            put_notice(
                session,
                subject=f"handover:{person_id}",
                reason=Occasion.HANDOVER_DUE.value,
                title=f"{view.giver.name}: hand over {counted(len(owned), 'escalation')}",
                body=f"The shift ends {absolute(end_at, zone)}. {act}",
                now_us=to_us(self._cases.clock.now()),
            )
        self._cases.publish(OutboxFilled(1))
