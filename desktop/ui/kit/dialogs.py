"""Questions that must be answered before work can go on; the one place of message boxes and file dialogs."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QMessageBox, QWidget

from desktop.domain.drill_mark import marked_name

#: The property of a window that holds the word which everything of a drill's own desk carries.
MARK = "drill_mark"


def mark_around(widget: QWidget | None) -> str:
    """The mark of the desk whose window, or whose window's window, this stands in; empty on a real desk."""
    while widget is not None:
        if mark := widget.property(MARK):
            return str(mark)
        widget = widget.parentWidget()
    return ""


class Question(QMessageBox):
    """A question with verbs for answers; the safe one is the default. Show it with `open()`.

    Signals:
        answered: (str key) of the button; the key of `cancel` when closed by Esc.
    """

    answered = Signal(str)

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        text: str,
        answers: Sequence[tuple[str, str]],
        *,
        safe: str,
        cancel: str,
        details: str = "",
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Escalation Desk")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(title)
        self.setInformativeText(text)
        if details:
            self.setDetailedText(details)
        for key, words in answers:
            role = QMessageBox.ButtonRole.RejectRole if key == cancel else QMessageBox.ButtonRole.AcceptRole
            button = self.addButton(words, role)
            button.setObjectName(key)
            if key == safe:
                self.setDefaultButton(button)
            if key == cancel:
                self.setEscapeButton(button)
        self._cancel = cancel
        self.finished.connect(self._tell)

    def _tell(self) -> None:
        button: QAbstractButton | None = self.clickedButton()
        self.answered.emit(button.objectName() if button is not None else self._cancel)


def open_file_dialog(parent: QWidget, title: str, filters: str) -> QFileDialog:
    """A dialog for one existing file; connect `fileSelected` and `open()` it."""
    dialog = QFileDialog(parent, title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilter(filters)
    return dialog


def open_folder_dialog(parent: QWidget, title: str, folder: str = "") -> QFileDialog:
    """A dialog for one existing folder, beginning in that one; connect `fileSelected` and `open()` it."""
    dialog = QFileDialog(parent, title, folder)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return dialog


def save_file_dialog(parent: QWidget, title: str, name: str, filters: str) -> QFileDialog:
    """A dialog for a file to write; connect `fileSelected` and `open()` it."""
    dialog = QFileDialog(parent, title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(filters)
    dialog.selectFile(marked_name(name, mark_around(parent)))
    return dialog
