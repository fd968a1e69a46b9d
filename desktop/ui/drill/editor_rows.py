"""A list of a scenario as lines of fields: added, moved and removed by mouse and keyboard."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.drill_node import Fault, Path
from desktop.domain.drill_scenario import Scenario
from desktop.ui.drill.editor_fields import LineField, NameField, SpanField, TextField
from desktop.ui.drill.editor_form import AnyField, Spec, fill_field, focus_on, made_field
from desktop.ui.drill.editor_mapping import MappingField
from desktop.ui.drill.editor_pen import Pen
from desktop.ui.drill.editor_picks import NumberField
from desktop.ui.drill.editor_said import sentence_of
from desktop.ui.drill.editor_variables import complete_variables
from desktop.ui.icons import Icons
from desktop.ui.kit.button import Button, IconButton
from desktop.ui.kit.label import Label
from desktop.ui.surroundings import Surroundings

_ALT = Qt.KeyboardModifier.AltModifier
_MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


@dataclass(frozen=True, slots=True)
class RowsSpec:
    """A list: its place, the fields of a line, the verb that adds one and what it begins as.

    A cell with an empty key is the whole entry. `remove` takes one out where more than the entry goes.
    With `extras`, an entry has fields of the writer's own too; these names are usual.
    """

    key: str
    thing: str
    cells: tuple[Spec, ...]
    begin: Callable[[Scenario], object]
    most: int = 100
    empty: str = ""
    remove: Callable[[Scenario, int], Scenario] | None = None
    extras: tuple[str, ...] | None = None
    per_line: int = 9


class Row(QWidget):
    """One entry: its fields side by side, and what is done with it as a whole."""

    def __init__(self, spec: RowsSpec, pen: Pen, around: Surroundings) -> None:
        super().__init__()
        self.spec = spec
        self._pen = pen
        self.fields: list[AnyField] = []
        line, second = QHBoxLayout(), QHBoxLayout()
        for each in (line, second):
            each.setContentsMargins(0, 0, 0, 0)
            each.setSpacing(6)
        for at, cell in enumerate(spec.cells):
            field = made_field(cell, around.theme, f"{spec.thing}: {cell.label}")
            self.fields.append(field)
            _narrow(field, cell)
            (line if at < spec.per_line else second).addWidget(field, _stretch(cell))
            if cell.kind == "moment":
                second.addStretch(1)
            if not field.toolTip():
                field.setToolTip(cell.label)
            if cell.kind == "line":
                complete_variables(field, pen)
        self.up, self.down, self.remove = _buttons(around.icons, spec.thing)
        for button in (self.up, self.down, self.remove):
            line.addWidget(button)
        self.error = Label("", "danger_small", wrap=True)
        self.error.hide()
        self.extras: MappingField | None = None
        if spec.extras is not None:
            skip = [cell.key for cell in spec.cells]
            self.extras = MappingField(pen, around.icons, spec.thing, known=spec.extras, skip=skip)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(line)
        if second.count():
            column.addLayout(second)
        if self.extras is not None:
            column.addWidget(self.extras)
        column.addWidget(self.error)

    def show_at(self, path: Path) -> None:
        """Show the entry of a place."""
        for cell, field in zip(self.spec.cells, self.fields, strict=True):
            fill_field(field, cell, self._pen, (*path, *cell.path))
        if self.extras is not None:
            self.extras.show_at(path)

    def say(self, error: str) -> None:
        """What is wrong with it."""
        self.error.setText(error)
        self.error.setVisible(bool(error))


class RowsField(QWidget):
    """All entries of a list, and the button that adds one."""

    def __init__(self, spec: RowsSpec, pen: Pen, around: Surroundings, base: Path | None = ()) -> None:
        super().__init__()
        self.spec = spec
        self._pen = pen
        self._around = around
        self._base = base
        self.rows: list[Row] = []
        self.setAccessibleName(spec.thing)
        self.empty = Label(spec.empty, "secondary", wrap=True)
        self.add = Button(f"Add {spec.thing.lower()}", "small")
        self.add.clicked.connect(self.add_row)
        self._column = QVBoxLayout()
        self._column.setSpacing(6)
        below = QHBoxLayout()
        below.addWidget(self.add)
        below.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6)
        whole.addLayout(self._column)
        whole.addWidget(self.empty)
        whole.addLayout(below)

    @property
    def path(self) -> Path:
        """Where the list stands."""
        return (*(self._base or ()), *Spec(self.spec.key, "").path)

    def show_at(self, base: Path | None) -> None:
        """Show the list of another thing."""
        self._base = base
        self.refresh()

    def refresh(self) -> None:
        """Show what is written by now."""
        if self._base is None or not self._pen.is_ready:
            return
        entries = self._entries()
        while len(self.rows) > len(entries):
            row = self.rows.pop()
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        while len(self.rows) < len(entries):
            self.rows.append(self._made())
        for at, row in enumerate(self.rows):
            row.show_at((*self.path, at))
            row.up.setEnabled(at > 0)
            row.down.setEnabled(at < len(entries) - 1)
        self.empty.setVisible(not entries and bool(self.spec.empty))
        self.add.setEnabled(len(entries) < self.spec.most)

    def add_row(self) -> None:
        """One more at the end."""
        entries = self._entries()
        if len(entries) < self.spec.most:
            self._put([*entries, self.spec.begin(self._pen.scenario)])
            focus_on(self._first(len(entries)))

    def remove_row(self, at: int) -> None:
        """Take one out; undo puts it back."""
        if self.spec.remove is not None:
            remove = self.spec.remove
            self._pen.edit(lambda scenario: remove(scenario, at), (*self.path, at))
        else:
            entries = self._entries()
            del entries[at]
            self._put(entries)
        focus_on(self._first(min(at, len(self.rows) - 1)) if self.rows else self.add)

    def move_row(self, at: int, by: int) -> None:
        """Take one up or down."""
        entries = self._entries()
        if 0 <= at < len(entries) and 0 <= at + by < len(entries):
            entries.insert(at + by, entries.pop(at))
            self._put(entries)
            focus_on(self._first(at + by))

    def field_at(self, path: Path) -> QWidget | None:
        """The field of a place, or the nearest around it."""
        own = self.path
        if self._base is None or path[: len(own)] != own:
            return None
        rest = path[len(own) :]
        if not rest or not isinstance(rest[0], int) or rest[0] >= len(self.rows):
            return self.add
        for cell, field in zip(self.spec.cells, self.rows[rest[0]].fields, strict=True):
            if cell.path and rest[1 : 1 + len(cell.path)] == cell.path:
                return field  # type: ignore[no-any-return]
        return self._first(rest[0])

    def show_faults(self, faults: Sequence[Fault]) -> None:
        """Say below each entry what is wrong with it."""
        for at, row in enumerate(self.rows):
            own = (*self.path, at)
            unread = next((why for path, why in self._pen.unread.items() if path[: len(own)] == own), "")
            found = next((f for f in faults if f.path[: len(own)] == own and not f.is_warning), None)
            row.say(unread or (sentence_of(found) if found is not None else ""))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = self._at(self.focusWidget())
        if at >= 0 and event.modifiers() & _ALT and event.key() in _MOVES:
            self.move_row(at, _MOVES[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def _entries(self) -> list[Any]:
        value = self._pen.value(self.path)
        return list(value) if isinstance(value, list) else []

    def _put(self, entries: list[Any]) -> None:
        self._pen.put(self.path, entries or None, typed=False)
        self.refresh()

    def _made(self) -> Row:
        row = Row(self.spec, self._pen, self._around)
        for cell, field in zip(self.spec.cells, row.fields, strict=True):
            field.edited.connect(self._write)
            field.unread.connect(self._note)
            if cell.kind == "name":
                field.renamed.connect(self._rename)
        row.up.clicked.connect(self._press)
        row.down.clicked.connect(self._press)
        row.remove.clicked.connect(self._press)
        self._column.addWidget(row)
        return row

    def _first(self, at: int) -> AnyField | None:
        fields = self.rows[at].fields if 0 <= at < len(self.rows) else []
        return next((f for f in fields if not isinstance(f, NameField)), fields[0] if fields else None)

    def _at(self, widget: QObject | None) -> int:
        return next(
            (
                at
                for at, row in enumerate(self.rows)
                if isinstance(widget, QWidget) and (row is widget or row.isAncestorOf(widget))
            ),
            -1,
        )

    def _place(self, sender: QObject | None) -> tuple[Path, Spec] | None:
        at = self._at(sender)
        if at < 0:
            return None
        cell = self.spec.cells[self.rows[at].fields.index(sender)]
        return (*self.path, at, *cell.path), cell

    def _write(self, value: object) -> None:
        if (found := self._place(self.sender())) is not None:
            path, cell = found
            self._pen.put(path, "" if value is None and not cell.path else value)

    def _note(self, why: str) -> None:
        if (found := self._place(self.sender())) is not None:
            self._pen.note_unread(found[0], why)
            self.rows[self._at(self.sender())].say(why)

    def _rename(self, old: str, new: str) -> None:
        field = self.sender()
        found = self._place(field)
        if found is None or not isinstance(field, NameField):
            return
        owner = str(self._pen.value((*self.path[:-1], "id")) or "") if found[1].offers == "option" else ""
        if why := self._pen.rename(found[1].offers, old, new, owner):
            field.refuse(why, old)
            self.rows[self._at(field)].say(why)

    def _press(self) -> None:
        sender = self.sender()
        at = self._at(sender)
        if at < 0:
            return
        row = self.rows[at]
        if sender is row.remove:
            self.remove_row(at)
        else:
            self.move_row(at, -1 if sender is row.up else 1)


def _buttons(icons: Icons, thing: str) -> tuple[IconButton, IconButton, IconButton]:
    name = thing.lower()
    return (
        IconButton(icons, "chevron_up", f"Move the {name} up (Alt+Up)"),
        IconButton(icons, "chevron_down", f"Move the {name} down (Alt+Down)"),
        IconButton(icons, "trash", f"Remove the {name}"),
    )


def _stretch(cell: Spec) -> int:
    return {"line": 4, "pick": 3, "typed_pick": 3, "name": 1}.get(cell.kind, 0)


def _narrow(field: AnyField, cell: Spec) -> None:
    if isinstance(field, SpanField):
        field.setMaximumWidth(110)
        field.setPlaceholderText(cell.label)
    elif isinstance(field, NameField):
        field.setMaximumWidth(130)
        field.setMinimumWidth(70)
        field.setPlaceholderText(cell.label)
    elif isinstance(field, NumberField):
        field.setMaximumWidth(140)
        field.setPrefix("weight " if cell.label == "Weight" else "")
        field.setSuffix(" at most" if cell.label == "How many" else "")
    elif isinstance(field, LineField | TextField):
        field.setPlaceholderText(cell.label)
