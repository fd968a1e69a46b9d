"""One turn of a layer: who is on call together, and from and to which day they take part."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop.domain.person import Person
from desktop.ui.icons import Icons
from desktop.ui.kit.button import IconButton
from desktop.ui.kit.keys import is_enter
from desktop.ui.kit.label import Label
from desktop.ui.kit.suggest import SuggestField, Suggestion

_CONTROL = Qt.KeyboardModifier.ControlModifier


class NamesField(SuggestField):
    """Names one after the other, parted by commas; the last one is completed from those at the desk."""

    def __init__(self, people: Sequence[Person], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._people = tuple(people)
        self._before = ""
        self.query_changed.connect(self._search)
        self.picked.connect(self._take)

    def ids(self) -> list[str]:
        """Who is meant: ids as text, and what is typed where that stands for nobody."""
        return [self._meant(part.strip()) for part in self.text().split(",") if part.strip()]

    def show_ids(self, ids: Sequence[str]) -> None:
        """Show these people."""
        names = {str(person.id): person.name for person in self._people}
        self.setText(", ".join(names.get(person, person) for person in ids))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & _CONTROL and event.key() in (
            Qt.Key.Key_Up,
            Qt.Key.Key_Down,
            Qt.Key.Key_Delete,
        ):
            event.ignore()  # for the row: the turn is moved, or goes
        else:
            super().keyPressEvent(event)

    def _search(self, text: str) -> None:
        before, comma, last = text.rpartition(",")
        self._before = f"{before}{comma} " if comma else ""
        typed = last.strip().casefold()
        found = [person for person in self._people if typed and _begins(person.name, typed)]
        self.set_suggestions([Suggestion(person.id, person.name, person.team) for person in found])

    def _take(self, person_id: object) -> None:
        name = next((person.name for person in self._people if person.id == person_id), "")
        self.setText(f"{self._before}{name}")

    def _meant(self, typed: str) -> str:
        exact = [person for person in self._people if person.name.casefold() == typed.casefold()]
        found = exact or [person for person in self._people if _begins(person.name, typed.casefold())]
        return str(found[0].id) if len(found) == 1 else typed


class TurnRow(QWidget):
    """A turn; empty is a slot of nobody. Enter goes on to the next, Ctrl with arrows moves it.

    Signals:
        edited: it says something else.
        next_wanted, remove_wanted: the person goes on below, or wants it gone.
        move_wanted: (int) earlier or later.
    """

    edited = Signal()
    next_wanted = Signal()
    remove_wanted = Signal()
    move_wanted = Signal(int)

    def __init__(self, people: Sequence[Person], icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place = Label("1", "hint")
        self.names = NamesField(people)
        self.names.setPlaceholderText("Nobody: an empty slot")
        self.joins, self.leaves = _day("joins"), _day("leaves")
        self.remove_button = IconButton(icons, "trash", "Remove this turn")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(self.place)
        line.addWidget(self.names, 1)
        line.addWidget(self.joins)
        line.addWidget(self.leaves)
        line.addWidget(self.remove_button)
        for field in (self.names, self.joins, self.leaves):
            field.textChanged.connect(self.edited)
        self.remove_button.clicked.connect(self.remove_wanted)

    def set_place(self, place: int, layer: str) -> None:
        """Which turn of its layer it is."""
        self.place.setText(str(place))
        where = f"{place} of {layer}"
        self.names.setAccessibleName(f"Turn {where}: who")
        self.joins.setAccessibleName(f"Turn {where}: first day")
        self.leaves.setAccessibleName(f"Turn {where}: last day")
        self.remove_button.setAccessibleName(f"Remove turn {where}")

    def show_entry(self, entry: Mapping[str, Any] | Sequence[str]) -> None:
        """Show an entry of a document."""
        parts: Mapping[str, Any] = entry if isinstance(entry, Mapping) else {"people": entry}
        people = parts["people"]
        self.names.show_ids([people] if isinstance(people, str) else [str(each) for each in people])
        self.joins.setText(str(parts.get("from", "")))
        self.leaves.setText(str(parts.get("to", "")))

    def entry(self) -> Mapping[str, Any] | Sequence[str]:
        """The entry as a document holds it."""
        dates = {"from": self.joins.text().strip(), "to": self.leaves.text().strip()}
        kept = {key: day for key, day in dates.items() if day}
        return {"people": self.names.ids(), **kept} if kept else self.names.ids()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.modifiers() & _CONTROL and event.key() in moves:
            self.move_wanted.emit(moves[Qt.Key(event.key())])
        elif event.modifiers() & _CONTROL and event.key() == Qt.Key.Key_Delete:
            self.remove_wanted.emit()
        elif is_enter(event):
            self.next_wanted.emit()
        else:
            super().keyPressEvent(event)


def _day(words: str) -> QLineEdit:
    field = QLineEdit()
    field.setPlaceholderText(words)
    field.setFixedWidth(field.fontMetrics().horizontalAdvance("2026-12-31 ") + 26)
    return field


def _begins(name: str, typed: str) -> bool:
    folded = name.casefold()
    return folded.startswith(typed) or any(word.startswith(typed) for word in folded.split())
