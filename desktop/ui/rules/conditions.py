"""Conditions in the editor: all or any of them, and groups within."""

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.rule_value import DEEPEST
from desktop.ui.icons import Icons
from desktop.ui.kit.button import Button, IconButton
from desktop.ui.kit.choice import Choice
from desktop.ui.kit.label import Label
from desktop.ui.rules.condition_row import ConditionRow
from desktop.ui.rules.ports import Choices

_JOINS = (("all", "All of these hold"), ("any", "Any of these holds"))


class ConditionGroup(QFrame):
    """Conditions joined by all or any; groups stand inside it, at most so deep as rules may.

    Signals:
        changed: something else is asked.
        remove_requested: the person does not want the group.
    """

    changed = Signal()
    remove_requested = Signal()

    def __init__(self, choices: Choices, icons: Icons, depth: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path = ""
        self._choices = choices
        self._icons = icons
        self._depth = depth
        if depth > 1:
            self.setProperty("part", "card")
        self.parts: list[ConditionRow | ConditionGroup] = []
        self.join = Choice("How conditions are joined", least=14)
        self.join.offer(_JOINS)
        self.add_button = Button("Add condition", "small")
        self.group_button = Button("Add group", "small")
        self.group_button.setVisible(depth < DEEPEST)
        self.error = Label("", "danger_small", wrap=True)
        self.error.hide()
        head = QHBoxLayout()
        head.addWidget(self.join, 1)
        head.addWidget(self.add_button)
        head.addWidget(self.group_button)
        if depth > 1:
            remove = IconButton(icons, "close", "Remove this group")
            remove.clicked.connect(self.remove_requested)
            head.addWidget(remove)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        column = QVBoxLayout(self)
        edge = 8 if depth > 1 else 0
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(6)
        column.addLayout(head)
        column.addLayout(self._rows)
        column.addWidget(self.error)
        self.join.currentIndexChanged.connect(self._tell)
        self.add_button.clicked.connect(self.add_condition)
        self.group_button.clicked.connect(self.add_group)

    def show_conditions(self, document: dict[str, Any]) -> None:
        """Show what is kept."""
        join = "any" if "any" in document else "all"
        self.join.set_value(join)
        for part in document[join]:
            if "field" in part:
                self._added(ConditionRow(self._choices, self._icons)).show_condition(part)
            else:
                group = self._added(ConditionGroup(self._choices, self._icons, self._depth + 1))
                group.show_conditions(part)

    def document(self) -> dict[str, Any]:
        """The conditions as a rule's document holds them; each part remembers its path."""
        join = str(self.join.value())
        for place, part in enumerate(self.parts):
            part.path = f"{self.path}.{join}[{place}]"
        return {join: [part.document() for part in self.parts]}

    def add_condition(self) -> None:
        """One more."""
        row = self._added(ConditionRow(self._choices, self._icons))
        row.field.set_value("title")
        row.operator.set_value("contains")
        row.field.setFocus()
        self._tell()

    def add_group(self) -> None:
        """A group with one condition."""
        group = self._added(ConditionGroup(self._choices, self._icons, self._depth + 1))
        group.add_condition()
        self._tell()

    def every(self) -> "Iterator[ConditionRow | ConditionGroup]":
        """The group and all in it, the innermost first."""
        for part in self.parts:
            if isinstance(part, ConditionGroup):
                yield from part.every()
            else:
                yield part
        yield self

    def show_error(self, error: str) -> None:
        """What is wrong with the group itself."""
        self.error.setText(error)
        self.error.setVisible(bool(error))

    def _added(self, part: Any) -> Any:  # noqa: ANN401 a row or a group, handed back as it came
        self.parts.append(part)
        self._rows.addWidget(part)
        part.changed.connect(self._tell)
        part.remove_requested.connect(self._remove)
        return part

    def _remove(self) -> None:
        part = self.sender()
        if isinstance(part, ConditionRow | ConditionGroup):
            self.parts.remove(part)
            self._rows.removeWidget(part)
            part.hide()
            part.deleteLater()
            self.add_button.setFocus()
            self._tell()

    def _tell(self) -> None:
        self.show_error("")
        self.changed.emit()
