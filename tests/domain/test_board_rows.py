"""All rows of the board: lanes, filter, order, counts, and what is told of each change."""

import pytest

from desktop.domain.board import AT_RISK, BREACHED, BREACHING_SOON, BoardRow
from desktop.domain.board_filter import BoardFilter
from desktop.domain.board_listener import BoardListener
from desktop.domain.board_rows import BoardRows
from tests.domain.boards import MINUTE_US, NOW_US, Follower, a_board_row


@pytest.fixture
def follower() -> Follower:
    return Follower()


def test_rows_are_in_the_lanes_of_their_states_in_order(follower: Follower):
    late, early = a_board_row(left_min=90), a_board_row(left_min=9)
    working = a_board_row(state="working")
    follower.board.load([late, working, early], NOW_US)
    assert follower.ids("new") == [early.id, late.id]
    assert follower.ids("working") == [working.id]
    assert follower.board.locate(late.id) == ("new", 1)


def test_a_state_without_a_lane_is_not_on_the_board(follower: Follower):
    row = a_board_row()
    follower.board.load([row, a_board_row(state="closed")], NOW_US)
    follower.board.apply([row._replace(state="merged")], [], NOW_US)
    assert len(follower.board) == 0
    assert follower.told[-1] == "remove new 0"


def test_a_new_row_is_inserted_where_its_time_left_calls_for(follower: Follower):
    rows = [a_board_row(left_min=minutes) for minutes in (10, 20, 30)]
    follower.board.load(rows, NOW_US)
    follower.board.apply([a_board_row(left_min=25)], [], NOW_US)
    assert follower.told[-1] == "insert new 2"


def test_a_row_that_changes_state_leaves_one_lane_for_another(follower: Follower):
    row = a_board_row()
    follower.board.load([row], NOW_US)
    follower.board.apply([row._replace(state="working")], [], NOW_US)
    assert follower.told[-2:] == ["remove new 0", "insert working 0"]
    assert follower.board.locate(row.id) == ("working", 0)


def test_a_change_that_keeps_the_place_is_told_as_a_change(follower: Follower):
    row = a_board_row()
    follower.board.load([row], NOW_US)
    follower.board.apply([row._replace(owner="Ada")], [], NOW_US)
    assert follower.told[-1] == "change new 0"


def test_nothing_moves_under_the_pointer_until_the_order_settles(follower: Follower):
    first, second, third = (a_board_row(left_min=minutes) for minutes in (10, 20, 30))
    follower.board.load([first, second, third], NOW_US)
    urgent = third._replace(due_us=NOW_US, soon_us=NOW_US, at_risk_us=NOW_US, warming_us=NOW_US)
    new = a_board_row(left_min=1)
    follower.board.apply([urgent, new], [], NOW_US, reorder=False)
    assert follower.ids("new") == [first.id, second.id, third.id, new.id]
    assert follower.board.is_unsettled
    follower.board.settle()
    assert follower.ids("new") == [third.id, new.id, first.id, second.id]
    assert not follower.board.is_unsettled


def test_a_held_row_can_change_again_and_go(follower: Follower):
    first, second = a_board_row(left_min=10), a_board_row(left_min=20)
    follower.board.load([first, second], NOW_US)
    for left_min in (5, 300, 15):
        changed = a_board_row(id=second.id, left_min=left_min)
        follower.board.apply([changed], [], NOW_US, reorder=False)
    assert follower.ids("new") == [first.id, second.id]
    follower.board.apply([], [second.id], NOW_US, reorder=False)
    assert follower.ids("new") == [first.id]


def test_very_many_changes_fill_the_lanes_anew(follower: Follower):
    rows = [a_board_row(left_min=minutes) for minutes in range(300)]
    follower.board.load(rows, NOW_US)
    follower.told.clear()
    follower.board.apply([row._replace(owner="Ada") for row in rows], [], NOW_US)
    assert follower.told == ["reset new 0"]


def test_steps_are_counted_as_time_passes():
    board = BoardRows()
    board.load([a_board_row(left_min=61), a_board_row(left_min=1), a_board_row(left_min=None)], NOW_US)
    assert board.counts.steps == (0, 1, 0, 1, 0)
    assert board.tick(NOW_US + MINUTE_US)
    assert board.counts.steps == (0, 0, 1, 0, 1)
    assert not board.tick(NOW_US + 2 * MINUTE_US)


def test_steps_go_back_when_the_clock_is_put_back():
    board = BoardRows()
    board.load([a_board_row(left_min=1)], NOW_US)
    board.tick(NOW_US + 5 * MINUTE_US)
    board.tick(NOW_US)
    assert board.counts.steps[BREACHING_SOON] == 1


def test_a_row_comes_into_a_step_filter_when_it_reaches_the_step(follower: Follower):
    row = a_board_row(left_min=61)
    follower.board.load([row], NOW_US)
    follower.board.set_filter(BoardFilter(steps=frozenset({AT_RISK})), NOW_US)
    assert follower.ids("new") == []
    follower.board.tick(NOW_US + MINUTE_US)
    assert follower.ids("new") == [row.id]
    follower.board.tick(NOW_US + 46 * MINUTE_US)
    assert follower.ids("new") == []


def test_a_filter_says_how_many_rows_and_breaches_it_hides():
    board = BoardRows()
    board.load([a_board_row(left_min=-5, owner_id=1), a_board_row(left_min=-5), a_board_row()], NOW_US)
    board.set_filter(BoardFilter(mine=1), NOW_US)
    assert (board.counts.hidden, board.counts.hidden_breached) == (2, 1)
    board.set_filter(BoardFilter(), NOW_US)
    assert (board.counts.hidden, board.counts.hidden_breached) == (0, 0)


def test_a_hidden_row_that_breaches_is_counted_without_any_other_change():
    board = BoardRows()
    board.load([a_board_row(left_min=1)], NOW_US)
    board.set_filter(BoardFilter(mine=1), NOW_US)
    board.tick(NOW_US + MINUTE_US)
    assert board.counts.hidden_breached == 1


def test_a_paused_breach_that_is_hidden_counts_as_well():
    board = BoardRows()
    board.load([a_board_row(clock_paused=True, clock_step=BREACHED), a_board_row(owner_id=1)], NOW_US)
    board.set_filter(BoardFilter(mine=1), NOW_US)
    assert board.counts.hidden_breached == 1
    board.set_filter(BoardFilter(unowned=True), NOW_US)
    assert board.counts.hidden_breached == 0


def test_typing_more_narrows_and_typing_less_widens_again():
    board = BoardRows()
    rows = [a_board_row(title=f"Invoice {number}", number=f"ESC-{number}") for number in range(40)]
    board.load(rows, NOW_US)
    for text, shown in (("i", 40), ("invoice 3", 13), ("invoice 33", 1), ("invoice 3", 13), ("", 40)):
        board.set_filter(BoardFilter(text=text), NOW_US)
        assert len(board.rows_of("new")) == shown, text


@pytest.mark.parametrize(
    ("name", "fields", "titles"),
    [
        ("severity", "severity", [1, 2, 3]),
        ("score", "score", [3, 2, 1]),
        ("age", "opened_us", [1, 2, 3]),
        ("unacknowledged", "unacknowledged", [True, True, False]),
    ],
)
def test_an_order_by_a_field_puts_its_first_values_first(name: str, fields: str, titles: list[int]):
    board = BoardRows()
    board.load([a_board_row(**{fields: value}) for value in titles[::-1]], NOW_US)
    board.set_order(name)
    assert [getattr(row, fields) for row in board.rows_of("new")] == titles


def test_customers_are_ordered_without_regard_to_case_and_within_one_by_time_left():
    board = BoardRows()
    names = [("zeta", 1), ("Beta", 5), ("alpha", 9), ("Beta", 2)]
    board.load([a_board_row(customer=name, left_min=left) for name, left in names], NOW_US)
    board.set_order("customer")
    assert [row.customer for row in board.rows_of("new")] == ["alpha", "Beta", "Beta", "zeta"]
    assert board.rows_of("new")[1].due_us < board.rows_of("new")[2].due_us
    board.set_order("customer", descending=True)
    assert [row.customer for row in board.rows_of("new")] == ["zeta", "Beta", "Beta", "alpha"]


def test_the_table_shows_all_rows_in_one_order(follower: Follower):
    late, soon = a_board_row(left_min=90), a_board_row(left_min=9, state="working")
    follower.board.load([late, soon], NOW_US)
    follower.board.set_layout(is_table=True)
    assert follower.board.lanes == ("",)
    assert follower.ids("") == [soon.id, late.id]
    assert follower.ids("new") == []
    follower.board.set_layout(is_table=False)
    assert (follower.ids(""), follower.ids("new")) == ([], [late.id])


def test_values_of_a_field_are_counted_and_kept_right():
    board = BoardRows()
    row = a_board_row(owner_id=0)
    board.load([row, a_board_row(owner_id=4)], NOW_US)
    assert board.counts.of("owner_id")[0] == 1
    board.apply([row._replace(owner_id=4)], [], NOW_US)
    assert board.counts.of("owner_id") == {0: 0, 4: 2}


class Ears(BoardListener):
    """Notes what comes and what worsens."""

    def __init__(self) -> None:
        self.heard: list[tuple[int, int | str]] = []

    def row_came(self, row: BoardRow) -> None:
        self.heard.append((row.id, "came"))

    def row_worsened(self, row: BoardRow, step: int) -> None:
        self.heard.append((row.id, step))


def test_a_row_that_is_loaded_is_no_news():
    ears = Ears()
    BoardRows(ears).load([a_board_row(left_min=10)], NOW_US)
    assert ears.heard == []


def test_a_row_that_comes_later_is_told_once():
    ears = Ears()
    board = BoardRows(ears)
    board.apply([a_board_row(id=7)], (), NOW_US)
    board.apply([a_board_row(id=7, title="Other words")], (), NOW_US)
    assert ears.heard == [(7, "came")]


def test_time_that_worsens_a_row_is_told_even_when_the_filter_hides_it():
    ears = Ears()
    board = BoardRows(ears)
    board.load([a_board_row(id=7, left_min=16)], NOW_US)
    board.set_filter(BoardFilter(text="nothing"), NOW_US)
    board.tick(NOW_US + MINUTE_US)
    assert ears.heard == [(7, BREACHING_SOON)]


def test_a_deadline_that_is_put_off_is_no_worsening():
    ears = Ears()
    board = BoardRows(ears)
    board.load([a_board_row(id=7, left_min=-1)], NOW_US)
    board.apply([a_board_row(id=7, left_min=200)], (), NOW_US)
    assert ears.heard == []
