from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import DeskError
from desktop.domain.ticket_dates import FORMS, checked_form, fitting, has_zone, reader, zone_of

LISBON = ZoneInfo("Europe/Lisbon")


def test_a_wall_time_is_read_in_the_zone_that_was_stated() -> None:
    read = reader(["%d/%m/%Y %H:%M"], ZoneInfo("America/Sao_Paulo"))
    assert read("29/2/2016 08:03") == datetime(2016, 2, 29, 11, 3, tzinfo=UTC)


def test_a_date_with_its_own_zone_keeps_it() -> None:
    assert reader(["iso"], LISBON)("2020-07-02 17:14:21+02:00") == datetime(
        2020, 7, 2, 15, 14, 21, tzinfo=UTC
    )


def test_a_date_without_any_zone_is_refused() -> None:
    with pytest.raises(DeskError, match="no time zone"):
        reader(["iso"], None)("2020-07-02 17:14:21")


def test_a_wall_time_that_comes_twice_is_the_first_of_the_two() -> None:
    read = reader(["%d/%m/%Y %H:%M"], LISBON)
    assert read("30/10/2016 01:30") == datetime(2016, 10, 30, 0, 30, tzinfo=UTC)


def test_a_wall_time_the_clocks_skip_is_as_far_after_the_skip() -> None:
    read = reader(["%d/%m/%Y %H:%M"], LISBON)
    assert read("27/03/2016 01:30") == datetime(2016, 3, 27, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize("text", ["31/2/2016 08:00", "yesterday", "", "1/13/2016 08:00", "\u0663/1/2016 8"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(DeskError):
        reader(["%d/%m/%Y %H:%M"], UTC)(text)


def test_the_second_form_is_tried_where_the_first_does_not_read() -> None:
    read = reader(["%d/%m/%Y %H:%M", "unix"], UTC)
    assert read("1456733000") == datetime(2016, 2, 29, 8, 3, 20, tzinfo=UTC)


def test_a_day_beyond_twelve_settles_which_comes_first() -> None:
    assert "%m/%d/%Y %H:%M" not in fitting(["1/3/2016 08:00", "29/2/2016 09:00"])
    assert "%d/%m/%Y %H:%M" not in fitting(["1/3/2016 08:00", "2/29/2016 09:00"])


def test_dates_that_can_be_read_two_ways_fit_both_forms() -> None:
    assert {"%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M"} <= set(fitting(["1/3/2016 08:00"]))


def test_numbers_of_tickets_are_no_seconds_since_1970() -> None:
    assert "unix" not in fitting(["1606681"])


SECONDS = st.integers(347_155_200, 3_092_601_600)  # 1981 to 2067


@given(SECONDS, st.sampled_from([form.key for form in FORMS]))
def test_every_form_reads_what_it_writes(second: int, form: str) -> None:
    moment = datetime.fromtimestamp(second, UTC)
    if form in ("unix", "unix-ms"):
        text = str(int(moment.timestamp()) * (1000 if form == "unix-ms" else 1))
    else:
        text = moment.isoformat() if form == "iso" else moment.strftime(form)
    assert form in fitting([text])


def test_whether_dates_say_their_zone_is_known() -> None:
    assert has_zone(["2020-01-02 17:14:21+00:00", ""], ["iso"])
    assert not has_zone(["2020-01-02 17:14:21"], ["iso"])


@pytest.mark.parametrize("form", ["", "%d", "day first", "%Y", "%H:%M"])
def test_a_form_that_reads_no_day_is_refused(form: str) -> None:
    with pytest.raises(DeskError):
        checked_form(form)


def test_an_unknown_zone_is_named() -> None:
    with pytest.raises(DeskError, match="Europe/Atlantis"):
        zone_of("Europe/Atlantis")
