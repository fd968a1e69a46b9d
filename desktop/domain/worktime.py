"""Business time: which instants count, and how deadlines run through them, exact to the microsecond."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from desktop.domain.errors import DeskError
from desktop.domain.instant import FIRST_US, LAST_US, US_PER_DAY, from_us, span_us, to_us
from desktop.domain.worktime_layout import Layout, Reason, Stretch, Why, joined
from desktop.domain.worktime_rules import ALL_DAY, Rules
from desktop.domain.worktime_table import Table, due_in, open_at, open_before

_YEAR_US = 366 * US_PER_DAY
#: How much time one calculation may span: beyond it a typing error is likelier than a promise.
_REACH_YEARS = 400
_REACH_US = _REACH_YEARS * _YEAR_US


class Calendar:
    """When time counts: weekly hours with dates, holidays and breaks of their own, or always.

    Immutable; equal and hashed by content. Takes aware instants of any zone and answers in UTC.
    Openings are laid out once, further as they are needed, and searched by bisection.
    """

    __slots__ = ("_layout", "_rules", "_table")

    def __init__(self, rules: Rules) -> None:
        """Raises: DeskError for rules under which it never opens."""
        self._rules = rules
        self._layout = Layout(rules)
        self._table = self._first_table()

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, Any]) -> "Calendar":
        """The calendar of a document: `zone`, `week` or `always`, `holidays`, `dates`, `breaks`, `name`.

        `dates` replaces the weekly hours of a date, a holiday closes its date whatever `dates` says, and
        `breaks` takes spans out of a date. Times are wall times of the zone.

        Raises: DeskError naming the fault, its path in `field`.
        """
        return cls(Rules.from_mapping(mapping))

    @classmethod
    def always(cls) -> "Calendar":
        """Round the clock, every day."""
        return _ALWAYS

    @property
    def name(self) -> str:
        """What people call it; may be empty, but never for one that is always open."""
        return self._rules.name or ("24×7" if self.is_always else "")

    @property
    def zone(self) -> str:
        """The IANA name of its time zone."""
        return self._rules.zone

    @property
    def is_always(self) -> bool:
        """Whether every instant counts, so that open time is real time."""
        return self._rules.always and not self._layout.named_days

    @property
    def working_day(self) -> timedelta:
        """What a 'd' of business time is worth: the commonest open day, or the longest of those."""
        return timedelta(microseconds=self._rules.working_day_us())

    def to_mapping(self) -> dict[str, Any]:
        """The document that `from_mapping` makes an equal calendar of."""
        return self._rules.to_mapping()

    def due(self, start: datetime, target: timedelta) -> datetime:
        """The first instant at which exactly `target` of open time has passed since `start`.

        Zero gives the first open instant at or after `start`; a negative target the last instant before it
        from which that much open time led up to it.

        Raises: DeskError for a time without a zone, or when the calendar does not reach that far.
        """
        return from_us(self.due_us(to_us(start), span_us(target)))

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """The open time from `start` to `end`; negative when `end` comes first."""
        return timedelta(microseconds=self.elapsed_us(to_us(start), to_us(end)))

    def is_open(self, at: datetime) -> bool:
        """Whether time counts at this instant; an opening holds its first instant and not its last."""
        at_us = to_us(at)
        return open_at(self._covering(at_us, at_us), at_us)

    def next_opening(self, at: datetime) -> datetime:
        """The first instant at or after `at` at which it is open: `at` itself when it is open then."""
        return from_us(self.due_us(to_us(at), 0))

    def openings(self, start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
        """The open stretches from `start` to `end`, cut there; in order and apart, may be empty."""
        return [(from_us(a), from_us(b)) for a, b in self.openings_us(to_us(start), to_us(end))]

    def closures(self, start: datetime, end: datetime) -> list[tuple[datetime, datetime, Why]]:
        """What is not open from `start` to `end`, each stretch with its reason; in order, may be empty.

        A holiday is shut from midnight to midnight; a break is what `breaks` took out of open hours.
        """
        lo, hi = to_us(start), to_us(end)
        openings = self.openings_us(lo, hi)
        if lo >= hi:
            return []
        bounds = [lo, *(bound for opening in openings for bound in opening), hi]
        gaps = [(a, b) for a, b in zip(bounds[::2], bounds[1::2], strict=True) if a < b]
        reasons = self._layout.reasons(lo, hi)
        return [(from_us(a), from_us(b), why) for gap in gaps for a, b, why in _explained(gap, reasons)]

    def due_us(self, start_us: int, target_us: int) -> int:
        """`due` in microseconds since the epoch."""
        table = self._table
        if not table.lo <= start_us < table.hi:
            table = self._covering(start_us, start_us)
        found = due_in(table, start_us, target_us)
        while found is None:
            if abs(target_us) > _REACH_US:
                raise _too_far()
            table = self._further(table, start_us, is_forwards=target_us >= 0)
            found = due_in(table, start_us, target_us)
        return found

    def elapsed_us(self, start_us: int, end_us: int) -> int:
        """`elapsed` in microseconds since the epoch."""
        table = self._covering(min(start_us, end_us), max(start_us, end_us))
        return open_before(table, end_us) - open_before(table, start_us)

    def openings_us(self, start_us: int, end_us: int) -> list[Stretch]:
        """`openings` in microseconds since the epoch."""
        return self._covering(start_us, end_us).within(start_us, end_us) if start_us < end_us else []

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return self._rules == other._rules if isinstance(other, Calendar) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._rules)

    def __repr__(self) -> str:
        return f"Calendar({self.to_mapping()})"

    def __reduce__(self) -> tuple[Any, ...]:
        return Calendar, (self._rules,)

    def _first_table(self) -> Table:
        """All there is of rules that end or never change; nothing yet of weekly hours."""
        if self.is_always:
            return Table.of(FIRST_US, LAST_US + 1, [(FIRST_US, LAST_US + 1)])
        if any(self._rules.week):
            return Table.of(0, 0, [])
        openings = self._layout.openings_of(self._layout.named_days)
        if not openings:
            raise DeskError("The calendar never opens.", field="week", hint="Give at least one day hours.")
        return Table.of(FIRST_US, LAST_US + 1, openings)

    def _covering(self, start_us: int, end_us: int) -> Table:
        """A table that holds both instants."""
        table = self._table
        if table.lo <= start_us and end_us < table.hi:
            return table
        lo, hi = start_us - _YEAR_US, end_us + 2 * _YEAR_US
        if table.lo < table.hi and max(hi, table.hi) - min(lo, table.lo) <= _REACH_US:
            lo, hi = min(lo, table.lo), max(hi, table.hi)
        return self._laid_out(table, lo, hi)

    def _further(self, table: Table, start_us: int, *, is_forwards: bool) -> Table:
        """The table laid out twice as far the one way; behind the start it may be cut short for that."""
        lo, hi = table.lo, table.hi
        if is_forwards:
            hi += hi - lo
            if hi - lo > _REACH_US:
                lo = max(lo, start_us - _YEAR_US)
                hi = min(hi, lo + _REACH_US)
        else:
            lo -= hi - lo
            if hi - lo > _REACH_US:
                hi = min(hi, start_us + _YEAR_US)
                lo = max(lo, hi - _REACH_US)
        if max(lo, FIRST_US) >= table.lo and min(hi, LAST_US + 1) <= table.hi:
            raise _too_far()
        return self._laid_out(table, lo, hi)

    def _laid_out(self, table: Table, lo: int, hi: int) -> Table:
        """The table of [lo, hi), copied where it is known; kept for the next question.

        Two threads may both do this: each has a table that is right, and one of them is kept.
        """
        lo, hi = max(lo, FIRST_US), min(hi, LAST_US + 1)
        if hi - lo > _REACH_US + 3 * _YEAR_US:
            raise _too_far()
        if table.hi <= lo or hi <= table.lo:
            openings = self._layout.openings(lo, hi)
        else:
            earlier = self._layout.openings(lo, table.lo) if lo < table.lo else []
            later = self._layout.openings(table.hi, hi) if table.hi < hi else []
            openings = joined(earlier + table.within(lo, hi) + later)
        self._table = table = Table.of(lo, hi, openings)
        return table


def _explained(gap: Stretch, reasons: list[Reason]) -> list[Reason]:
    """The gap cut where its reason changes; what nothing else shuts is closed."""
    found: list[Reason] = []
    at, end = gap
    for reason_start, reason_end, word in reasons:
        start, stop = max(reason_start, at), min(reason_end, end)
        if start >= stop:
            continue
        if at < start:
            found.append((at, start, "closed"))
        if found and found[-1][2] == word and found[-1][1] == start:
            found[-1] = (found[-1][0], stop, word)
        else:
            found.append((start, stop, word))
        at = stop
    if at < end:
        found.append((at, end, "closed"))
    return found


def _too_far() -> DeskError:
    return DeskError(
        f"The calendar does not reach that far: no opening is left, or it is over {_REACH_YEARS} years off.",
        hint="Choose a shorter target or another date.",
    )


_ALWAYS = Calendar(Rules(name="", zone="UTC", always=True, week=(ALL_DAY,) * 7))
