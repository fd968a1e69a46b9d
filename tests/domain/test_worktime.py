import copy
import pickle
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from desktop.domain.errors import DeskError
from desktop.domain.worktime import Calendar
from tests.domain.calendars import ALWAYS, BERLIN, WORKDAYS, berlin, utc

HOUR = timedelta(hours=1)
MICROSECOND = timedelta(microseconds=1)
# In November Berlin is an hour ahead of UTC: the office is open 08:00-11:00 and 12:00-16:30 UTC.
MONDAY_9 = utc("2026-11-23 08:00")


def test_a_target_within_an_opening_is_due_so_much_later():
    assert berlin().due(MONDAY_9, HOUR) == utc("2026-11-23 09:00")


def test_a_target_runs_on_after_the_lunch_break():
    assert berlin().due(MONDAY_9, 4 * HOUR) == utc("2026-11-23 13:00")


def test_a_target_runs_on_after_the_weekend():
    assert berlin().due(utc("2026-11-20 16:00"), HOUR) == utc("2026-11-23 08:30")


def test_a_target_that_ends_with_an_opening_is_due_at_closing_time():
    assert berlin().due(utc("2026-11-20 15:30"), HOUR) == utc("2026-11-20 16:30")


def test_a_start_outside_opening_hours_begins_at_the_next_opening():
    assert berlin().due(utc("2026-11-22 03:00"), HOUR) == utc("2026-11-23 09:00")


def test_answers_are_in_utc_whatever_zone_was_asked_in():
    start = datetime(2026, 11, 23, 17, 0, tzinfo=ZoneInfo("Asia/Tokyo"))
    due = berlin().due(start, HOUR)
    assert due.tzinfo is UTC
    assert due == utc("2026-11-23 09:00")


def test_a_target_of_zero_gives_the_next_opening():
    assert berlin().due(utc("2026-11-21 12:00"), timedelta()) == MONDAY_9


def test_a_target_of_zero_leaves_an_open_start_alone():
    assert berlin().due(MONDAY_9 + HOUR, timedelta()) == MONDAY_9 + HOUR


def test_a_target_of_zero_at_closing_time_gives_the_next_opening():
    assert berlin().due(utc("2026-11-23 11:00"), timedelta()) == utc("2026-11-23 12:00")


def test_a_negative_target_counts_back_over_the_weekend():
    assert berlin().due(utc("2026-11-23 08:30"), -HOUR) == utc("2026-11-20 16:00")


def test_a_negative_target_stops_at_the_opening_not_at_the_closing_before_it():
    assert berlin().due(utc("2026-11-23 09:00"), -HOUR) == MONDAY_9


def test_a_microsecond_is_a_microsecond():
    assert berlin().due(utc("2026-11-20 16:30") - MICROSECOND, 2 * MICROSECOND) == MONDAY_9 + MICROSECOND


def test_elapsed_counts_open_time_only():
    assert berlin().elapsed(utc("2026-11-20 10:30"), utc("2026-11-23 08:15")) == timedelta(hours=5.25)


def test_elapsed_is_negative_backwards():
    assert berlin().elapsed(utc("2026-11-23 10:00"), utc("2026-11-23 09:00")) == -HOUR


def test_elapsed_over_closed_hours_is_nothing():
    assert berlin().elapsed(utc("2026-11-21 00:00"), utc("2026-11-22 00:00")) == timedelta()


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        (MONDAY_9 - MICROSECOND, False),
        (MONDAY_9, True),
        (utc("2026-11-23 11:00") - MICROSECOND, True),
        (utc("2026-11-23 11:00"), False),
        (utc("2026-12-25 10:00"), False),
    ],
)
def test_an_opening_holds_its_first_instant_and_not_its_last(at, is_open):
    assert berlin().is_open(at) is is_open


def test_the_next_opening_is_now_when_it_is_open():
    assert berlin().next_opening(MONDAY_9 + HOUR) == MONDAY_9 + HOUR


def test_the_next_opening_after_the_friday_is_on_monday():
    assert berlin().next_opening(utc("2026-11-20 16:30")) == MONDAY_9


def test_dates_replace_the_weekly_hours():
    assert berlin().openings(utc("2026-11-28 00:00"), utc("2026-11-29 00:00")) == [
        (utc("2026-11-28 09:00"), utc("2026-11-28 13:00"))
    ]


def test_an_empty_date_is_closed():
    calendar = Calendar.from_mapping({**BERLIN, "dates": {"2026-11-23": []}})
    assert calendar.next_opening(MONDAY_9) == utc("2026-11-24 08:00")


def test_a_holiday_closes_its_date_whatever_dates_says():
    calendar = Calendar.from_mapping({**BERLIN, "dates": {"2026-12-25": [["10:00", "14:00"]]}})
    assert calendar.openings(utc("2026-12-25 00:00"), utc("2026-12-26 00:00")) == []


def test_a_break_is_taken_out_of_its_date():
    assert berlin().openings(utc("2026-12-24 00:00"), utc("2026-12-26 00:00")) == [
        (utc("2026-12-24 08:00"), utc("2026-12-24 11:00"))
    ]


def test_a_break_may_split_an_opening():
    calendar = Calendar.from_mapping({**BERLIN, "breaks": {"2026-11-23": [["10:00", "10:20"]]}})
    assert calendar.openings(MONDAY_9, utc("2026-11-23 11:00")) == [
        (MONDAY_9, utc("2026-11-23 09:00")),
        (utc("2026-11-23 09:20"), utc("2026-11-23 11:00")),
    ]


def test_openings_are_cut_at_the_ends_asked_for():
    assert berlin().openings(utc("2026-11-23 10:00"), utc("2026-11-23 13:00")) == [
        (utc("2026-11-23 10:00"), utc("2026-11-23 11:00")),
        (utc("2026-11-23 12:00"), utc("2026-11-23 13:00")),
    ]


def test_openings_backwards_are_none():
    assert berlin().openings(utc("2026-11-24 10:00"), MONDAY_9) == []


def test_intervals_that_touch_are_one_opening():
    touching = {"zone": "UTC", "week": {"mon": [["12:00", "24:00"]], "tue": [["00:00", "06:00"]]}}
    assert Calendar.from_mapping(touching).openings(utc("2026-11-23 00:00"), utc("2026-11-25 00:00")) == [
        (utc("2026-11-23 12:00"), utc("2026-11-24 06:00"))
    ]


def test_the_order_of_intervals_does_not_matter():
    swapped = {**BERLIN, "week": {day: [["13:00", "17:30"], ["09:00", "12:00"]] for day in WORKDAYS}}
    assert Calendar.from_mapping(swapped) == berlin()


def test_closures_say_why_nothing_counts():
    found = berlin().closures(utc("2026-12-24 10:30"), utc("2026-12-28 09:00"))
    assert found == [
        (utc("2026-12-24 11:00"), utc("2026-12-24 12:00"), "closed"),
        (utc("2026-12-24 12:00"), utc("2026-12-24 16:30"), "break"),
        (utc("2026-12-24 16:30"), utc("2026-12-24 23:00"), "closed"),
        (utc("2026-12-24 23:00"), utc("2026-12-25 23:00"), "holiday"),
        (utc("2026-12-25 23:00"), utc("2026-12-28 08:00"), "closed"),
    ]


def test_closures_and_openings_fill_the_time_between_them():
    start, end = utc("2026-12-20 10:00"), utc("2027-01-10 11:11")
    spans = sorted([*berlin().openings(start, end), *((a, b) for a, b, _ in berlin().closures(start, end))])
    bounds = [start, *(b for _, b in spans)]
    assert [a for a, _ in spans] == bounds[:-1]
    assert bounds[-1] == end


def test_round_the_clock_is_real_time():
    start = utc("2026-03-28 12:00")
    assert ALWAYS.due(start, timedelta(days=2)) == start + timedelta(days=2)
    assert ALWAYS.elapsed(start, start + timedelta(days=2)) == timedelta(days=2)
    assert ALWAYS.closures(start, start + timedelta(days=2)) == []


def test_round_the_clock_may_have_holidays():
    calendar = Calendar.from_mapping({"zone": "Europe/Berlin", "always": True, "holidays": ["2026-12-25"]})
    assert calendar.due(utc("2026-12-24 22:00"), 2 * HOUR) == utc("2026-12-26 00:00")
    assert not calendar.is_always


def test_a_calendar_may_open_on_single_dates_only():
    calendar = Calendar.from_mapping(
        {"zone": "UTC", "week": {}, "dates": {"2026-11-28": [["10:00", "14:00"]]}}
    )
    assert calendar.due(utc("2020-01-01 00:00"), HOUR) == utc("2026-11-28 11:00")
    assert calendar.elapsed(utc("1700-01-01 00:00"), utc("2900-01-01 00:00")) == 4 * HOUR


def test_a_target_after_the_last_opening_is_refused():
    calendar = Calendar.from_mapping(
        {"zone": "UTC", "week": {}, "dates": {"2026-11-28": [["10:00", "14:00"]]}}
    )
    with pytest.raises(DeskError, match="no opening is left"):
        calendar.due(utc("2026-11-28 00:00"), 5 * HOUR)


def test_thirty_years_of_working_weeks_are_due_thirty_years_of_weeks_later():
    plain = Calendar.from_mapping({"zone": "Europe/Berlin", "week": BERLIN["week"]})
    weeks = 52 * 30
    local = (MONDAY_9 + timedelta(weeks=weeks)).astimezone(ZoneInfo("Europe/Berlin"))
    due = plain.due(MONDAY_9 + HOUR, weeks * 5 * timedelta(hours=7.5))
    assert due == local.replace(hour=10, minute=0)


def test_thirty_years_back_come_out_where_they_began():
    start = utc("2026-11-23 09:30")
    target = timedelta(hours=7.5) * 250 * 30
    back = berlin().due(start, -target)
    assert back.year in (1997, 1998)
    assert berlin().elapsed(back, start) == target


def test_far_away_years_are_answered_after_near_ones():
    calendar = berlin()
    calendar.due(MONDAY_9, HOUR)
    assert calendar.due(utc("2900-01-01 00:00"), HOUR).year == 2900
    assert calendar.due(MONDAY_9, HOUR) == utc("2026-11-23 09:00")


def test_centuries_asked_for_before_do_not_shorten_the_reach():
    calendar, start, target = berlin(), utc("2090-01-01 00:00"), timedelta(hours=7.5) * 5 * 52 * 20
    calendar.elapsed(utc("1700-01-01 00:00"), start)
    assert calendar.due(start, target) == berlin().due(start, target)
    calendar.elapsed(start, utc("2480-01-01 00:00"))
    assert calendar.due(start, -target) == berlin().due(start, -target)


def test_threads_that_ask_at_once_all_get_right_answers():
    shared, years = berlin(), [1990, 2120, 2026, 2060, 1950, 2200] * 4
    questions = [datetime(year, 6, 1, tzinfo=UTC) for year in years]
    with ThreadPoolExecutor(max_workers=6) as threads:
        answers = list(threads.map(lambda start: shared.due(start, 2000 * HOUR), questions))
    assert answers == [berlin().due(start, 2000 * HOUR) for start in questions]


@pytest.mark.parametrize("target", [timedelta.max, timedelta(days=150_000), -timedelta(days=150_000)])
def test_a_target_of_centuries_is_refused(target):
    with pytest.raises(DeskError, match="does not reach that far"):
        berlin().due(MONDAY_9, target)


@pytest.mark.parametrize("calendar", [berlin(), ALWAYS])
def test_the_end_of_all_dates_is_refused(calendar):
    last = datetime.max.replace(tzinfo=UTC)
    with pytest.raises(DeskError, match=r"does not reach|outside the years"):
        calendar.due(last, HOUR)
    with pytest.raises(DeskError, match=r"does not reach|outside the years"):
        calendar.due(datetime.min.replace(tzinfo=UTC), -HOUR)


@pytest.mark.parametrize(
    "ask",
    [
        lambda calendar, naive: calendar.due(naive, HOUR),
        lambda calendar, naive: calendar.elapsed(MONDAY_9, naive),
        lambda calendar, naive: calendar.elapsed(naive, MONDAY_9),
        lambda calendar, naive: calendar.is_open(naive),
        lambda calendar, naive: calendar.next_opening(naive),
        lambda calendar, naive: calendar.openings(naive, MONDAY_9),
        lambda calendar, naive: calendar.closures(MONDAY_9, naive),
    ],
)
def test_a_time_without_a_zone_is_refused(ask):
    with pytest.raises(DeskError, match="has no time zone"):
        ask(berlin(), datetime(2026, 11, 23, 9, 0))  # noqa: DTZ001 - the fault under test


def test_calendars_of_equal_content_are_equal_and_hash_alike():
    assert berlin() == berlin()
    assert len({berlin(), berlin(), ALWAYS, Calendar.from_mapping({"always": True})}) == 2


def test_a_calendar_differs_from_one_with_another_holiday():
    assert berlin() != Calendar.from_mapping({**BERLIN, "holidays": []})


def test_a_calendar_survives_writing_and_reading():
    named = Calendar.from_mapping(
        {**BERLIN, "name": "Support Berlin", "breaks": {"2026-12-24": [["12:00:30", "24:00"]]}}
    )
    assert Calendar.from_mapping(named.to_mapping()) == named
    assert pickle.loads(pickle.dumps(named)) == copy.deepcopy(named) == named


def test_a_calendar_tells_its_name_and_zone():
    assert (berlin().zone, berlin().name, ALWAYS.name) == ("Europe/Berlin", "", "24×7")


def test_a_working_day_is_the_commonest_day_of_the_week():
    short_friday = {**BERLIN["week"], "fri": [["09:00", "12:00"]]}
    assert Calendar.from_mapping({**BERLIN, "week": short_friday}).working_day == timedelta(hours=7.5)


def test_of_equally_common_days_the_longest_is_the_working_day():
    week = {"mon": [["09:00", "12:00"]], "tue": [["09:00", "17:00"]]}
    assert Calendar.from_mapping({"zone": "UTC", "week": week}).working_day == timedelta(hours=8)


def test_the_working_day_round_the_clock_has_24_hours():
    assert ALWAYS.working_day == timedelta(hours=24)


def test_the_working_day_of_single_dates_is_theirs():
    calendar = Calendar.from_mapping(
        {"zone": "UTC", "week": {}, "dates": {"2026-11-28": [["10:00", "14:00"]]}}
    )
    assert calendar.working_day == timedelta(hours=4)
