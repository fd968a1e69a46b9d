"""Which rows of the board a person wants to see: AND across kinds, OR within one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from desktop.domain.board import BoardRow, search_text, step_of

_MINUTE_US = 60_000_000
# What a pause waits on, in the words of the policy; several are joined.
_CUSTOMER = "customer"
_HOUR_US = 60 * _MINUTE_US

Check = Callable[[BoardRow], bool]


@dataclass(frozen=True, slots=True)
class BoardFilter:
    """The chips and the search text; empty shows everything.

    `mine` is the person whose rows are wanted; `mine` and `unowned` are one kind. `waiting` and `snoozed`
    keep rows that wait on the customer, or whose alarms are held back now. `due_within_min` keeps running
    clocks with at most that many minutes left, breached ones included; `standing_h` rows opened at least
    that long ago; 0 is off. Every word of `text` must occur in what text search looks at.
    """

    text: str = ""
    steps: frozenset[int] = frozenset()
    states: frozenset[str] = frozenset()
    mine: int | None = None
    unowned: bool = False
    unacknowledged: bool = False
    needs_review: bool = False
    waiting: bool = False
    snoozed: bool = False
    customers: frozenset[str] = frozenset()
    tiers: frozenset[str] = frozenset()
    areas: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()
    severities: frozenset[int] = frozenset()
    due_within_min: int = 0
    standing_h: int = 0

    @property
    def words(self) -> tuple[str, ...]:
        """The words looked for, folded, longest first."""
        return tuple(sorted(set(self.text.casefold().replace("\0", " ").split()), key=len, reverse=True))

    @property
    def is_empty(self) -> bool:
        """Whether everything passes."""
        return not self.words and replace(self, text="") == BoardFilter()

    @property
    def is_timed(self) -> bool:
        """Whether rows come and go as time passes, be it with their step or between steps."""
        return bool(self.steps) or self.turns_between_steps

    @property
    def turns_between_steps(self) -> bool:
        """Whether rows come and go at instants that `turn_us` tells."""
        return bool(self.snoozed or self.due_within_min or self.standing_h)

    def matches(self, row: BoardRow, now_us: int) -> bool:
        """Whether the row is wanted now."""
        if self.words:
            text = search_text(row)
            if not all(word in text for word in self.words):
                return False
        return all(check(row) for check in self.checks(now_us))

    def narrows(self, other: "BoardFilter") -> bool:
        """Whether this one, with more typed, can only keep rows that `other` kept."""
        if replace(self, text=other.text) != other:
            return False
        return all(any(old in new for new in self.words) for old in other.words)

    def turn_us(self, row: BoardRow, now_us: int) -> int:
        """When the row may next come or go without changing its step, or 0."""
        instants = []
        if self.snoozed:
            instants.append(row.snoozed_us)
        if self.due_within_min and row.clock and not row.clock_paused:
            instants.append(row.due_us - self.due_within_min * _MINUTE_US)
        if self.standing_h:
            instants.append(row.opened_us + self.standing_h * _HOUR_US)
        return min((at_us for at_us in instants if at_us > now_us), default=0)

    def checks(self, now_us: int) -> list[Check]:
        """What a row must pass beside the text, each a plain function, the cheap ones first."""
        found: list[Check] = []
        found.extend(_owner_checks(self.mine, self.unowned))
        for is_on, check in (
            (self.unacknowledged, _is_unacknowledged),
            (self.needs_review, _needs_review),
            (self.waiting, _is_waiting),
        ):
            if is_on:
                found.append(check)
        for name, field in _SETS:
            wanted = getattr(self, name)
            if wanted:
                found.append(_is_one_of(field, wanted))
        found.extend(self._timed_checks(now_us))
        return found

    def _timed_checks(self, now_us: int) -> list[Check]:
        found: list[Check] = []
        if self.steps:
            found.append(lambda row: step_of(row, now_us) in self.steps)
        if self.snoozed:
            found.append(lambda row: row.snoozed_us > now_us)
        if self.due_within_min:
            latest_us = now_us + self.due_within_min * _MINUTE_US
            found.append(lambda row: bool(row.clock) and not row.clock_paused and row.due_us <= latest_us)
        if self.standing_h:
            since_us = now_us - self.standing_h * _HOUR_US
            found.append(lambda row: row.opened_us <= since_us)
        return found

    def to_mapping(self) -> dict[str, Any]:
        """The filter as plain JSON values, only what is set; *mine* as true, for whoever opens it."""
        empty = BoardFilter()
        body: dict[str, Any] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if value != getattr(empty, field.name):
                body[field.name] = sorted(value) if isinstance(value, frozenset) else value
        if self.mine is not None:
            body["mine"] = True
        return body

    @classmethod
    def from_mapping(cls, body: Mapping[str, Any], operator_id: int | None = None) -> "BoardFilter":
        """The filter again, *mine* meaning the operator; what this version does not know is left out."""
        empty = cls()
        known: dict[str, Any] = {}
        for field in fields(cls):
            default = getattr(empty, field.name)
            value = body.get(field.name)
            if field.name == "mine":
                known["mine"] = (operator_id or 0) if value else None
            elif isinstance(default, frozenset) and isinstance(value, (list, tuple)):
                known[field.name] = frozenset(value)
            elif value is not None and type(value) is type(default):
                known[field.name] = value
        return cls(**known)


_SETS = tuple(
    (name, BoardRow._fields.index(field))
    for name, field in (
        ("states", "state"),
        ("severities", "severity"),
        ("customers", "customer"),
        ("tiers", "tier"),
        ("areas", "area"),
        ("teams", "team"),
    )
)


def _is_one_of(field: int, wanted: frozenset[Any]) -> Check:
    return lambda row: row[field] in wanted


def _is_unacknowledged(row: BoardRow) -> bool:
    return row.unacknowledged


def _needs_review(row: BoardRow) -> bool:
    return row.needs_review


def _is_waiting(row: BoardRow) -> bool:
    return _CUSTOMER in row.waiting_on


def _owner_checks(mine: int | None, unowned: bool) -> list[Check]:
    if mine is None and not unowned:
        return []
    owners = {0} if unowned else set()
    # Without an operator nothing is mine; 0 alone would mean nobody's.
    if mine:
        owners.add(mine)
    return [lambda row: row.owner_id in owners]
