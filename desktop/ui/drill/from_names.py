"""Third step of turning an escalation into a drill: who is called what."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.drill_alias import Alias
from desktop.services.drill_from_escalation import Material
from desktop.ui.kit.button import Button
from desktop.ui.kit.label import Label
from desktop.ui.kit.row_table import RowTable, TwoLineModel
from desktop.ui.kit.table_model import Column
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import one_line

_KINDS = {
    "customer": "Customer", "company": "Another customer", "contact": "Contact", "person": "Colleague",
    "file": "Attachment", "place": "Place", "number": "Number", "other": "Another word",
}  # fmt: skip


class NamesStep(QWidget):
    """Every name that occurs, with the invented one in its place; both can be seen, the invented one changed.

    Signals:
        changed: (str real, str alias)
    """

    changed = Signal(str, str)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Names")
        columns = [
            Column[Alias]("What", _kind, width=150),
            Column[Alias]("On record", _real, width=260, tip=_real),
            Column[Alias]("In the drill", _alias, width=300, tip=_alias),
        ]
        model = TwoLineModel(columns, step=_no_step, sentence=_sentence, strong=(2,))
        self.table = RowTable(model, around.theme, "Names and what stands for them", key=_real)
        self.about = Label("", "secondary", wrap=True)
        self.words = Label("", "strong")
        self.alias = QLineEdit()
        self.change = Button("Change")
        self.real = QLineEdit()
        self.real.setPlaceholderText("Another word")
        self.real.setAccessibleName("Another word to be replaced")
        self.instead = QLineEdit()
        self.instead.setPlaceholderText("Say instead")
        self.instead.setAccessibleName("What to say in its place")
        self.add = Button("Replace it everywhere")
        self._lay_out()
        self.table.picked.connect(self._show_alias)
        self.table.opened.connect(self._write)
        self.change.clicked.connect(self._change)
        self.alias.returnPressed.connect(self._change)
        self.add.clicked.connect(self._add)
        self.instead.returnPressed.connect(self._add)

    def show_material(self, material: Material) -> None:
        """The table as it stands."""
        aliases = material.aliases
        weeks = abs(aliases.weeks)
        way = "back" if aliases.weeks < 0 else "on"
        self.about.setText(
            "The same name is the same everywhere, in whatever writing. Addresses, links, numbers and phone "
            "numbers are replaced by their form. Amounts are multiplied by a secret factor, dates moved "
            f"{way} by {weeks} weeks."
        )
        self.table.show_rows(aliases.entries)
        self._show_alias()

    def focus_first(self) -> None:
        """Put the focus on the table."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_alias(self) -> None:
        row = self.table.current()
        self.change.setEnabled(row is not None)
        if row is not None:
            self.words.setText(f"{one_line(row.real)[:60]} is called")
            self.alias.setAccessibleName(self.words.text())
            self.alias.setText(row.alias)

    def _write(self) -> None:
        self.alias.setFocus(Qt.FocusReason.OtherFocusReason)
        self.alias.selectAll()

    def _change(self) -> None:
        row, alias = self.table.current(), self.alias.text().strip()
        if row is not None and alias and alias != row.alias:
            self.changed.emit(row.real, alias)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self) -> None:
        real, alias = self.real.text().strip(), self.instead.text().strip()
        if not real or not alias:
            (self.instead if real else self.real).setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.changed.emit(real, alias)
        self.real.clear()
        self.instead.clear()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self.words)
        line.addWidget(self.alias, 1)
        line.addWidget(self.change)
        more = QHBoxLayout()
        more.setSpacing(10)
        more.addWidget(self.real, 1)
        more.addWidget(self.instead, 1)
        more.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 12, 20, 12)
        column.setSpacing(10)
        column.addWidget(self.about)
        column.addWidget(self.table, 1)
        column.addLayout(line)
        column.addLayout(more)


def _no_step(_row: Alias) -> tuple[str, int]:
    return "", -1


def _kind(row: Alias) -> str:
    return _KINDS.get(row.kind, row.kind)


def _real(row: Alias) -> str:
    return one_line(row.real)


def _alias(row: Alias) -> str:
    return one_line(row.alias)


def _sentence(row: Alias) -> str:
    return f"{_kind(row)} {row.real} is called {row.alias}"
