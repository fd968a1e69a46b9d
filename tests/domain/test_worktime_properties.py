"""What must hold of every calendar, start and target, thirty years either way."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.worktime import Calendar
from tests.domain.calendars import ALWAYS, BERLIN, WORKDAYS, berlin

NIGHTS = {day: [["00:00", "05:30"], ["21:15", "24:00"]] for day in ("mon", "wed", "sat", "sun")}
CALENDARS = [
    berlin(),
    ALWAYS,
    Calendar.from_mapping({"zone": "America/New_York", "week": NIGHTS, "holidays": ["2026-11-26"]}),
    Calendar.from_mapping({"zone": "Australia/Lord_Howe", "week": {"sun": [["01:45", "02:15"]]}}),
    Calendar.from_mapping(
        {"zone": "America/Sao_Paulo", "week": {day: [["00:00", "24:00"]] for day in WORKDAYS}}
    ),
    Calendar.from_mapping({"zone": "Europe/Berlin", "always": True, "breaks": BERLIN["breaks"]}),
]
calendars = st.sampled_from(CALENDARS)
starts = st.datetimes(datetime(1996, 1, 1), datetime(2056, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
targets = st.timedeltas(timedelta(), timedelta(days=90))
both_ways = st.timedeltas(timedelta(days=-90), timedelta(days=90))


@given(calendars, starts, targets)
def test_elapsed_to_due_is_the_target(calendar, start, target):
    assert calendar.elapsed(start, calendar.due(start, target)) == target


@given(calendars, starts, targets)
def test_elapsed_from_a_due_counted_back_is_the_target(calendar, start, target):
    if target:
        assert calendar.elapsed(calendar.due(start, -target), start) == target


@given(calendars, starts, st.timedeltas(timedelta(microseconds=1), timedelta(days=90)))
def test_due_is_the_first_instant_to_reach_the_target(calendar, start, target):
    before = calendar.due(start, target) - timedelta(microseconds=1)
    assert calendar.elapsed(start, before) == target - timedelta(microseconds=1)


@given(calendars, starts, both_ways, both_ways)
def test_a_longer_target_is_never_due_earlier(calendar, start, a, b):
    shorter, longer = sorted((a, b))
    assert calendar.due(start, shorter) <= calendar.due(start, longer)


@given(calendars, starts, starts, both_ways)
def test_a_later_start_is_never_due_earlier(calendar, a, b, target):
    earlier, later = sorted((a, b))
    assert calendar.due(earlier, target) <= calendar.due(later, target)


@given(calendars, starts, starts, starts)
def test_elapsed_adds_up(calendar, a, b, c):
    assert calendar.elapsed(a, b) + calendar.elapsed(b, c) == calendar.elapsed(a, c)


@given(calendars, starts, targets)
def test_openings_and_closures_share_out_the_time(calendar, start, length):
    end = start + length
    openings, closures = calendar.openings(start, end), calendar.closures(start, end)
    assert sum((b - a for a, b in openings), timedelta()) == calendar.elapsed(start, end)
    assert sum((b - a for a, b, _ in closures), timedelta()) == length - calendar.elapsed(start, end)


@given(calendars, starts)
def test_the_next_opening_is_open_and_nothing_before_it_is(calendar, at):
    opening = calendar.next_opening(at)
    assert calendar.is_open(opening)
    assert calendar.elapsed(at, opening) == timedelta()


@settings(max_examples=25)
@given(st.lists(st.tuples(starts, both_ways), min_size=2, max_size=5))
def test_what_was_asked_before_changes_no_answer(questions):
    asked = berlin()
    answers = [asked.due(start, target) for start, target in questions]
    assert answers == [berlin().due(start, target) for start, target in questions]
