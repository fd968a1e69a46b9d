"""The strip that explains a deadline: what each stretch from start to due was, and what it counted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from desktop.domain.commitment_pause import Pause, Still
from desktop.domain.instant import from_us
from desktop.domain.worktime import Calendar


class What(StrEnum):
    """What a stretch of a commitment's time was."""

    RUNNING = "running"
    PAUSED = "paused"
    CLOSED = "closed"
    HOLIDAY = "holiday"
    BREAK = "break"
    OVER = "over"


_WORDS = {
    What.RUNNING: "",
    What.CLOSED: "Outside opening hours",
    What.HOLIDAY: "Holiday",
    What.BREAK: "Break in the opening hours",
    What.OVER: "Past the deadline",
}


@dataclass(frozen=True, slots=True)
class Segment:
    """One stretch of the strip: `counted` is what of it was used of the target, `why` a phrase for people."""

    start: datetime
    end: datetime
    what: What
    why: str
    counted: timedelta


def strip(
    calendar: Calendar, start_us: int, due_us: int, still: Sequence[Still], over_us: int | None
) -> tuple[Segment, ...]:
    """The stretches from start to due, one following the other, and a last one up to `over_us` if later."""
    found = list(_stretches(calendar, start_us, due_us, still))
    if over_us is not None and over_us > due_us:
        found.append(_segment(due_us, over_us, What.OVER))
    return tuple(found)


def _stretches(calendar: Calendar, start_us: int, due_us: int, still: Sequence[Still]) -> Iterator[Segment]:
    at_us = start_us
    for stretch in still:
        pause_start_us, pause_end_us = max(stretch.start_us, at_us), min(stretch.end_us, due_us)
        if pause_start_us >= pause_end_us:
            continue
        yield from _reckoned(calendar, at_us, pause_start_us)
        yield _segment(pause_start_us, pause_end_us, What.PAUSED, _reason(stretch.pause))
        at_us = pause_end_us
    yield from _reckoned(calendar, at_us, due_us)


def _reckoned(calendar: Calendar, start_us: int, end_us: int) -> list[Segment]:
    """Open and shut stretches by the calendar alone."""
    if start_us >= end_us:
        return []
    start, end = from_us(start_us), from_us(end_us)
    found = [_segment(a, b, What.RUNNING) for a, b in calendar.openings_us(start_us, end_us)]
    found += [
        Segment(a, b, What(why), _WORDS[What(why)], timedelta())
        for a, b, why in calendar.closures(start, end)
    ]
    return sorted(found, key=lambda segment: segment.start)


def _segment(start_us: int, end_us: int, what: What, why: str = "") -> Segment:
    counted_us = end_us - start_us if what is What.RUNNING else 0
    return Segment(
        from_us(start_us), from_us(end_us), what, why or _WORDS[what], timedelta(microseconds=counted_us)
    )


def _reason(pause: Pause) -> str:
    waiting = f" ({pause.waiting_on})" if pause.waiting_on else ""
    return f"{pause.reason}{waiting}, paused by {pause.by}"
