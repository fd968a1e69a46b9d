"""What must be counted to answer a rule about one signal."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from db.queries import customer as customers
from db.queries import signal as signals
from db.unit_of_work import Session
from desktop.domain.customer import Customer
from desktop.domain.facts import MISSING
from desktop.domain.instant import span_us
from desktop.domain.signal_kept import Alert


class Counts:
    """Counts when a rule asks, and only then; `rates` are how often the source speaks."""

    def __init__(
        self,
        session: Session,
        now_us: int,
        rates: Callable[[], Mapping[str, float]],
        alert: Alert | None,
        mark: str,
        customer: Customer | None,
    ) -> None:
        self._session = session
        self._now_us = now_us
        self._rates = rates
        self._alert = alert
        self._mark = mark
        self._customer = customer

    def get(self, name: str) -> object:
        """The number of a counted field, or MISSING."""
        find = self._finders().get(name)
        return MISSING if find is None else find()

    def _finders(self) -> dict[str, Callable[[], object]]:
        return {
            "count": lambda: 1 if self._alert is None else self._alert.times + 1,
            "rate.10m": lambda: self._rate("rate.10m"),
            "rate.baseline": lambda: self._rate("rate.baseline"),
            "rate.ratio": lambda: self._rate("rate.ratio"),
            "repeat.7d": lambda: self._repeats(7),
            "repeat.30d": lambda: self._repeats(30),
            "open.customer": self._open_of_customer,
        }

    def _rate(self, name: str) -> object:
        return self._rates().get(name, MISSING)

    def _repeats(self, days: int) -> int:
        since_us = self._now_us - span_us(timedelta(days=days))
        return signals.count_like(self._session, self._mark, since_us)

    def _open_of_customer(self) -> object:
        if self._customer is None:
            return MISSING
        return len(customers.open_escalations(self._session, self._customer.id))
