"""A list of a scenario as lines of fields: added, moved and removed by mouse and keyboard."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.drill_node import Fault, Path
from desktop.ui.drill.editor_fields import NameField
from desktop.ui.drill.editor_form import AnyField, Spec, focus_on
from desktop.ui.drill.editor_pen import Pen
from desktop.ui.drill.editor_row import Row, RowsSpec
from desktop.ui.drill.editor_said import sentence_of
from desktop.ui.kit.button import Button
from desktop.ui.kit.label import Label
from desktop.ui.surroundings import Surroundings

_ALT = Qt.KeyboardModifier.AltModifier
_MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


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
        if why := self._pen.rename(found[1].offers, old, new, owner, found[0]):
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
