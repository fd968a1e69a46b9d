"""What a template is, how far it has come, and what can be done to it as a whole."""

from datetime import datetime

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.kit.button import Button
from desktop.ui.kit.label import ElidedLabel, Label
from desktop.ui.kit.tip import as_tip
from desktop.ui.template.ports import Opened
from desktop.ui.template.words import place_words, state_words


class EditorHead(QWidget):
    """The title of the template, its state, and a button for each deed that is possible."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = ElidedLabel("", "heading")
        self.about = Label("", "secondary", wrap=True)
        self.state = Label("", "secondary", wrap=True)
        self.rights = Label("", "secondary", wrap=True)
        self.change = Button("Change", "primary", keys="Enter")
        self.publish = Button("Publish…", "primary", keys="Ctrl+Enter")
        self.discard = Button("Discard draft…")
        self.versions = Button("Versions")
        self.retire = Button("Stop using…")
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.change, self.publish, self.discard, self.versions, self.retire):
            buttons.addWidget(button)
            button.hide()  # until something is shown
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for label in (self.title, self.about, self.state, self.rights):
            column.addWidget(label)
        column.addLayout(buttons)

    def show_template(
        self, opened: Opened, now: datetime, *, why_not_write: str, why_not_publish: str
    ) -> None:
        """Another template, or the same one as it is by now."""
        row, is_writing = opened.row, opened.draft is not None
        may_write, may_publish = not why_not_write, not why_not_publish
        self.title.setText(row.title)
        self.about.setText(f"{place_words(row.place)}.")
        self.state.setText(f"{state_words(row, now)}.")
        self.change.setVisible(not is_writing and not row.is_retired and may_write)
        self.publish.setVisible(is_writing)
        self.publish.setEnabled(may_publish)
        self.publish.setToolTip(as_tip(why_not_publish))
        self.discard.setVisible(is_writing and may_write)
        self.retire.setVisible(not row.is_retired and bool(row.version) and may_publish)
        self.versions.setVisible(bool(opened.versions))
        self.rights.setText(why_not_write or (why_not_publish if is_writing else ""))
        self.rights.setVisible(bool(self.rights.text()))
