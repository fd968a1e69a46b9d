"""A scenario as its text: to be mended where it is no scenario yet, else to be read and copied."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFontDatabase, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.domain.drill_scenario import Scenario
from desktop.services.drill_file import FileFault, read_text, write_text
from desktop.ui.kit.button import Button
from desktop.ui.kit.label import Label
from desktop.ui.kit.long_text import with_breaks
from desktop.ui.text import counted

_CHECK_MS = 400
_MOST = 200


def opens_in_forms(text: str) -> Scenario | None:
    """The scenario of a text, where forms can show all that it says; else None.

    What a form cannot hold (a key nobody knows, a number that is text) would be gone after the first change.
    """
    reading = read_text(text)
    if reading.scenario is None or not reading.errors:
        return reading.scenario
    before = {(fault.place, fault.message) for fault in reading.errors}
    after = {(fault.place, fault.message) for fault in read_text(write_text(reading.scenario)).errors}
    return reading.scenario if before == after else None


class TextView(QWidget):
    """The text with its faults by line; it opens as forms once it has none that forms cannot show.

    Signals:
        edited: something was typed.
        forms_wanted: (Scenario) it can be shown as forms.
    """

    edited = Signal()
    forms_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._faults: tuple[FileFault, ...] = ()
        self.said = Label("", "secondary", wrap=True)
        self.text = _Text()
        self.text.setAccessibleName("Scenario as text")
        self.faults = QListWidget()
        self.faults.setAccessibleName("Faults by line")
        self.faults.setWordWrap(True)
        self.faults.setFixedHeight(130)
        self.open = Button("Open as forms", "primary")
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_CHECK_MS)
        self._soon.timeout.connect(self.check)
        line = QHBoxLayout()
        line.addWidget(self.said, 1)
        line.addWidget(self.open)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(8)
        column.addLayout(line)
        column.addWidget(self.text, 1)
        column.addWidget(self.faults)
        self.text.textChanged.connect(self._typed)
        self.faults.itemActivated.connect(self._go)
        self.faults.itemClicked.connect(self._go)
        self.open.clicked.connect(self._open)

    def show_text(self, text: str) -> None:
        """Show a text that is no scenario yet."""
        self.text.blockSignals(True)
        self.text.setPlainText(with_breaks(text))
        self.text.blockSignals(False)
        self.check()

    def written(self) -> str:
        """What stands there."""
        return self.text.toPlainText()

    def check(self) -> None:
        """Say what is wrong with it, line by line."""
        self._soon.stop()
        text = self.written()
        self._faults = read_text(text).errors[:_MOST]
        self.faults.clear()
        self.faults.addItems([str(fault) for fault in self._faults])
        scenario = opens_in_forms(text)
        self.open.setEnabled(scenario is not None)
        self.faults.setVisible(bool(self._faults))
        if scenario is not None:
            self.said.setText("This can be shown as forms now.")
        else:
            count = counted(len(self._faults), "fault")
            self.said.setText(f"This draft cannot be shown as forms yet: {count} to mend in its text.")

    def _typed(self) -> None:
        self._soon.start()
        self.edited.emit()

    def _go(self) -> None:
        row = self.faults.currentRow()
        if 0 <= row < len(self._faults):
            block = self.text.document().findBlockByNumber(self._faults[row].line - 1)
            self.text.setTextCursor(QTextCursor(block))
            self.text.setFocus()

    def _open(self) -> None:
        scenario = opens_in_forms(self.written())
        if scenario is not None:
            self.forms_wanted.emit(scenario)


class _Text(QPlainTextEdit):
    def __init__(self) -> None:
        super().__init__()
        self.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setTabChangesFocus(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()  # for the editor: publish
        else:
            super().keyPressEvent(event)
