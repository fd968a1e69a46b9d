from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.signal_time import instant_of

AT = datetime(2026, 3, 4, 5, 6, 7, 123456, UTC)


@pytest.mark.parametrize(
    "written",
    [
        "2026-03-04T05:06:07.123456Z",
        "2026-03-04T05:06:07.123456999Z",
        "2026-03-04T00:06:07.123456-05:00",
        "2026-03-04T05:06:07.123456+0000",
        "2026-03-04 05:06:07.123456 UTC",
        " 2026-03-04T05:06:07.123456 ",
        1772600767123456,
        1772600767123456789,
        "1772600767123456789",
        1772600767.123456,
        "1772600767.123456",
    ],
)
def test_a_time_is_read_in_every_dialect_to_the_microsecond_below(written: object) -> None:
    assert instant_of(written) == AT


def test_milliseconds_and_seconds_are_told_apart_by_their_digits() -> None:
    assert instant_of(1772600767123) == AT.replace(microsecond=123000)
    assert instant_of(1772600767) == AT.replace(microsecond=0)


@pytest.mark.parametrize(
    "written",
    [
        None, True, "", "soon", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        0, -1, 12, "9" * 400, "2026-13-01", "1e999", 1e300, [], {},
    ],
)  # fmt: skip
def test_none_and_what_is_no_time_is_none(written: object) -> None:
    assert instant_of(written) is None


@given(st.one_of(st.text(), st.integers(-(2**63), 2**63), st.floats(allow_nan=False, allow_infinity=False)))
def test_whatever_is_written_gives_an_instant_in_utc_or_none(written: object) -> None:
    at = instant_of(written)
    assert at is None or at.tzinfo is UTC
