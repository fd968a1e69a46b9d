"""What rules could have asked of a signal when it came, found again from what is kept."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable

from db.queries import escalation as escalations
from db.queries import signal_past as signals
from db.queries import source as sources
from db.queries.signal_past import AlikeRow
from db.unit_of_work import Session
from desktop.domain.customer import Customer
from desktop.domain.facts import MISSING, SignalFacts
from desktop.domain.instant import US_PER_DAY, US_PER_SECOND, to_us
from desktop.domain.policy import Policy
from desktop.domain.signal_kept import KeptSignal
from desktop.domain.source import Source
from desktop.domain.spike import (
    BASELINE_US,
    WINDOW_US,
    Baseline,
    baseline_until_us,
    rate_baseline,
    rate_facts,
)
from desktop.services.judging import customer_said

_HOUR_US = 3600 * US_PER_SECOND
_REPEATS = {"repeat.7d": 7 * US_PER_DAY, "repeat.30d": 30 * US_PER_DAY}


class _Window:
    """The keys among triggers that came within a time; it only moves on."""

    def __init__(self) -> None:
        self.begin = self.end = 0
        self.keys: Counter[tuple[int, str]] = Counter()


class _Alike:
    """The triggers of one fingerprint."""

    def __init__(self, rows: list[AlikeRow]) -> None:
        self._rows = rows
        self._windows: defaultdict[int, _Window] = defaultdict(_Window)
        self.ids: defaultdict[tuple[int, str | None, int | None], list[int]] = defaultdict(list)
        for row in rows:
            self.ids[row.source_id, row.key, row.escalation_id].append(row.id)

    def count(self, before_id: int, at_us: int, within_us: int) -> int:
        """How many keys came before a signal and within a time; asked for one signal after the other."""
        window, rows = self._windows[within_us], self._rows
        while window.end < len(rows) and rows[window.end].id < before_id:
            row = rows[window.end]
            window.keys[row.source_id, row.key] += 1
            window.end += 1
        while window.begin < window.end and rows[window.begin].received_us < at_us - within_us:
            row = rows[window.begin]
            window.keys[row.source_id, row.key] -= 1
            if not window.keys[row.source_id, row.key]:
                del window.keys[row.source_id, row.key]
            window.begin += 1
        return len(window.keys)


class Past:
    """The facts of kept signals as of when each was received; what was looked up is kept for the next.

    They are asked for in the order the signals came.
    """

    def __init__(self, session: Session, policy: Policy, first_us: int) -> None:
        """`first_us` is when the earliest of these signals was received."""
        self._session = session
        self._calendar = next(iter(policy.calendars.values()), None)
        self._first_us = first_us
        self._sources: dict[int, Source] = {}
        self._customers: dict[tuple[int, str], Customer | None] = {}
        self._triggers: dict[int, list[tuple[int, int]]] = {}
        self._baselines: dict[tuple[int, int], Baseline] = {}
        self._like: dict[str, _Alike] = {}
        self._spans: dict[int, list[tuple[int, int, int | None]]] = {}

    def source(self, kept: KeptSignal) -> Source:
        """Who sent a signal."""
        if kept.source_id not in self._sources:
            self._sources[kept.source_id] = sources.even_removed(self._session, kept.source_id)
        return self._sources[kept.source_id]

    def customer(self, kept: KeptSignal) -> Customer | None:
        """Whose problem it tells of."""
        key = (kept.source_id, kept.signal.understood("customer"))
        if key not in self._customers:
            self._customers[key] = customer_said(self._session, kept.signal, self.source(kept))
        return self._customers[key]

    def facts(self, kept: KeptSignal) -> SignalFacts:
        """What rules may ask of a signal."""
        return SignalFacts(
            kept.signal,
            source=self.source(kept).key,
            kind=kept.kind,
            at=kept.received_at,
            calendar=self._calendar,
            customer=self.customer(kept),
            reporter=kept.signal.understood("reporter"),
            counts=self._counts(kept),
        )

    def _counts(self, kept: KeptSignal) -> Callable[[str], object]:
        def find(name: str) -> object:
            if name == "count":
                return self._times(kept)
            if name in _REPEATS:
                return self._repeats(kept, _REPEATS[name])
            if name.startswith("rate."):
                return self._rate(kept, name)
            return self._open_of_customer(kept) if name == "open.customer" else MISSING

        return find

    def _times(self, kept: KeptSignal) -> int:
        """How often its key came on the same escalation up to it."""
        ids = self._alike(kept).ids.get((kept.source_id, kept.signal.dedup_key, kept.escalation_id), ())
        return 1 + bisect_left(ids, kept.id)

    def _repeats(self, kept: KeptSignal, within_us: int) -> int:
        """How many keys like it came within a time before it."""
        return self._alike(kept).count(kept.id, to_us(kept.received_at), within_us)

    def _alike(self, kept: KeptSignal) -> "_Alike":
        if kept.fingerprint not in self._like:
            since_us = self._first_us - _REPEATS["repeat.30d"]
            self._like[kept.fingerprint] = _Alike(
                signals.triggers_like(self._session, kept.fingerprint, since_us)
            )
        return self._like[kept.fingerprint]

    def _rate(self, kept: KeptSignal, name: str) -> object:
        at_us = to_us(kept.received_at)
        triggers = self._triggers_of(kept.source_id)
        first = bisect_left(triggers, (at_us - WINDOW_US + 1, 0))
        count = bisect_left(triggers, (at_us, kept.id)) - first + 1
        if name == "rate.10m":
            return count
        # What is usual hardly changes within an hour: one baseline for each will do.
        until_us = baseline_until_us(at_us // _HOUR_US * _HOUR_US + WINDOW_US)
        slot = (kept.source_id, until_us)
        if slot not in self._baselines:
            begin, end = (bisect_left(triggers, (us, 0)) for us in (until_us - BASELINE_US, until_us))
            past = [received_us for received_us, _ in triggers[begin:end]]
            self._baselines[slot] = rate_baseline(past, until_us)
        return rate_facts(count, self._baselines[slot]).get(name, MISSING)

    def _triggers_of(self, source_id: int) -> list[tuple[int, int]]:
        if source_id not in self._triggers:
            since_us = self._first_us - BASELINE_US - _HOUR_US
            self._triggers[source_id] = signals.triggered(self._session, source_id, since_us)
        return self._triggers[source_id]

    def _open_of_customer(self, kept: KeptSignal) -> object:
        customer = self.customer(kept)
        if customer is None:
            return MISSING
        if customer.id not in self._spans:
            self._spans[customer.id] = escalations.spans_of_customer(self._session, customer.id)
        at_us = to_us(kept.received_at)
        return sum(
            made_us < at_us and (ended_us is None or ended_us > at_us)
            for _, made_us, ended_us in self._spans[customer.id]
        )
