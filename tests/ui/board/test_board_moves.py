import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton

from desktop.domain.errors import DeskError
from desktop.domain.person import Actor, Role
from desktop.ui.board.lane import CARDS_TYPE
from desktop.ui.kit.prompt import Prompt
from tests.ui.board_support import a_row

Key, Control = Qt.Key, Qt.KeyboardModifier.ControlModifier
Mouse, Keyboard = Qt.MouseButton, Qt.KeyboardModifier


@pytest.fixture
def board(open_board):
    stand = open_board(
        a_row(1, due_min=10),
        a_row(2, due_min=20),
        a_row(3, state="acknowledged", owner_id=9, owner="Leo Marsh", due_min=15),
        a_row(4, state="resolved", clock="", resolved_us=1),
    )
    stand.click("triaged", 0)
    stand.stage.actions.triggered.connect(lambda action_id: stand.page.handles()[action_id]())
    return stand


def drop_on(board, state):
    """Drag the selected cards over a lane and let them go; whether it would take them."""
    lanes = board.page.cards.lanes
    lanes.drag.show_targets(board.page.mover.targets_of(board.selected))
    lane = lanes.lane(state)
    mime = QMimeData()  # held here: events do not keep theirs
    mime.setData(CARDS_TYPE, b"1")
    move, left, plain = Qt.DropAction.MoveAction, Mouse.LeftButton, Keyboard.NoModifier
    enter = QDragEnterEvent(QPoint(20, 60), move, mime, left, plain)
    lane.dragEnterEvent(enter)
    lane.dropEvent(QDropEvent(QPointF(20, 60), move, mime, left, plain))
    lanes.drag.show_targets(frozenset())
    board.settle()
    return enter.isAccepted()


def prompt_of(board):
    popover = board.page.mover.popover
    assert popover is not None
    assert isinstance(popover.content, Prompt)
    return popover.content


def test_control_right_moves_the_card_and_the_focus_goes_with_it(board):
    board.press(Key.Key_Right, Control)
    board.settle()
    assert board.order("acknowledged") == [1, 3]
    assert board.selected == (1,)
    assert board.lane("acknowledged").hasFocus()


def test_m_and_a_digit_move_the_card(board):
    board.press(Key.Key_M)
    QTest.keyClick(board.page.commands.menu, Key.Key_4)
    board.settle()
    assert board.order("working") == [1]


def test_the_menu_opens_below_the_button_that_was_pressed_for_it(board):
    button = QPushButton("Move to…", board.page)
    button.move(300, 40)
    button.show()
    button.setFocus()
    board.page.commands.handles()["escalation.move"]()
    menu = board.page.commands.menu
    assert menu is not None
    below = menu.pos() - button.mapToGlobal(button.rect().bottomLeft())
    assert (below.x(), 0 <= below.y() < 8) == (0, True)
    menu.close()


def test_the_menu_greys_lanes_the_card_may_not_go_to_and_says_why(board):
    board.press(Key.Key_M)
    menu = board.page.commands.menu
    assert menu is not None
    new = menu.actions()[0]
    assert not new.isEnabled()
    assert "forward only" in new.toolTip()
    menu.close()


def test_a_dropped_card_moves(board):
    assert drop_on(board, "working")
    assert board.order("working") == [1]
    assert board.moves.asked == [((1,), "working", {})]


def test_a_lane_that_may_not_take_the_card_refuses_the_drop(board):
    assert not drop_on(board, "new")
    assert board.moves.asked == []


def test_all_selected_cards_move_as_one_command(board):
    board.click("triaged", 1, Control)
    drop_on(board, "working")
    assert board.moves.asked == [((1, 2), "working", {})]


def test_what_was_moved_is_told_in_one_sentence(board):
    with board.bot.waitSignal(board.page.work_told) as told:
        board.press(Key.Key_Right, Control)
    bulk, sentence = told.args
    assert sentence == "Moved ESC-2026-0001 to Acknowledged"
    assert bulk.seqs == (101,)


def test_a_card_that_may_not_go_stays_and_the_reason_is_said(board):
    board.press(Key.Key_Left, Control)
    assert board.order("triaged") == [1, 2]
    assert "ESC-2026-0001 stays" in board.said[0]


def test_without_the_role_the_card_stays_and_the_roles_are_named(board):
    board.moves.actor = Actor("Mira Sol", 8, frozenset({Role.COORDINATOR}))
    drop_on(board, "contained")
    board.page.mover.move((1,), "contained")
    assert "senior engineer" in board.said[0]


def test_reopening_asks_for_a_reason_and_goes_on_with_it(board):
    board.click("resolved", 0)
    board.page.mover.move((4,), "working")
    prompt = prompt_of(board)
    assert board.order("resolved") == [4]
    reason = prompt.widget("reason")
    assert isinstance(reason, QPlainTextEdit)
    assert QApplication.focusWidget() is reason
    reason.setPlainText("It is back")
    QTest.keyClick(reason, Key.Key_Return, Control)
    board.settle()
    assert board.moves.asked == [((4,), "working", {"reason": "It is back"})]
    assert board.order("working") == [4]


def test_an_empty_reason_is_asked_for_beside_its_field(board):
    board.page.mover.move((4,), "working")
    prompt = prompt_of(board)
    prompt.accept()
    assert board.moves.asked == []
    assert prompt.widget("reason").accessibleDescription() == "Reason is needed."


def test_escape_leaves_the_card_where_it_was_and_gives_the_focus_back(board):
    board.page.mover.move((4,), "working")
    QTest.keyClick(prompt_of(board).widget("reason"), Key.Key_Escape)
    assert board.page.mover.popover.content is None
    assert board.order("resolved") == [4]
    assert board.lane("triaged").hasFocus()


def test_what_only_the_service_misses_is_asked_for_as_well(board):
    board.moves.fault = DeskError("It belongs to somebody else.", field="note", hint="Add a note.")
    board.press(Key.Key_Right, Control)
    board.settle()
    prompt = prompt_of(board)
    assert prompt.widget("note").accessibleDescription() == "It belongs to somebody else."
    assert board.order("triaged") == [1, 2]


def test_refusals_among_many_are_summed_up(board):
    board.moves.refuse[2] = "Somebody works on it."
    board.click("triaged", 1, Control)
    board.press(Key.Key_Right, Control)
    board.settle()
    assert board.said[-1] == "1 card stays: ESC-2026-0002: Somebody works on it."


def test_the_bar_moves_cards_by_clicks_alone(board):
    board.stage.actions["escalation.move"].trigger()
    menu = board.page.commands.menu
    assert menu is not None
    menu.actions()[3].trigger()
    menu.close()
    board.settle()
    assert board.order("working") == [1]
