"""Days on which the clocks change, by hand and against counting minutes on the wall."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.worktime import Calendar
from tests.domain.calendars import utc
from tests.domain.worktime_reference import WEEKDAYS, MinuteCount

HOUR = timedelta(hours=1)


def opening_on(zone, day, *interval):
    """Start and end of the only opening of a calendar open on one date, and its length."""
    calendar = Calendar.from_mapping({"zone": zone, "week": {}, "dates": {day: [list(interval)]}})
    around = utc(f"{day} 00:00")
    ((start, end),) = calendar.openings(around - timedelta(days=2), around + timedelta(days=3))
    return f"{start:%d %H:%M}", f"{end:%d %H:%M}", (end - start) / HOUR


@pytest.mark.parametrize(
    ("zone", "day", "interval", "expected"),
    [
        # Spring: 02:00 to 03:00 is skipped in Berlin, at 01:00 UTC.
        ("Europe/Berlin", "2026-03-29", ("00:00", "24:00"), ("28 23:00", "29 22:00", 23)),
        ("Europe/Berlin", "2026-03-29", ("01:00", "04:00"), ("29 00:00", "29 02:00", 2)),
        ("Europe/Berlin", "2026-03-29", ("02:30", "04:00"), ("29 01:00", "29 02:00", 1)),
        ("Europe/Berlin", "2026-03-29", ("01:00", "02:30"), ("29 00:00", "29 01:00", 1)),
        # Autumn: 02:00 to 03:00 comes twice, from 00:00 and from 01:00 UTC.
        ("Europe/Berlin", "2026-10-25", ("00:00", "24:00"), ("24 22:00", "25 23:00", 25)),
        ("Europe/Berlin", "2026-10-25", ("01:00", "04:00"), ("24 23:00", "25 03:00", 4)),
        ("Europe/Berlin", "2026-10-25", ("02:30", "04:00"), ("25 00:30", "25 03:00", 2.5)),
        ("Europe/Berlin", "2026-10-25", ("01:00", "02:30"), ("24 23:00", "25 01:30", 2.5)),
        # An end at 02:00 is when the clock first shows it, before it is put back to it.
        ("Europe/Berlin", "2026-10-25", ("01:00", "02:00"), ("24 23:00", "25 00:00", 1)),
        ("Europe/Berlin", "2026-10-25", ("02:00", "03:00"), ("25 00:00", "25 02:00", 2)),
        ("America/New_York", "2026-03-08", ("00:00", "06:00"), ("08 05:00", "08 10:00", 5)),
        ("America/New_York", "2026-11-01", ("00:00", "06:00"), ("01 04:00", "01 11:00", 7)),
        # Half an hour forward on Lord Howe Island, and back.
        ("Australia/Lord_Howe", "2026-10-04", ("00:00", "06:00"), ("03 13:30", "03 19:00", 5.5)),
        ("Australia/Lord_Howe", "2026-04-05", ("00:00", "06:00"), ("04 13:00", "04 19:30", 6.5)),
        # Midnight itself is skipped in Cairo and was in São Paulo, whose 23:00 came twice at the end.
        ("Africa/Cairo", "2026-04-24", ("00:00", "06:00"), ("23 22:00", "24 03:00", 5)),
        ("America/Sao_Paulo", "2018-11-04", ("00:00", "06:00"), ("04 03:00", "04 08:00", 5)),
        ("America/Sao_Paulo", "2018-02-17", ("22:00", "24:00"), ("18 00:00", "18 03:00", 3)),
        # In Havana the clock is put back to midnight: the day before ended the first time.
        ("America/Havana", "2026-10-31", ("22:00", "24:00"), ("01 02:00", "01 04:00", 2)),
        ("America/Havana", "2026-11-01", ("00:00", "02:00"), ("01 04:00", "01 07:00", 3)),
        ("Asia/Kathmandu", "2026-06-01", ("09:00", "17:00"), ("01 03:15", "01 11:15", 8)),
    ],
)
def test_an_interval_is_as_long_as_it_really_was(zone, day, interval, expected):
    assert opening_on(zone, day, *interval) == expected


def test_a_day_that_a_zone_skipped_has_no_hours():
    calendar = Calendar.from_mapping(
        {"zone": "Pacific/Apia", "week": {day: [["09:00", "17:00"]] for day in WEEKDAYS}}
    )
    opened = calendar.openings(utc("2011-12-29 12:00"), utc("2012-01-01 12:00"))
    # The 29th at UTC-10, no 30th, then the 31st and New Year at UTC+14.
    assert [f"{start:%d %H}" for start, _ in opened] == ["29 19", "30 19", "31 19"]
    assert sum((end - start for start, end in opened), timedelta()) == 24 * HOUR


def test_round_the_clock_shifts_over_a_change_lose_nothing():
    nights = {day: [["00:00", "06:00"], ["22:00", "24:00"]] for day in WEEKDAYS}
    calendar = Calendar.from_mapping({"zone": "Europe/Berlin", "week": nights})
    assert calendar.elapsed(utc("2026-10-24 10:00"), utc("2026-10-25 11:00")) == 9 * HOUR
    assert calendar.elapsed(utc("2026-03-28 11:00"), utc("2026-03-29 10:00")) == 7 * HOUR


def test_a_break_over_the_repeated_hour_takes_both():
    mapping = {"zone": "Europe/Berlin", "week": {}, "dates": {"2026-10-25": [["00:00", "06:00"]]}}
    calendar = Calendar.from_mapping({**mapping, "breaks": {"2026-10-25": [["02:00", "03:00"]]}})
    assert calendar.openings(utc("2026-10-24 00:00"), utc("2026-10-26 00:00")) == [
        (utc("2026-10-24 22:00"), utc("2026-10-25 00:00")),
        (utc("2026-10-25 02:00"), utc("2026-10-25 05:00")),
    ]


#: Fortnights with a change of the clocks near their middle.
FORTNIGHTS = [
    ("Europe/Berlin", "2026-03-22"),
    ("Europe/Berlin", "2026-10-18"),
    ("America/New_York", "2026-03-01"),
    ("America/New_York", "2026-10-25"),
    ("Australia/Lord_Howe", "2026-03-29"),
    ("Australia/Lord_Howe", "2026-09-27"),
    ("America/Sao_Paulo", "2018-10-28"),
    ("America/Sao_Paulo", "2018-02-11"),
    ("Africa/Cairo", "2026-04-17"),
    ("America/Havana", "2026-10-25"),
    ("America/St_Johns", "2010-10-31"),
    ("Pacific/Apia", "2011-12-23"),
    ("Asia/Kathmandu", "2026-06-01"),
    ("Europe/Dublin", "1971-10-24"),
]
DAYS = 14


@st.composite
def intervals(draw, at_least=0):
    """Intervals of one day, some touching, on marks that a change of the clocks is likely to meet."""
    marks = st.sampled_from(
        [0, 1, 30, 60, 90, 119, 120, 121, 150, 180, 210, 540, 720, 1020, 1380, 1410, 1440]
    )
    count = draw(st.integers(at_least, 3))
    bounds = sorted(draw(st.lists(marks, min_size=2 * count, max_size=2 * count)))
    pairs = zip(bounds[::2], bounds[1::2], strict=True)
    return [[f"{a // 60:02}:{a % 60:02}", f"{b // 60:02}:{b % 60:02}"] for a, b in pairs if a < b]


@st.composite
def fortnights(draw):
    """A calendar, and the count of the minutes it is open in a fortnight."""
    zone, start = draw(st.sampled_from(FORTNIGHTS))
    first = date.fromisoformat(start)
    days = st.integers(0, DAYS).map(lambda i: (first + timedelta(days=i)).isoformat())
    mapping = {
        "zone": zone,
        "week": {day: draw(intervals()) for day in WEEKDAYS},
        "holidays": draw(st.lists(days, max_size=2)),
        "dates": draw(st.dictionaries(days, intervals(), max_size=2)),
        "breaks": draw(st.dictionaries(days, intervals(), max_size=3)),
    }
    mapping["week"]["mon"] = [["09:00", "17:00"]]
    return Calendar.from_mapping(mapping), MinuteCount(mapping, utc(f"{start} 00:00"), DAYS)


instants = st.integers(0, 12 * 24 * 60 * 60 * 1_000_000).map(lambda us: timedelta(days=1, microseconds=us))


@settings(max_examples=60)
@given(fortnights(), instants, instants)
def test_elapsed_agrees_with_counting_minutes(fortnight, a, b):
    calendar, count = fortnight
    assert calendar.elapsed(count.start + a, count.start + b) == count.elapsed(
        count.start + a, count.start + b
    )


@settings(max_examples=60)
@given(fortnights(), instants, st.floats(0, 1))
def test_due_agrees_with_counting_minutes(fortnight, at, part):
    calendar, count = fortnight
    start = count.start + at
    left = count.elapsed(start, count.start + timedelta(days=DAYS - 1))
    if left:
        target = max(left * part, timedelta(microseconds=1))
        assert calendar.due(start, target) == count.due(start, target)


@settings(max_examples=60)
@given(fortnights(), instants, st.floats(0, 1))
def test_due_backwards_agrees_with_counting_minutes(fortnight, at, part):
    calendar, count = fortnight
    start = count.start + at
    left = count.elapsed(count.start + timedelta(days=1), start)
    if left:
        target = max(left * part, timedelta(microseconds=1))
        assert calendar.due(start, -target) == count.due_before(start, target)


@settings(max_examples=40)
@given(fortnights())
def test_every_minute_is_open_or_shut_as_counted(fortnight):
    calendar, count = fortnight
    opened = [False] * len(count.is_open)
    end = count.start + timedelta(days=DAYS)
    for opens, shuts in calendar.openings(count.start, end):
        first, last = ((at - count.start) // timedelta(minutes=1) for at in (opens, shuts))
        opened[first:last] = [True] * (last - first)
    inner = slice(1440, -1440)
    assert opened[inner] == count.is_open[inner]
