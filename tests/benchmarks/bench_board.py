"""The board: one second passing, at any number of rows, set against Qt's own table and sort proxy."""

import random
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtWidgets import QApplication, QTableView

from desktop import paths
from desktop.domain.board import TIME_LEFT, BoardRow, search_text, step_of
from desktop.domain.board_filter import BoardFilter
from desktop.domain.board_rows import BoardRows
from desktop.ui.board.lane_model import ModelTeller
from desktop.ui.board.lanes import LanesView
from desktop.ui.board.look import BoardLook
from desktop.ui.board.selection import Selection
from desktop.ui.board.table_view import BoardTable, TableModel
from desktop.ui.text import STEP_WORDS, time_left
from desktop.ui.theme import Theme, ThemeChoice
from tests.benchmarks import rows as sample
from tests.benchmarks.measure import Row, in_turn, medians_in_turn, ms, row

Index = QModelIndex | QPersistentModelIndex
_CARDS = 40
_SECOND_US = 1_000_000
#: Typed letter by letter; the proxy is asked the same.
_TYPED = ("invoices", "fennel rye", "2026-09")


class LanesOnScreen:
    """The lanes of the desk over some rows, shown and painted, so high that forty cards are in sight."""

    def __init__(self, app: QApplication, theme: Theme, rows: Sequence[BoardRow]) -> None:
        self._app = app
        self.now_us = sample.NOW_US
        self._look = BoardLook(theme)
        self._look.now_us = self.now_us
        teller = ModelTeller()
        self.rows = BoardRows(teller)
        self.lanes = LanesView(self.rows, teller, self._look, Selection(), _nowhere)
        self.rows.load(rows, self.now_us)
        self.lanes.resize(1280, 600)
        self.lanes.show()
        self.paint()
        while self.cards_in_sight < _CARDS:
            self.lanes.resize(1280, self.lanes.height() + 10)
            self.paint()
        self._next_id = len(rows)

    @property
    def cards_in_sight(self) -> int:
        return sum(len(lane.view.visible_range()) for lane in self.lanes.lanes if not lane.is_collapsed)

    def paint(self) -> None:
        """Whatever waits to be painted, now."""
        self._app.processEvents()

    def tick(self) -> None:
        """A second passes and every card in sight is painted again."""
        self.now_us += _SECOND_US
        self._look.now_us = self.now_us
        self.rows.tick(self.now_us)
        self.lanes.tick(all_cards=True)
        self.paint()

    def insert(self) -> None:
        """A new escalation comes in, on top of its lane."""
        self._next_id += 1
        template = self.rows.rows_of("new")[0]
        news = template._replace(id=self._next_id, due_us=template.due_us - _SECOND_US)
        self.rows.apply([news], (), self.now_us)
        self.paint()

    def change(self) -> None:
        """A card in sight is changed and goes elsewhere in its lane."""
        cards = self.rows.rows_of("working")
        last = cards[min(len(cards) - 1, 30)]
        changed = cards[3]._replace(due_us=last.due_us + 1, revision=cards[3].revision + 1)
        self.rows.apply([changed], (), self.now_us)
        self.paint()


class CellsModel(QAbstractTableModel):
    """The same rows as anybody would give them to Qt: eight columns of text."""

    def __init__(self, rows: Sequence[BoardRow]) -> None:
        super().__init__()
        self.rows = rows
        self.now_us = sample.NOW_US

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else 8

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        line, column = self.rows[index.row()], index.column()
        if column == 6:
            return time_left(line.due_us, self.now_us)
        if column == 7:
            return STEP_WORDS[step_of(line, self.now_us)]
        cells = (line.number, f"SEV{line.severity}", line.title, line.customer, line.priority, line.owner)
        return cells[column]


class SortedModel(CellsModel):
    """Rows for the proxy: the due instant and the score to order by, and what is searched."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return search_text(line)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return line.score if index.column() else line.due_us


def run(*, quick: bool = False) -> list[Row]:
    """Rows of the table of ratios."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme = Theme(paths.resource("themes"), paths.resource("desk.qss"), ThemeChoice.LIGHT)
    theme.apply()
    many, rounds = (3_000, 3) if quick else (1_000_000, 60)
    sorted_many = 2_000 if quick else 100_000
    return [
        _tick_against_cells(app, theme, rounds),
        *_flatness(app, theme, many, rounds),
        _sort_against_proxy(app, theme, sorted_many, 2),
        _type_against_proxy(app, theme, sorted_many, 1 if quick else 2),
    ]


def _tick_against_cells(app: QApplication, theme: Theme, rounds: int) -> Row:
    board = LanesOnScreen(app, theme, sample.board_rows(10_000))
    cards = board.cards_in_sight
    view = QTableView()
    cells = CellsModel(sample.board_rows(10_000))
    view.setModel(cells)
    view.verticalHeader().setDefaultSectionSize(20)
    view.resize(1280, 20 * cards + view.horizontalHeader().sizeHint().height() - 2)
    view.show()
    app.processEvents()

    def tick_cells() -> None:
        cells.now_us += _SECOND_US
        view.viewport().update()
        app.processEvents()

    in_turn(3, board.tick, tick_cells)  # cards never seen before are painted once and kept
    ours, theirs = in_turn(rounds, board.tick, tick_cells)
    shown = view.rowAt(view.viewport().height() - 1) + 1
    what = f"1 s tick of {cards} cards / 8-column QTableView of {shown} rows"
    return row(what, ours, theirs, 0.15, "ms")


def _flatness(app: QApplication, theme: Theme, many: int, rounds: int) -> list[Row]:
    few = LanesOnScreen(app, theme, sample.board_rows(1_000))
    lots = LanesOnScreen(app, theme, sample.board_rows(many))
    made = []
    for name in ("tick", "insert", "change"):
        works: list[Callable[[], None]] = [getattr(lots, name), getattr(few, name)]
        in_turn(3, *works)
        at_many, at_few = in_turn(rounds, *works)
        made.append(row(f"{name} at {many:,} rows / at 1,000", at_many, at_few, 1.5, "ms"))
    return made


def _sort_against_proxy(app: QApplication, theme: Theme, count: int, rounds: int) -> Row:
    """From the order by score back to that by due instant; the painting that follows is in the tick."""
    rows = _shuffled(count)
    board, _table = _table_on_screen(app, theme, rows)
    proxy = QSortFilterProxyModel()
    source = SortedModel(rows)
    proxy.setSourceModel(source)

    def sort_ours() -> float:
        board.set_order("score")
        app.processEvents()
        return ms(lambda: board.set_order(TIME_LEFT))

    def sort_theirs() -> float:
        proxy.sort(1)
        return ms(lambda: proxy.sort(0))

    ours, theirs = medians_in_turn(rounds, sort_ours, sort_theirs)
    return row(f"re-sort {count:,} rows / QSortFilterProxyModel", ours, theirs, 0.02, "ms")


def _type_against_proxy(app: QApplication, theme: Theme, count: int, rounds: int) -> Row:
    """Words typed letter by letter, with the model of the table on screen told of it."""
    rows = _shuffled(count)
    board, _table = _table_on_screen(app, theme, rows)
    proxy = QSortFilterProxyModel()
    source = SortedModel(rows)
    proxy.setSourceModel(source)
    proxy.setFilterRole(Qt.ItemDataRole.UserRole)
    board.prepare_search()  # the desk does it when the search box gets the focus
    texts = [text[:length] for text in _TYPED for length in range(1, len(text) + 1)]

    def type_ours() -> float:
        taken = 0.0
        for text in texts:
            taken += ms(lambda text=text: board.set_filter(BoardFilter(text=text), sample.NOW_US))
            app.processEvents()
        return taken

    def type_theirs() -> float:
        return sum(ms(lambda text=text: proxy.setFilterFixedString(text)) for text in texts)

    ours, theirs = medians_in_turn(rounds, type_ours, type_theirs)
    what = f"filter keystroke at {count:,} rows / QSortFilterProxyModel"
    return row(what, ours / len(texts), theirs / len(texts), 0.05, "ms")


def _table_on_screen(
    app: QApplication, theme: Theme, rows: Sequence[BoardRow]
) -> tuple[BoardRows, BoardTable]:
    """The same rows in one list, as the table of the desk shows them."""
    look = BoardLook(theme)
    look.now_us = sample.NOW_US
    teller = ModelTeller()
    board = BoardRows(teller)
    board.set_layout(is_table=True)
    (name,) = board.lanes
    model = TableModel(board.rows_of(name), look)
    teller.add(name, model)
    table = BoardTable(model, look, Selection())
    model.setParent(table)
    board.load(rows, sample.NOW_US)
    table.resize(1280, 900)
    table.show()
    app.processEvents()
    return board, table


def _shuffled(count: int) -> list[BoardRow]:
    rows = sample.board_rows(count)
    random.Random(11).shuffle(rows)
    return rows


def _nowhere(_ids: object) -> frozenset[str]:
    return frozenset()
