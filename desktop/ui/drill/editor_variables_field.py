"""The variables of a scenario: their names, what they stand for, and where they are used."""

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.drill_edit import new_id
from desktop.domain.drill_names import references
from desktop.domain.drill_node import Fault, Path
from desktop.ui.drill.editor_fields import LineField, NameField
from desktop.ui.drill.editor_form import focus_on
from desktop.ui.drill.editor_pen import Pen
from desktop.ui.drill.editor_said import place_of, sentence_of
from desktop.ui.icons import Icons
from desktop.ui.kit.button import Button, IconButton
from desktop.ui.kit.label import Label
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import counted

_EMPTY = "No variables. Names of customers and products that change from drill to drill belong here."


class _Line(QWidget):
    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self.name = NameField()
        self.name.setAccessibleName("Variable: name")
        self.value = LineField()
        self.value.setAccessibleName("Variable: what it stands for")
        self.remove = IconButton(icons, "trash", "Remove the variable")
        self.used = Label("", "hint", wrap=True)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self.name, 1)
        line.addWidget(self.value, 3)
        line.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(line)
        column.addWidget(self.used)


class VariablesField(QWidget):
    """A line for each."""

    def __init__(self, pen: Pen, around: Surroundings) -> None:
        super().__init__()
        self._pen = pen
        self._icons = around.icons
        self.lines: list[_Line] = []
        self.empty = Label(_EMPTY, "secondary", wrap=True)
        self.add = Button("Add variable", "small")
        self.add.clicked.connect(self.add_line)
        self._column = QVBoxLayout()
        self._column.setSpacing(6)
        below = QHBoxLayout()
        below.addWidget(self.add)
        below.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(self._column)
        whole.addWidget(self.empty)
        whole.addLayout(below)

    def show_at(self, _base: Path | None) -> None:
        """There is one place for variables."""
        self.refresh()

    def refresh(self) -> None:
        """Show what is written by now."""
        if not self._pen.is_ready:
            return
        variables = self._pen.scenario.variables
        while len(self.lines) > len(variables):
            line = self.lines.pop()
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        while len(self.lines) < len(variables):
            self.lines.append(self._made())
        for line, (name, value) in zip(self.lines, variables.items(), strict=True):
            line.name.show_value(name)
            line.value.show_value(value)
            line.used.setText(self._used(name))
        self.empty.setVisible(not variables)

    def add_line(self) -> None:
        """One more."""
        name = new_id(self._pen.scenario, "variable")
        self._pen.put(("variables", name), "", typed=False)
        self.refresh()
        focus_on(self.lines[-1].name)
        self.lines[-1].name.selectAll()

    def field_at(self, path: Path) -> QWidget | None:
        """The value of a variable, or the button that adds one."""
        if path[:1] != ("variables",):
            return None
        names = list(self._pen.scenario.variables)
        return self.lines[names.index(str(path[1]))].value if path[1:] and path[1] in names else self.add

    def show_faults(self, faults: Sequence[Fault]) -> None:
        """Say below each what is wrong with it."""
        for line, name in zip(self.lines, self._pen.scenario.variables, strict=False):
            found = next((f for f in faults if f.path[:2] == ("variables", name)), None)
            line.used.set_role("danger_small" if found is not None else "hint")
            line.used.setText(sentence_of(found) if found is not None else self._used(name))

    def _used(self, name: str) -> str:
        places = references(self._pen.scenario, "variable", name)
        if not places:
            return f"Not used yet: write {{{{{name}}}}} in a text."
        said = list(dict.fromkeys(place_of(self._pen.document, path) for path in places))
        more = f" and {len(said) - 6} more" if len(said) > 6 else ""
        return f"Used in {counted(len(places), 'place')}: {'; '.join(said[:6])}{more}."

    def _made(self) -> _Line:
        line = _Line(self._icons)
        line.name.renamed.connect(self._rename)
        line.value.edited.connect(self._write)
        line.remove.clicked.connect(self._remove)
        self._column.addWidget(line)
        return line

    def _name(self, sender: QObject | None) -> tuple[str, _Line] | None:
        names = list(self._pen.scenario.variables)
        for name, line in zip(names, self.lines, strict=False):
            if sender in (line.name, line.value, line.remove):
                return name, line
        return None

    def _rename(self, old: str, new: str) -> None:
        if (found := self._name(self.sender())) is None:
            return
        if why := self._pen.rename("variable", old, new):
            found[1].name.refuse(why, old)
            found[1].used.set_role("danger_small")
            found[1].used.setText(why)

    def _write(self, value: object) -> None:
        if (found := self._name(self.sender())) is not None:
            self._pen.put(("variables", found[0]), str(value or ""))

    def _remove(self) -> None:
        if (found := self._name(self.sender())) is not None:
            self._pen.put(("variables", found[0]), None, typed=False)
            self.refresh()
            focus_on(self.add)
