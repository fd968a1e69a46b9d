"""Reads somebody's leave from a calendar file: whose it is, what it would change, then yes or no."""

from collections.abc import Callable
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import DeskError
from desktop.services.time_off import LeaveDone
from desktop.ui.kit.choice import Choice
from desktop.ui.kit.dialogs import open_file_dialog
from desktop.ui.kit.popover import Popover
from desktop.ui.roster.change_form import ChangeForm
from desktop.ui.roster.ports import KeepsRoster, RosterFound
from desktop.ui.roster.wishes import Outcome
from desktop.ui.roster.words import open_words, when_words
from desktop.ui.tasks import TaskRunner
from desktop.ui.text import counted

_FILTER = "Calendars (*.ics *.ical);;All files (*)"
_SHOWN = 6


class LeaveImport(QObject):
    """From the choice of a file to what came of it.

    Signals:
        done: (Outcome) it was read.
    """

    done = Signal(object)

    def __init__(self, roster: KeepsRoster, page: QWidget, runner: TaskRunner) -> None:
        super().__init__(page)
        self._roster, self._page, self._runner = roster, page, runner
        self._popover = Popover(page)
        self._popover.closed.connect(self._forget)
        self._found = RosterFound()
        self._person_id = 0
        self._path = ""
        self.form: ChangeForm | None = None
        self._person: Choice | None = None

    def open(self, found: RosterFound, person_id: int) -> None:
        """Ask which file."""
        own = found.operator.id if found.operator is not None else 0
        self._found, self._person_id = found, person_id or own
        dialog = open_file_dialog(self._page, "Read a calendar", _FILTER)
        dialog.fileSelected.connect(self.show_file)
        dialog.open()

    def show_file(self, path: str) -> None:
        """Show what reading this file would change."""
        self._path = path
        form = ChangeForm("Read time off from a calendar", "Take it in", path.rpartition("/")[2])
        person = Choice("Whose calendar it is")
        person.offer([(each.id, each.name) for each in self._found.people])
        person.set_value(self._person_id)
        form.add_field("person_id", "Whose", person, "Entries read before are known again by their names.")
        form.edited.connect(self._look)
        form.accepted.connect(self._do)
        form.cancelled.connect(self._popover.close_popover)
        self._popover.show_at(form)
        self.form, self._person = form, person
        self._look()

    def _look(self) -> None:
        self._run(self._roster.preview_import, self._show)

    def _do(self) -> None:
        self._run(self._roster.take_in, self._tell)

    def _run(self, call: Callable[[int, str], LeaveDone], then: Callable[[LeaveDone], None]) -> None:
        if self._person is not None:
            person_id = int(str(self._person.value() or 0))
            self._runner.run(partial(call, person_id, self._path), then, self._fail, owner=self)

    def _show(self, would: LeaveDone) -> None:
        if self.form is not None:
            self.form.show_preview("\n".join(self._lines(would)))

    def _tell(self, done: LeaveDone) -> None:
        self._popover.close_popover()
        self.done.emit(Outcome(" ".join(_summary(done, self._zone()))))

    def _fail(self, error: DeskError) -> None:
        if self.form is not None:
            self.form.show_error(error)

    def _lines(self, would: LeaveDone) -> list[str]:
        plan, zone = would.plan, self._zone()
        lines = _summary(would, zone)
        for words, entries in (("New", plan.added), ("Moved", plan.changed), ("Called off", plan.removed)):
            for entry in entries[:_SHOWN]:
                when = when_words(entry.start, entry.end, zone)
                lines.append(f"{words}: {when}{f', {entry.reason}' if entry.reason else ''}")
            if len(entries) > _SHOWN:
                lines.append(f"{words}: {len(entries) - _SHOWN} more")
        return [*lines, *would.skipped[:_SHOWN]]

    def _zone(self) -> ZoneInfo:
        person = self._found.everybody.get(self._person_id)
        return ZoneInfo(person.zone if person is not None else "UTC")

    def _forget(self) -> None:
        self.form = self._person = None


def _summary(done: LeaveDone, zone: ZoneInfo) -> list[str]:
    plan = done.plan
    parts = [
        f"{counted(len(plan.added), 'new entry', 'new entries')}, {len(plan.changed)} moved,"
        f" {len(plan.removed)} called off, {plan.same} known already."
    ]
    if done.open:
        parts.append(open_words(done.open, zone))
    return parts
