"""Shifts out to calendars and time off in from them, read back by the library that others use as well."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.adapters.calendars import read_leave, write_shifts
from desktop.domain.errors import DeskError
from desktop.domain.time_off import LeaveEntry, LeaveRead, ShiftEntry

START = datetime(2026, 1, 1, tzinfo=UTC)
END = datetime(2028, 1, 1, tzinfo=UTC)
MADE = datetime(2026, 11, 23, 9, tzinfo=UTC)


def a_calendar(*events: str) -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Test//EN"]
    for event in events:
        lines += ["BEGIN:VEVENT", "DTSTAMP:20260101T000000Z", *event.split("|"), "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def read(*events: str, zone: str = "Europe/Berlin") -> LeaveRead:
    return read_leave(a_calendar(*events), zone, START, END)


def spans(found: LeaveRead) -> list[tuple[str, str]]:
    return [(f"{entry.start:%m-%d %H:%M}", f"{entry.end:%m-%d %H:%M}") for entry in found.entries]


def a_shift(start: datetime, hours: int = 12, title: str = "On call: Payments") -> ShiftEntry:
    return ShiftEntry(f"{start:%d%H}@desk", start, start + timedelta(hours=hours), title, "By layer “day”")


def test_shifts_come_back_as_they_went_out():
    start = datetime(2026, 3, 28, 20, tzinfo=UTC)  # over the change of clocks in Europe
    data = write_shifts("On call: Ada", [a_shift(start), a_shift(start + timedelta(hours=12))], MADE)
    events = icalendar.Calendar.from_ical(data).walk("VEVENT")
    found = [(event["DTSTART"].dt, event["DTEND"].dt) for event in events]
    assert found == [
        (start, start + timedelta(hours=12)),
        (start + timedelta(hours=12), start + timedelta(hours=24)),
    ]


def test_every_line_ends_and_folds_as_the_standard_says():
    data = write_shifts("Ä" * 90, [a_shift(MADE, title="Öffnung, 24×7; " * 12)], MADE)
    assert data.endswith(b"\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(len(line) for line in data.split(b"\r\n")) <= 75


def test_what_people_call_things_stays_literal():
    title = "A; B, C\\D\nBEGIN:VEVENT"
    data = write_shifts("x\r\nATTACH:http://e", [a_shift(MADE, title=title)], MADE)
    (event,) = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert str(event["SUMMARY"]) == title


def test_instants_are_written_in_utc():
    data = write_shifts("x", [a_shift(datetime(2026, 7, 1, 7, tzinfo=UTC))], MADE)
    assert b"DTSTART:20260701T070000Z\r\n" in data


def test_whole_days_are_days_of_the_persons_zone():
    found = read("UID:a|SUMMARY:Holiday|DTSTART;VALUE=DATE:20260328|DTEND;VALUE=DATE:20260330")
    assert spans(found) == [("03-27 23:00", "03-29 22:00")]
    assert found.entries[0].reason == "Holiday"


def test_a_day_without_an_end_is_one_day():
    assert spans(read("UID:a|DTSTART;VALUE=DATE:20260701")) == [("06-30 22:00", "07-01 22:00")]


def test_a_midnight_that_does_not_exist_is_the_first_instant_after():
    found = read("UID:a|DTSTART;VALUE=DATE:20260906|DTEND;VALUE=DATE:20260907", zone="America/Santiago")
    assert spans(found) == [("09-06 04:00", "09-07 03:00")]


def test_times_with_a_zone_with_utc_and_with_none_are_each_understood():
    found = read(
        "UID:a|DTSTART;TZID=America/New_York:20260105T090000|DTEND;TZID=America/New_York:20260105T170000",
        "UID:b|DTSTART:20260106T090000Z|DURATION:PT2H",
        "UID:c|DTSTART:20260107T090000|DTEND:20260107T100000",
    )
    assert spans(found) == [
        ("01-05 14:00", "01-05 22:00"),
        ("01-06 09:00", "01-06 11:00"),
        ("01-07 08:00", "01-07 09:00"),
    ]


def test_a_zone_by_the_name_that_outlook_gives_it_is_known():
    zone = "TZID=W. Europe Standard Time"
    found = read(f"UID:a|DTSTART;{zone}:20260701T090000|DTEND;{zone}:20260701T100000", zone="UTC")
    assert spans(found) == [("07-01 07:00", "07-01 08:00")]


def test_a_series_stays_at_its_time_on_the_wall_over_the_change_of_clocks():
    zone = "TZID=Europe/Berlin"
    found = read(
        f"UID:a|DTSTART;{zone}:20260322T090000|DTEND;{zone}:20260322T120000"
        "|RRULE:FREQ=WEEKLY;UNTIL=20260405T065959Z",
        zone="UTC",
    )
    assert spans(found) == [("03-22 08:00", "03-22 11:00"), ("03-29 07:00", "03-29 10:00")]


def test_repetitions_left_out_and_moved_are_so_here_too():
    found = read(
        "UID:a|DTSTART:20260105T090000Z|DTEND:20260105T100000Z|RRULE:FREQ=DAILY;COUNT=4"
        "|EXDATE:20260106T090000Z",
        "UID:a|RECURRENCE-ID:20260107T090000Z|DTSTART:20260107T150000Z|DTEND:20260107T160000Z",
    )
    assert spans(found) == [
        ("01-05 09:00", "01-05 10:00"),
        ("01-07 15:00", "01-07 16:00"),
        ("01-08 09:00", "01-08 10:00"),
    ]
    assert [entry.key for entry in found.entries] == [
        "a#20260105T090000Z", "a#20260107T090000Z", "a#20260108T090000Z",
    ]  # fmt: skip


def test_a_series_without_an_end_is_read_as_far_as_was_asked():
    found = read("UID:a|DTSTART;VALUE=DATE:20200101|RRULE:FREQ=YEARLY", zone="UTC")
    assert [f"{entry.start:%Y}" for entry in found.entries] == ["2026", "2027"]


def test_what_was_called_off_says_so():
    (entry,) = read("UID:a|STATUS:CANCELLED|DTSTART;VALUE=DATE:20260701").entries
    assert entry.is_cancelled


def test_what_cannot_be_used_is_said_and_the_rest_is_read():
    found = read(
        "SUMMARY:No name|DTSTART;VALUE=DATE:20260701",
        "UID:b|SUMMARY:No time",
        "UID:c|DTSTART;VALUE=DATE:20260702",
    )
    assert [entry.uid for entry in found.entries] == ["c"]
    assert [sentence.split("”")[0] for sentence in found.skipped] == ["“No name", "“No time"]


@pytest.mark.parametrize(
    "rule", ["FREQ=DAILY;INTERVAL=0", "FREQ=SECONDLY", "FREQ=DAILY;BYSECOND=1,2", "FREQ=NEVER", "COUNT=3"]
)
def test_a_rule_that_makes_no_sense_is_said(rule: str):
    found = read(f"UID:a|SUMMARY:Odd|DTSTART:20260701T090000Z|DURATION:PT1H|RRULE:{rule}")
    assert (found.entries, len(found.skipped)) == ((), 1)


@pytest.mark.parametrize("data", [b"", b"hello", b"\xff\xfe\x00", b"BEGIN:VEVENT\r\nEND:VEVENT", b"{}"])
def test_what_is_no_calendar_is_refused(data: bytes):
    with pytest.raises(DeskError, match="no calendar"):
        read_leave(data, "UTC", START, END)


def test_too_large_a_calendar_is_refused():
    with pytest.raises(DeskError, match="5 MiB"):
        read_leave(b" " * 6_000_000, "UTC", START, END)


_LINES = st.sampled_from(
    [
        "UID:a",
        "SUMMARY:Away\\, far",
        "DTSTART:20260701T090000Z",
        "DTSTART;VALUE=DATE:20260701",
        "DTSTART:soon",
        "DTSTART;TZID=Mars/Olympus:20260701T090000",
        "DTEND:20260702T090000Z",
        "DTEND;VALUE=DATE:20260630",
        "DTEND:20260702T090000",
        "DURATION:P1W",
        "DURATION:-PT5M",
        "RRULE:FREQ=DAILY",
        "RRULE:FREQ=WEEKLY;BYDAY=XX",
        "RRULE:FREQ=YEARLY;BYMONTHDAY=31;BYMONTH=2",
        "RRULE:FREQ=DAILY;COUNT=0",
        "RRULE:",
        "EXDATE:20260702T090000Z",
        "EXDATE;VALUE=DATE:20260702",
        "RDATE;VALUE=PERIOD:20260701T090000Z/PT1H",
        "RECURRENCE-ID:20260701T090000Z",
        "STATUS:CANCELLED",
        "BEGIN:VALARM",
        "END:VALARM",
        "BEGIN:VEVENT",
        ";;;:::",
        "X:\x00",
        "ATTACH;:",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(_LINES, max_size=7), max_size=3))
def test_whatever_a_calendar_holds_it_is_read_or_refused_with_a_sentence(events: list[list[str]]):
    entries: tuple[LeaveEntry, ...] = ()
    with suppress(DeskError):
        entries = read(*("|".join(lines) for lines in events)).entries
    assert all(entry.start < entry.end and entry.uid for entry in entries)
