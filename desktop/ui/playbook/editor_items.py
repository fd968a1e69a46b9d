"""The steps of a playbook while they are written: each keeps its id, whatever becomes of its words."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.domain.playbook import Step
from desktop.domain.playbook_check import slug_of
from desktop.ui.kit.tip import as_tip
from desktop.ui.playbook.editor_words import words_for_id
from desktop.ui.playbook.words import KINDS
from desktop.ui.text import one_line

_LINE = 300
Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole


@dataclass(slots=True)
class Item:
    """A step; `is_new` until its first words are complete. `unread` is a due time that cannot be read."""

    step: Step
    is_new: bool = False
    unread: str = ""


class StepModel(QAbstractListModel):
    """The steps in their order. The id of a new one is made of its words once, when they are complete."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.items: list[Item] = []
        self._known: set[str] = set()

    def show_steps(self, steps: Iterable[Step], known: Iterable[str]) -> None:
        """Write these; `known` are ids that no new step may take."""
        self.beginResetModel()
        self.items = [Item(step) for step in steps]
        self._known = {*known, *(item.step.id for item in self.items)}
        self.endResetModel()

    def steps(self) -> tuple[Step, ...]:
        """The steps, new ones with the id that their words give by now."""
        found: list[Step] = []
        taken = self._known | {item.step.id for item in self.items if not item.is_new}
        for item in self.items:
            step = item.step
            if item.is_new:
                step = replace(step, id=slug_of(words_for_id(step.text), taken, "step"))
            taken = taken | {step.id}
            found.append(step)
        return tuple(found)

    def settle(self) -> None:
        """Let new steps that have words keep the id that is made of them, for good."""
        for item, step in zip(self.items, self.steps(), strict=True):
            if item.is_new and step.text.strip():
                item.step, item.is_new = step, False
                self._known.add(step.id)

    def change(self, row: int, step: Step, unread: str = "") -> None:
        """Other words in a step."""
        item = self.items[row]
        item.step, item.unread = replace(step, id=item.step.id), unread
        self.dataChanged.emit(self.index(row), self.index(row))

    def insert(self, row: int, item: Item) -> None:
        """Put a step in."""
        self.beginInsertRows(QModelIndex(), row, row)
        self.items.insert(row, item)
        self.endInsertRows()
        self._renumber()

    def take(self, row: int) -> Item:
        """Take a step out."""
        self.beginRemoveRows(QModelIndex(), row, row)
        item = self.items.pop(row)
        self.endRemoveRows()
        self._renumber()
        return item

    def move(self, row: int, by: int) -> None:
        """Take a step up or down by one."""
        parent = QModelIndex()
        self.beginMoveRows(parent, row, row, parent, row + by + (by > 0))
        self.items.insert(row + by, self.items.pop(row))
        self.endMoveRows()
        self._renumber()

    def row_of(self, step_id: str) -> int:
        """Where a step stands; -1 for one that is not there."""
        return next((at for at, step in enumerate(self.steps()) if step.id == step_id), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        if not 0 <= index.row() < len(self.items):
            return None
        step = self.items[index.row()].step
        text = one_line(step.text[:_LINE]) or "No words yet"
        if role == Role.DisplayRole:
            return f"{index.row() + 1}.  {text}"
        if role == Role.AccessibleTextRole:
            optional = ", may be left out" if step.is_optional else ""
            return f"Step {index.row() + 1}, {KINDS[step.kind.value]}: {text}{optional}"
        if role == Role.ToolTipRole:
            return as_tip(f"{KINDS[step.kind.value]}: {text}")
        return None

    def _renumber(self) -> None:
        if self.items:
            self.dataChanged.emit(self.index(0), self.index(len(self.items) - 1))
