"""The real program with an eye inside: a journey asks over a socket what the person sees.

    python -m tests.support.watched_desk SOCKET [ARGUMENT ...]

runs the window as `python -m desktop ARGUMENT ...` does. Each request is a line of JSON, so is each answer:

    ["cards"]          the cards of each lane that is shown, each as a screen reader says it
    ["texts"]          of every visible label, button, field and line of a list: class, accessible name, text
    ["here"]           the same of the window that has the keyboard alone, where there are two
    ["focus"]          the same of the widget that has the keyboard
    ["title"]          of the window that has the keyboard
    ["menu"]           the words of the menu that is open
    ["height"]         of a card's row, in pixels
    ["sleep", 3600]    the wall clock jumps ahead by that many seconds, as after a sleep of the machine
    ["page", "page.alarms"], ["open", 12]    go to a page, open an escalation's details
    ["tab", 1]         choose the second tab of the tabs in sight
    ["tab", 1, "Gaps"] the same of the tabs of that name
    ["click", "Add source…"]    press the button in sight with these words; gives whether there is one
    ["reveal", "Evidence"]      scroll until what has that name stands at the top
    ["choose", "Kind", "Watched folder"]    choose in the box of that name
    ["type", "Sample", "{}"]    write that into the text of that name
    ["interpreted"]    what is shown, or would be as a tool tip, as markup instead of as text
"""

import json
import sys
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from PySide6 import QtGui
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QScrollArea,
    QTabBar,
    QTableView,
    QWidget,
)

from desktop import main as program
from desktop.cli import main as run
from desktop.domain.clock import SystemClock
from desktop.ui.board.lane_view import LaneView
from desktop.ui.kit.wrap_tabs import WrapTabs
from desktop.ui.window import MainWindow


class SleepyClock(SystemClock):
    """The machine's clock, which a journey may let jump."""

    def __init__(self) -> None:
        self._slept = timedelta()

    def now(self) -> datetime:
        """The machine's time and all the sleep that there never was."""
        return super().now() + self._slept

    def sleep(self, seconds: float) -> None:
        """The wall time goes on, the monotonic time does not."""
        self._slept += timedelta(seconds=seconds)


class Eye(QObject):
    """Answers what can be seen; lives in the program's own event loop."""

    def __init__(self, socket: str, clock: SleepyClock, parent: QObject) -> None:
        super().__init__(parent)
        self._clock = clock
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._greet)
        if not self._server.listen(socket):
            raise RuntimeError(f"{socket}: {self._server.errorString()}")

    def _greet(self) -> None:
        connection = self._server.nextPendingConnection()
        connection.readyRead.connect(self._answer)
        connection.disconnected.connect(connection.deleteLater)

    def _answer(self) -> None:
        connection = self.sender()
        if isinstance(connection, QLocalSocket) and connection.canReadLine():
            asked = json.loads(connection.readLine().toStdString())
            answer = json.dumps(self._seen(*asked)) + "\n"
            connection.write(answer.encode())
            connection.flush()

    def _seen(self, what: str, *more: Any) -> Any:
        if what == "sleep":
            return self._clock.sleep(more[0])
        if what == "page":
            return _window().pages.go_to(more[0])
        if what == "open":
            return _window().escalations.open(more[0])
        if what == "tab":
            return _tabs(*more[1:]).setCurrentIndex(more[0])
        if what in _HANDS:
            return _HANDS[what](*more)
        if what == "interpreted":
            return [text for widget in QApplication.allWidgets() for text in _interpreted(widget)]
        if what == "cards":
            return {view.accessibleName().removeprefix("Lane "): _cards(view) for view in _lanes()}
        if what == "height":
            return _lanes()[0].verticalHeader().defaultSectionSize()
        if what == "focus":
            widget = QApplication.focusWidget()
            return None if widget is None else _described(widget)
        return _read(QApplication.allWidgets())


def _window() -> MainWindow:
    return next(widget for widget in QApplication.topLevelWidgets() if isinstance(widget, MainWindow))


def _read(widgets: Sequence[QWidget]) -> list[tuple[str, str, str]]:
    lines = [line for widget in widgets if type(widget) is QTableView for line in _lines(widget)]
    return lines + [_described(widget) for widget in widgets if _is_read(widget)]


def _here() -> list[tuple[str, str, str]]:
    active = QApplication.activeWindow()
    return _read(
        [each for each in QApplication.allWidgets() if active is not None and each.window() is active]
    )


def _title() -> str:
    active = QApplication.activeWindow()
    return "" if active is None else active.windowTitle()


def _menu() -> list[str]:
    menu = QApplication.activePopupWidget()
    return [action.text() for action in menu.actions()] if isinstance(menu, QMenu) else []


def _tabs(name: str = "") -> QTabBar | WrapTabs:
    bars = (bar for bar in QApplication.allWidgets() if isinstance(bar, QTabBar | WrapTabs))
    return next(bar for bar in bars if bar.isVisible() and name in ("", bar.accessibleName()))


def _click(words: str) -> bool:
    buttons = [each for each in QApplication.allWidgets() if isinstance(each, QAbstractButton)]
    found = [each for each in buttons if each.isVisible() and each.text().startswith(words)]
    for button in found[:1]:
        button.click()
    return bool(found)


def _write(name: str, text: str) -> None:
    texts = [each for each in QApplication.allWidgets() if isinstance(each, QPlainTextEdit)]
    next(each for each in texts if each.isVisible() and each.accessibleName() == name).setPlainText(text)


def _choose(name: str, words: str) -> None:
    boxes = [each for each in QApplication.allWidgets() if isinstance(each, QComboBox) and each.isVisible()]
    box = next(each for each in boxes if each.accessibleName() == name)
    box.setCurrentText(words)
    box.activated.emit(box.currentIndex())


def _interpreted(widget: QWidget) -> list[str]:
    """What of a widget Qt would read as markup: words between angle brackets are enough for that."""
    texts = [widget.toolTip(), widget.whatsThis()]
    if isinstance(widget, QLabel) and widget.textFormat() != Qt.TextFormat.PlainText:
        texts.append(widget.text())
    if isinstance(widget, QAbstractItemView) and widget.isVisible():
        model, tip = widget.model(), Qt.ItemDataRole.ToolTipRole
        rows = range(min(model.rowCount(), 30))
        texts += [str(model.data(model.index(row, 0), tip) or "") for row in rows]
    return [f"{type(widget).__name__}: {text[:200]}" for text in texts if _is_markup(text)]


def _is_markup(text: str) -> bool:
    """Whether Qt would read it as markup, and it is not merely words made harmless by the program."""
    if text.startswith("<qt>"):
        return "<" in text.removeprefix("<qt>").removesuffix("</qt>").replace("<br>", "")
    return QtGui.Qt.mightBeRichText(text)


def _lanes() -> list[LaneView]:
    return [view for view in QApplication.allWidgets() if isinstance(view, LaneView) and view.isVisible()]


def _cards(view: LaneView) -> list[str]:
    model, role = view.model(), Qt.ItemDataRole.AccessibleTextRole
    return [str(model.data(model.index(row, 0), role)) for row in view.visible_range()]


def _lines(view: QTableView) -> list[tuple[str, str, str]]:
    model = view.model()
    if not view.isVisible():
        return []
    rows = range(min(model.rowCount(), 50))
    return [("line", view.accessibleName(), str(model.index(row, 0).data())) for row in rows]


def _is_read(widget: QWidget) -> bool:
    kinds = (QLabel, QAbstractButton, QLineEdit, QPlainTextEdit)
    return isinstance(widget, kinds) and widget.isVisible() and not widget.visibleRegion().isEmpty()


def _described(widget: QWidget) -> tuple[str, str, str]:
    text = widget.toPlainText() if isinstance(widget, QPlainTextEdit) else str(widget.property("text") or "")
    return type(widget).__name__, widget.accessibleName(), text


def _reveal(name: str) -> None:
    found = [each for each in QApplication.allWidgets() if each.isVisible() and each.accessibleName() == name]
    for widget in found[:1]:
        around = widget.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        inside = around.widget() if around is not None else None
        if around is not None and inside is not None:
            around.verticalScrollBar().setValue(widget.mapTo(inside, QPoint()).y() - 8)


_HANDS: dict[str, Callable[..., Any]] = {
    "here": _here,
    "title": _title,
    "menu": _menu,
    "click": _click,
    "choose": _choose,
    "type": _write,
    "reveal": _reveal,
}


def main(arguments: list[str]) -> int:
    """The command line above."""
    socket, *rest = arguments
    clock = SleepyClock()
    original = program.Runs.__init__

    def watched(runs: program.Runs, _clock: SystemClock) -> None:
        original(runs, clock)
        Eye(socket, clock, runs)

    program.Runs.__init__ = watched  # type: ignore[assignment,method-assign]
    sys.argv = ["escalation-desk", *rest]
    return run(rest)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
