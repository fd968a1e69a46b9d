"""The report of a replay in a window of its own, to read and to copy."""

from collections.abc import Sequence

from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.ui.kit.button import Button


class ReportView(QDialog):
    """Shows lines of text whose columns must stand below one another; the desk goes on beside it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Report of the replay so far")
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setAccessibleName("Report")
        self._text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        copy = Button("Copy")
        copy.clicked.connect(self._copy)
        close = Button("Close", "primary")
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addWidget(copy)
        buttons.addStretch(1)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.addWidget(self._text, 1)
        column.addLayout(buttons)
        self.resize(760, 560)

    def show_lines(self, lines: Sequence[str]) -> None:
        """Show these."""
        self._text.setPlainText("\n".join(lines))
        self.show()
        self.raise_()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text.toPlainText())
