"""The report of a replay in a window of its own, to read and to copy."""

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop.ui.kit.copy_text import CopyText


class ReportView(QDialog):
    """Shows lines of text whose columns must stand below one another; the desk goes on beside it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Report of the replay so far")
        self._content = CopyText("Report", "Copy the report", "Close")
        self._content.left.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 16)
        column.addWidget(self._content)
        self.resize(760, 560)

    def show_lines(self, lines: Sequence[str]) -> None:
        """Show these."""
        self._content.text.setPlainText("\n".join(lines))
        self.show()
        self.raise_()
