"""Maintenance windows: what they cover, when they are told of, and the one digest they close with.

All instants and lengths are microseconds; a window covers its beginning and not its end.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, NamedTuple

from desktop.domain.alarm_text import span_words
from desktop.domain.errors import DeskError
from desktop.domain.facts import Facts
from desktop.domain.instant import US_PER_DAY, US_PER_SECOND
from desktop.domain.policy_node import Node
from desktop.domain.rule_check import Asked, checked
from desktop.domain.rule_document import read_conditions, write_conditions
from desktop.domain.rule_value import Conditions

ANNOUNCE_US: Final = 1_800 * US_PER_SECOND
LONGEST_US: Final = 14 * US_PER_DAY


class Step(StrEnum):
    """What happens to a window in the course of time; each once, and in this order."""

    ANNOUNCE = "announce"
    OPEN = "open"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class MaintenanceWindow:
    """One window: what it covers is suppressed from `starts_us` to `ends_us`.

    `scope` None covers everything. `announce_us` is how long before the start it is told of. `cancelled_us`
    is when it was called off or ended early, 0 for never.
    """

    id: int
    name: str
    starts_us: int
    ends_us: int
    reason: str = ""
    scope: Conditions | None = None
    announce_us: int = ANNOUNCE_US
    cancelled_us: int = 0

    @property
    def ended_us(self) -> int:
        """When it really ends, or ended; before its start for one that was called off."""
        return min(self.ends_us, self.cancelled_us) if self.cancelled_us else self.ends_us

    def is_on(self, now_us: int) -> bool:
        """Whether it suppresses what it covers."""
        return self.starts_us <= now_us < self.ended_us


class Suppressed(NamedTuple):
    """A signal that a window kept quiet; `key` tells alerts apart."""

    title: str
    source: str
    key: str
    action: str
    at_us: int


@dataclass(frozen=True, slots=True)
class QuietLine:
    """What came under one title: how often, from which sources, from when to when, how many still fire."""

    title: str
    count: int
    sources: tuple[str, ...]
    first_us: int
    last_us: int
    firing: int


@dataclass(frozen=True, slots=True)
class WindowDigest:
    """What a window kept quiet, told once: a heading, a line, and the list, what still fires first.

    `sources` counts by source, most first. `still_firing` is the last word of every alert that is not over,
    the longest standing first: they open nothing by themselves and need a person's look.
    """

    title: str
    body: str
    lines: tuple[QuietLine, ...]
    sources: tuple[tuple[str, int], ...]
    still_firing: tuple[Suppressed, ...]
    total: int


def check(window: MaintenanceWindow) -> MaintenanceWindow:
    """The window, if it can be.

    Raises: DeskError naming the field at fault.
    """
    if not window.name.strip():
        raise DeskError("The maintenance window has no name.", field="name", hint="Say what is done.")
    if window.ends_us <= window.starts_us:
        raise DeskError(
            "The window ends before it begins.", field="ends_us", hint="Choose an end after the start."
        )
    if window.ends_us - window.starts_us > LONGEST_US:
        raise DeskError(
            "The window is longer than 14 days.",
            field="ends_us",
            hint="Silence that long hides trouble: plan several windows.",
        )
    if window.announce_us < 0:
        raise DeskError("It cannot be announced after its start.", field="announce_us")
    return window


def read_scope(document: Mapping[str, Any] | None) -> Conditions | None:
    """What a window covers, as conditions of a rule are written; None or nothing for everything.

    Raises: DeskError with the path of the fault, which begins with `scope`.
    """
    return read_conditions(Node(document, "scope")) if document else None


def write_scope(scope: Conditions | None) -> dict[str, Any] | None:
    """The document of `read_scope`."""
    return None if scope is None else write_conditions(scope)


def in_maintenance(
    windows: Iterable[MaintenanceWindow], facts: Facts, now_us: int
) -> MaintenanceWindow | None:
    """The window that covers the facts now; of several the one that began first."""
    asked = Asked(facts)
    for window in sorted(windows, key=lambda one: (one.starts_us, one.id)):
        if window.is_on(now_us) and (window.scope is None or checked(window.scope).holds(asked)):
            return window
    return None


def steps_due(window: MaintenanceWindow, done: frozenset[Step], now_us: int) -> tuple[Step, ...]:
    """What has to happen to a window now, in order.

    What was slept through is not made up for: a window that began unannounced is only opened, one that
    passed entirely only closed. One called off before anybody heard of it is closed without a word, which is
    for the caller to see by `done`.
    """
    if Step.CLOSE in done:
        return ()
    if now_us >= window.ended_us:
        return (Step.CLOSE,)
    if now_us >= window.starts_us:
        return () if Step.OPEN in done else (Step.OPEN,)
    is_time = now_us >= window.starts_us - window.announce_us
    return (Step.ANNOUNCE,) if is_time and window.announce_us and Step.ANNOUNCE not in done else ()


def next_step_us(window: MaintenanceWindow, done: frozenset[Step], now_us: int) -> int | None:
    """When something has to happen to a window next, `now_us` for what is due; None when it is over."""
    if Step.CLOSE in done:
        return None
    if steps_due(window, done, now_us):
        return now_us
    coming = (window.starts_us - window.announce_us, window.starts_us, window.ended_us)
    return min(at_us for at_us in coming if at_us > now_us)


def announcement(window: MaintenanceWindow, now_us: int) -> str:
    """The line by which people learn that a window is coming or has begun."""
    length = span_words(window.ends_us - window.starts_us)
    if now_us >= window.starts_us:
        return f"Maintenance has begun: {window.name}, {span_words(window.ended_us - now_us)} left"
    return f"Maintenance in {span_words(window.starts_us - now_us)}: {window.name}, for {length}"


def digest(window: MaintenanceWindow, signals: Iterable[Suppressed]) -> WindowDigest:
    """What a window kept quiet.

    `signals` are all that came under it, with those that said something is over; only triggers are counted.
    """
    came = sorted(signals, key=lambda signal: signal.at_us)
    last = {(signal.source, signal.key): signal for signal in came if signal.action in ("trigger", "resolve")}
    firing = tuple(signal for signal in last.values() if signal.action == "trigger")
    triggers = [signal for signal in came if signal.action == "trigger"]
    return WindowDigest(
        title=f"Maintenance over: {window.name}",
        body=_body(triggers, firing),
        lines=_lines(triggers, Counter(signal.title for signal in firing)),
        sources=tuple(Counter(signal.source for signal in triggers).most_common()),
        still_firing=tuple(sorted(firing, key=lambda signal: (signal.at_us, signal.source, signal.key))),
        total=len(triggers),
    )


def _lines(triggers: Sequence[Suppressed], firing: Mapping[str, int]) -> tuple[QuietLine, ...]:
    by_title: dict[str, list[Suppressed]] = {}
    for signal in triggers:
        by_title.setdefault(signal.title, []).append(signal)
    lines = [
        QuietLine(
            title,
            len(group),
            tuple(sorted({signal.source for signal in group})),
            group[0].at_us,
            group[-1].at_us,
            firing.get(title, 0),
        )
        for title, group in by_title.items()
    ]
    return tuple(sorted(lines, key=lambda line: (-line.firing, -line.count, line.title)))


def _body(triggers: Sequence[Suppressed], firing: Sequence[Suppressed]) -> str:
    if not triggers:
        return "Nothing was suppressed"
    count = f"{len(triggers)} {'signal was' if len(triggers) == 1 else 'signals were'} suppressed"
    if not firing:
        return f"{count}; nothing still fires"
    verbs = "fires and needs" if len(firing) == 1 else "fire and need"
    return f"{count}; {len(firing)} still {verbs} a person's look"
