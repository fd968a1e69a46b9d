"""What time brings about in promises; costs one question to the database while none is due."""

from datetime import datetime

from db.queries import promise_due
from desktop.domain.instant import from_us, to_us
from desktop.services.case import Cases


class PromiseWatch:
    """One part of the sweep."""

    def __init__(self, *, cases: Cases) -> None:
        self._cases = cases

    def tick(self) -> datetime | None:
        """Mark what was broken by now; gives when the next promise is due, None for none."""
        with self._cases.store.read() as session:
            next_us = promise_due.next_us(session)
        if next_us is None or next_us > to_us(self._cases.clock.now()):
            return None if next_us is None else from_us(next_us)
        from desktop.services.promise import PromiseLedger  # a desk that keeps its promises does without

        return PromiseLedger(store=self._cases.store, clock=self._cases.clock, cases=self._cases).sweep()
