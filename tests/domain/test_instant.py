from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import DeskError
from desktop.domain.instant import FIRST_US, LAST_US, from_us, require_utc, span_us, to_us
from tests.domain.calendars import utc


@given(st.integers(FIRST_US, LAST_US))
def test_every_microsecond_comes_back(us):
    assert to_us(from_us(us)) == us


@given(st.datetimes(timezones=st.just(UTC)))
def test_every_instant_comes_back(at):
    assert from_us(to_us(at)) == at


@given(st.timedeltas())
def test_every_span_comes_back(span):
    assert timedelta(microseconds=span_us(span)) == span


def test_the_epoch_is_zero():
    assert to_us(utc("1970-01-01 00:00")) == 0
    assert to_us(utc("1970-01-02 00:00")) == 86_400_000_000


def test_other_zones_are_understood():
    tokyo = datetime(2026, 11, 23, 17, 0, tzinfo=ZoneInfo("Asia/Tokyo"))
    assert from_us(to_us(tokyo)) == utc("2026-11-23 08:00")
    assert require_utc(tokyo).tzinfo is UTC
    assert require_utc(tokyo) == tokyo


def test_the_second_pass_of_a_repeated_hour_is_later():
    first = datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    assert to_us(first.replace(fold=1)) - to_us(first) == 3_600_000_000


@pytest.mark.parametrize("us", [FIRST_US - 1, LAST_US + 1, 10**30])
def test_instants_outside_the_calendar_are_refused(us):
    with pytest.raises(DeskError, match="outside the years 1 to 9999"):
        from_us(us)


def test_an_instant_that_utc_cannot_hold_is_refused():
    last = datetime.max.replace(tzinfo=timezone(timedelta(hours=-12)))
    with pytest.raises(DeskError, match="outside the years"):
        require_utc(last)


@pytest.mark.parametrize("ask", [to_us, require_utc])
def test_a_time_without_a_zone_is_refused(ask):
    with pytest.raises(DeskError, match="2026-11-23 00:00:00 has no time zone") as caught:
        ask(datetime(2026, 11, 23))  # noqa: DTZ001 - the fault under test
    assert caught.value.hint
