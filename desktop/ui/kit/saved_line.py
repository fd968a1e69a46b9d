"""The line that tells what was written where, and leads there."""

from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop.ui.icons import Icons
from desktop.ui.kit.button import Button, IconButton
from desktop.ui.kit.label import Label


class SavedLine(QFrame):
    """Hidden until something was written.

    Signals:
        failed: (str) the folder cannot be shown.
    """

    failed = Signal(str)

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "filters")
        self._folder = Path()
        self.said = Label("", wrap=True)
        self.said.let_select()
        self.said.setFocusPolicy(self.said.focusPolicy().NoFocus)
        self.show_folder = Button("Show in folder")
        self.close_button = IconButton(icons, "close", "Put this line away")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 12, 6)
        row.setSpacing(10)
        row.addWidget(self.said, 1)
        row.addWidget(self.show_folder)
        row.addWidget(self.close_button)
        self.show_folder.clicked.connect(self._show_folder)
        self.close_button.clicked.connect(self.hide)
        self.hide()

    def show_file(self, file: Path, *more: str) -> None:
        """It was written; `more` is what else there is to say about it."""
        self._folder = file.parent
        self.said.setText(" ".join((f"{file.name} is saved in {file.parent}.", *more)))
        self.show()

    def _show_folder(self) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder))):
            self.failed.emit(f"The folder could not be shown: {self._folder}")
