"""The versions of one rota: what was said about each, by whom, and the way back to it."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from db.queries.schedule import VersionRow
from desktop.domain.clock import Clock
from desktop.domain.instant import from_us
from desktop.ui.kit.button import Button
from desktop.ui.kit.card import Section
from desktop.ui.kit.label import Label
from desktop.ui.kit.scroll import ScrollColumn
from desktop.ui.roster.ports import RosterFound
from desktop.ui.text import counted, listed, moment


class VersionList(QFrame):
    """Every version, newest first.

    Signals:
        restore_wanted: (VersionRow) write it again; what it would move is shown before it is saved.
        closed: the person has seen enough.
    """

    restore_wanted = Signal(object)
    closed = Signal()

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._versions: dict[int, VersionRow] = {}
        self.buttons: dict[int, Button] = {}
        self.title = Label("", "heading")
        self.close_button = Button("Back", keys="Esc")
        self.close_button.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 12, 8)
        head.addWidget(self.title, 1)
        head.addWidget(self.close_button)
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setAlignment(Qt.AlignmentFlag.AlignTop)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(head)
        whole.addWidget(ScrollColumn(inner), 1)

    def show_versions(self, name: str, versions: Sequence[VersionRow], found: RosterFound) -> None:
        """Show these, the newest first."""
        while self._column.count():
            item = self._column.takeAt(0)
            old = item.widget() if item is not None else None
            if old is not None:
                old.hide()
                old.deleteLater()
        self.buttons, self._versions = {}, {row.version: row for row in versions}
        self.title.setText(f"Versions of {name}")
        for place, row in enumerate(versions):
            self._column.addWidget(self._section(row, found, is_newest=place == 0))
        self.close_button.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _section(self, row: VersionRow, found: RosterFound, *, is_newest: bool) -> Section:
        when = moment(from_us(row.at_us), self._clock.now())
        section = Section(f"Version {row.version}", f"{when}, by {row.by}")
        if not is_newest:
            button = self.buttons[row.version] = Button("Restore…", "small")
            button.setObjectName(str(row.version))
            button.setAccessibleName(f"Restore version {row.version}")
            button.clicked.connect(self._press)
            section.add_to_head(button)
        section.body.addWidget(Label(row.note or "Nothing was noted.", wrap=True))
        for layer in reversed(row.document["layers"]):
            section.body.addWidget(Label(_layer_words(layer, found), "hint", wrap=True))
        return section

    def _press(self) -> None:
        sender = self.sender()
        if isinstance(sender, QObject):
            self.restore_wanted.emit(self._versions[int(sender.objectName())])


def _layer_words(layer: dict[str, object], found: RosterFound) -> str:
    people = layer["people"]
    names = [_entry_words(entry, found) for entry in people] if isinstance(people, list | tuple) else []
    every = layer["every"]
    length = _length_words(every) if isinstance(every, dict) else ""
    return f"{layer['name']}: {counted(len(names), 'turn')} of {length}: {listed(names) or 'nobody'}"


def _length_words(every: dict[str, object]) -> str:
    count, unit = every["count"], str(every["unit"])
    if isinstance(count, list | tuple):
        return f"{listed([str(each) for each in count])} {unit}s"
    return counted(int(str(count)), unit)


def _entry_words(entry: object, found: RosterFound) -> str:
    people = entry["people"] if isinstance(entry, dict) else entry
    ids = [str(each) for each in people] if isinstance(people, list | tuple) else [str(people)]
    return " with ".join(found.name_of(int(each)) if each.isdecimal() else each for each in ids) or "nobody"
