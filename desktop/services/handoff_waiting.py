"""What of handoffs waits for whoever works at the desk."""

from datetime import timedelta

from db.queries import handoff_waiting as queries
from db.queries.handoff_waiting import WaitingRow
from db.unit_of_work import Store
from desktop.domain.clock import Clock
from desktop.domain.instant import to_us

#: So long before the end of a shift its draft is worth a word.
BEFORE_END = timedelta(minutes=30)
#: What waits for a person, counted.
Waiting = WaitingRow
NOTHING = WaitingRow(0, 0, "", 0, "", 0, 0)


class HandoffWaiting:
    """Counts it, without reading a single handoff."""

    def __init__(self, *, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def of_person(self, person_id: int | None) -> WaitingRow:
        """What waits for somebody; nothing waits for nobody."""
        if person_id is None:
            return NOTHING
        until_us = to_us(self._clock.now() + BEFORE_END)
        with self._store.read() as session:
            return queries.waiting(session, person_id, until_us)
