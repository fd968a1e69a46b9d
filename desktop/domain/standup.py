"""The stand-up: owner by owner what changed since the last, what is stuck, what breaches before the next."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop.domain.handoff_draft import deed_words
from desktop.domain.instant import LAST_US, US_PER_SECOND, from_us, to_us
from desktop.domain.timeline import EventKind, TimelineEvent
from desktop.domain.worktime import Calendar

#: How long an owner has, unless somebody says otherwise.
TURN = timedelta(minutes=2)
#: The first stand-up of a desk looks back so far, every other to the one before it.
LOOKS_BACK = timedelta(days=1)
#: How many changes of one escalation are named; the rest is counted.
CHANGES_MOST = 4

#: What the desk writes by itself that is no change of the escalation.
_NO_CHANGE = frozenset(
    {
        EventKind.ALARM_RAISED,
        EventKind.ALARM_DELIVERED,
        EventKind.ALARM_FAILED,
        EventKind.ALARM_SUPPRESSED,
        EventKind.ALARM_ACKNOWLEDGED,
        EventKind.ONCALL_PAGED,
        EventKind.ONCALL_ACKNOWLEDGED,
        EventKind.ONCALL_NOBODY,
        EventKind.SIGNAL_JOINED,
        EventKind.REMINDED,
        EventKind.WATCHER_ADDED,
        EventKind.WATCHER_REMOVED,
    }
)
_BY_ITSELF = {
    EventKind.OPENED: "was opened",
    EventKind.COMMITMENT_BREACHED: "broke a promise",
    EventKind.RETURNED: "went back into the queue",
    EventKind.SIGNAL_RESOLVED: "its source says it is over",
}


@dataclass(frozen=True, slots=True)
class Clock:
    """The tightest running commitment of an escalation, as on the board."""

    target_s: int
    calendar: Calendar
    is_paused: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """One escalation as it comes into the stand-up; the clock is None where none runs.

    `due_us` is when the first of its running promises falls due, 0 for none, and `due_kind` what it is.
    """

    escalation_id: int
    number: str
    title: str
    customer: str
    priority: str
    severity: int
    state: str
    is_open: bool
    owner_id: int | None
    last_event_us: int
    next_step: str
    clock: Clock | None
    due_us: int = 0
    due_kind: str = ""


@dataclass(frozen=True, slots=True)
class StandupRow:
    """One escalation: `changes` since the last stand-up, latest last, `more_changes` of them not named.

    `stuck_for` is how long nothing happened to it in the time its clock counts, None where it is not stuck.
    `breaches_at` is when the first of its promises broke, or breaks before the next stand-up, None for never.
    """

    standing: Standing
    changes: tuple[str, ...]
    more_changes: int
    stuck_for: timedelta | None
    breaches_at: datetime | None
    is_breached: bool

    @property
    def is_worth_a_word(self) -> bool:
        """Whether there is anything to say about it."""
        return bool(self.changes) or self.stuck_for is not None or self.breaches_at is not None


@dataclass(frozen=True, slots=True)
class OwnerRows:
    """What one owner has, the gravest first; `owner_id` is None for what nobody owns.

    `quiet` counts those of their open escalations about which there is nothing to say.
    """

    owner_id: int | None
    name: str
    rows: tuple[StandupRow, ...]
    quiet: int


def stuck_for(standing: Standing, now_us: int) -> timedelta | None:
    """How long nothing has happened, where that is at least half the target of its clock; else None.

    After domain.md, Handoff. Counted on the clock's own calendar; what is paused or has no clock never is.
    """
    clock = standing.clock
    if clock is None or clock.is_paused or not standing.is_open:
        return None
    idle_us = clock.calendar.elapsed_us(min(standing.last_event_us, now_us), now_us)
    is_stuck = 2 * idle_us >= clock.target_s * US_PER_SECOND
    return timedelta(microseconds=idle_us) if is_stuck else None


def row_of(
    standing: Standing, events: Sequence[TimelineEvent], now: datetime, next_at: datetime
) -> StandupRow:
    """One escalation of the stand-up, with its events since the last one in order."""
    breaches_at = _breach(standing, now, next_at)
    said = changes(events)
    return StandupRow(
        standing=standing,
        changes=tuple(said[-CHANGES_MOST:]),
        more_changes=max(0, len(said) - CHANGES_MOST),
        stuck_for=stuck_for(standing, to_us(now)),
        breaches_at=breaches_at,
        is_breached=breaches_at is not None and breaches_at <= now,
    )


def changes(events: Iterable[TimelineEvent]) -> list[str]:
    """What happened, one sentence each: who did what; what is said twice in a row is said once."""
    said: list[str] = []
    for event in events:
        sentence = _sentence(event)
        if sentence and sentence not in said[-1:]:
            said.append(sentence)
    return said


def by_owner(rows: Iterable[StandupRow], names: Mapping[int, str]) -> tuple[OwnerRows, ...]:
    """The rows by owner: what nobody owns first, then the owners by name; each owner's gravest first."""
    grouped: dict[int | None, list[StandupRow]] = {}
    for row in rows:
        grouped.setdefault(row.standing.owner_id, []).append(row)
    ordered = sorted(grouped, key=lambda owner: (owner is not None, names.get(owner or 0, "").casefold()))
    return tuple(
        OwnerRows(
            owner_id=owner,
            name="Nobody" if owner is None else names.get(owner, "Somebody who is gone"),
            rows=tuple(sorted((r for r in grouped[owner] if r.is_worth_a_word), key=_gravity)),
            quiet=sum(not r.is_worth_a_word and r.standing.is_open for r in grouped[owner]),
        )
        for owner in ordered
    )


def _gravity(row: StandupRow) -> tuple[object, ...]:
    standing = row.standing
    return (
        not standing.is_open,
        not row.is_breached,
        row.breaches_at is None,
        row.stuck_for is None,
        standing.priority or f"P{standing.severity}",
        standing.due_us or LAST_US,
        standing.escalation_id,
    )


def _breach(standing: Standing, now: datetime, next_at: datetime) -> datetime | None:
    if not standing.due_us or not standing.is_open:
        return None
    due_at = from_us(standing.due_us)
    return due_at if due_at <= max(now, next_at) else None


def _sentence(event: TimelineEvent) -> str:
    if event.kind in _NO_CHANGE:
        return ""
    if event.body.get("by_id"):
        return f"{event.actor}: {deed_words(event)}"
    return _BY_ITSELF_WORDS.get(event.kind, "")


_BY_ITSELF_WORDS = {kind.value: words for kind, words in _BY_ITSELF.items()}
