"""What time brings about in handoffs: the form before a shift ends, the alarm after it.

Costs two questions to the database where there is neither a handoff nor a rota.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from db.queries import handoff_alarm, on_call
from desktop.services.bus import Bus
from desktop.services.case import Cases
from desktop.services.details import DetailsService

if TYPE_CHECKING:
    from desktop.services.handoff_due import HandoffDue


class HandoffWatch:
    """One part of the sweep."""

    def __init__(self, *, cases: Cases, details: DetailsService, bus: Bus) -> None:
        self._cases = cases
        self._details = details
        self._bus = bus
        self._due: HandoffDue | None = None

    def tick(self) -> datetime | None:
        """Do what is due; gives when to look again, None for nothing known."""
        with self._cases.store.read() as session:
            has_rota = on_call.has_schedule(session)
        coming = [self._draw_up()] if has_rota else []
        with self._cases.store.read() as session:
            is_watched = handoff_alarm.next_us(session) is not None or handoff_alarm.settled(session)
        if is_watched:
            from desktop.services.handoff_alarm import HandoffAlarm  # a desk without handoffs does without

            coming.append(HandoffAlarm(cases=self._cases).tick())
        return min((at for at in coming if at is not None), default=None)

    def _draw_up(self) -> datetime | None:
        if self._due is None:
            # A desk without a rota does without all of these.
            from desktop.services.handoff import HandoffService
            from desktop.services.handoff_due import HandoffDue
            from desktop.services.roster import RosterService

            roster = RosterService(store=self._cases.store, clock=self._cases.clock, bus=self._bus)

            def on_call(team: str, at: datetime) -> tuple[str, ...]:
                return tuple(person.name for person in roster.on_call(team, at))

            handoff = HandoffService(cases=self._cases, details=self._details, on_call=on_call)
            self._due = HandoffDue(cases=self._cases, handoff=handoff, final=roster.final)
        return self._due.tick()
