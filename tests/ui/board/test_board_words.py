import pytest

from desktop.ui.board import words
from tests.factories import MONDAY_US
from tests.ui.board_support import MINUTE_US, a_row


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (a_row(due_min=52), "contain 52 m left"),
        (a_row(due_min=-12), "contain 12 m over"),
        (a_row(clock="acknowledge", due_min=1), "ack 1 m left"),
        (a_row(clock_paused=True, clock_step=1), "contain paused"),
        (a_row(clock=""), ""),
        (a_row(state="resolved", clock="", resolved_us=MONDAY_US + 130 * MINUTE_US), "in 3 h 10 m"),
    ],
)
def test_the_clock_in_words(row, said):
    assert words.clock(row, MONDAY_US) == said


def test_a_screen_reader_hears_the_whole_card():
    row = a_row(192, due_min=9, unacknowledged=True, provisional=True, snoozed_us=MONDAY_US + 20 * MINUTE_US)
    assert words.spoken(row, MONDAY_US) == (
        "ESC-2026-0192, Checkout times out, Northwind Retail · Strategic, SEV2, P2 · 61? provisional, "
        "breaching soon, contain 9 m left, owner nobody, unacknowledged, snoozed for 20 m"
    )


def test_the_year_is_said_only_where_it_is_another():
    assert words.number(a_row(412), MONDAY_US) == "ESC-0412"
    assert words.number(a_row(number="ESC-2025-0412"), MONDAY_US) == "ESC-2025-0412"


def test_a_card_not_yet_classified_says_so():
    assert words.badge(a_row(priority="", score=-1)) == "Unscored"


def test_a_title_is_one_line_without_control_characters():
    assert words.title(a_row(title="a\r\nb\0c‮d")) == "a b c d"


def test_a_clock_says_itself_in_ever_fewer_words_and_never_in_half_a_time():
    assert list(words.shorter("contain 4 h 48 m over")) == [
        "contain 4 h 48 m over", "4 h 48 m over", "4 h 48 m over", "4 h over",
    ]  # fmt: skip
    assert list(words.shorter("ack 1 m 16 s left"))[-1] == "1 m"
    assert list(words.shorter("resolve paused"))[-1] == "paused"


def test_a_card_says_who_is_told_next_and_when():
    row = a_row(next_told="Sam Porter", next_told_us=MONDAY_US + 180_000_000)
    assert "told next in 3 m: Sam Porter" in words.spoken(row, MONDAY_US)
    assert "Told next in 3 m: Sam Porter" in words.tool_tip(row, MONDAY_US)
    assert "told next now: Sam Porter" in words.spoken(row, MONDAY_US + 200_000_000)
    assert "told next" not in words.spoken(a_row(), MONDAY_US)
