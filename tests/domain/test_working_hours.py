"""Working hours of people and teams: kept as text, said in words, asked as a calendar."""

import json
from datetime import UTC, datetime

import pytest

from desktop.domain.errors import DeskError
from desktop.domain.working_hours import check_hours, hours_calendar, hours_words

WEEK = {day: [["09:00", "17:30"]] for day in ("mon", "tue", "wed", "thu", "fri")}


def test_days_with_the_same_hours_are_said_together():
    week = WEEK | {"sat": [["10:00", "12:00"], ["13:00", "14:00"]]}
    assert hours_words(json.dumps(week)) == "mon–fri 09:00–17:30, sat 10:00–12:00 and 13:00–14:00"


def test_days_apart_are_not_said_as_one_stretch():
    week = {"mon": [["09:00", "17:00"]], "wed": [["09:00", "17:00"]]}
    assert hours_words(json.dumps(week)) == "mon 09:00–17:00, wed 09:00–17:00"


def test_nothing_said_is_no_calendar_and_no_words():
    assert (check_hours(" ", "UTC"), hours_calendar("", "UTC"), hours_words("")) == ("", None, "")


def test_the_calendar_is_open_in_the_zone_of_whoever_works():
    hours = hours_calendar(check_hours(json.dumps(WEEK), "Asia/Tokyo"), "Asia/Tokyo")
    assert hours is not None
    assert hours.is_open(datetime(2026, 11, 23, 0, 30, tzinfo=UTC))
    assert not hours.is_open(datetime(2026, 11, 23, 9, tzinfo=UTC))


@pytest.mark.parametrize("text", ["{", "7", "{}", '{"mon": ["09:00"]}', '{"mon": [["9", "17:00"]]}'])
def test_what_cannot_be_hours_is_refused_by_its_field(text: str):
    with pytest.raises(DeskError) as caught:
        check_hours(text, "UTC")
    assert caught.value.field == "working_hours"
