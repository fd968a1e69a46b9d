"""What both sheets of a handoff are made of: lines below a heading, and a field that keeps its words."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.kit.label import Label
from desktop.ui.kit.long_text import LongText

_LEAST_LINES, _MOST_LINES = 2, 9
_ROOM = 26  # margins and borders of the field
_WIDE = 88  # characters that fit into a line, about


class WordsField(LongText):
    """Several lines, as high as what is in them; tells what is typed, and when it is left.

    Signals:
        typed: (str key, str text) by the person.
        left: the focus goes elsewhere.
        sent: Ctrl+Enter, where it `sends`; else that is for what is around it.
    """

    typed = Signal(str, str)
    left = Signal()
    sent = Signal()

    def __init__(
        self, key: str, name: str, text: str = "", *, sends: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(text, lines=_lines(text), parent=parent)
        self.key = key
        self._sends = sends
        self._is_own = False
        self.setAccessibleName(name)
        self._fit()
        self.textChanged.connect(self._tell)

    def show_text(self, text: str) -> None:
        """Hold this; nobody typed it."""
        if text != self.toPlainText():
            self._is_own = True
            self.setPlainText(text)
            self._is_own = False
            self._fit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_return = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_return and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if self._sends:
                self.sent.emit()
            else:
                event.ignore()
        else:
            super().keyPressEvent(event)

    def _tell(self) -> None:
        if not self._is_own:
            self._fit()
            self.typed.emit(self.key, self.toPlainText())

    def _fit(self) -> None:
        spacing = self.fontMetrics().lineSpacing()
        self.setFixedHeight(spacing * _lines(self.toPlainText()) + _ROOM)


class Lines(QWidget):
    """A heading and what stands below it, one line each; nothing where there is nothing to say."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Label(title, "strong")
        self._lines = Label("", wrap=True)
        self._lines.let_select()
        self._lines.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self._title)
        column.addWidget(self._lines)

    @property
    def text(self) -> str:
        """What stands there."""
        return self._lines.text()

    def show_lines(self, lines: Sequence[str], left_out: int = 0, *, none: str = "") -> None:
        """Show these; `left_out` says how many more there are, `none` what stands for nothing."""
        said = [f"•  {line}" for line in lines]
        if left_out > 0:
            said.append(f"and {left_out} more")
        self._lines.setText("\n".join(said) if said else none)
        self._lines.setVisible(bool(self._lines.text().strip()))
        self.setVisible(bool(said) or bool(none))


def _lines(text: str) -> int:
    wanted = sum(1 + len(line) // _WIDE for line in text.split("\n")[:_MOST_LINES])
    return min(max(wanted, _LEAST_LINES), _MOST_LINES)
