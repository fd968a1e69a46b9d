"""A window begins as it was left: its place, its theme and the bars around the board."""

import pytest
from PySide6.QtWidgets import QMenuBar

from desktop.domain.clock import SystemClock
from desktop.options import WindowOptions
from desktop.ui.first_surfaces import Bars, FirstSurfaces
from desktop.wiring.last_look import last_look
from desktop.wiring.session import WindowSession
from desktop.wiring.trace import Trace
from tests.support.real_window import real_window

SIZE = (1100, 700)


@pytest.fixture
def database(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "desk.sqlite3"


@pytest.fixture
def begun(database, qtbot):
    """A window as it is before anything was read."""

    def begin() -> WindowSession:
        session = WindowSession(WindowOptions(database=str(database)), SystemClock(), Trace())
        qtbot.addWidget(session.window)
        return session

    return begin


def test_a_window_closed_with_its_bars_begins_with_them(database, begun, qapp):
    with real_window(database, SystemClock(), SIZE) as opened:
        menu = opened.window.findChild(QMenuBar).height()
    look = last_look(database)
    assert look is not None
    assert look.bars.menu == menu
    again = begun()
    assert (again.window.width(), again.window.height()) == SIZE
    assert again.window.centralWidget().bars == look.bars


def test_a_desk_never_opened_here_begins_with_usual_bars(begun):
    surfaces = begun().window.centralWidget()
    assert isinstance(surfaces, FirstSurfaces)
    assert surfaces.bars in (Bars(), Bars(details=0))


def test_cards_follow_the_surfaces(database, qapp):
    with real_window(database, SystemClock(), SIZE) as opened:
        heard = opened.session.trace.events
    assert {"first_frame", "first_cards", "board_ready", "all_ready"} <= heard
