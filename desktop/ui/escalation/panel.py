"""The panel at the side of the board: everything about one escalation."""

from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.domain.errors import DeskError, NotFound
from desktop.domain.instant import from_us
from desktop.ui.escalation.action_ids import RIGHT_OF
from desktop.ui.escalation.evidence_desk import EvidenceDesk
from desktop.ui.escalation.head_menu import KeysOf
from desktop.ui.escalation.parts import PanelParts
from desktop.ui.escalation.ports import Desk, onlooker_of
from desktop.ui.heartbeat import Heartbeat
from desktop.ui.icons import Icons
from desktop.ui.kit.drop import pieces_of
from desktop.ui.kit.empty import EmptyState
from desktop.ui.kit.scroll import ScrollColumn
from desktop.ui.tasks import TaskRunner
from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.services.details import EscalationDetails
    from desktop.ui.escalation.evidence_outside import EvidenceOutside, Fetches


class _Read(NamedTuple):
    """What the worker brings: for which request, and the details."""

    serial: int
    details: "EscalationDetails"


class DetailPanel(QFrame):
    """Shows one escalation and keeps it up to date.

    Signals:
        action_requested: (str action id) the person wants that done to the escalation shown.
        work_done: (tuple of Done) something was done in the panel itself.
        close_requested: the person wants the panel away.
        open_escalation_requested: (int id) another escalation is wanted.
        message_requested: (str) something to say in passing.
        shown_changed: (int id, 0 for none) another escalation is shown.
        states_read: (int id, tuple of ActionState) what may be done to the one that is shown now.
    """

    action_requested = Signal(str)
    work_done = Signal(object)
    close_requested = Signal()
    open_escalation_requested = Signal(int)
    message_requested = Signal(str)
    shown_changed = Signal(int)
    states_read = Signal(int, object)

    def __init__(
        self,
        desk: Desk,
        *,
        runner: TaskRunner,
        theme: Theme,
        icons: Icons,
        heartbeat: Heartbeat,
        viewing_folder: Path,
        keys_of: KeysOf,
        fetch: "Fetches | None" = None,
        parent: QWidget | None = None,
    ) -> None:
        """Without `fetch` nothing that messages link to can be fetched."""
        super().__init__(parent)
        self.setProperty("part", "details")
        self.setAccessibleName("Details")
        self.setAcceptDrops(True)
        self._desk = desk
        self._runner = runner
        self._heartbeat = heartbeat
        self._serial = 0
        self._told_us = 0
        self._wanted_id = 0
        self._details: EscalationDetails | None = None
        self._fetch = fetch
        self._outside: EvidenceOutside | None = None
        self._evidence_desk = EvidenceDesk(desk, runner, viewing_folder, self)
        self._evidence_desk.work_done.connect(self.work_done)
        self._evidence_desk.message_requested.connect(self.message_requested)
        self.parts = PanelParts(theme, icons, keys_of)
        self.parts.action_requested.connect(self.action_requested)
        self.parts.close_requested.connect(self.close_requested)
        self.parts.open_escalation_requested.connect(self.open_escalation_requested)
        self.parts.completed.connect(self._await_evidence)
        self._scroll = ScrollColumn(self.parts)
        self.parts.reveal_requested.connect(self._scroll.reveal)
        self._empty = EmptyState(icons)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._scroll)
        column.addWidget(self._empty)
        heartbeat.ticked.connect(self._tick)
        self.clear()

    @property
    def current_id(self) -> int:
        """The escalation that is shown or being fetched; 0 for none."""
        return self._wanted_id

    @property
    def details(self) -> "EscalationDetails | None":
        """What is shown."""
        return self._details

    def show_escalation(self, escalation_id: int) -> None:
        """Show this one; what was shown stays until it is read."""
        if escalation_id != self._wanted_id:
            self._wanted_id = escalation_id
            self.shown_changed.emit(escalation_id)
        self.refresh()

    def refresh(self) -> None:
        """Read again what is shown."""
        if self._wanted_id:
            self._serial += 1
            self._runner.run(
                partial(_read, self._desk, self._serial, self._wanted_id),
                self._show,
                self._failed,
                owner=self,
            )

    def notice_changed(self, ids: Collection[int]) -> None:
        """These escalations have changed, here or elsewhere; none named are very many."""
        if not ids or ({self._wanted_id} | _concerned(self._details)) & set(ids):
            self.refresh()

    def add_tab_later(self, title: str, make: Callable[[], QWidget]) -> None:
        """Add a tab beside timeline and evidence; it is made when somebody goes there."""
        self.parts.add_tab_later(title, make)

    def clear(self) -> None:
        """Show none."""
        self._serial += 1
        had_one, self._wanted_id, self._details = bool(self._wanted_id), 0, None
        self._scroll.hide()
        self._empty.show_state(
            "open", "No escalation chosen", "Choose a card to see all that is known of it."
        )
        self._empty.show()
        if had_one:
            self.shown_changed.emit(0)

    def focus_first(self) -> None:
        """Put the focus on the next sensible thing to do."""
        self.parts.complete()
        header = self.parts.header
        (header.primary if header.primary.isEnabled() else header).setFocus()

    def why_not(self, action_id: str) -> str:
        """Why an action cannot be done to the escalation shown; nothing when it can or is not known here."""
        action = RIGHT_OF.get(action_id)
        states = self._details.actions if self._details is not None else ()
        return next((state.why_not for state in states if state.action is action), "")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._details is not None and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        found = pieces_of(event.mimeData(), with_text=False)
        if found:
            event.acceptProposedAction()
            self._attach(found)

    @property
    def outside(self) -> "EvidenceOutside | None":
        """Who reads, fetches and exports for the evidence tab, once that was looked at."""
        return self._outside

    def _await_evidence(self) -> None:
        self.parts.tabbed.evidence_made.connect(self._connect_evidence)

    def _connect_evidence(self) -> None:
        from desktop.ui.escalation.evidence_outside import EvidenceOutside  # as the tab itself

        evidence, desk = self.parts.tabbed.evidence, self._evidence_desk
        evidence.dropped.connect(self._attach)
        evidence.open_requested.connect(desk.open_piece)
        evidence.remove_requested.connect(desk.remove_piece)
        self._outside = EvidenceOutside(self._desk, self._runner, self._fetch, evidence, self)
        self._outside.work_done.connect(self.work_done)
        self._outside.message_requested.connect(self.message_requested)
        if self._details is not None:
            self._outside.set_escalation(self._details.escalation)

    def _show(self, read: _Read) -> None:
        if read.serial != self._serial:
            return
        details, before = read.details, self._details
        is_same = before is not None and before.escalation.id == details.escalation.id
        self._details = details
        now = from_us(self._heartbeat.now_us())
        if self._outside is not None:
            self._outside.set_escalation(details.escalation)
        self.parts.show_details(details, now, is_same=is_same)
        self._empty.hide()
        self._scroll.show()
        self.states_read.emit(details.escalation.id, details.actions)
        if not is_same:
            self._scroll.verticalScrollBar().setValue(0)

    def _failed(self, error: DeskError) -> None:
        """It cannot be shown: say why where it would stand."""
        if isinstance(error, NotFound) or self._details is None:
            self._details = None
            self._scroll.hide()
            self._empty.show_state("danger", error.message, error.hint)
            self._empty.show()
        else:
            self.message_requested.emit(str(error))

    def _tick(self, now_us: int) -> None:
        if self._details is not None and self.isVisible():
            now = from_us(now_us)
            self.parts.clocks.tick(now)
            if now_us // 15_000_000 != self._told_us // 15_000_000:
                self._told_us = now_us
                self.parts.now.show_details(self._details, now)

    def _attach(self, found: object) -> None:
        self._evidence_desk.attach(self._wanted_id, found)


def _concerned(details: "EscalationDetails | None") -> set[int]:
    """Others of which the panel tells: what was merged, and the family."""
    if details is None:
        return set()
    relatives = (*((details.parent,) if details.parent is not None else ()), *details.children)
    return {own for own, _ in details.merged} | {relative.id for relative in relatives}


def _read(desk: Desk, serial: int, escalation_id: int) -> _Read:
    return _Read(serial, desk.escalations.details.details(escalation_id, onlooker_of(desk)))
