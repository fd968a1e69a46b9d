"""A log of what was done to tickets elsewhere, and the deeds at this desk that it amounts to."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desktop.domain.ticket import Ticket


class Activity(StrEnum):
    """Where an event leaves a ticket."""

    NEW = "new"
    WORKING = "working"
    WAITING = "waiting"
    WAITING_SUPPLIER = "waiting on a supplier"
    RESOLVED = "resolved"
    CLOSED = "closed"


#: The pause reasons of the policy that waiting amounts to.
PAUSE_REASONS = {
    Activity.WAITING: "waiting_on_customer",
    Activity.WAITING_SUPPLIER: "waiting_on_supplier",
}


@dataclass(frozen=True, slots=True)
class LogEvent:
    """One line of a log; `activity` is None for a line that leaves the ticket where it was."""

    reference: str
    at: datetime
    activity: Activity | None = None
    opened_at: datetime | None = None
    owner: str = ""
    severity: int | None = None
    business_impact: int | None = None
    made_sla: bool | None = None
    title: str = ""
    customer: str = ""
    team: str = ""


class DeedKind(StrEnum):
    """What somebody does at the desk."""

    OPEN = "open"
    ASSIGN = "assign"
    REGRADE = "regrade"
    ACKNOWLEDGE = "acknowledge"
    WORK = "work"
    PAUSE = "pause"
    RESUME = "resume"
    RESOLVE = "resolve"
    REOPEN = "reopen"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Deed:
    """One deed at its instant; `owner` is who has the ticket then, `reason` a key of the policy's pauses."""

    at: datetime
    reference: str
    kind: DeedKind
    owner: str = ""
    severity: int | None = None
    business_impact: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class EventLog:
    """A log with what is known of its tickets; events stand in order of time for each ticket."""

    name: str
    events: tuple[LogEvent, ...]
    tickets: dict[str, Ticket]

    def made_sla(self) -> dict[str, bool]:
        """What the other system says of each ticket in the end: whether its own target was kept."""
        said: dict[str, bool] = {}
        lines: tuple[LogEvent | Ticket, ...] = (*self.events, *self.tickets.values())
        for line in lines:
            if line.made_sla is not None:
                said[line.reference] = line.made_sla
        return said


def deeds(
    events: Iterable[LogEvent], start: datetime | None = None, end: datetime | None = None
) -> list[Deed]:
    """The deeds of a log in order of time, of the tickets opened from `start` to before `end`.

    A ticket is opened when the log says it was, acknowledged when somebody first works on it or waits for
    the customer, and resolved before it is closed. What a log does not tell, such as containment and the
    customer updates, nobody does. Deeds from `end` on are left out.
    """
    by_ticket: dict[str, list[LogEvent]] = {}
    for event in events:
        by_ticket.setdefault(event.reference, []).append(event)
    done: list[Deed] = []
    for lines in by_ticket.values():
        opened_at = _opened_at(lines)
        if (start is None or opened_at >= start) and (end is None or opened_at < end):
            done += _Life(opened_at).deeds(lines)
    # Sorting is stable: at one instant the deeds on a ticket keep their order.
    done.sort(key=lambda deed: deed.at)
    return [deed for deed in done if end is None or deed.at < end]


def _opened_at(lines: Sequence[LogEvent]) -> datetime:
    first = lines[0]
    return first.at if first.opened_at is None else min(first.opened_at, first.at)


class _Life:
    """Follows one ticket through its lines."""

    def __init__(self, opened_at: datetime) -> None:
        self._opened_at = opened_at
        self._owner = ""
        self._severity: int | None = None
        self._impact: int | None = None
        self._stage = Activity.NEW
        self._is_seen = False
        self._is_worked_on = False

    def deeds(self, lines: Sequence[LogEvent]) -> Iterator[Deed]:
        first = lines[0]
        self._severity, self._impact = first.severity, first.business_impact
        yield Deed(
            self._opened_at,
            first.reference,
            DeedKind.OPEN,
            severity=first.severity,
            business_impact=first.business_impact,
        )
        for line in sorted(lines, key=lambda line: line.at):
            yield from self._line(line)

    def _line(self, line: LogEvent) -> Iterator[Deed]:
        if self._stage is not Activity.CLOSED:
            yield from self._facts(line)
        if line.activity is not None and line.activity is not self._stage:
            yield from self._move(line, line.activity)
            if line.activity is not Activity.NEW:
                self._stage = line.activity

    def _facts(self, line: LogEvent) -> Iterator[Deed]:
        if line.owner and line.owner != self._owner:
            self._owner = line.owner
            yield self._deed(line, DeedKind.ASSIGN)
        grade = (line.severity or self._severity, line.business_impact or self._impact)
        if grade != (self._severity, self._impact):
            self._severity, self._impact = grade
            yield self._deed(line, DeedKind.REGRADE, severity=grade[0], business_impact=grade[1])

    def _move(self, line: LogEvent, after: Activity) -> Iterator[Deed]:
        if after is Activity.NEW:
            return
        was_done = self._stage in (Activity.RESOLVED, Activity.CLOSED)
        if was_done and after not in (Activity.RESOLVED, Activity.CLOSED):
            yield self._deed(line, DeedKind.REOPEN)
            self._is_worked_on = True
        if not self._is_seen and after in (Activity.WORKING, *PAUSE_REASONS):
            yield self._deed(line, DeedKind.ACKNOWLEDGE)
        self._is_seen = True
        if self._stage in PAUSE_REASONS and after not in (Activity.RESOLVED, Activity.CLOSED):
            yield self._deed(line, DeedKind.RESUME)
        if after is Activity.WORKING and not self._is_worked_on:
            self._is_worked_on = True
            yield self._deed(line, DeedKind.WORK)
        elif after in PAUSE_REASONS:
            yield self._deed(line, DeedKind.PAUSE, reason=PAUSE_REASONS[after])
        elif after is Activity.RESOLVED and not was_done:
            yield self._deed(line, DeedKind.RESOLVE)
        elif after is Activity.CLOSED:
            if not was_done:
                yield self._deed(line, DeedKind.RESOLVE)
            yield self._deed(line, DeedKind.CLOSE)

    def _deed(
        self,
        line: LogEvent,
        kind: DeedKind,
        *,
        severity: int | None = None,
        business_impact: int | None = None,
        reason: str = "",
    ) -> Deed:
        return Deed(line.at, line.reference, kind, self._owner, severity, business_impact, reason)
