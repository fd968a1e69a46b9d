"""What came from outside: read, saved, fetched where a person allows it, and given out as one bundle."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import DeskError
from desktop.domain.escalation import Done, Escalation
from desktop.domain.evidence import clean_name
from desktop.domain.link_host import Fetched
from desktop.domain.person import Actor
from desktop.domain.rights import Action, allowed
from desktop.services.arrivals import Arrivals, ArrivalsService, NamedLink
from desktop.services.aside import Aside
from desktop.services.bundle import Bundle, BundleService
from desktop.services.links import LinkService, why_not_allow
from desktop.ui.escalation.evidence import EvidenceTab
from desktop.ui.escalation.evidence_rows import CameRow
from desktop.ui.escalation.ports import Desk, onlooker_of, operator_of
from desktop.ui.kit.dialogs import Question, save_file_dialog
from desktop.ui.tasks import TaskRunner
from desktop.ui.text import one_line
from desktop.ui.verbatim import verbatim

#: Asks an address; outside of the desk's own worker, for it may take long.
Fetches = Callable[[str], Fetched]
_MOST_TEXT = 1 << 20
_ALLOW = "allow"


class Came(NamedTuple):
    """What came for an escalation, and what this person may do about its links."""

    arrivals: Arrivals
    can_fetch: bool
    why_not_allow: str


class EvidenceOutside(QObject):
    """Carries out the wishes of the evidence tab that reach beyond its own files.

    Signals:
        work_done: (tuple of Done) fetched and attached.
        message_requested: (str) how it went, or why not.
    """

    work_done = Signal(object)
    message_requested = Signal(str)

    def __init__(
        self, desk: Desk, runner: TaskRunner, fetch: Fetches | None, tab: EvidenceTab, window: QWidget
    ) -> None:
        """Without `fetch` links are only shown."""
        super().__init__(window)
        self._desk = desk
        self._runner = runner
        self._fetch = fetch
        self._tab = tab
        self._window = window
        self._escalation: Escalation | None = None
        self._saving: CameRow | None = None
        self._fetching: tuple[int, NamedLink] | None = None
        self._aside = TaskRunner(Aside(), self)
        self._aside.bug_found.connect(runner.bug_found)
        self.question: Question | None = None
        tab.looked_at.connect(self._read)
        tab.text_requested.connect(self._read_text)
        tab.save_requested.connect(self._ask_where)
        tab.export_requested.connect(self._ask_where_all)
        tab.named.fetch_requested.connect(self.fetch)
        tab.named.message_requested.connect(self.message_requested)
        tab.exported.message_requested.connect(self.message_requested)

    def set_escalation(self, escalation: Escalation) -> None:
        """Which one is shown."""
        self._escalation = escalation

    def fetch(self, link: NamedLink) -> None:
        """Fetch what a link gives, asking once for a host that was never allowed."""
        if self._fetching is not None or self._escalation is None or self._fetch is None:
            return
        self._fetching = (self._escalation.id, link)
        if link.is_allowed:
            self._run_fetch(must_allow=False)
            return
        host = one_line(link.host)
        self.question = Question(
            self._window,
            f"Fetch from {host}?",
            f"The program asks {host} for this address only, without a password or cookie, and keeps the"
            " answer as text. From now on it may be asked whenever somebody presses Fetch.\n\n"
            f"{one_line(link.link.url[:400])}",
            ((_ALLOW, "Allow and fetch"), ("no", "Cancel")),
            safe="no",
            cancel="no",
        )
        self.question.answered.connect(self._answered)
        self.question.open()

    def export_to(self, path: str) -> None:
        """Write all that is kept of the escalation shown into one file."""
        if path and self._escalation is not None:
            target = Path(path if path.lower().endswith(".zip") else f"{path}.zip")
            self._tab.export.setEnabled(False)
            work = partial(_exported, self._desk, self._escalation.id, target)
            self._runner.run(work, self._show_bundle, self._export_refused, owner=self)

    def save_to(self, path: str) -> None:
        """Write a copy of the row that was asked for."""
        if path and self._saving is not None:
            work = partial(_saved, self._desk, self._saving, Path(path))
            self._runner.run(work, self._say_saved, self._refused, owner=self)

    def _read(self, escalation_id: int) -> None:
        work = partial(_came, self._desk, escalation_id, is_offered=self._fetch is not None)
        self._runner.run(work, self._show, self._refused, owner=self)

    def _show(self, came: Came) -> None:
        self._tab.show_arrivals(came.arrivals, can_fetch=came.can_fetch, why_not_allow=came.why_not_allow)

    def _read_text(self, row: CameRow) -> None:
        self._runner.run(partial(_text, self._desk, row), self._show_text, self._refused, owner=self)

    def _show_text(self, found: tuple[tuple[int, int], str]) -> None:
        self._tab.text.show_row(*found)

    def _ask_where(self, row: CameRow) -> None:
        self._saving = row
        name = row.evidence.name if row.evidence is not None else f"{row.name}.txt"
        dialog = save_file_dialog(self._window, "Save evidence", clean_name(name), "All files (*)")
        dialog.fileSelected.connect(self.save_to)
        dialog.open()

    def _ask_where_all(self) -> None:
        if self._escalation is not None:
            name = f"{self._escalation.number}-evidence.zip"
            dialog = save_file_dialog(self._window, "Export evidence", name, "Evidence bundles (*.zip)")
            dialog.fileSelected.connect(self.export_to)
            dialog.open()

    def _answered(self, key: str) -> None:
        self.question = None
        if key == _ALLOW:
            self._run_fetch(must_allow=True)
        else:
            self._fetching = None

    def _run_fetch(self, *, must_allow: bool) -> None:
        if self._fetching is None or self._fetch is None:
            return
        escalation_id, link = self._fetching
        self._tab.named.set_fetching(True)
        work = partial(_fetched, self._desk, self._fetch, escalation_id, link, must_allow=must_allow)
        self._aside.run(work, self._fetched, self._fetch_refused, owner=self)

    def _fetched(self, done: Done) -> None:
        self._end_fetching()
        self.work_done.emit((done,))

    def _fetch_refused(self, error: DeskError) -> None:
        self._end_fetching()
        self._refused(error)

    def _end_fetching(self) -> None:
        self._fetching = None
        self._tab.named.set_fetching(False)
        if self._escalation is not None:
            self._read(self._escalation.id)

    def _show_bundle(self, bundle: Bundle) -> None:
        self._tab.export.setEnabled(True)
        self._tab.exported.show_bundle(bundle)
        self.message_requested.emit(f"Saved {bundle.path.name}.")

    def _export_refused(self, error: DeskError) -> None:
        self._tab.export.setEnabled(True)
        self._refused(error)

    def _say_saved(self, path: Path) -> None:
        self.message_requested.emit(f"Saved {path.name}.")

    def _refused(self, error: DeskError) -> None:
        self.message_requested.emit(str(error))


def _came(desk: Desk, escalation_id: int, *, is_offered: bool) -> Came:
    by = onlooker_of(desk)
    arrivals = ArrivalsService(store=desk.escalations.cases.store).arrivals(escalation_id)
    return Came(arrivals, is_offered and allowed(by, Action.ATTACH), why_not_allow(by))


def _bytes(desk: Desk, row: CameRow) -> bytes:
    if row.evidence is not None:
        return desk.evidence.read(row.evidence.id)
    assert row.arrived is not None  # one of the two is there
    return ArrivalsService(store=desk.escalations.cases.store).body(row.arrived.message.id)


def _text(desk: Desk, row: CameRow) -> tuple[tuple[int, int], str]:
    return row.key, verbatim(_bytes(desk, row)[:_MOST_TEXT])


def _saved(desk: Desk, row: CameRow, path: Path) -> Path:
    data = _bytes(desk, row)
    try:
        path.write_bytes(data)
    except OSError as error:
        raise DeskError(
            f"{path.name} could not be written: {error.strerror or error}.", hint="Choose another folder."
        ) from error
    return path


def _fetched(desk: Desk, fetch: Fetches, escalation_id: int, link: NamedLink, *, must_allow: bool) -> Done:
    by: Actor = operator_of(desk)
    service = LinkService(
        store=desk.escalations.cases.store, clock=desk.clock, escalations=desk.escalations, fetch=fetch
    )
    if must_allow:
        service.allow(link.host, by)
    return service.fetch(link.link.url, escalation_id, by)


def _exported(desk: Desk, escalation_id: int, target: Path) -> Bundle:
    service = BundleService(store=desk.escalations.cases.store, clock=desk.clock)
    return service.export(escalation_id, target, operator_of(desk))
