"""Working hours as they are typed."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import DeskError
from desktop.domain.hours_text import read_hours
from desktop.domain.working_hours import check_hours, hours_words
from desktop.domain.worktime_rules import WEEKDAYS

DAY = st.sampled_from([[["09:00", "17:30"]], [["08:00", "12:00"], ["13:00", "17:00"]], [["22:00", "24:00"]]])


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", {}),
        ("mon 9-17", {"mon": [["09:00", "17:00"]]}),
        ("Monday to Tuesday 09:00–17:30", {"mon": [["09:00", "17:30"]], "tue": [["09:00", "17:30"]]}),
        (
            "mon, wed 9 - 12 and 13 - 17",
            {d: [["09:00", "12:00"], ["13:00", "17:00"]] for d in ("mon", "wed")},
        ),
        ("sun–mon 10:00–11:00", {"sun": [["10:00", "11:00"]], "mon": [["10:00", "11:00"]]}),
    ],
)
def test_hours_are_read_as_people_type_them(typed, kept):
    assert json.loads(read_hours(typed) or "{}") == kept


@pytest.mark.parametrize(
    "typed", ["always", "mon", "mon 9", "mon–wed–fri 9–17", "9–17", "xyz 9–17", "mon 9–17 x"]
)
def test_what_is_no_time_is_refused_with_an_example(typed):
    with pytest.raises(DeskError) as refused:
        read_hours(typed)
    assert refused.value.field == "working_hours"
    assert "mon–fri" in str(refused.value)


@given(st.dictionaries(st.sampled_from(WEEKDAYS), DAY, min_size=1))
def test_the_words_of_hours_are_read_back_as_the_same_hours(week):
    kept = check_hours(json.dumps(week), "UTC")
    assert check_hours(read_hours(hours_words(kept)), "UTC") == kept
