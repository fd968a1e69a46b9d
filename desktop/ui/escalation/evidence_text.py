"""A piece of evidence as text, and the line that tells of an export."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QFontDatabase
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.services.bundle import Bundle
from desktop.ui.kit.button import Button
from desktop.ui.kit.label import Label
from desktop.ui.text import counted
from desktop.ui.verbatim import verbatim

_LINES = 14
_NO_KEY = (0, 0)


class EvidenceText(QWidget):
    """Shows bytes as text, whatever they claim to be: nothing in them is run or followed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = _NO_KEY
        self.box = QPlainTextEdit()
        self.box.setReadOnly(True)
        self.box.setTabChangesFocus(True)
        self.box.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.box.setAccessibleName("Evidence as text")
        self.box.setFixedHeight(self.box.fontMetrics().lineSpacing() * _LINES)
        self.hide_button = Button("Hide text", "link")
        self.hide_button.clicked.connect(self.close_text)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.box)
        column.addWidget(self.hide_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    @property
    def is_open(self) -> bool:
        """Whether a row's text is shown or awaited."""
        return self.key != _NO_KEY

    def expect(self, key: tuple[int, int]) -> None:
        """The text of this row comes next."""
        self.key = key

    def show_row(self, key: tuple[int, int], text: str) -> None:
        """Show the text of a row, if it is the one that is expected."""
        if key == self.key:
            self._show(text)

    def show_text(self, text: str) -> None:
        """Show a text of no row."""
        self.key = _NO_KEY
        self._show(verbatim(text.encode()))

    def close_text(self) -> None:
        """Put it away."""
        self.key = _NO_KEY
        self.box.setPlainText("")
        self.hide()

    def _show(self, text: str) -> None:
        self.box.setPlainText(text)
        self.show()


class ExportLine(QFrame):
    """What was written where, and the way there.

    Signals:
        message_requested: (str) the folder cannot be shown.
    """

    message_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = Path()
        self.said = Label("", "secondary", wrap=True)
        self.said.let_select()
        self.show_folder = Button("Show in folder", "link")
        self.show_folder.clicked.connect(self._show_folder)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.said)
        column.addWidget(self.show_folder, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def show_bundle(self, bundle: Bundle) -> None:
        """Tell of a bundle that was written."""
        self._folder = bundle.path.parent
        self.said.setText(bundle_words(bundle))
        self.show()

    def _show_folder(self) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder))):
            self.message_requested.emit(f"No program shows folders here. The file is in {self._folder}.")


def bundle_words(bundle: Bundle) -> str:
    """What is in a bundle, and what proves that it is whole."""
    chain = (
        "The audit trail behind it is whole."
        if bundle.is_chain_whole
        else "The audit trail is broken; the manifest says where."
    )
    return (
        f"Saved {bundle.path.name}: {counted(bundle.files, 'file')} and a manifest. {chain}\n"
        f"SHA-256 {bundle.sha256}"
    )
