"""A line for a file or a folder, with a button to choose one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop.ui.kit.button import Button
from desktop.ui.kit.dialogs import open_file_dialog, open_folder_dialog


class PathLine(QWidget):
    """`filters` those of a dialog for files; without them a folder is chosen.

    Signals:
        changed: another one is named.
    """

    changed = Signal()

    def __init__(self, title: str, filters: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._filters = filters
        self.line = QLineEdit()
        self.line.setAccessibleName(title)
        self.button = Button("Choose…")
        self.button.setAccessibleName(f"{title}: choose")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.line, 1)
        row.addWidget(self.button)
        self.setFocusProxy(self.line)
        self.setAccessibleName(title)
        self.line.textChanged.connect(self.changed)
        self.button.clicked.connect(self._choose)

    def text(self) -> str:
        """What is named."""
        return self.line.text().strip()

    def set_text(self, text: str) -> None:
        """Name another one."""
        self.line.setText(text)

    def _choose(self) -> None:
        dialog = (
            open_file_dialog(self, self._title, self._filters)
            if self._filters
            else open_folder_dialog(self, self._title, self.text())
        )
        dialog.fileSelected.connect(self.line.setText)
        dialog.open()
