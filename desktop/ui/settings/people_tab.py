"""Who works here, and who else there is."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QWidget

from desktop.domain.errors import DeskError
from desktop.domain.person import Person
from desktop.ui.kit.button import Button
from desktop.ui.kit.card import Card
from desktop.ui.kit.form import FormRows
from desktop.ui.kit.row_table import RowTable, TwoLineModel
from desktop.ui.kit.table_model import Column
from desktop.ui.settings.parts import TabColumn
from desktop.ui.settings.person_form import PersonForm
from desktop.ui.settings.ports import KeepsPeople
from desktop.ui.tasks import TaskRunner
from desktop.ui.text import listed
from desktop.ui.theme import Theme

_TABLE_ROWS = 9


class PeopleTab(TabColumn):
    """The operator, the list of people, and the form of one of them.

    Signals:
        operator_changed: somebody else works here from now on.
        message_requested: (str) what was done.
    """

    operator_changed = Signal()
    message_requested = Signal(str)

    def __init__(
        self, people: KeepsPeople, runner: TaskRunner, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._people = people
        self._runner = runner
        self._operator: Person | None = None
        self.operator = QComboBox()
        rows = FormRows()
        self.operator_row = rows.add_row(
            "&Works here now", self.operator, "Whatever is done carries this name."
        )
        me = Card("Me")
        me.body.addWidget(rows)
        self.model = TwoLineModel(_COLUMNS, step=_step, sentence=_sentence, second=_second)
        self.table = RowTable(self.model, theme, "People", key=_key, stretch=1, spare=(2,))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.edit_button = Button("Edit", keys="Enter")
        self.new_button = Button("Add person…")
        self.form = PersonForm()
        self.form.hide()
        self._list = Card("People")
        self._list.add_to_head(self.edit_button)
        self._list.add_to_head(self.new_button)
        self._list.body.addWidget(self.table)
        self.add(me)
        self.add(self._list)
        self.add(self.form)
        self.finish()
        self.operator.activated.connect(self._choose_operator)
        self.table.opened.connect(self.edit)
        self.edit_button.clicked.connect(self.edit)
        self.new_button.clicked.connect(self.add_person)
        self.form.keep_requested.connect(self._keep)
        self.form.cancelled.connect(self._close_form)

    def refresh(self) -> None:
        """Fetch the people anew."""
        self._runner.run(partial(_all, self._people), self._show, owner=self)

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        self.operator.setFocus()

    def edit(self) -> None:
        """Open the form of the chosen person."""
        person = self.table.current()
        if person is not None:
            self._open_form(person)

    def add_person(self) -> None:
        """Open the form of a new person."""
        zone = self._operator.zone if self._operator is not None else "UTC"
        self._open_form(Person(0, "", "", zone=zone))

    def _open_form(self, person: Person) -> None:
        self.form.show_person(person)
        self._list.hide()
        self.form.show()
        self.form.name.setFocus()

    def _close_form(self) -> None:
        self.form.hide()
        self._list.show()
        self.table.setFocus()

    def _show(self, found: "_Everybody") -> None:
        self._operator = found.operator
        self.table.show_rows(found.people)
        self.table.fit_height(_TABLE_ROWS)
        self.operator.clear()
        for person in found.people:
            if person.active:
                self.operator.addItem(person.name, person.id)
        at = self.operator.findData(found.operator.id) if found.operator is not None else -1
        self.operator.setCurrentIndex(at)
        self.operator.setPlaceholderText("Choose who you are")
        self.operator_row.set_error(
            "" if at >= 0 else "Nobody has said who works at this desk. Choose yourself."
        )

    def _choose_operator(self, at: int) -> None:
        work = partial(self._people.set_operator, int(self.operator.itemData(at)))
        self._runner.run(work, self._note_operator, owner=self)

    def _note_operator(self, person: Person) -> None:
        self.message_requested.emit(f"{person.name} works here now")
        self.operator_changed.emit()
        self.refresh()

    def _keep(self, person: Person) -> None:
        self._runner.run(partial(_keep, self._people, person), self._kept, self.form.show_error, owner=self)

    def _kept(self, person: Person) -> None:
        self._close_form()
        self.message_requested.emit(f"{person.name} is saved")
        if self._operator is not None and person.id == self._operator.id:
            self.operator_changed.emit()
        self.refresh()


@dataclass(frozen=True, slots=True)
class _Everybody:
    people: Sequence[Person]
    operator: Person | None


def _all(people: KeepsPeople) -> _Everybody:
    return _Everybody(people.all(inactive=True), people.operator())


def _keep(people: KeepsPeople, person: Person) -> Person:
    operator = people.operator()
    if operator is None:
        raise DeskError("Nobody has said who works at this desk.", hint="Choose yourself first.")
    by = operator.actor()
    return people.edit(person, by) if person.id else people.create(person, by)


def _quiet(person: Person) -> str:
    if person.quiet_from is None or person.quiet_to is None:
        return "–"
    return f"{person.quiet_from:%H:%M} to {person.quiet_to:%H:%M}"


_COLUMNS: tuple[Column[Person], ...] = (
    Column("Initials", lambda row: row.initials, width=90),
    Column("Name and roles", lambda row: row.name),
    Column("Team", lambda row: row.team or "–", width=130),
    Column("Quiet hours", _quiet, width=130),
)


def _second(row: Person, column: int) -> str:
    if column == 1:
        roles = listed([role.value for role in sorted(row.roles)]) or "no role"
        return roles if row.active else f"left the desk · {roles}"
    return row.zone if column == 3 and row.quiet_from is not None else ""


def _step(_row: Person) -> tuple[str, int]:
    return "", -1


def _sentence(row: Person) -> str:
    return f"{row.name}, {_second(row, 1)}"


def _key(row: Person) -> object:
    return row.id
