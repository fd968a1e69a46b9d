"""The playbooks that fit an escalation, each with its reason; none is opened by itself."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.services.playbook_suggestion import Suggestion
from desktop.ui.kit.button import Button
from desktop.ui.kit.card import Section
from desktop.ui.kit.label import Label

_MOST = 3
_NONE = "No published playbook names its area, type, tier or priority. Find one by words."
_NO_MORE = "Nothing else fits by its tags."


class Suggested(Section):
    """A line for each of the best.

    Signals:
        opened: (int playbook) to be opened on the escalation.
        read: (int playbook) to be read first.
        find_wanted: another one is wanted.
    """

    opened = Signal(int)
    read = Signal(int)
    find_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Fits this escalation", parent=parent)
        self._shown: tuple[Suggestion, ...] | None = None
        self._rows: list[QWidget] = []
        self.none = Label(_NONE, "secondary", wrap=True)
        self.find_button = Button("Find a playbook", keys="Ctrl+P")
        self.find_button.clicked.connect(self.find_wanted)
        self.setFocusProxy(self.find_button)
        line = QHBoxLayout()
        line.addWidget(self.find_button)
        line.addStretch(1)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(8)
        self.body.addLayout(self._lines)
        self.body.addWidget(self.none)
        self.body.addLayout(line)

    def show_suggestions(self, found: Sequence[Suggestion], *, has_run: bool) -> None:
        """Show the best of these."""
        self.none.setText(_NO_MORE if has_run else _NONE)
        self.none.setVisible(not found)
        self.set_title("Fits as well" if has_run else "Fits this escalation")
        if self._shown == tuple(found):
            return
        self._shown = tuple(found)
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows = [self._made(one) for one in found[:_MOST]]
        for row in self._rows:
            self._lines.addWidget(row)

    def _made(self, one: Suggestion) -> QWidget:
        row = QWidget()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Label(f"{one.title} · v{one.version}", "strong", wrap=True))
        words.addWidget(Label(", ".join(one.reasons), "secondary", wrap=True))
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addLayout(words, 1)
        for verb, press in (("Read", self._read), ("Open", self._open)):
            button = Button(verb)
            button.setObjectName(str(one.playbook_id))
            button.setAccessibleName(f"{verb} “{one.title}”")
            button.clicked.connect(press)
            line.addWidget(button)
        return row

    def _open(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.opened.emit(int(sender.objectName()))

    def _read(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.read.emit(int(sender.objectName()))
