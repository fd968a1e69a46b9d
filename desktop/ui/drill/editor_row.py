"""One entry of a list of a scenario: its fields side by side, and what is done with it as a whole."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.drill_node import Path
from desktop.domain.drill_scenario import Scenario
from desktop.ui.drill.editor_fields import LineField, NameField, SpanField, TextField
from desktop.ui.drill.editor_form import AnyField, Spec, fill_field, made_field
from desktop.ui.drill.editor_mapping import MappingField
from desktop.ui.drill.editor_pen import Pen
from desktop.ui.drill.editor_picks import NumberField
from desktop.ui.drill.editor_variables import complete_variables
from desktop.ui.icons import Icons
from desktop.ui.kit.button import IconButton
from desktop.ui.kit.label import Label
from desktop.ui.surroundings import Surroundings


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
