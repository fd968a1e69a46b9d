"""What screens stand in when no database is behind them."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from desktop.domain.clock import ManualClock

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from desktop.domain.board import BoardRow
    from desktop.ui.surroundings import Surroundings
    from desktop.ui.theme import Theme
    from desktop.ui.window import MainWindow
    from tests.ui.board_support import FakeState
    from tests.ui.window_support import WindowStand


@pytest.fixture
def theme(qtbot: "QtBot") -> "Theme":
    """The light theme, put on."""
    from desktop.paths import resource
    from desktop.ui.theme import Theme, ThemeChoice

    made = Theme(resource("themes"), resource("desk.qss"), ThemeChoice.LIGHT)
    made.apply()
    return made


@pytest.fixture
def stage(theme: "Theme", clock: ManualClock, qtbot: "QtBot") -> Iterator["Surroundings"]:
    """The surroundings of a page; wishes are carried out at once, their answers come with the next events."""
    from desktop.paths import resource
    from desktop.ui.action_set import ActionSet
    from desktop.ui.heartbeat import Heartbeat
    from desktop.ui.icons import Icons
    from desktop.ui.kit.announce import Announcer
    from desktop.ui.surroundings import Surroundings
    from desktop.ui.tasks import TaskRunner
    from tests.fixtures_screens import AtOnce

    made = Surroundings(
        runner=TaskRunner(AtOnce()),
        actions=ActionSet(),
        heartbeat=Heartbeat(clock),
        clock=clock,
        theme=theme,
        icons=Icons(resource("icons"), theme),
        announcer=Announcer(clock),
    )
    made.heartbeat.ticked.connect(made.announcer.tick)
    yield made
    made.heartbeat.stop()
    qtbot.waitUntil(lambda: made.runner.pending == 0)


@pytest.fixture
def open_window(stage: "Surroundings", clock: ManualClock, qtbot: "QtBot") -> Callable[..., "WindowStand"]:
    """Opens a window over rows, shown, loaded and with the focus."""
    from tests.ui.board_support import FakeState
    from tests.ui.window_support import a_window

    def opened(
        *rows: "BoardRow", state: "FakeState | None" = None, size: tuple[int, int] = (1400, 850)
    ) -> "WindowStand":
        stand = a_window(stage, clock, qtbot, rows, state or FakeState())
        qtbot.addWidget(stand.window, before_close_func=_quit_for_sure)
        stand.window.resize(*size)
        with qtbot.waitExposed(stand.window):
            stand.window.show()
        stand.window.activateWindow()
        stand.window.board.load()
        stand.settle()
        return stand

    return opened


def _quit_for_sure(window: "MainWindow") -> None:
    window.leaving.decide()


@pytest.fixture(autouse=True)
def the_same_font_for_every_test(qapp: "QApplication") -> "Iterator[None]":
    """A theme takes the application's font for its base: one that a test made larger must not stay."""
    font = qapp.font()
    yield
    if qapp.font() != font:
        qapp.setFont(font)
