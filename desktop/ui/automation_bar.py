"""The kill switch over every page: asks for a reason, tells loudly that it is off, lets automation go on."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.services.automation import AutomationState
from desktop.ui.automation_words import halt_words, waiting_words
from desktop.ui.icons import Icons
from desktop.ui.kit.announce import Announcer
from desktop.ui.kit.button import Button
from desktop.ui.kit.label import Label

_PICTURE = 22


class ReasonLine(QFrame):
    """Asks why automation is to stop, where it will be told: Enter stops it, Esc leaves it running.

    Signals:
        given: (str reason) stop it.
        cancelled: the person does not want it after all.
    """

    given = Signal(str)
    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("part", "filters")
        self.reason = QLineEdit()
        self.reason.setAccessibleName("Why automation is stopped")
        self.reason.setPlaceholderText("Why? Others will read it.")
        self.error = Label("", "danger_small", wrap=True)
        self.error.hide()
        self.stop_button = Button("Stop all automation", "danger", keys="Enter")
        self.cancel_button = Button("Cancel", keys="Esc")
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.reason, 1)
        line.addWidget(self.cancel_button)
        line.addWidget(self.stop_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 12, 10)
        column.setSpacing(6)
        column.addWidget(Label("Stop all automation", "heading"))
        column.addWidget(
            Label("Signals are still kept, and wait. No rule does anything. Alarms go on.", "secondary")
        )
        column.addLayout(line)
        column.addWidget(self.error)
        self.setFocusProxy(self.reason)
        self.stop_button.clicked.connect(self._give)
        self.cancel_button.clicked.connect(self.cancelled)

    def ask(self) -> None:
        """Ask anew."""
        self.reason.clear()
        self.refuse("")
        self.show()
        self.reason.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def refuse(self, why: str) -> None:
        """Say what is wrong; what was typed stays."""
        self.error.setText(why)
        self.error.setVisible(bool(why))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._give()
        else:
            super().keyPressEvent(event)

    def _give(self) -> None:
        reason = self.reason.text().strip()
        self.refuse("" if reason else "Stopping needs a reason.")
        if reason:
            self.given.emit(reason)
        else:
            self.reason.setFocus()


class StoppedLine(QFrame):
    """Says who stopped automation, since when and why, and how many signals wait; it cannot be put away.

    Signals:
        resume_requested: (bool decides) let it go on; whether the rules decide what waited.
        list_requested: the person wants to see what waits.
    """

    resume_requested = Signal(bool)
    list_requested = Signal()

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self.setProperty("part", "stopped")
        self._icons = icons
        self._waiting = 0
        self._picture = QLabel()
        self.headline = Label("Automation is stopped", "heading")
        self.text = Label("", wrap=True)
        self.text.setMinimumWidth(120)
        self.list_button = Button("Show what waits")
        self.resume_button = Button("Resume…")
        self.decide_button = Button("Decide them by the rules")
        self.leave_button = Button("Leave them to people")
        self.cancel_button = Button("Cancel", keys="Esc")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.headline)
        words.addWidget(self.text)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 12, 8)
        row.setSpacing(10)
        row.addWidget(self._picture)
        row.addLayout(words, 1)
        for button in (
            self.list_button,
            self.resume_button,
            self.decide_button,
            self.leave_button,
            self.cancel_button,
        ):
            row.addWidget(button)
        self.list_button.clicked.connect(self.list_requested)
        self.resume_button.clicked.connect(self.ask)
        self.decide_button.clicked.connect(self._decide)
        self.leave_button.clicked.connect(self._leave)
        self.cancel_button.clicked.connect(self._ask_no_more)
        icons.icons_changed.connect(self._redraw)
        self._ask(is_asked=False)
        self._redraw()

    def say(self, state: AutomationState, now: datetime) -> None:
        """Tell why it is stopped; what is asked meanwhile stays asked."""
        assert state.stopped is not None
        self._waiting = state.waiting
        self.text.setText(f"{halt_words(state.stopped, now)}. {waiting_words(state.waiting)}")
        self.setAccessibleName(f"Automation is stopped. {self.text.text()}")
        self.list_button.setVisible(bool(state.waiting) and not self._is_asked)

    def ask(self) -> None:
        """Let it go on; where signals wait, ask first what becomes of them."""
        if not self._waiting:
            self.resume_requested.emit(False)
            return
        self._ask(is_asked=True)
        self.decide_button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._is_asked:
            self._ask_no_more()
        else:
            super().keyPressEvent(event)

    def _ask(self, *, is_asked: bool) -> None:
        self._is_asked = is_asked
        self.headline.setText("Resume: what becomes of what waited?" if is_asked else "Automation is stopped")
        for button in (self.decide_button, self.leave_button, self.cancel_button):
            button.setVisible(is_asked)
        self.resume_button.setVisible(not is_asked)
        self.list_button.setVisible(not is_asked and bool(self._waiting))

    def _ask_no_more(self) -> None:
        self._ask(is_asked=False)
        self.resume_button.setFocus()

    def _decide(self) -> None:
        self._ask(is_asked=False)
        self.resume_requested.emit(True)

    def _leave(self) -> None:
        self._ask(is_asked=False)
        self.resume_requested.emit(False)

    def _redraw(self) -> None:
        self._picture.setPixmap(self._icons.pixmap("pause", _PICTURE, "chip.count_text"))


class AutomationBar(QWidget):
    """Both lines, at most one in sight.

    Signals:
        stop_requested: (str reason) stop all automation.
        resume_requested: (bool decides) let it go on; whether the rules decide what waited.
        list_requested: the person wants to see what waits.
    """

    stop_requested = Signal(str)
    resume_requested = Signal(bool)
    list_requested = Signal()

    def __init__(self, icons: Icons, announcer: Announcer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._announcer = announcer
        self._back: QWidget | None = None
        self.reason_line = ReasonLine()
        self.stopped_line = StoppedLine(icons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for line in (self.reason_line, self.stopped_line):
            line.hide()
            column.addWidget(line)
        self.reason_line.given.connect(self.stop_requested)
        self.reason_line.cancelled.connect(self._leave)
        self.stopped_line.resume_requested.connect(self.resume_requested)
        self.stopped_line.list_requested.connect(self.list_requested)

    def show_state(self, state: AutomationState, now: datetime) -> None:
        """How it goes now."""
        if state.stopped is None:
            self.stopped_line.hide()
            return
        is_new = self.stopped_line.isHidden()
        self.stopped_line.say(state, now)
        self.stopped_line.show()
        if is_new:
            self._announcer.say(self, self.stopped_line.accessibleName(), about="automation")
        if not self.reason_line.isHidden():
            self._leave()

    def ask_reason(self) -> None:
        """Ask why automation is to stop."""
        self._back = self.window().focusWidget()
        self.reason_line.ask()

    def ask_resume(self) -> None:
        """Let it go on, asking first what becomes of what waited."""
        self.stopped_line.ask()

    def refuse(self, why: str) -> None:
        """It could not be stopped."""
        self.reason_line.refuse(why)

    def _leave(self) -> None:
        self.reason_line.hide()
        if self._back is not None and isValid(self._back):
            self._back.setFocus()
        self._back = None
