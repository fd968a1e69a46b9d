"""Who works here, who else there is and how they are reached, and in which teams."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QWidget

from desktop.domain.errors import DeskError
from desktop.domain.person import Person
from desktop.domain.team import Team
from desktop.services.roster_leaving import Ties
from desktop.ui.kit.button import Button
from desktop.ui.kit.card import Card
from desktop.ui.kit.form import FormRows
from desktop.ui.kit.row_table import RowTable, TwoLineModel
from desktop.ui.settings import people_rows as rows
from desktop.ui.settings.channel_card import ChannelCard
from desktop.ui.settings.keeper import SettingsKeeper
from desktop.ui.settings.parts import Switch, TabColumn
from desktop.ui.settings.person_form import PersonForm
from desktop.ui.settings.ports import KeepsPeople, SettingsServices
from desktop.ui.settings.staff_ports import KeepsStaff, StaffFound, StaffLine
from desktop.ui.settings.team_card import TeamCard
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import counted, one_line

_TABLE_ROWS = 9


class PeopleTab(TabColumn):
    """The operator, the list of people, the teams; in their place the form and the channels of one person.

    Signals:
        operator_changed: somebody else works here from now on.
        message_requested: (str) what was done.
    """

    operator_changed = Signal()
    message_requested = Signal(str)

    def __init__(
        self,
        services: SettingsServices,
        around: Surroundings,
        keeper: SettingsKeeper,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._people = services.people
        self._staff = services.staff
        self._runner = around.runner
        self._found = StaffFound()
        self.operator = QComboBox()
        fields = FormRows()
        self.operator_row = fields.add_row(
            "&Works here now", self.operator, "Whatever is done carries this name."
        )
        self._me = Card("Me")
        self._me.body.addWidget(fields)
        self.model = TwoLineModel(
            rows.columns_of(),
            step=rows.step,
            sentence=rows.sentence,
            second=rows.second_line(around.clock.now),
        )
        self.table: RowTable[StaffLine] = RowTable(
            self.model, around.theme, "People", key=rows.key_of, stretch=1, spare=(2, 3)
        )
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.edit_button = Button("Edit", keys="Enter")
        self.new_button = Button("Add person…")
        self.form = PersonForm()
        self.teams = TeamCard(around)
        self._list = Card("People")
        self._list.add_to_head(self.edit_button)
        self._list.add_to_head(self.new_button)
        self._list.body.addWidget(self.table)
        self.channels = ChannelCard(services.channels, around) if services.channels is not None else None
        self.drills = Card("Drills")
        self.drill_seats = Switch(keeper, "drill_seats")
        self.drills.body.addWidget(self.drill_seats)
        for card in (self._me, self._list, self.teams, self.drills, self.form):
            self.add(card)
        self.form.hide()
        if self.channels is not None:
            self.add(self.channels)
            self.channels.hide()
        self.finish()
        self._connect()

    def _connect(self) -> None:
        self.operator.activated.connect(self._choose_operator)
        self.table.opened.connect(self.edit)
        self.edit_button.clicked.connect(self.edit)
        self.new_button.clicked.connect(self.add_person)
        self.form.keep_requested.connect(self._keep)
        self.form.cancelled.connect(self._close_form)
        self.form.ties_wanted.connect(self._ask_ties)
        self.form.hand_over_requested.connect(self._hand_over)
        self.teams.keep_requested.connect(self._keep_team)
        self.teams.remove_requested.connect(self._remove_team)

    def refresh(self) -> None:
        """Fetch the people anew."""
        self._runner.run(self._staff.found, self._show, owner=self)
        if self.channels is not None and not self.channels.isHidden():
            self.channels.refresh()

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        (self.operator if self.form.isHidden() else self.form.name).setFocus()

    def edit(self) -> None:
        """Open the form of the chosen person."""
        line = self.table.current()
        if line is not None:
            self._open_form(line.person)

    def add_person(self) -> None:
        """Open the form of a new person."""
        operator = self._found.operator
        self._open_form(Person(0, "", "", zone=operator.zone if operator is not None else "UTC"))

    # -- one person in place of the lists

    def _open_form(self, person: Person) -> None:
        self.form.show_person(person)
        self.form.offer_teams([state.team.name for state in self._found.teams])
        self._put_forward(is_form=True)
        if self.channels is not None:
            self.channels.setVisible(bool(person.id) and person.active)
            if person.id:
                self.channels.show_person(person)
        self.verticalScrollBar().setValue(0)
        self.form.name.setFocus()

    def _close_form(self) -> None:
        self._put_forward(is_form=False)
        if self.channels is not None:
            self.channels.close_form()
            self.channels.hide()
        self.table.setFocus()

    def _put_forward(self, *, is_form: bool) -> None:
        self.form.setVisible(is_form)
        for card in (self._me, self._list, self.teams, self.drills):
            card.setVisible(not is_form)

    def _show(self, found: StaffFound) -> None:
        self._found = found
        self.table.show_rows(found.lines)
        self.table.fit_height(_TABLE_ROWS)
        out_of_reach = sum(map(rows.is_out_of_reach, found.lines))
        self._list.set_aside(
            f"{counted(out_of_reach, 'person', 'people')} cannot be paged" * bool(out_of_reach)
        )
        here = [line.person for line in found.lines if line.person.active]
        self.teams.show_teams(found.teams, here)
        self.operator.clear()
        for person in here:
            self.operator.addItem(person.name, person.id)
        at = self.operator.findData(found.operator.id) if found.operator is not None else -1
        self.operator.setCurrentIndex(at)
        self.operator.setPlaceholderText("Choose who you are")
        self.operator_row.set_error(
            "" if at >= 0 else "Nobody has said who works at this desk. Choose yourself."
        )

    # -- what is done

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
        if self._found.operator is not None and person.id == self._found.operator.id:
            self.operator_changed.emit()
        self.refresh()

    def _ask_ties(self, person_id: int) -> None:
        self._runner.run(partial(self._staff.ties, person_id), self._show_ties, owner=self)

    def _show_ties(self, ties: Ties) -> None:
        self.form.show_ties(ties, [line.person for line in self._found.lines if line.person.active])

    def _hand_over(self, person_id: int, to_id: int | None) -> None:
        work = partial(_handed_over, self._staff, person_id, to_id)
        self._runner.run(work, self._handed, self.form.show_error, owner=self)

    def _handed(self, answer: tuple[int, Ties]) -> None:
        count, ties = answer
        self.message_requested.emit(f"{counted(count, 'account')} handed over")
        self._show_ties(ties)

    def _keep_team(self, team: Team) -> None:
        work = partial(self._staff.keep_team, team)
        self._runner.run(work, self._team_kept, self.teams.refuse, owner=self)

    def _team_kept(self, team: Team) -> None:
        self.teams.close_form()
        self.message_requested.emit(f"{one_line(team.name)} is saved")
        self.refresh()

    def _remove_team(self, team: Team) -> None:
        work = partial(self._staff.remove_team, team.id)
        self._runner.run(work, self._team_removed, self.teams.refuse, owner=self)

    def _team_removed(self, _done: None) -> None:
        self.message_requested.emit("The team is removed")
        self.refresh()


def _keep(people: KeepsPeople, person: Person) -> Person:
    operator = people.operator()
    if operator is None:
        raise DeskError("Nobody has said who works at this desk.", hint="Choose yourself first.")
    by = operator.actor()
    return people.edit(person, by) if person.id else people.create(person, by)


def _handed_over(staff: KeepsStaff, person_id: int, to_id: int | None) -> tuple[int, Ties]:
    count = staff.hand_accounts_over(person_id, to_id)
    return count, staff.ties(person_id)
