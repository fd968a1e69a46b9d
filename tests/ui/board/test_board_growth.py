"""The board with large text and from right to left: nothing is clipped, nothing lies over another thing."""

from collections.abc import Callable, Iterator
from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QTableView, QWidget

from desktop.domain.board import BoardRow
from desktop.domain.board_filter import BoardFilter
from desktop.ui.board.lane import LaneHeader
from tests.ui.board_support import a_row
from tests.ui.window_support import WindowStand

STATES = ("new", "triaged", "acknowledged", "working", "contained", "resolved")
SIZE = (1024, 768)
#: 14 pt, and half as large again.
LARGE_PT = 14 * 1.5
SLACK = 1  # a pixel of rounding


@pytest.fixture(params=[Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight], ids=["rtl", "ltr"])
def direction(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[None]:
    qapp.setLayoutDirection(request.param)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.fixture
def grown(direction: None, open_window: Callable[..., WindowStand]) -> WindowStand:
    """A window with large text over forty cards, no larger than it was asked to be."""
    stand = open_window(*_rows(), size=SIZE)
    theme = stand.stage.theme
    theme.magnify(LARGE_PT / theme.font().pointSizeF())
    stand.window.resize(*SIZE)
    stand.settle()
    return stand


def _rows() -> list[BoardRow]:
    titles = ("Checkout times out for every customer of the northern region", "Refund twice")
    return [
        a_row(
            number, state=STATES[number % 6], title=titles[number % 2], unacknowledged=not number % 3,
            due_min=number * 37 % 300 - 40, owner_id=number % 2, owner="Petra Vogt", initials="PV",
        )
        for number in range(1, 41)
    ]  # fmt: skip


def _shown(page: QWidget) -> list[QWidget]:
    """What holds words or cards, and is in sight."""
    kinds = (QAbstractButton, QLabel, QLineEdit, LaneHeader, QTableView)
    found = [widget for widget in page.findChildren(QWidget) if isinstance(widget, kinds)]
    return [widget for widget in found if widget.isVisible() and not widget.size().isEmpty()]


def _place(widget: QWidget, page: QWidget) -> QRect:
    return QRect(widget.mapTo(page, QPoint(0, 0)), widget.size())


def _too_small(widgets: list[QWidget]) -> list[str]:
    """Those that have less than they need; buttons and words need all they ask for."""
    found = []
    for widget in widgets:
        needs = widget.minimumSizeHint()
        if isinstance(widget, QAbstractButton | QLabel):
            needs = needs.expandedTo(widget.sizeHint())
        has = widget.size()
        if has.width() + SLACK < needs.width() or has.height() + SLACK < needs.height():
            found.append(f"{widget.accessibleName() or widget!r}: {has.toTuple()} of {needs.toTuple()}")
    return found


def _outside(widgets: list[QWidget], page: QWidget) -> list[str]:
    room = page.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK)
    found = []
    for widget in widgets:
        above = widget.parentWidget()
        inside = above.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK) if above is not None else room
        if not room.contains(_place(widget, page)) or not inside.contains(widget.geometry()):
            found.append(f"{widget!r} at {widget.geometry()}")
    return found


def _overlapping(widgets: list[QWidget], page: QWidget) -> list[str]:
    found = []
    for one, other in combinations(widgets, 2):
        both = _place(one, page).intersected(_place(other, page))
        is_within = one.isAncestorOf(other) or other.isAncestorOf(one)
        if both.width() > SLACK and both.height() > SLACK and not is_within:
            found.append(f"{one!r} and {other!r}")
    return found


def _as_it_is(_stand: WindowStand) -> None:
    """Nothing filtered, nothing selected."""


def _filtered(stand: WindowStand) -> None:
    stand.window.board.sight.set_filter(BoardFilter(text="refund"))


def _selected(stand: WindowStand) -> None:
    stand.window.board.go_to(3)


def _table(stand: WindowStand) -> None:
    _filtered(stand)
    stand.window.board.sight.set_table(True)


def _compact(stand: WindowStand) -> None:
    stand.window.board.set_density("compact")


@pytest.mark.parametrize("look", [_as_it_is, _filtered, _selected, _table, _compact])
def test_nothing_on_the_board_is_clipped_or_overlaps(grown: WindowStand, look: Callable[[WindowStand], None]):
    asked, page = grown.window.size(), grown.window.board
    look(grown)

    def all_fits() -> None:
        widgets = _shown(page)
        assert grown.window.size() == asked
        assert _too_small(widgets) == []
        assert _outside(widgets, page) == []
        assert _overlapping(widgets, page) == []

    grown.bot.waitUntil(all_fits)


def test_a_card_can_be_seen_whole_with_large_text(grown: WindowStand):
    open_lanes = [lane for lane in grown.window.board.cards.lanes.lanes if not lane.is_collapsed]
    views = [lane.view for lane in open_lanes]
    grown.bot.waitUntil(lambda: all(view.viewport().height() >= view.rowHeight(0) for view in views))
