"""Weeks and months in a zone, with the days on which clocks change."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from desktop.domain.instant import US_PER_DAY, to_us
from desktop.ui.roster.cursor import Cursor, slot_at
from desktop.ui.roster.period import FOUR_WEEKS, MONTH, WEEK, Period, span_words

BERLIN = ZoneInfo("Europe/Berlin")
HOUR_US = US_PER_DAY // 24


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_a_week_begins_on_the_monday_of_its_zone():
    period = Period.around(at("2026-11-22T23:30"), WEEK, BERLIN)
    assert period.first == date(2026, 11, 23)


@pytest.mark.parametrize(("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25), ("2026-10-26", 24)])
def test_a_day_on_which_clocks_change_is_as_long_as_it_is(day, hours):
    period = Period.around(at(f"{day}T12:00"), WEEK, BERLIN)
    place = period.days.index(date.fromisoformat(day))
    assert period.midnights[place + 1] - period.midnights[place] == hours * HOUR_US


@pytest.mark.parametrize(("unit", "days"), [(WEEK, 7), (FOUR_WEEKS, 28), (MONTH, 30)])
def test_a_period_has_its_days(unit, days):
    assert len(Period.around(at("2026-11-10T12:00"), unit, BERLIN).days) == days


@pytest.mark.parametrize("unit", [WEEK, FOUR_WEEKS, MONTH])
def test_the_next_period_begins_where_this_one_ends(unit):
    period = Period.around(at("2026-12-30T12:00"), unit, BERLIN)
    assert period.moved(1).start_us == period.end_us
    assert period.moved(1).moved(-1) == period


@pytest.mark.parametrize(
    ("unit", "day", "words"),
    [
        (WEEK, "2026-11-24", "23–29 Nov 2026"),
        (WEEK, "2026-11-30", "30 Nov – 6 Dec 2026"),
        (WEEK, "2026-12-31", "28 Dec 2026 – 3 Jan 2027"),
        (MONTH, "2026-11-24", "November 2026"),
    ],
)
def test_a_period_says_which_one_it_is(unit, day, words):
    assert Period.around(at(f"{day}T12:00"), unit, BERLIN).title() == words


def test_a_span_names_its_second_day_only_where_it_is_another_one():
    start, end = to_us(at("2026-11-24T07:00")), to_us(at("2026-11-24T19:00"))
    assert span_words(start, end, BERLIN) == "Tue 24 Nov 08:00–20:00"
    assert span_words(start, to_us(at("2026-11-24T23:00")), BERLIN) == "Tue 24 Nov 08:00–24:00"
    assert span_words(start, end + US_PER_DAY, BERLIN) == "Tue 24 Nov 08:00 – Wed 25 Nov 20:00"


EDGES = (0, 10, 20, 30)


@pytest.mark.parametrize(("instant", "slot"), [(0, (0, 10)), (9, (0, 10)), (10, (10, 20)), (99, (20, 30))])
def test_an_instant_lies_in_one_slot(instant, slot):
    assert slot_at(EDGES, instant) == slot


def test_the_cursor_goes_from_slot_to_slot_and_not_beyond():
    cursor = Cursor.at(0, (10, 20))
    assert cursor.moved(EDGES, 1, extends=False).span == (20, 30)
    assert cursor.moved(EDGES, -1, extends=False).span == (0, 10)
    assert Cursor.at(0, (20, 30)).moved(EDGES, 1, extends=False) is None


def test_extending_keeps_where_it_began_and_can_be_taken_back():
    cursor = Cursor.at(0, (10, 20)).moved(EDGES, 1, extends=True)
    assert cursor.span == (10, 30)
    assert cursor.moved(EDGES, -1, extends=True).span == (10, 20)


def test_a_free_span_goes_on_to_the_next_whole_slot():
    assert Cursor.at(0, (3, 7)).moved(EDGES, 1, extends=False).span == (10, 20)
    assert Cursor.at(0, (13, 17)).moved(EDGES, -1, extends=False).span == (0, 10)
