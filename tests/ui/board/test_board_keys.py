import pytest
from PySide6.QtCore import Qt

from tests.ui.board_support import a_row

Key, Shift, Control = Qt.Key, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def board(open_board):
    stand = open_board(
        a_row(1, due_min=10),
        a_row(2, due_min=20),
        a_row(3, due_min=30),
        a_row(4, state="working", due_min=15),
        a_row(5, state="working", due_min=25),
    )
    stand.click("triaged", 0)
    return stand


def test_j_and_k_go_down_and_up(board):
    board.press(Key.Key_J)
    board.press(Key.Key_J)
    board.press(Key.Key_K)
    assert board.selected == (2,)


def test_the_last_card_stays_the_last(board):
    board.press(Key.Key_End)
    board.press(Key.Key_Down)
    assert board.selected == (3,)


def test_right_goes_to_the_next_lane_that_has_cards_at_the_same_height(board):
    board.press(Key.Key_J)
    board.press(Key.Key_Right)
    assert board.selected == (5,)
    assert board.lane("working").hasFocus()


def test_right_at_the_last_lane_stays(board):
    board.press(Key.Key_Right)
    board.press(Key.Key_Right)
    assert board.selected == (4,)


def test_x_adds_cards_of_several_lanes_to_one_selection(board):
    board.press(Key.Key_Right)
    board.press(Key.Key_X)
    board.press(Key.Key_X)
    board.click("triaged", 1, Control)
    assert set(board.selected) == {4, 2}


def test_shift_and_arrows_select_a_range_and_give_it_back(board):
    board.press(Key.Key_Down, Shift)
    board.press(Key.Key_Down, Shift)
    assert board.selected == (1, 2, 3)
    board.press(Key.Key_Up, Shift)
    assert board.selected == (1, 2)


def test_control_a_selects_the_lane(board):
    board.stage.actions.triggered.connect(board.page.commands.handles()["select_all"])
    board.press(Key.Key_A, Control)
    assert set(board.selected) == {1, 2, 3}


def test_letters_type_nothing_into_the_lane(board):
    board.press(Key.Key_B)
    assert board.selected == (1,)


def test_switched_off_letters_do_nothing(board):
    board.page.cards.set_letters_on(False)
    board.press(Key.Key_J)
    assert board.selected == (1,)


def test_escape_takes_the_filter_first_and_then_the_selection(board):
    board.page.filters.search.setText("checkout")
    board.press(Key.Key_Escape, lane="triaged")
    assert board.page.rows.filter.is_empty
    assert board.selected == (1,)
    board.press(Key.Key_Escape, lane="triaged")
    assert board.selected == ()


def test_the_focus_coming_by_tab_takes_the_first_card(board):
    board.page.selection.select_only(0)
    board.page.filters.search.setFocus()
    board.lane("working").setFocus(Qt.FocusReason.TabFocusReason)
    assert board.selected == (4,)


def test_a_double_click_opens(board):
    with board.bot.waitSignal(board.page.open_escalation_requested) as opened:
        board.bot.mouseDClick(
            board.lane("working").viewport(), Qt.MouseButton.LeftButton, pos=board.point("working", 1)
        )
    assert opened.args == [5]


def test_a_click_on_one_of_several_selected_keeps_them_until_the_button_is_let_go(board):
    board.press(Key.Key_Down, Shift)
    view = board.lane("triaged").viewport()
    board.bot.mousePress(view, Qt.MouseButton.LeftButton, pos=board.point("triaged", 0))
    assert board.selected == (1, 2)
    board.bot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=board.point("triaged", 0))
    assert board.selected == (1,)


def test_a_click_beside_the_cards_selects_nothing(board):
    view = board.lane("triaged").viewport()
    board.bot.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.rect().bottomLeft())
    assert board.selected == ()
