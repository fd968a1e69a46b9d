from datetime import date, datetime

import pytest

from desktop.domain.errors import DeskError
from desktop.domain.worktime import Calendar
from tests.domain.calendars import BERLIN

NINE_TO_FIVE = [["09:00", "17:00"]]


def fault_of(mapping) -> DeskError:
    with pytest.raises(DeskError) as caught:
        Calendar.from_mapping(mapping)
    return caught.value


@pytest.mark.parametrize(
    ("intervals", "field", "message"),
    [
        ([["09:00", "12:00"], ["11:00", "13:00"]], "week.mon[1]", "09:00–12:00 and 11:00–13:00 overlap"),
        ([["09:00", "12:00"], ["09:00", "12:00"]], "week.mon[1]", "overlap"),
        ([["13:00", "17:00"], ["09:00", "13:30"]], "week.mon[1]", "overlap"),
        ([["17:00", "09:00"]], "week.mon[0]", "runs backwards, from 17:00 to 09:00"),
        ([["22:00", "06:00"]], "week.mon[0]", "runs backwards"),
        ([["09:00", "09:00"]], "week.mon[0]", "ends when it begins"),
        ([["24:00", "24:00"]], "week.mon[0]", "ends when it begins"),
        ([["9:00", "17:00"]], "week.mon[0]", "'9:00' is not a time of day"),
        ([["09:00", "17:60"]], "week.mon[0]", "'17:60' is not a time of day"),
        ([["09:00", "24:01"]], "week.mon[0]", "'24:01' is not a time of day"),
        ([["09:00", "25:00"]], "week.mon[0]", "'25:00' is not a time of day"),
        ([["09:00", "17:00\n"]], "week.mon[0]", "is not a time of day"),
        ([["09:00", "1٧:00"]], "week.mon[0]", "is not a time of day"),
        ([[540, 1020]], "week.mon[0]", "540 is not a time of day"),
        ([["09:00", None]], "week.mon[0]", "None is not a time of day"),
        ([["09:00"]], "week.mon[0]", "not an interval of two times"),
        ([["09:00", "10:00", "11:00"]], "week.mon[0]", "not an interval of two times"),
        (["09:00-17:00"], "week.mon[0]", "not an interval of two times"),
        (["ab"], "week.mon[0]", "not an interval of two times"),
        ("09:00-17:00", "week.mon", "is not a list of intervals"),
        ({"09:00": "17:00"}, "week.mon", "is not a list of intervals"),
        (None, "week.mon", "is not a list of intervals"),
    ],
)
def test_faulty_intervals_are_named(intervals, field, message):
    fault = fault_of({"zone": "UTC", "week": {"mon": intervals}})
    assert fault.field == field
    assert message in fault.message


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        ({"zone": "Europe/Atlantis"}, "zone", "no time zone 'Europe/Atlantis'"),
        ({"zone": "Europe"}, "zone", "no time zone 'Europe'"),
        ({"zone": "../../etc/passwd"}, "zone", "no time zone"),
        ({"zone": ""}, "zone", "no time zone ''"),
        ({"zone": 1}, "zone", "no time zone 1"),
        ({"zone": "Europe/Berlin\0"}, "zone", "no time zone"),
        ({"week": {"monday": NINE_TO_FIVE}}, "week.monday", "week does not know 'monday'"),
        ({"week": {1: NINE_TO_FIVE}}, "week.1", "week does not know 1"),
        ({"week": [NINE_TO_FIVE]}, "week", "week is not a mapping"),
        ({"holiday": ["2026-12-25"]}, "holiday", "does not know 'holiday'"),
        ({"holidays": "2026-12-25"}, "holidays", "is not a list of dates"),
        ({"holidays": ["2026-12-25", "2026-02-30"]}, "holidays[1]", "'2026-02-30' is not a date"),
        ({"holidays": ["25.12.2026"]}, "holidays[0]", "'25.12.2026' is not a date"),
        ({"holidays": ["20261225"]}, "holidays[0]", "'20261225' is not a date"),
        ({"holidays": ["2026-W52-5"]}, "holidays[0]", "is not a date"),
        ({"holidays": [datetime(2026, 12, 25)]}, "holidays[0]", "is not a date"),  # noqa: DTZ001
        ({"dates": ["2026-12-25"]}, "dates", "is not a mapping of dates"),
        ({"dates": {"tomorrow": NINE_TO_FIVE}}, "dates.tomorrow", "'tomorrow' is not a date"),
        ({"dates": {"2026-12-25": [["9", "17"]]}}, "dates.2026-12-25[0]", "'9' is not a time of day"),
        ({"dates": {"2026-12-25": [], date(2026, 12, 25): []}}, "dates.2026-12-25", "names 2026-12-25 twice"),
        ({"breaks": {"2026-12-24": None}}, "breaks.2026-12-24", "is not a list of intervals"),
        (
            {"breaks": {"2026-12-24": [["12:00", "14:00"], ["13:00", "15:00"]]}},
            "breaks.2026-12-24[1]",
            "overlap",
        ),
        ({"always": "yes"}, "always", "neither true nor false"),
        ({"always": True}, "week", "either weekly hours or always"),
        ({"name": 7}, "name", "is not text"),
    ],
)
def test_faulty_documents_are_named(change, field, message):
    fault = fault_of({**BERLIN, **change})
    assert fault.field == field
    assert message in fault.message


@pytest.mark.parametrize(
    "mapping",
    [
        {"zone": "UTC", "week": {}},
        {"zone": "UTC", "week": {"mon": []}},
        {"zone": "UTC", "week": {}, "dates": {"2026-11-28": []}},
        {"zone": "UTC", "week": {}, "dates": {"2026-11-28": NINE_TO_FIVE}, "holidays": ["2026-11-28"]},
        {
            "zone": "UTC",
            "week": {},
            "dates": {"2026-11-28": NINE_TO_FIVE},
            "breaks": {"2026-11-28": NINE_TO_FIVE},
        },
        {"zone": "Europe/Berlin", "week": {}, "dates": {"2026-03-29": [["02:10", "02:50"]]}},
    ],
)
def test_a_calendar_that_never_opens_is_refused(mapping):
    assert "never opens" in fault_of(mapping).message


def test_a_calendar_without_a_zone_is_refused():
    assert fault_of({"week": {"mon": NINE_TO_FIVE}}).field == "zone"


@pytest.mark.parametrize("mapping", [{"zone": "UTC"}, {"zone": "UTC", "always": False}])
def test_a_calendar_with_neither_hours_nor_always_is_refused(mapping):
    assert fault_of(mapping).field == "week"


@pytest.mark.parametrize("mapping", [None, [], "always", 7])
def test_what_is_no_mapping_is_refused(mapping):
    assert "is not a mapping" in fault_of(mapping).message


def test_dates_as_yaml_reads_them_are_understood():
    read = {**BERLIN, "holidays": [date(2026, 12, 25)]}
    assert Calendar.from_mapping(read) == Calendar.from_mapping(BERLIN)


def test_a_fault_says_what_to_do_about_it():
    assert "one from 00:00 of the next day" in str(
        fault_of({"zone": "UTC", "week": {"fri": [["22:00", "06:00"]]}})
    )
