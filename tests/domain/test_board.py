"""One row of the board: its step, its place in the order, its day."""

from datetime import UTC, datetime

import pytest

from desktop.domain import board
from desktop.domain.ageing import Step
from desktop.domain.board import (
    midnight_us,
    next_change_us,
    order_key,
    search_text,
    step_and_next_us,
    step_of,
)
from desktop.domain.errors import DeskError
from desktop.domain.escalation import OPEN_STATES
from desktop.domain.instant import from_us
from tests.domain.boards import MINUTE_US, NOW_US, a_board_row


def test_steps_are_those_of_ageing():
    names = ("FRESH", "WARMING", "AT_RISK", "BREACHING_SOON", "BREACHED")
    assert {name: getattr(board, name) for name in names} == {step.name: int(step) for step in Step}


def test_open_lanes_are_the_open_states():
    assert set(board.OPEN_LANES) == {str(state) for state in OPEN_STATES}
    assert tuple(lane.state for lane in board.LANES) == (*board.OPEN_LANES, board.RESOLVED_LANE)


@pytest.mark.parametrize(
    ("left_min", "step"),
    [
        (121, board.FRESH),
        (120, board.WARMING),
        (60, board.AT_RISK),
        (15, board.BREACHING_SOON),
        (0, board.BREACHED),
        (-500, board.BREACHED),
    ],
)
def test_a_step_begins_at_its_very_instant(left_min: int, step: int):
    assert step_of(a_board_row(left_min=left_min), NOW_US) == step


def test_one_microsecond_before_its_instant_a_step_has_not_begun():
    assert step_of(a_board_row(left_min=0), NOW_US - 1) == board.BREACHING_SOON


def test_a_paused_row_keeps_its_step_however_late_it_gets():
    row = a_board_row(left_min=-60, clock_paused=True, clock_step=board.WARMING)
    assert step_of(row, NOW_US) == board.WARMING
    assert next_change_us(row, NOW_US) == 0


def test_a_row_without_a_clock_has_no_step_and_never_changes():
    row = a_board_row(left_min=None)
    assert (step_of(row, NOW_US), next_change_us(row, NOW_US)) == (board.NO_STEP, 0)


def test_the_next_change_is_the_nearest_instant_ahead():
    row = a_board_row(left_min=100)
    assert next_change_us(row, NOW_US) == NOW_US + 40 * MINUTE_US
    assert next_change_us(row, row.due_us) == 0


@pytest.mark.parametrize("left_min", [None, 200, 120, 61, 60, 15, 7, 0, -1])
def test_step_and_next_change_are_the_same_asked_at_once(left_min: int | None):
    for row in (
        a_board_row(left_min=left_min),
        a_board_row(left_min=left_min, clock_paused=True, clock_step=2),
    ):
        assert step_and_next_us(row, NOW_US) == (step_of(row, NOW_US), next_change_us(row, NOW_US))


def test_order_is_longest_breached_then_least_time_left_then_paused_then_none():
    none, paused = a_board_row(left_min=None), a_board_row(left_min=-900, clock_paused=True)
    soon, late, later = a_board_row(left_min=5), a_board_row(left_min=-10), a_board_row(left_min=-20)
    ordered = sorted([none, paused, soon, late, later], key=order_key)
    assert ordered == [later, late, soon, paused, none]


def test_equal_time_left_is_ordered_by_higher_score_then_number():
    low, high = a_board_row(score=20), a_board_row(score=90)
    first = a_board_row(score=20, number="ESC-2026-0000")
    assert sorted([low, high, first], key=order_key) == [high, first, low]


def test_search_text_is_folded_and_leaves_no_nul():
    row = a_board_row(number="ESC-1", title="", customer="STRASSE\0Straße", owner="", area="", team="")
    assert search_text(row) == "esc-1\nstrasse strasse"


@pytest.mark.parametrize(
    ("now", "zone", "midnight"),
    [
        (
            datetime(2026, 11, 23, 0, 30, tzinfo=UTC),
            "Europe/Berlin",
            datetime(2026, 11, 22, 23, 0, tzinfo=UTC),
        ),
        (
            datetime(2026, 11, 23, 3, 0, tzinfo=UTC),
            "America/New_York",
            datetime(2026, 11, 22, 5, 0, tzinfo=UTC),
        ),
        # The day the clocks go back: midnight was still summer time.
        (
            datetime(2026, 10, 25, 20, 0, tzinfo=UTC),
            "Europe/Berlin",
            datetime(2026, 10, 24, 22, 0, tzinfo=UTC),
        ),
    ],
)
def test_today_begins_at_midnight_of_the_zone(now: datetime, zone: str, midnight: datetime):
    assert from_us(midnight_us(now, zone)) == midnight


def test_without_a_zone_today_begins_at_this_computers_midnight():
    now = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
    local = from_us(midnight_us(now)).astimezone()
    assert (local.hour, local.minute, local.date()) == (0, 0, now.astimezone().date())


def test_an_unknown_zone_is_named():
    with pytest.raises(DeskError, match="Mars/Olympus"):
        midnight_us(datetime(2026, 11, 23, tzinfo=UTC), "Mars/Olympus")
