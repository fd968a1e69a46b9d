"""How much waits for a person in the queues; counted where it is kept, so it may be asked at every change."""

from typing import NamedTuple

from db.queries import held, review
from db.unit_of_work import Store
from desktop.domain.clock import Clock
from desktop.domain.instant import to_us


class Waiting(NamedTuple):
    """How many escalations wait for review now, and how many signals are held."""

    review: int
    held: int


class WaitingService:
    """Counts what waits."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def counts(self) -> Waiting:
        """What waits now; escalations that are put off do not."""
        now_us = to_us(self._clock.now())
        with self._store.read() as session:
            return Waiting(review.count(session, now_us), held.count(session))
