"""The teams of the desk: their zone, lead, working hours, people and rotas."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QWidget

from desktop.domain.errors import DeskError
from desktop.domain.person import Person
from desktop.domain.team import Team
from desktop.domain.working_hours import hours_words
from desktop.services.team import TeamState
from desktop.ui.kit.button import Button
from desktop.ui.kit.card import Card
from desktop.ui.kit.label import Label
from desktop.ui.kit.row_table import TwoLineModel
from desktop.ui.kit.table_model import Column
from desktop.ui.settings.keyed_table import KeyedTable
from desktop.ui.settings.team_form import TeamForm
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import counted, listed, one_line

_TABLE_ROWS = 6


class TeamCard(Card):
    """The list of teams; in its place, while one is filled in, a form.

    Signals:
        keep_requested: (Team) as filled in.
        remove_requested: (Team) nobody wants it any more.
    """

    keep_requested = Signal(object)
    remove_requested = Signal(object)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__("Teams", parent=parent)
        self._people: Sequence[Person] = ()
        self._states: Sequence[TeamState] = ()
        model = TwoLineModel(_COLUMNS, step=_step, sentence=_sentence, second=self._second, strong=(0,))
        self.table: KeyedTable[TeamState] = KeyedTable(
            model, around.theme, "Teams", key=_key, stretch=0, spare=(3, 2)
        )
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.edit_button = Button("Edit team")
        self.remove_button = Button("Remove team", keys="Del")
        self.new_button = Button("Add team…")
        self.none = Label("There are no teams yet. Rotas and rules go by team.", "secondary", wrap=True)
        self.error = Label("", "danger", wrap=True)
        self.error.hide()
        self.form = TeamForm()
        self.form.hide()
        for button in (self.edit_button, self.remove_button, self.new_button):
            self.add_to_head(button)
        for widget in (self.error, self.none, self.table, self.form):
            self.body.addWidget(widget)
        self.edit_button.clicked.connect(self.edit)
        self.new_button.clicked.connect(self.add)
        self.remove_button.clicked.connect(self.remove)
        self.table.opened.connect(self.edit)
        self.table.removed.connect(self.remove)
        self.table.picked.connect(self._follow_table)
        self.form.keep_requested.connect(self.keep_requested)
        self.form.cancelled.connect(self.close_form)

    def show_teams(self, states: Sequence[TeamState], people: Sequence[Person]) -> None:
        """Show these; `people` can lead them."""
        self._states, self._people = states, people
        self.table.show_rows(states)
        self.table.fit_height(_TABLE_ROWS)
        self._show_parts()

    def add(self) -> None:
        """Ask for a new team."""
        self._open(Team(0, ""))

    def edit(self) -> None:
        """Ask for other values of the current one."""
        state = self.table.current()
        if state is not None:
            self._open(state.team)

    def remove(self) -> None:
        """Ask for the current one to be taken away."""
        state = self.table.current()
        if state is not None and state.team.id:
            self.remove_requested.emit(state.team)

    def refuse(self, error: DeskError) -> None:
        """Say why it was not done: beside its field, or above the list."""
        if not self.form.isHidden():
            self.form.show_error(error)
            return
        self.error.setText(str(error))
        self.error.show()

    def close_form(self) -> None:
        """Back to the list."""
        self.form.hide()
        self._show_parts()
        (self.table if self._states else self.new_button).setFocus()

    def _open(self, team: Team) -> None:
        self.form.show_team(team, self._people)
        self.form.show()
        self._show_parts()
        self.form.name.setFocus()

    def _show_parts(self) -> None:
        is_list = self.form.isHidden()
        self.error.hide()
        self.table.setVisible(is_list and bool(self._states))
        self.none.setVisible(is_list and not self._states)
        for button in (self.edit_button, self.remove_button):
            button.setVisible(is_list and bool(self._states))
        self.new_button.setVisible(is_list)
        self._follow_table()

    def _follow_table(self) -> None:
        state = self.table.current()
        self.edit_button.setEnabled(state is not None)
        self.remove_button.setEnabled(state is not None and bool(state.team.id))

    def _second(self, state: TeamState, column: int) -> str:
        if column == 0:
            return "not described yet" if not state.team.id else ""
        if column == 1:
            lead = next((p.name for p in self._people if p.id == state.team.lead_id), "")
            return f"lead: {lead}" if lead else "no lead"
        return hours_words(state.team.working_hours) if column == 2 else ""


def _rotas(state: TeamState) -> str:
    return listed([one_line(name) for name in state.schedules]) or "no rota"


_COLUMNS: tuple[Column[TeamState], ...] = (
    Column("Team", lambda row: row.team.name),
    Column("People", lambda row: counted(len(row.people), "person", "people"), width=160),
    Column("Zone and hours", lambda row: row.team.zone, width=190),
    Column("Rotas", _rotas, width=150),
)


def _sentence(state: TeamState) -> str:
    people = counted(len(state.people), "person", "people")
    return f"{state.team.name}, {people}, {state.team.zone}, {_rotas(state)}"


def _step(_state: TeamState) -> tuple[str, int]:
    return "", -1


def _key(state: TeamState) -> object:
    return state.team.name
