"""The whole program in this process: its real window over a file, and hands that count what they do."""

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from shiboken6 import isValid

from db.engine import open_store
from desktop.domain.clock import Clock
from desktop.options import WindowOptions
from desktop.ui.window import MainWindow
from desktop.wiring.session import WindowSession
from desktop.wiring.trace import Trace

PATIENCE_S = 20.0
T = TypeVar("T")


class Heard(Trace):
    """Remembers what was told of the start, instead of writing it down."""

    def __init__(self) -> None:
        super().__init__()
        self.events: set[str] = set()

    def note(self, event: str, **facts: float) -> None:
        """This happened."""
        self.events.add(event)


class RealWindow:
    """A window in which everything is there, and the file behind it."""

    def __init__(self, session: WindowSession, database: Path) -> None:
        self.session = session
        self.window: MainWindow = session.window
        self.database = database

    @property
    def actions(self) -> Any:
        """The actions of the window."""
        return self.window._around.actions

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """What the database holds."""
        with closing(open_store(self.database)) as store, store.read() as session:
            return session.sql(query, values).fetchall()

    def settle(self) -> None:
        """Let everything that is under way come to its end."""
        self.until(lambda: self.session.runner.pending == 0, "an end of the work")
        QApplication.processEvents()

    def until(self, reached: Callable[[], T], what: str) -> T:
        """Let the program work until this is true; gives the answer.

        Raises: TimeoutError when it never is.
        """
        end_s = time.monotonic() + PATIENCE_S
        while not (answer := reached()):
            if time.monotonic() > end_s:
                raise TimeoutError(f"{what}: never came")
            QTest.qWait(1)
        return answer

    def texts(self) -> str:
        """Every text of labels, buttons and fields that can be seen."""
        widgets = [each for each in self.window.findChildren(QWidget) if each.isVisible()]
        said = (each.property("text") or each.property("plainText") or "" for each in widgets)
        return "\n".join(str(each) for each in said)


@contextmanager
def real_window(database: Path, clock: Clock, size: tuple[int, int] = (1440, 900)) -> Iterator[RealWindow]:
    """The window over that database, shown, furnished, its board focused; closed at the end."""
    trace = Heard()
    session = WindowSession(WindowOptions(database=str(database)), clock, trace)
    opened = RealWindow(session, database)
    opened.window.resize(*size)
    session.start()
    try:
        opened.until(lambda: "all_ready" in trace.events, "everything ready")
        opened.window.resize(*size)
        opened.window.activateWindow()
        opened.until(opened.window.isActiveWindow, "the keyboard")
        opened.window.board.focus_first()
        opened.settle()
        yield opened
    finally:
        ended: list[object] = []
        session.ended.connect(ended.append)
        opened.window.close_without_question()
        opened.until(lambda: ended, "the end of the window")
        for part in (opened.window, session, trace):
            _delete(part)
        gc.unfreeze()


def _delete(part: QObject) -> None:
    if isValid(part):
        part.deleteLater()
        QApplication.sendPostedEvents(part)
        QApplication.processEvents()


class Hands:
    """A keyboard and a mouse with one button, and the counts of what was done with them."""

    def __init__(self, desk: RealWindow) -> None:
        self._desk = desk
        self.keys = 0
        self.chars = 0
        self.clicks = 0
        self.idle_s = 0.0

    def pause(self, milliseconds: int) -> None:
        """Take the time a person takes to point at something; it is not the program's."""
        QTest.qWait(milliseconds)
        self.idle_s += milliseconds / 1000

    def press(self, *chords: str) -> None:
        """Press keys or chords by Qt's names for them, such as "Ctrl+J", "Return" or "2"; each counts one."""
        for chord in chords:
            self.keys += 1
            *modifiers, key = chord.split("+")
            held = Qt.KeyboardModifier.NoModifier
            for name in modifiers:
                held |= _MODIFIERS[name]
            QTest.keyClick(_listening(), getattr(Qt.Key, f"Key_{key}"), held)
            self._desk.settle()

    def type(self, text: str) -> None:
        """Type text into whatever has the keyboard."""
        self.chars += len(text)
        QTest.keyClicks(_listening(), text)
        self._desk.settle()

    def click(self, target: QWidget, at: QPoint | None = None) -> None:
        """Click once where the pointer would find this widget.

        Raises: AssertionError when something else is there, or nobody can click it.
        """
        place = target.mapToGlobal(at if at is not None else target.rect().center())
        found = QApplication.widgetAt(place)
        assert target.isEnabled(), f"{target} cannot be pressed"
        assert found is not None, f"nothing at {place}"
        assert found is target or target.isAncestorOf(found), f"{found} covers {target}"
        self.clicks += 1
        QCursor.setPos(place)
        QTest.mouseClick(found, Qt.MouseButton.LeftButton, pos=found.mapFromGlobal(place))
        self._desk.settle()

    def choose(self, menu: QMenu, words: str) -> None:
        """Click a line of a menu that is open."""
        action = next(each for each in menu.actions() if words in each.text().replace("&", ""))
        assert menu.isVisible()
        assert action.isEnabled()
        self.click(menu, menu.actionGeometry(action).center())


_MODIFIERS = {
    "Ctrl": Qt.KeyboardModifier.ControlModifier,
    "Shift": Qt.KeyboardModifier.ShiftModifier,
    "Alt": Qt.KeyboardModifier.AltModifier,
}


def _listening() -> QWidget:
    """Who hears the keyboard now."""
    found = QApplication.activePopupWidget() or QApplication.focusWidget() or QApplication.activeWindow()
    assert found is not None, "nobody listens"
    return found
