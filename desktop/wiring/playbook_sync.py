"""Playbooks between a desk and elsewhere, in the operator's name; every call is for a worker."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.adapters.playbook_files import read_files, write_files
from desktop.domain.errors import DeskError
from desktop.domain.person import Role
from desktop.domain.playbook_exchange import Comparison, Incoming, Outcome, Way
from desktop.domain.playbook_sync import Remote, Snapshot
from desktop.services.desk import Desk
from desktop.services.playbook import PlaybookService
from desktop.services.playbook_exchange import PlaybookExchange
from desktop.services.playbook_sync import Look, PlaybookSync, Progress, Pushed, Repository
from desktop.services.worker import Worker
from desktop.ui.bridge import Bridge
from desktop.ui.playbook.sync import SyncView
from desktop.ui.playbook.sync_ports import SyncFound, Written
from desktop.ui.surroundings import Surroundings
from desktop.ui.tasks import TaskRunner
from desktop.ui.window import MainWindow
from desktop.wiring.staff_desk import Noting
from desktop.wiring.switching import operator_of

if TYPE_CHECKING:
    from desktop.adapters.secrets import Secrets
    from desktop.wiring.compose_screens import NoSecrets


class DeskExchange:
    """What the view of repository and files asks for; `is_real` is false for a desk of the past."""

    def __init__(self, desk: Desk, secrets: "Callable[[], Secrets | NoSecrets]", *, is_real: bool) -> None:
        self._desk = desk
        self._is_real = is_real
        self._secrets = secrets
        self._tokens: Noting | None = None
        store, clock, bus = desk.store, desk.clock, desk.bus
        self._playbooks = PlaybookService(store=store, clock=clock, bus=bus)
        self._exchange = PlaybookExchange(self._playbooks)
        self._sync_made: PlaybookSync | None = None

    def found(self) -> SyncFound:
        """The repository of this desk."""
        sync = self._sync()
        kept = sync.kept()
        return SyncFound(kept, kept is not None and sync.has_token(), self._why_not())

    def keep(self, remote: Remote, token: str | None) -> str:
        """Name a repository."""
        self._sync().keep(remote, operator_of(self._desk), token)
        return self._tokens.note if token and self._tokens is not None else ""

    def forget(self) -> None:
        """Name none."""
        self._sync().forget(operator_of(self._desk))

    def look(self, progress: Progress) -> Look:
        """Read the repository."""
        return self._sync().look(progress)

    def again(self, snapshot: Snapshot) -> Look:
        """Compare what was read with the library as it is now."""
        return self._sync().again(snapshot)

    def push(self, progress: Progress, paths: frozenset[str]) -> Pushed:
        """Add these files to the repository."""
        if not self._is_real:
            raise DeskError("A desk of the past adds nothing to a repository.")
        return self._sync().push(operator_of(self._desk), progress, paths)

    def take(self, entries: Sequence[tuple[Incoming, Way]]) -> tuple[Outcome, ...]:
        """Take or leave what comes in."""
        return self._sync().take(entries, operator_of(self._desk))

    def read(self, path: str) -> Comparison:
        """Compare a file or folder with the library."""
        found = read_files(Path(path))
        return replace(self._exchange.compare(found.files), skipped=found.skipped)

    def write(self, folder: str) -> Written:
        """Write every published version into a folder."""
        place = Path(folder)
        comparison = self._exchange.compare(read_files(place).files)
        going = [(each.path, each.text) for each in comparison.outgoing if not each.conflict]
        written, there = write_files(place, going)
        conflicts = [each.path for each in comparison.outgoing if each.conflict]
        return Written(len(written), comparison.same, (*conflicts, *there))

    def _why_not(self) -> str:
        if not self._is_real:
            return "A desk of the past adds nothing to a repository."
        operator = self._desk.person.operator()
        if operator is None or Role.LEAD not in operator.roles:
            return "Only a lead names a repository or adds to it."
        return ""

    def _sync(self) -> PlaybookSync:
        if self._sync_made is None:
            self._tokens = Noting(self._secrets())
            self._sync_made = PlaybookSync(
                store=self._desk.store,
                clock=self._desk.clock,
                bus=self._desk.bus,
                playbooks=self._playbooks,
                tokens=self._tokens,
                opens=_opened,
                email_of=self._email_of,
            )
        return self._sync_made

    def _email_of(self, name: str) -> str:
        person = self._desk.person.find(name)
        return person.email if person is not None else ""


class SyncWorker(QObject):
    """A thread for what waits for others; the program does not wait for it at its end."""

    def __init__(self, around: Surroundings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = Worker("playbooks")
        self.runner = TaskRunner(self._worker, self)
        self.runner.bug_found.connect(around.runner.bug_found)
        self.view: SyncView | None = None

    def close(self) -> None:
        """Stop what is under way."""
        self.runner.close()
        if self.view is not None:
            self.view.stop()
        self._worker.close(wait=False)


def exchange_view(
    desk: Desk,
    around: Surroundings,
    secrets: "Callable[[], Secrets | NoSecrets]",
    *,
    is_real: bool,
    owner: QObject,
) -> tuple[SyncView, SyncWorker]:
    """The view, and the worker to close at the end."""
    worker = SyncWorker(around, owner)
    worker.view = SyncView(DeskExchange(desk, secrets, is_real=is_real), around, worker.runner)
    return worker.view, worker


def exchange_in(
    window: MainWindow,
    desk: Desk,
    around: Surroundings,
    bridge: Bridge,
    secrets: "Callable[[], Secrets | NoSecrets]",
    *,
    is_real: bool,
) -> SyncView:
    """The view for a page of a window: it keeps itself true, and ends with it."""
    view, worker = exchange_view(desk, around, secrets, is_real=is_real, owner=window)
    window.closing.connect(worker.close)
    for changed in (bridge.playbooks_changed, bridge.people_changed):
        changed.connect(view.refresh)
    view.message_requested.connect(window.telling.say)
    return view


def _opened(remote: Remote, token: str, progress: Progress) -> Repository:
    from desktop.adapters.git_repository import GitRepository  # brings all of Git along

    return GitRepository(remote, token, told=progress.told, is_stopped=progress.is_stopped)
