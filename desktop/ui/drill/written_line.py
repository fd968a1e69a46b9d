"""The line that tells what was written where, opens it, and leads there."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout

from desktop.ui.icons import Icons
from desktop.ui.kit.button import Button
from desktop.ui.kit.saved_line import SavedLine


class WrittenLine(SavedLine):
    """Hidden until a file was written; opens it with the program that the computer has for such files."""

    def __init__(self, icons: Icons) -> None:
        super().__init__(icons)
        self._file = Path()
        self.open_button = Button("Open")
        layout = self.layout()
        if isinstance(layout, QHBoxLayout):
            layout.insertWidget(1, self.open_button)
        self.open_button.clicked.connect(self._open)

    def show_written(self, file: Path, notes: Sequence[str]) -> None:
        """It was written; `notes` are what else there is to say."""
        self._file = file
        self.show_file(file, *notes)
        self.open_button.setFocus()

    def _open(self) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._file))):
            self.failed.emit(f"{self._file.name} could not be opened: the computer knows no program for it.")
