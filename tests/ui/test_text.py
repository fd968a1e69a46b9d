from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.ui.text import (
    age,
    counted,
    duration,
    exact,
    file_size,
    listed,
    moment,
    one_line,
    short_number,
    time_left,
)

SECOND = 1_000_000
BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0 s"), (45, "45 s"), (80, "1 m 20 s"), (119, "1 m 59 s"), (120, "2 m"), (3599, "59 m"),
        (3600, "1 h"),
        (6000, "1 h 40 m"), (86_400, "1 d"), (183_600, "2 d 3 h"), (-80, "1 m 20 s"),
    ],
)  # fmt: skip
def test_lengths_of_time_have_two_units_at_most(seconds, said):
    assert duration(seconds * SECOND) == said


@pytest.mark.parametrize(
    ("left_us", "said"),
    [
        (52 * 60 * SECOND, "52 m left"),
        (1, "1 s left"),
        (0, "due now"),
        (-SECOND + 1, "due now"),
        (-12 * 60 * SECOND, "12 m over"),
    ],
)
def test_time_is_left_or_over_and_never_negative(left_us, said):
    assert time_left(left_us, 0) == said


@given(st.integers(-(10**15), 10**15))
def test_what_is_not_yet_due_is_never_said_to_be_over(left_us):
    assert time_left(left_us, 0).endswith(" left") == (left_us > 0)


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (timedelta(), "today 14:00"),
        (timedelta(days=1), "tomorrow 14:00"),
        (timedelta(days=-1), "yesterday 14:00"),
        (timedelta(days=4), "Fri 14:00"),
        (timedelta(days=30), "23 Dec 14:00"),
        (timedelta(days=-400), "19 Oct 2025 15:00"),
    ],
)
def test_a_moment_is_as_short_as_it_is_clear(after, said):
    assert moment(NOW + after, NOW, BERLIN) == said


def test_the_exact_time_names_its_zone():
    assert exact(NOW, BERLIN) == "Mon 23 Nov 2026 14:00:00 CET (UTC+01:00)"


def test_numbers_agree_with_their_nouns():
    assert [counted(1, "card"), counted(1204, "card"), counted(2, "entry", "entries")] == [
        "1 card", "1,204 cards", "2 entries",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("size", "said"),
    [
        (1, "1 byte"),
        (999, "999 bytes"),
        (1200, "1.2 kB"),
        (12_345, "12 kB"),
        (3_400_000, "3.4 MB"),
        (999_999, "1.0 MB"),
    ],
)
def test_sizes_of_files(size, said):
    assert file_size(size) == said


def test_small_words():
    assert age(0, 30 * SECOND) == "now"
    assert age(0, 240 * SECOND) == "4 m ago"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert short_number("ESC-2026-0412", 2026) == "ESC-0412"
    assert one_line("a\n‮b\0") == "a b"
