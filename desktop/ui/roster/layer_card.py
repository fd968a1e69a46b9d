"""One layer of a rota while it is written: its rhythm, its turns, its hours."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.person import Person
from desktop.ui.icons import Icons
from desktop.ui.kit.button import Button, IconButton
from desktop.ui.kit.card import Card
from desktop.ui.kit.choice import Choice
from desktop.ui.kit.form import FormRows
from desktop.ui.kit.label import Label
from desktop.ui.roster.hours_row import HoursRow
from desktop.ui.roster.time_field import WallField
from desktop.ui.roster.turn_row import TurnRow

_UNITS = (("hour", "hours"), ("day", "days"), ("week", "weeks"), ("month", "months"))
_TURN = re.compile(r"people\[(\d+)\]")
_LENGTH_HINT = "One number, or several for turns of different length: 4, 3."


class LayerCard(Card):
    """Everything about one layer.

    Signals:
        edited: it says something else.
        remove_wanted: it is to go.
        move_wanted: (int) above or below its neighbour.
    """

    edited = Signal()
    remove_wanted = Signal()
    move_wanted = Signal(int)

    def __init__(self, people: Sequence[Person], zones: Sequence[str], icons: Icons) -> None:
        super().__init__("Layer")
        self._people, self._icons = people, icons
        self.name = QLineEdit()
        self.starts = WallField("First handoff", datetime(2026, 1, 5, 9, 0))  # noqa: DTZ001 a wall time
        self.count, self.unit, self.zone = QLineEdit("1"), Choice("Unit"), Choice("Zone", free=True)
        self.unit.offer(_UNITS)
        self.unit.set_value("week")
        self.zone.offer([("", "As the rota"), *((zone, zone) for zone in zones)])
        self.turns: list[TurnRow] = []
        self.hours: list[HoursRow] = []
        self.add_turn_button, self.add_hours_button = (
            Button("Add a turn", "small"),
            Button("Add hours", "small"),
        )
        self.up_button = IconButton(icons, "chevron_up", "Move the layer up")
        self.down_button = IconButton(icons, "chevron_down", "Move the layer down")
        self.remove_button = IconButton(icons, "trash", "Remove the layer")
        self.error = Label("", "danger", wrap=True)
        self._lay_out()
        self._connect()

    def show_document(self, document: Mapping[str, Any]) -> None:
        """Show a layer of a document."""
        self.name.setText(str(document["name"]))
        self.starts.set_wall(datetime.fromisoformat(str(document["start"])))
        count = document["every"]["count"]
        self.count.setText(", ".join(map(str, count)) if isinstance(count, list | tuple) else str(count))
        self.unit.set_value(document["every"]["unit"])
        self.zone.set_value(document.get("zone", ""))
        for entry in document["people"]:
            self._add_turn().show_entry(entry)
        if not self.turns:
            self._add_turn()
        for hours in document.get("restrict", ()):
            self._add_hours().show_document(hours)
        self._number()

    def document(self) -> dict[str, Any]:
        """The layer as a document holds it."""
        found: dict[str, Any] = {
            "name": self.name.text().strip(),
            "start": self.starts.wall().isoformat(timespec="minutes"),
            "every": {"unit": self.unit.value(), "count": self._counts()},
            "people": [turn.entry() for turn in self.turns],
        }
        if self.hours:
            found["restrict"] = [hours.document() for hours in self.hours]
        if self.zone.value():
            found["zone"] = self.zone.value()
        return found

    def show_error(self, path: str, words: str) -> None:
        """What is wrong with a part of it; no words take that away."""
        self.error.setText(words)
        self.error.setVisible(bool(words))
        place = _TURN.match(path)
        for at, turn in enumerate(self.turns):
            is_wrong = bool(words) and place is not None and int(place[1]) == at
            turn.names.setProperty("faulty", is_wrong)
            turn.names.style().unpolish(turn.names)
            turn.names.style().polish(turn.names)

    def _counts(self) -> object:
        parts = [part.strip() for part in self.count.text().replace("/", ",").split(",") if part.strip()]
        numbers = [int(part) if part.isdecimal() else part for part in parts]
        return numbers[0] if len(numbers) == 1 else numbers

    def _add_turn(self, after: TurnRow | None = None) -> TurnRow:
        turn = TurnRow(self._people, self._icons)
        place = self.turns.index(after) + 1 if after is not None else len(self.turns)
        self.turns.insert(place, turn)
        self._turn_column.insertWidget(place, turn)
        turn.edited.connect(self.edited)
        turn.next_wanted.connect(self._go_on)
        turn.remove_wanted.connect(self._remove_turn)
        turn.move_wanted.connect(self._move_turn)
        return turn

    def _add_hours(self) -> HoursRow:
        hours = HoursRow(self._icons)
        self.hours.append(hours)
        self._hours_column.addWidget(hours)
        hours.edited.connect(self.edited)
        hours.remove_wanted.connect(self._remove_hours)
        return hours

    def _append_turn(self) -> None:
        turn = self._add_turn()
        self._number()
        turn.names.setFocus()
        self.edited.emit()

    def _append_hours(self) -> None:
        hours = self._add_hours()
        self._number()
        next(iter(hours.days.values())).setFocus()
        self.edited.emit()

    def _go_on(self) -> None:
        """Enter: on to the next turn; below the last one that names somebody a new one is made."""
        sender = self.sender()
        if not isinstance(sender, TurnRow):
            return
        place = self.turns.index(sender)
        if place + 1 < len(self.turns):
            self.turns[place + 1].names.setFocus()
        elif sender.names.text().strip():
            self._append_turn()

    def _remove_turn(self) -> None:
        sender = self.sender()
        if isinstance(sender, TurnRow):
            place = self.turns.index(sender)
            self.turns.remove(sender)
            _discard(self._turn_column, sender)
            if not self.turns:
                self._add_turn()
            self.turns[min(place, len(self.turns) - 1)].names.setFocus()
            self._number()
            self.edited.emit()

    def _move_turn(self, by: int) -> None:
        sender = self.sender()
        if not isinstance(sender, TurnRow):
            return
        place = self.turns.index(sender) + by
        if 0 <= place < len(self.turns):
            self.turns.remove(sender)
            self.turns.insert(place, sender)
            self._turn_column.removeWidget(sender)
            self._turn_column.insertWidget(place, sender)
            self._number()
            self.edited.emit()

    def _remove_hours(self) -> None:
        sender = self.sender()
        if isinstance(sender, HoursRow):
            self.hours.remove(sender)
            _discard(self._hours_column, sender)
            self.add_hours_button.setFocus()
            self._number()
            self.edited.emit()

    def _number(self, _text: str = "") -> None:
        """Names by which a screen reader tells the parts of several layers apart."""
        name = self.name.text().strip() or "the layer"
        self.set_title(f"Layer {name}" if self.name.text().strip() else "New layer")
        for at, turn in enumerate(self.turns, 1):
            turn.set_place(at, name)
        for at, hours in enumerate(self.hours, 1):
            hours.set_place(at, name)
        self._hours_hint.setVisible(not self.hours)
        parts: tuple[tuple[QWidget, str], ...] = (
            (self.name, "Name of"),
            (self.starts, "First handoff of"),
            (self.count, "Length of a turn in"),
            (self.unit, "Unit of length in"),
            (self.zone, "Zone of"),
            (self.add_turn_button, "Add a turn to"),
            (self.add_hours_button, "Add hours to"),
            (self.up_button, "Move up"),
            (self.down_button, "Move down"),
            (self.remove_button, "Remove"),
        )
        for widget, words in parts:
            widget.setAccessibleName(f"{words} {name}")

    def _connect(self) -> None:
        self.name.textChanged.connect(self._number)
        for field in (self.name, self.count):
            field.textChanged.connect(self.edited)
        self.starts.dateTimeChanged.connect(self.edited)
        self.unit.currentIndexChanged.connect(self.edited)
        self.zone.currentTextChanged.connect(self.edited)
        self.add_turn_button.clicked.connect(self._append_turn)
        self.add_hours_button.clicked.connect(self._append_hours)
        self.remove_button.clicked.connect(self.remove_wanted)
        self.up_button.clicked.connect(self._move_up)
        self.down_button.clicked.connect(self._move_down)

    def _move_up(self) -> None:
        self.move_wanted.emit(-1)

    def _move_down(self) -> None:
        self.move_wanted.emit(1)

    def _lay_out(self) -> None:
        for button in (self.up_button, self.down_button, self.remove_button):
            self.add_to_head(button)
        length = QWidget()
        line = QHBoxLayout(length)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.count)
        line.addWidget(self.unit, 1)
        length.setFocusProxy(self.count)
        rows = FormRows()
        rows.add_row("Name", self.name)
        rows.add_row("Begins", self.starts, "The first handoff; the same local time all year.")
        rows.add_row("A turn lasts", length, _LENGTH_HINT)
        turns, self._turn_column = _column()
        turns_box = QVBoxLayout()
        turns_box.addWidget(turns)
        holder = QWidget()
        holder.setLayout(turns_box)
        turns_box.setContentsMargins(0, 0, 0, 0)
        turns_box.addWidget(self.add_turn_button)
        rows.add_row("Turns", holder, "In order; several names are on call together. Ctrl+↑ and Ctrl+↓ move.")
        hours, self._hours_column = _column()
        self._hours_hint = Label("All the time.", "hint")
        hours_box = QVBoxLayout()
        hours_holder = QWidget()
        hours_holder.setLayout(hours_box)
        hours_box.setContentsMargins(0, 0, 0, 0)
        for widget in (self._hours_hint, hours, self.add_hours_button):
            hours_box.addWidget(widget)
        rows.add_row("On duty", hours_holder, "An end at or before its start runs over midnight.")
        rows.add_row("Zone", self.zone)
        self.error.hide()
        self.body.addWidget(rows)
        self.body.addWidget(self.error)


def _column() -> tuple[QWidget, QVBoxLayout]:
    widget = QWidget()
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    return widget, column


def _discard(column: QVBoxLayout, widget: QWidget) -> None:
    column.removeWidget(widget)
    widget.hide()
    widget.deleteLater()
