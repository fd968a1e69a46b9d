import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from desktop.ui.board.table_columns import COLUMNS
from tests.ui.board_support import a_row

Key = Qt.Key


@pytest.fixture
def board(open_board):
    stand = open_board(
        a_row(1, due_min=30, severity=3, title="Zeta"),
        a_row(2, due_min=60, severity=1, title="alpha", state="working", owner_id=4, owner="Leo Marsh"),
        a_row(3, due_min=90, severity=2, title="Beta", state="resolved", clock=""),
    )
    stand.page.sight.set_table(True)
    return stand


def ids(board):
    return [row.id for row in board.page.rows.rows_of("")]


def press_heading(board, title):
    header = board.page.cards.table.horizontalHeader()
    header.sectionClicked.emit([column.title for column in COLUMNS].index(title))


def text(board, row, title):
    column = [column.title for column in COLUMNS].index(title)
    return board.page.cards.table.model().index(row, column).data()


def test_the_table_shows_all_rows_in_one_order(board):
    assert ids(board) == [1, 2, 3]


def test_every_column_says_what_it_is_about(board):
    said = {column.title: text(board, 1, column.title) for column in COLUMNS}
    assert said == {
        "Severity": "SEV1", "Number": "ESC-0002", "Title": "alpha", "Customer": "Northwind Retail",
        "Tier": "Strategic", "Priority": "P2", "Score": "61", "Owner": "Leo Marsh", "State": "Working",
        "Clock": "contain", "Time left": "1 h left", "Age": "1 h",
    }  # fmt: skip


def test_a_heading_sorts_and_a_second_click_turns_round(board):
    press_heading(board, "Title")
    assert ids(board) == [2, 3, 1]
    press_heading(board, "Title")
    assert ids(board) == [1, 3, 2]


def test_severity_sorts_the_gravest_first(board):
    press_heading(board, "Severity")
    assert ids(board) == [2, 3, 1]


def test_keys_and_selection_are_those_of_the_lanes(board):
    table = board.page.cards.table
    board.page.selection.select_only(1)
    board.page.cards.focus_current()
    board.bot.keyClick(table, Key.Key_J)
    assert board.selected == (2,)
    board.page.sight.set_table(False)
    assert board.lane("working").hasFocus()


def test_the_model_keeps_its_promises(board):
    table = board.page.cards.table
    _tester = QAbstractItemModelTester(table.model(), QAbstractItemModelTester.FailureReportingMode.Fatal)
    board.board.put(a_row(4, due_min=1), a_row(1, state="working"))
    board.board.take_away(2)
    board.beat(3)
    assert ids(board) == [4, 1, 3]


def test_the_table_can_be_painted(board):
    assert not board.page.cards.table.grab().isNull()
