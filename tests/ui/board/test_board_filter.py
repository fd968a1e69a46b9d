import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.domain.view import SavedView
from desktop.ui.kit.prompt import Prompt
from tests.ui.board_support import FakeState, a_row

Key = Qt.Key


@pytest.fixture
def board(open_board):
    return open_board(
        a_row(1, due_min=-5, customer="Acme", severity=1),
        a_row(2, due_min=170, owner_id=3, owner="Ada Quist", initials="AQ", customer="Borealis"),
        a_row(3, state="working", unacknowledged=True, customer="Acme"),
        a_row(4, state="resolved", clock="", customer="Coral"),
    )


def shown(board):
    return sorted(row_id for state in board.page.rows.lanes for row_id in board.order(state))


def test_the_chips_count_what_is_in_each_step(board):
    steps = board.page.filters.steps
    assert (steps.all_open.count, steps.chip(4).count, steps.chip(0).count) == (3, 1, 1)


def test_one_click_filters_and_a_second_one_adds_a_step(board):
    steps = board.page.filters.steps
    board.bot.mouseClick(steps.chip(4), Qt.MouseButton.LeftButton)
    assert shown(board) == [1]
    board.bot.mouseClick(steps.chip(0), Qt.MouseButton.LeftButton)
    assert shown(board) == [1, 2]
    assert not steps.all_open.isChecked()


def test_kinds_of_chips_narrow_each_other(board):
    fields = board.page.filters.fields
    fields.chip("customers").set_chosen(frozenset({"Acme"}))
    fields.chip("customers").choice_changed.emit(frozenset({"Acme"}))
    board.bot.mouseClick(fields.chip("unacknowledged"), Qt.MouseButton.LeftButton)
    assert shown(board) == [3]


def test_mine_is_what_the_operator_owns(board):
    board.bot.mouseClick(board.page.filters.fields.chip("mine"), Qt.MouseButton.LeftButton)
    assert shown(board) == [2]


def test_a_hidden_breach_is_said(board):
    board.bot.mouseClick(board.page.filters.fields.chip("mine"), Qt.MouseButton.LeftButton)
    assert board.page.filters.hidden_text == "1 of 4 · 1 breached hidden"


def test_nothing_is_said_while_nothing_is_hidden(board):
    assert board.page.filters.hidden_text == ""


def test_typing_filters_and_escape_gives_everything_back(board):
    search = board.page.filters.search
    QTest.keyClicks(search, "acme")
    assert shown(board) == [1, 3]
    QTest.keyClick(search, Key.Key_Escape)
    assert shown(board) == [1, 2, 3, 4]


def test_return_in_the_search_goes_to_the_cards(board):
    search = board.page.filters.search
    search.setFocus()
    QTest.keyClicks(search, "borealis")
    QTest.keyClick(search, Key.Key_Return)
    assert board.lane("triaged").hasFocus()


def test_escape_takes_the_filters_away_in_turn(board):
    fields = board.page.filters.fields
    board.bot.mouseClick(fields.chip("severities"), Qt.MouseButton.LeftButton)
    board.bot.mouseClick(fields.chip("unowned"), Qt.MouseButton.LeftButton)
    board.press(Key.Key_Escape, lane="triaged")
    assert board.page.rows.filter.severities
    assert not board.page.rows.filter.unowned


def test_a_filter_that_matches_nothing_says_so_and_clears_by_its_button(board):
    board.page.filters.search.setText("zebra")
    empty = board.page.cards.empty
    assert empty.isVisible()
    assert empty.sentence == "No cards match “zebra”. Breached: ESC-0001, contain 5 m over."
    empty.button_pressed.emit()
    assert shown(board) == [1, 2, 3, 4]


def test_a_desk_never_used_offers_the_first_escalation(open_board):
    stand = open_board()
    assert "No escalations yet" in stand.page.cards.empty.sentence
    with stand.bot.waitSignal(stand.page.new_escalation_requested):
        stand.page.cards.empty.button_pressed.emit()


def test_what_is_shown_comes_back_after_a_restart(open_board):
    state = FakeState()
    first = open_board(a_row(1), a_row(2, customer="Acme"), state=state)
    first.page.filters.search.setText("acme")
    first.page.sight.set_order("age", True)
    first.page.sight.set_table(True)
    first.page.keep_state()
    first.settle()
    second = open_board(a_row(1), a_row(2, customer="Acme"), state=state)
    assert second.page.filters.search.text() == "acme"
    assert second.page.cards.is_table
    assert (second.page.rows.order.sort.name, second.page.rows.order.descending) == ("age", True)


def test_damaged_state_is_no_reason_not_to_open(open_board):
    state = FakeState()
    state.kept["board"] = '{"filter": 3, "order": "colour", "current": "x"'
    assert open_board(a_row(1), state=state).order("triaged") == [1]


def test_a_saved_view_is_shown_by_its_key(board):
    board.page.sight.show_view(SavedView(7, "Acme", {"customers": ["Acme"]}, is_table=True))
    assert board.page.cards.is_table
    assert len(board.page.rows.rows_of("")) == 2


def test_shipped_views_are_actions_with_keys(board):
    assert board.stage.actions["saved_view.-1"].text() == "My desk"
    assert board.stage.actions.keys_text("saved_view.-1") == "Ctrl+Shift+1"


def test_the_view_in_sight_is_saved_under_a_name(board):
    board.bot.mouseClick(board.page.filters.fields.chip("unowned"), Qt.MouseButton.LeftButton)
    board.page.handles()["save_view"]()
    prompt = board.page.window().findChild(Prompt)
    assert prompt is not None
    QTest.keyClicks(prompt.widget("name"), "Nobody's")
    QTest.keyClick(prompt.widget("name"), Key.Key_Return)
    board.settle()
    assert [(view.name, dict(view.filter)) for view in board.views.own] == [("Nobody's", {"unowned": True})]
    assert board.stage.actions["saved_view.1"].text() == "Nobody's"
