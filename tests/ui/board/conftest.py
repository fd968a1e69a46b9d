"""A board's page over rows made by hand."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.board import BoardRow
from desktop.domain.clock import ManualClock
from desktop.ui.board.page import BoardPage, BoardServices
from desktop.ui.surroundings import Surroundings
from tests.ui.board_support import FakeBoard, FakeMoves, FakeState, FakeViews


@dataclass
class Stand:
    """A page with all that is around and behind it, and a person's hands."""

    page: BoardPage
    board: FakeBoard
    moves: FakeMoves
    views: FakeViews
    state: FakeState
    stage: Surroundings
    clock: ManualClock
    bot: QtBot
    said: list[str] = field(default_factory=list)

    def settle(self) -> None:
        """Let all that was wished be answered."""
        self.bot.waitUntil(lambda: self.stage.runner.pending == 0)

    def beat(self, seconds: float = 1.0) -> None:
        """Let time pass on the desk."""
        self.clock.forward(seconds=seconds)
        self.stage.heartbeat.beat()
        self.settle()

    def lane(self, state: str) -> QWidget:
        return self.page.cards.lanes.lane(state).view

    def order(self, state: str) -> list[int]:
        """The ids in a lane from top to bottom."""
        return [row.id for row in self.page.rows.rows_of(state)]

    def point(self, state: str, at: int) -> QPoint:
        view = self.page.cards.lanes.lane(state).view
        return view.visualRect(view.model().index(at, 0)).center()

    def click(
        self, state: str, at: int, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        view = self.page.cards.lanes.lane(state).view
        self.bot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, modifier, self.point(state, at))

    def press(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier, lane: str = ""
    ) -> None:
        """A key on the lane that has the focus, or on a named one."""
        focused = self.page.window().focusWidget()
        target = self.lane(lane) if lane else focused
        assert target is not None
        self.bot.keyClick(target, key, modifier)

    @property
    def selected(self) -> tuple[int, ...]:
        return self.page.selection.ids


Opens = Callable[..., Stand]


@pytest.fixture
def open_board(stage: Surroundings, clock: ManualClock, qtbot: QtBot) -> Opens:
    """Opens a page over rows, shown, loaded and with the focus."""

    def opened(*rows: BoardRow, state: FakeState | None = None, width: int = 1400) -> Stand:
        board, kept = FakeBoard(rows), state or FakeState()
        moves, views = FakeMoves(board), FakeViews()
        page = BoardPage(BoardServices(board=board, moves=moves, views=views, state=kept), stage)
        qtbot.addWidget(page)
        page.resize(width, 800)
        stand = Stand(page, board, moves, views, kept, stage, clock, qtbot)
        page.message_requested.connect(stand.said.append)
        with qtbot.waitExposed(page):
            page.show()
        page.activateWindow()
        page.load()
        stand.settle()
        clock.forward(seconds=3)  # nobody has touched anything for a while
        return stand

    return opened
