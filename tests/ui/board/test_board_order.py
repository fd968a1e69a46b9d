import pytest
from PySide6.QtCore import Qt

from tests.ui.board_support import a_row

Key = Qt.Key


@pytest.fixture
def board(open_board):
    stand = open_board(a_row(1, due_min=30), a_row(2, due_min=60), a_row(3, due_min=90))
    stand.stage.actions.triggered.connect(lambda action_id: stand.page.handles()[action_id]())
    return stand


def test_the_card_due_first_stands_first(board):
    assert board.order("triaged") == [1, 2, 3]


def test_cards_do_not_change_places_while_somebody_points_at_them(board):
    board.click("triaged", 0)
    board.board.put(a_row(3, due_min=5))
    board.page.refresh()
    board.settle()
    assert board.order("triaged") == [1, 2, 3]
    assert board.page.rows.get(3).due_us == a_row(3, due_min=5).due_us
    assert board.page.filters.shows_unsettled


def test_after_two_idle_seconds_the_new_order_is_shown(board):
    board.click("triaged", 0)
    board.board.put(a_row(3, due_min=5))
    board.page.refresh()
    board.settle()
    board.beat(2.5)
    assert board.order("triaged") == [3, 1, 2]
    assert not board.page.filters.shows_unsettled


def test_r_shows_the_new_order_at_once(board):
    board.click("triaged", 0)
    board.board.put(a_row(3, due_min=5))
    board.page.refresh()
    board.settle()
    board.press(Key.Key_R)
    assert board.order("triaged") == [3, 1, 2]


def test_the_current_card_stays_the_current_one_when_the_order_changes(board):
    board.click("triaged", 2)
    board.board.put(a_row(3, due_min=5))
    board.page.refresh()
    board.settle()
    board.beat(2.5)
    assert board.selected == (3,)
    assert board.lane("triaged").currentIndex().row() == 0


def test_a_change_by_another_program_is_there_with_the_next_beat(board):
    board.board.put(a_row(4, state="new", due_min=5))
    board.beat()
    board.settle()
    assert board.order("new") == [4]


def test_a_card_that_is_gone_leaves_the_selection(board):
    board.click("triaged", 1)
    board.board.take_away(2)
    board.beat(3)
    assert board.order("triaged") == [1, 3]
    assert board.selected == ()


def test_another_order_is_chosen_from_the_menu(board):
    board.stage.actions["sort.age"].trigger()
    assert board.page.rows.order.sort.name == "age"
    assert board.stage.actions["sort.age"].isChecked()


def test_steps_change_by_themselves(board):
    board.beat(61 * 60)
    assert board.page.filters.steps.chip(4).count == 2


def test_only_cards_that_tell_seconds_are_painted_each_second(board):
    assert not board.lane("triaged").shows_seconds()
    board.beat(28.5 * 60)
    assert board.lane("triaged").shows_seconds()
