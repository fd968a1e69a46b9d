"""A file that somebody wants to take in: what is wrong in which line of it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.drill.library_parts import pairs
from desktop.ui.drill.ports import FileRead
from desktop.ui.kit.button import Button
from desktop.ui.kit.label import Label
from desktop.ui.kit.scroll import ScrollColumn
from desktop.ui.text import counted

_MOST = 200


class FaultsPane(QFrame):
    """Shown for files that have faults.

    Signals:
        taken: keep it as a draft, faults and all.
        read_again: it was put right meanwhile.
        closed: leave it.
    """

    taken = Signal()
    read_again = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "details")
        self.read: FileRead | None = None
        self.title = Label("", "title", wrap=True)
        self.said = Label("", "secondary", wrap=True)
        self.take = Button("Keep it as a draft")
        self.again = Button("Read it again", "primary")
        self.leave = Button("Cancel", keys="Esc")
        self._body = QWidget()
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(16, 4, 16, 20)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.again, self.take, self.leave):
            buttons.addWidget(button)
        buttons.addStretch(1)
        head = QVBoxLayout()
        head.setContentsMargins(16, 12, 16, 6)
        head.setSpacing(6)
        head.addWidget(self.title)
        head.addWidget(self.said)
        head.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(ScrollColumn(self._body), 1)
        self.take.clicked.connect(self.taken)
        self.again.clicked.connect(self.read_again)
        self.leave.clicked.connect(self.closed)

    def show_file(self, read: FileRead) -> None:
        """Say what is wrong with a file."""
        self.read = read
        errors = [fault for fault in read.faults if not fault.is_warning]
        warnings = len(read.faults) - len(errors)
        self.title.setText(f"{read.name} cannot be played yet" if errors else f"{read.name} can be played")
        said = [counted(len(errors), "fault")] if errors else []
        said += [counted(warnings, "warning")] if warnings else []
        more = f"; the first {_MOST} are shown" if len(read.faults) > _MOST else ""
        self.said.setText(f"{', '.join(said)}{more}. Put the file right and read it again, or do it here.")
        self._show_faults(read)
        self.again.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_faults(self, read: FileRead) -> None:
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        lines = []
        for fault in read.faults[:_MOST]:
            kind = "warning, " if fault.is_warning else ""
            place = f"{fault.place}: " if fault.place else ""
            lines.append((f"{kind}line {fault.line}", f"{place}{fault.message} {fault.hint}".strip()))
        self._column.addWidget(pairs(lines))
        self._column.addStretch(1)
