"""Where rotas are written: the editor, its versions, and what is kept of them."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from db.queries.schedule import VersionRow
from desktop.services.roster_values import ScheduleState
from desktop.ui.roster.ports import KeepsRotas, RosterFound
from desktop.ui.roster.rota_editor import RotaEditor
from desktop.ui.roster.starting_points import document_of
from desktop.ui.roster.version_list import VersionList
from desktop.ui.roster.wishes import Outcome
from desktop.ui.roster.written import Written
from desktop.ui.surroundings import Surroundings


class RotaDesk(QStackedWidget):
    """One rota at a time.

    Signals:
        left: the person has done with it.
        saved: (Outcome) it was kept, or put away.
    """

    left = Signal()
    saved = Signal(object)

    def __init__(self, rotas: KeepsRotas, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rotas, self._around = rotas, around
        self._found = RosterFound()
        self._state: ScheduleState | None = None
        self.editor = RotaEditor(rotas, around)
        self.versions = VersionList(around.clock)
        self.addWidget(self.editor)
        self.addWidget(self.versions)
        self.editor.save_wanted.connect(self._save)
        self.editor.closed.connect(self._leave)
        self.editor.versions_wanted.connect(self._fetch_versions)
        self.editor.put_away_wanted.connect(self._put_away)
        self.versions.closed.connect(self._back)
        self.versions.restore_wanted.connect(self._restore)

    def build(self, way: str, found: RosterFound) -> None:
        """Write a new rota that begins one of the ways."""
        name, team, document = document_of(way, found, self._around.clock.now())
        self._found, self._state = found, None
        self.setCurrentWidget(self.editor)
        self.editor.show_rota(document, found, name=name, team=team)
        self.editor.focus_first()

    def edit(self, state: ScheduleState, found: RosterFound) -> None:
        """Write the next version of a rota."""
        self._found, self._state = found, state
        self.setCurrentWidget(self.editor)
        self.editor.show_rota(state.document, found, name=state.name, team=state.team, state=state)
        self.editor.focus_first()

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        if self.currentWidget() is self.versions:
            self.versions.close_button.setFocus()
        else:
            self.editor.focus_first()

    def _save(self) -> None:
        written = self.editor.written()
        work = partial(_saved, self._rotas, written, self._state)
        self._around.runner.run(work, self._tell, self.editor.show_error, owner=self)

    def _put_away(self) -> None:
        state = self._state
        if state is not None:
            work = partial(_put_away, self._rotas, state)
            self._around.runner.run(work, self._tell, self.editor.show_error, owner=self)

    def _leave(self) -> None:
        self.editor.clear()
        self.left.emit()

    def _tell(self, outcome: Outcome) -> None:
        self._leave()
        self.saved.emit(outcome)

    def _fetch_versions(self) -> None:
        if self._state is not None:
            work = partial(self._rotas.versions, self._state.id)
            self._around.runner.run(work, self._show_versions, owner=self)

    def _show_versions(self, versions: Sequence[VersionRow]) -> None:
        if self._state is not None:
            self.setCurrentWidget(self.versions)
            self.versions.show_versions(self._state.name, versions, self._found)

    def _restore(self, row: VersionRow) -> None:
        state = self._state
        if state is not None:
            self.setCurrentWidget(self.editor)
            note = f"As version {row.version} again"
            self.editor.show_rota(
                row.document, self._found, name=state.name, team=state.team, state=state, note=note
            )
            self.editor.save_button.setFocus()

    def _back(self) -> None:
        self.setCurrentWidget(self.editor)
        self.editor.focus_first()


def _saved(rotas: KeepsRotas, written: Written, before: ScheduleState | None) -> Outcome:
    state = rotas.save(
        written.schedule_id, written.name, written.team, written.document, written.note, written.version
    )
    if before is None:
        undo = partial(rotas.put_away, state.id, is_active=False)
        return Outcome(f"{state.name} counts from now on; who is on call is told.", undo)
    if state.version == before.version:
        undo_names = partial(
            rotas.save, before.id, before.name, before.team, before.document, "", before.version
        )
        return Outcome(f"{state.name} is kept.", undo_names)
    note = f"As version {before.version} again"
    back = partial(rotas.save, before.id, before.name, before.team, before.document, note, state.version)
    return Outcome(f"Version {state.version} of {state.name} counts from now on; who moved is told.", back)


def _put_away(rotas: KeepsRotas, state: ScheduleState) -> Outcome:
    rotas.put_away(state.id, is_active=False)
    return Outcome(
        f"{state.name} is put away: nobody is on call by it.",
        partial(rotas.put_away, state.id, is_active=True),
    )
