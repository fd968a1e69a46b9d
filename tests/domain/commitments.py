"""Commitments that tests of the rules share, and ways to draw them at random."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from desktop.domain.commitment import Commitment, Kind
from desktop.domain.commitment_pause import Pause
from desktop.domain.worktime import Calendar
from tests.domain.calendars import ALWAYS, berlin, utc

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
MICROSECOND = timedelta(microseconds=1)
#: A Monday, an hour after the Berlin office opened.
START = utc("2026-11-23 09:00")

NIGHTS = Calendar.from_mapping(
    {
        "zone": "America/New_York",
        "week": {day: [["00:00", "05:30"], ["21:15", "24:00"]] for day in ("mon", "wed", "sat", "sun")},
    }
)


def a_commitment(target: timedelta = 4 * HOUR, calendar: Calendar = ALWAYS, **facts: Any) -> Commitment:
    return Commitment(Kind.RESOLVE, START, target, calendar, **facts)


def a_pause(start: timedelta, end: timedelta | None, **facts: Any) -> Pause:
    """A pause from one to the other time after the start."""
    ended_at = None if end is None else START + end
    return Pause(START + start, ended_at, "waiting on customer", "Ana", **facts)


calendars = st.sampled_from([ALWAYS, berlin(), NIGHTS])
targets = st.timedeltas(MICROSECOND, timedelta(days=20))
starts = st.datetimes(datetime(2025, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
spans = st.timedeltas(timedelta(), timedelta(days=10))


@st.composite
def ended_pauses(draw: st.DrawFn, start: datetime) -> Pause:
    """A pause that was ended, by hand or by its limit, begun at most a day before the start."""
    began = start + draw(st.timedeltas(timedelta(days=-1), timedelta(days=30)))
    limit = draw(st.none() | spans)
    limit_at = None if limit is None else began + limit
    return Pause(began, began + draw(spans), "approved exception", "Ben", limit_at=limit_at)


@st.composite
def commitments(draw: st.DrawFn, max_pauses: int = 4) -> Commitment:
    """A running commitment with pauses that have ended, some overlapping."""
    start = draw(starts)
    pauses = draw(st.lists(ended_pauses(start), max_size=max_pauses))
    kind = draw(st.sampled_from(list(Kind)))
    return Commitment(kind, start, draw(targets), draw(calendars), tuple(pauses))
