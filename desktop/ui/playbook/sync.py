"""Playbooks between the desk and elsewhere: what would change, what becomes of each, and doing it."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.errors import DeskError
from desktop.domain.playbook_exchange import Comparison, Outcome, Way
from desktop.domain.playbook_sync import Remote
from desktop.services.playbook_sync import Look, Pushed
from desktop.ui.kit.button import Button
from desktop.ui.kit.dialogs import open_file_dialog, open_folder_dialog
from desktop.ui.kit.label import Label
from desktop.ui.kit.popover import Popover
from desktop.ui.playbook import sync_rows as words
from desktop.ui.playbook.steering import Steering
from desktop.ui.playbook.sync_entries import Entries
from desktop.ui.playbook.sync_place import PlaceForm
from desktop.ui.playbook.sync_ports import ExchangesPlaybooks, SyncFound, Written
from desktop.ui.surroundings import Surroundings
from desktop.ui.tasks import TaskRunner
from desktop.ui.text import counted, moment

_FILES = "Playbooks (*.md);;All files (*)"


class SyncView(QWidget):
    """The repository and files. `slow` runs what may take long, so that the desk goes on meanwhile.

    Signals:
        message_requested: (str) what was done.
        library_changed: something was taken in.
    """

    title = "Exchange"
    message_requested = Signal(str)
    library_changed = Signal()

    def __init__(
        self,
        exchanges: ExchangesPlaybooks,
        around: Surroundings,
        slow: TaskRunner,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._exchanges, self._around, self._slow = exchanges, around, slow
        self._found = SyncFound()
        self._look: Look | None = None
        self._path = ""
        self._steering: Steering | None = None
        self._popover: Popover | None = None
        self.form: PlaceForm | None = None
        self.place = Label("", "secondary", wrap=True)
        self.look_button = Button("Look at the repository", "primary")
        self.name_button = Button("Name a repository…")
        self.file_button = Button("Read a file…")
        self.folder_button = Button("Read a folder…")
        self.write_button = Button("Write all into a folder…")
        self.take_button = Button("Take in", "primary")
        self.push_button = Button("Add to the repository")
        self.progress = Label("", "secondary")
        self.stop_button = Button("Stop")
        self.entries = Entries(around)
        self._lay_out()
        self._connect()
        self._follow()

    def handles(self) -> Mapping[str, Callable[[], None]]:
        """Nothing beside its buttons."""
        return {}

    def why_not(self, _action_id: str) -> str:
        """Everything can be done."""
        return ""

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        first = (
            self.entries if self.entries.rows else self.look_button if self._found.kept else self.name_button
        )
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self, *_what: object) -> None:
        """Read it anew."""
        if self.isVisible():
            self._around.runner.run(self._exchanges.found, self._show_found, owner=self)

    def stop(self) -> None:
        """End what is under way."""
        if self._steering is not None:
            self._steering.stop()
            self.progress.setText("Stopping …")
            self.stop_button.setEnabled(False)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def read_path(self, path: str) -> None:
        """Compare a file or folder with the library."""
        self._path, self._look = path, None
        self._around.runner.run(partial(self._exchanges.read, path), self._show, self._refuse, owner=self)

    def write_into(self, folder: str) -> None:
        """Write every published version into a folder."""
        work = partial(self._exchanges.write, folder)
        self._around.runner.run(work, self._tell_written, self._refuse, owner=self)

    # -- what is done
    def _read_repository(self) -> None:
        self._run_slowly(self._exchanges.look, self._show_look, "Reading …")

    def _push(self) -> None:
        paths = words.added(self.entries.rows)
        self._run_slowly(partial(_pushed, self._exchanges, paths), self._tell_pushed, "Sending …")

    def _take(self) -> None:
        work = partial(self._exchanges.take, words.taken(self.entries.rows))
        self._around.runner.run(work, self._tell_taken, self._refuse, owner=self)

    def _run_slowly(self, work: Callable[[Steering], object], then: Callable[[Any], None], said: str) -> None:
        if self._steering is not None:
            return
        self._steering = steering = Steering(self)
        steering.came_to.connect(self.progress.setText)
        self.entries.pane.say_fault("")
        self.progress.setText(said)
        self._show_busy(is_busy=True)
        self._slow.run(partial(work, steering), then, self._refuse, owner=self)

    def _end_slow(self) -> None:
        if self._steering is not None:
            self._steering.deleteLater()
        self._steering = None
        self._show_busy(is_busy=False)

    def _show_busy(self, *, is_busy: bool) -> None:
        self.progress.setVisible(is_busy)
        self.stop_button.setVisible(is_busy)
        self.stop_button.setEnabled(True)
        if is_busy:
            self.stop_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._follow()

    # -- what came back
    def _show_found(self, found: SyncFound) -> None:
        self._found = found
        kept = found.kept
        now = self._around.clock.now()
        looked = f"looked at {moment(kept.looked_at, now)}" if kept and kept.looked_at else ""
        self.place.setText(words.place_words(kept, looked))
        self.name_button.set_text("Change the repository…" if kept else "Name a repository…")
        self._follow()

    def _show_look(self, look: Look) -> None:
        self._end_slow()
        self._look, self._path = look, ""
        self._show(look.comparison)
        self.refresh()
        self.focus_first()

    def _show(self, comparison: Comparison) -> None:
        self.entries.show_comparison(comparison, with_outgoing=self._look is not None)

    def _tell_taken(self, outcomes: Sequence[Outcome]) -> None:
        done = [each for each in outcomes if each.is_done]
        failed = [each.words for each in outcomes if "was not taken" in each.words]
        self.message_requested.emit(f"{counted(len(done), 'playbook')} taken in.")
        if done:
            self.library_changed.emit()
        if self._look is not None:
            work = partial(self._exchanges.again, self._look.snapshot)
            self._around.runner.run(work, self._show_look, self._refuse, owner=self)
        elif self._path:
            self.read_path(self._path)
        if failed:
            self.entries.pane.say_fault(" ".join(failed[:5]))

    def _tell_pushed(self, pushed: Pushed) -> None:
        self._show_look(pushed.look)
        said = f"{counted(len(pushed.added), 'version')} added to the repository."
        if pushed.conflicts:
            said += f" {counted(len(pushed.conflicts), 'conflict')} left as they are."
        self.message_requested.emit(said)

    def _tell_written(self, written: Written) -> None:
        said = f"{counted(written.count, 'file')} written, {written.same} there already."
        if written.conflicts:
            said += f" Not touched, as something else lies there: {', '.join(written.conflicts[:5])}."
        self.message_requested.emit(said)

    def _refuse(self, error: DeskError) -> None:
        self._end_slow()
        self.entries.pane.say_fault(str(error))

    # -- the place
    def _name_place(self) -> None:
        form = PlaceForm(self._found)
        form.accepted.connect(self._keep_place)
        form.forgotten.connect(self._forget_place)
        if self._popover is None:
            self._popover = Popover(self.window())
            self._popover.closed.connect(self._forget_form)
        form.cancelled.connect(self._popover.close_popover)
        self._popover.show_at(form)
        self.form = form

    def _keep_place(self, remote: Remote, token: str | None) -> None:
        work = partial(self._exchanges.keep, remote, token)
        self._around.runner.run(work, self._kept, self._refuse_place, owner=self)

    def _forget_place(self) -> None:
        self._around.runner.run(self._exchanges.forget, self._forgotten, self._refuse_place, owner=self)

    def _kept(self, note: str) -> None:
        self._close_form()
        self._clear()
        self.message_requested.emit(f"The repository is named. {note}".strip())
        self.refresh()

    def _forgotten(self, _none: object) -> None:
        self._close_form()
        self._clear()
        self.refresh()

    def _clear(self) -> None:
        self._look, self._path = None, ""
        self.entries.show_nothing_yet()

    def _close_form(self) -> None:
        if self._popover is not None:
            self._popover.close_popover()

    def _forget_form(self) -> None:
        self.form = None

    def _refuse_place(self, error: DeskError) -> None:
        if self.form is not None:
            self.form.show_error(error)

    # -- files
    def _ask_file(self) -> None:
        dialog = open_file_dialog(self, "Read a playbook", _FILES)
        dialog.fileSelected.connect(self.read_path)
        dialog.open()

    def _ask_folder(self) -> None:
        dialog = open_folder_dialog(self, "Read playbooks of a folder")
        dialog.fileSelected.connect(self.read_path)
        dialog.open()

    def _ask_where(self) -> None:
        dialog = open_folder_dialog(self, "Write all playbooks into a folder")
        dialog.fileSelected.connect(self.write_into)
        dialog.open()

    def _follow(self) -> None:
        """Let the buttons and what is beside say what is chosen."""
        is_free, why = self._steering is None, self._found.why_not
        into = [each for each in words.taken(self.entries.rows) if each[1] is not Way.LEAVE]
        out = words.added(self.entries.rows)
        self.take_button.set_text(f"Take in {len(into)}" if into else "Leave them all")
        self.take_button.setEnabled(is_free and bool(words.taken(self.entries.rows)))
        self.push_button.set_text(f"Add {len(out)} to the repository" if out else "Add to the repository")
        self.push_button.setEnabled(is_free and bool(out) and not why)
        self.push_button.setToolTip(why)
        self.look_button.setEnabled(is_free and self._found.kept is not None)
        self.look_button.set_kind("normal" if self.entries.rows else "primary")
        self.name_button.setEnabled(is_free and not why)
        self.name_button.setToolTip(why)

    def _lay_out(self) -> None:
        head = QFrame()
        line = QHBoxLayout(head)
        line.setContentsMargins(16, 10, 16, 6)
        line.setSpacing(8)
        for widget in (self.look_button, self.name_button, self.file_button, self.folder_button):
            line.addWidget(widget)
        line.addWidget(self.write_button)
        line.addStretch(1)
        told = QHBoxLayout()
        told.setContentsMargins(16, 0, 16, 6)
        told.addWidget(self.place, 1)
        told.addWidget(self.progress)
        told.addWidget(self.stop_button)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 10)
        foot.setSpacing(8)
        hint = Label("Enter changes what becomes of the current one. Nothing is ever overwritten.", "hint")
        foot.addWidget(hint, 1)
        foot.addWidget(self.push_button)
        foot.addWidget(self.take_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addLayout(told)
        column.addWidget(self.entries, 1)
        column.addLayout(foot)
        self.progress.hide()
        self.stop_button.hide()

    def _connect(self) -> None:
        self.look_button.clicked.connect(self._read_repository)
        self.name_button.clicked.connect(self._name_place)
        self.file_button.clicked.connect(self._ask_file)
        self.folder_button.clicked.connect(self._ask_folder)
        self.write_button.clicked.connect(self._ask_where)
        self.take_button.clicked.connect(self._take)
        self.push_button.clicked.connect(self._push)
        self.stop_button.clicked.connect(self.stop)
        self.entries.chosen.connect(self._follow)


def _pushed(exchanges: ExchangesPlaybooks, paths: frozenset[str], steering: Steering) -> Pushed:
    return exchanges.push(steering, paths)
