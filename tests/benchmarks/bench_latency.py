"""How long a person waits: from a key to the picture, on the real window and on Qt's own table.

The ratios are to the same key in a bare QTableView of as many rows, measured in turn; the limits of those in
milliseconds (ux.md 7.1) stand as rows of their own.
"""

import os
import shutil
import tempfile
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView

from desktop.domain.clock import SystemClock
from tests.benchmarks import rows as sample
from tests.benchmarks.bench_board import CellsModel
from tests.benchmarks.big_desk import desk_of
from tests.benchmarks.measure import Row, ms, row
from tests.support.real_window import RealWindow, real_window

_KEY_MS, _PALETTE_MS, _LETTER_MS, _PAGE_MS = 100.0, 60.0, 50.0, 200.0
_TYPED = "northwind"
_PAGES = ("page.settings", "page.alarms", "page.intake", "page.board")


def run(*, quick: bool = False) -> list[Row]:
    """Rows of the table of ratios."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    rounds = 4 if quick else 200
    sizes = ((20, 9), (40, 9), (50, 9)) if quick else ((150, 9), (2_400, 9), (5_000, 9))
    made: list[Row] = []
    for number, (open_count, closed_count) in enumerate(sizes):
        with tempfile.TemporaryDirectory(prefix="desk-bench-") as folder:
            database = Path(shutil.copy(desk_of(open_count, closed_count), folder))
            with real_window(database, SystemClock()) as desk:
                if number < 2:
                    made += _keys(app, desk, open_count, rounds)
                else:
                    made += _palette(app, desk, open_count, rounds)
                if number == 1:
                    made += _pages(app, desk, open_count, rounds)
    return made


def _keys(app: QApplication, desk: RealWindow, count: int, rounds: int) -> list[Row]:
    """Down and Up on a card, until every picture that follows has been painted."""
    bare = _bare_table(app, count)
    board = desk.window.board.cards.lanes

    def ours(key: Qt.Key) -> float:
        view = next(lane.view for lane in board.lanes if lane.view.hasFocus())
        return ms(lambda: _press(app, view, key))

    def theirs(key: Qt.Key) -> float:
        return ms(lambda: _press(app, bare, key))

    mine, floor = [], []
    for number in range(rounds):
        desk.window.activateWindow()
        desk.window.board.focus_first()
        app.processEvents()
        key = Qt.Key.Key_Down if number // 20 % 2 == 0 else Qt.Key.Key_Up
        mine.append(ours(key))
        bare.activateWindow()
        bare.setFocus()
        app.processEvents()
        floor.append(theirs(key))
    bare.close()
    desk.window.activateWindow()
    desk.settle()
    value = p95(mine)
    what = f"key to picture, {count:,} cards, p95"
    return [
        row(f"{what} / the same key in a QTableView", value, p95(floor), 8.0, "ms"),
        row(f"{what} / {_KEY_MS:.0f} ms", value, _KEY_MS, 1.0, "ms"),
    ]


def _palette(app: QApplication, desk: RealWindow, count: int, rounds: int) -> list[Row]:
    """Ctrl+K, then a name letter by letter, until what was found is listed."""
    opened, typed = [], []
    palette = desk.window.palette_box
    for _ in range(max(rounds // 10, 2)):
        opened.append(ms(lambda: _open_palette(app, desk)))
        for letter in _TYPED:
            typed.append(ms(lambda letter=letter: _type(app, desk, letter)))
        palette.close_palette()
        app.processEvents()
    what = f"at {count:,} escalations, p95"
    return [
        row(f"palette opened {what} / {_PALETTE_MS:.0f} ms", p95(opened), _PALETTE_MS, 1.0, "ms"),
        row(f"palette, each letter {what} / {_LETTER_MS:.0f} ms", p95(typed), _LETTER_MS, 1.0, "ms"),
    ]


def _pages(app: QApplication, desk: RealWindow, count: int, rounds: int) -> list[Row]:
    """From page to page, each visited once before."""

    def go(page: str) -> None:
        desk.actions[page].trigger()
        _until_idle(app, desk)

    for page in _PAGES:
        go(page)
    times = [ms(lambda page=page: go(page)) for _ in range(max(rounds // 20, 2)) for page in _PAGES]
    return [row(f"page switch, {count:,} cards, p95 / {_PAGE_MS:.0f} ms", p95(times), _PAGE_MS, 1.0, "ms")]


def _open_palette(app: QApplication, desk: RealWindow) -> None:
    QTest.keyClick(desk.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    app.processEvents()
    assert desk.window.palette_box.isVisible()


def _type(app: QApplication, desk: RealWindow, letter: str) -> None:
    QTest.keyClicks(desk.window.palette_box.field, letter)
    _until_idle(app, desk)


def _until_idle(app: QApplication, desk: RealWindow) -> None:
    app.processEvents()
    while desk.session.runner.pending:
        app.processEvents()
    app.processEvents()


def _press(app: QApplication, view: QTableView, key: Qt.Key) -> None:
    QTest.keyClick(view, key)
    app.processEvents()


def _bare_table(app: QApplication, count: int) -> QTableView:
    view = QTableView()
    model = CellsModel(sample.board_rows(count))
    model.setParent(view)
    view.setModel(model)
    view.resize(1280, 800)
    view.show()
    view.setFocus()
    app.processEvents()
    return view


def p95(times: list[float]) -> float:
    """What nineteen of twenty do not exceed."""
    return sorted(times)[int(0.95 * (len(times) - 1))]
