"""What people write for a field, as it is kept."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import DeskError
from desktop.domain.fact_text import LONGEST_FACT, instant_of, items_of, kept_text, read_time, shown_text

_NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [
        ("2026-11-24 15:30", 14, 30),
        ("15:30", 14, 30),
        ("24.11.2026 15:30", 14, 30),
        ("2026-11-24T15:30+00:00", 15, 30),
        ("2026-11-24T15:30:00Z", 15, 30),
    ],
)
def test_a_time_is_read_in_the_zone_of_the_reader(text: str, hour: int, minute: int):
    assert read_time(text, "Europe/Berlin", _NOW) == datetime(2026, 11, 24, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["soon", "25:00", "2026-13-01 10:00", "1.1.0001 10:00", "2026-11-24", "9999-01-01 10:00"]
)
def test_what_is_no_time_is_refused_with_an_example(text: str):
    with pytest.raises(DeskError) as caught:
        read_time(text, "UTC", _NOW)
    assert "2026-11-24 15:30" in (caught.value.hint or "")


def test_a_time_is_kept_with_its_offset_and_shown_as_it_was_written():
    kept = kept_text("started_at", "2026-11-24 15:30", "Europe/Berlin", _NOW)
    assert instant_of(kept) == datetime(2026, 11, 24, 14, 30, tzinfo=UTC)
    assert shown_text("started_at", kept, "Europe/Berlin") == "2026-11-24 15:30"


def test_a_field_of_the_record_cannot_be_written():
    with pytest.raises(DeskError, match="comes from score"):
        kept_text("score", "7", "UTC", _NOW)


def test_words_have_a_longest_length():
    with pytest.raises(DeskError, match="characters long"):
        kept_text("impact_plain", "x" * (LONGEST_FACT + 1), "UTC", _NOW)


def test_items_stand_on_lines_with_or_without_dashes():
    assert items_of("- one\n2. two\n\n  • three\n4.5 percent") == ("one", "two", "three", "4.5 percent")


@given(st.text(max_size=40))
def test_any_text_is_a_time_or_refused(text: str):
    try:
        at = read_time(text, "Europe/Berlin", _NOW)
    except DeskError:
        return
    assert at.utcoffset() is not None
