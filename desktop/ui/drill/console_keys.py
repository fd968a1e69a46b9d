"""The keys of the console: single letters and digits, where no text field has the keyboard."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop.ui.surroundings import Surroundings

#: What each letter wants.
_LETTERS = {
    Qt.Key.Key_F: "fire",
    Qt.Key.Key_I: "next",
    Qt.Key.Key_K: "skip",
    Qt.Key.Key_J: "jump",
    Qt.Key.Key_H: "hint",
    Qt.Key.Key_N: "note",
    Qt.Key.Key_D: "decision",
    Qt.Key.Key_E: "next_action",
    Qt.Key.Key_X: "improvise",
    Qt.Key.Key_C: "draw",
    Qt.Key.Key_B: "players",
    Qt.Key.Key_P: "rate P",
    Qt.Key.Key_S: "rate S",
    Qt.Key.Key_M: "rate M",
    Qt.Key.Key_U: "rate U",
}
_KEYPAD = Qt.KeyboardModifier.KeypadModifier


class ConsoleKeys(QObject):
    """Turns keys that no part of the console wanted into wishes.

    Signals:
        wished: (str) what a key stands for.
        ticked: (int digit) 1 to 9.
        backdated: (int digit) with Shift.
    """

    wished = Signal(str)
    ticked = Signal(int)
    backdated = Signal(int)

    def __init__(self, page: QWidget, around: Surroundings) -> None:
        super().__init__(page)
        self._around = around
        self._digits: dict[QShortcut, int] = {}
        # With Shift a digit is another character on every keyboard: only Qt's shortcuts know which.
        for digit in range(1, 10):
            shortcut = QShortcut(QKeySequence(f"Shift+{digit}"), page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._backdate)
            self._digits[shortcut] = digit

    @property
    def has_letters(self) -> bool:
        """Whether single letters act at all: a person can switch them off."""
        return bool(self._around.actions.keys_text("triage.accept"))

    def take(self, event: QKeyEvent) -> bool:
        """Whether a key meant something here."""
        if event.modifiers() & ~_KEYPAD or event.isAutoRepeat():
            return False
        key = event.key()
        if key == Qt.Key.Key_Space:
            self.wished.emit("pause")
        elif key == Qt.Key.Key_Escape:
            self.wished.emit("follow")
        elif not self.has_letters:
            return False
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            self.ticked.emit(key - Qt.Key.Key_0)
        elif key in _LETTERS:
            self.wished.emit(_LETTERS[Qt.Key(key)])
        else:
            return False
        return True

    def _backdate(self) -> None:
        sender = self.sender()
        if self.has_letters and isinstance(sender, QShortcut):
            self.backdated.emit(self._digits[sender])
