"""The page that opens an escalation: form at the left, what it will mean at the right."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.errors import DeskError
from desktop.domain.escalation import Done, Opened
from desktop.domain.instant import from_us
from desktop.ui.intake.asking import Beginning, begin
from desktop.ui.intake.body import IntakeBody
from desktop.ui.intake.drafts import DraftKeeper
from desktop.ui.intake.filler import Filler
from desktop.ui.intake.head import IntakeHead
from desktop.ui.intake.pad import FAULT, Pad
from desktop.ui.intake.ports import Desk
from desktop.ui.intake.sender import Sender
from desktop.ui.kit.banner import BannerStack
from desktop.ui.surroundings import Surroundings


class IntakePage(QWidget):
    """Opens escalations; nothing typed here is ever lost.

    Signals:
        escalation_opened: (int id) a new one.
        open_escalation_requested: (int id) show it on the board.
        work_done: (tuple of Done) something was joined to an open one.
        work_told: (Opened, str) it was opened, and the sentence that says so.
        message_requested: (str) a sentence for the toast.
        leave_requested: the person is done here; the draft is kept.
        states_changed: `why_not` may answer differently.
    """

    title = "New escalation"
    escalation_opened = Signal(int)
    open_escalation_requested = Signal(int)
    work_done = Signal(object)
    work_told = Signal(object, str)
    message_requested = Signal(str)
    leave_requested = Signal()
    states_changed = Signal()

    def __init__(self, desk: Desk, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._around = around
        self._wants_focus = False
        self.head = IntakeHead()
        self.banners = BannerStack(around.icons)
        self.body = IntakeBody(desk, around)
        self.keeper = DraftKeeper(desk, around.runner, self)
        self.sending = Sender(desk, around.runner, self)
        self.pad = Pad(
            self.body, self.banners, self.keeper, Filler(desk, around.runner, self), around.heartbeat
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.banners)
        column.addWidget(self.body, 1)
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        """Read the policy and the drafts: at first, when shown, and when they have changed."""
        self._around.runner.run(partial(begin, self._desk), self._begin, owner=self)

    def handles(self) -> Mapping[str, Callable[[], None]]:
        return {"intake.submit": self.submit, "intake.discard": self.discard, "intake.join": self.join_best}

    def why_not(self, action_id: str) -> str:
        if action_id.startswith("intake.") and self.sending.is_sending:
            return "It is being opened."
        if action_id == "intake.join" and self.body.similar.best is None:
            return "Nothing open looks like it."
        if action_id == "intake.discard" and self.body.content.is_empty:
            return "Nothing is filled in."
        return ""

    def focus_first(self) -> None:
        """Go to the customer, or on to the title where that is filled in."""
        form = self.body.form
        self._wants_focus = form is None
        if form is not None:
            (form.title if form.customer.text() else form.customer).setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Open it, or go to the first field that wants something."""
        if self.body.form is not None and not self.sending.is_sending:
            self.banners.withdraw(FAULT)
            self.body.form.show_faults(self.sending.send(self.keeper.key, self.body.content))
            self._show_state()

    def discard(self) -> None:
        """Throw away what is filled in; it can be brought back."""
        if not self.body.content.is_empty:
            self.pad.discard()
            self.focus_first()

    def cancel(self) -> None:
        """Leave; what is filled in stays as a draft."""
        if not self.body.content.is_empty:
            self.pad.put_away()
            self.message_requested.emit("Draft kept. It waits under Drafts on the intake page.")
        self.leave_requested.emit()

    def join_best(self) -> None:
        """Add what is filled in to the likeliest open escalation."""
        if self.body.similar.best is not None:
            self._join(self.body.similar.best.id)

    def event(self, event: QEvent) -> bool:
        # Ctrl+J goes to the most urgent clock elsewhere; beside an open duplicate it joins that one.
        is_override = event.type() is QEvent.Type.ShortcutOverride
        if is_override and isinstance(event, QKeyEvent) and _is_join(event) and self.body.similar.best:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_join(event):
            self.join_best()
        elif event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self.cancel()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.keeper.save()

    def _connect(self) -> None:
        head, similar = self.head, self.body.similar
        head.submit_requested.connect(self.submit)
        head.cancel_requested.connect(self.cancel)
        head.discard_requested.connect(self.discard)
        head.paste_requested.connect(self.pad.paste_clipboard)
        head.draft_requested.connect(self.pad.take_up)
        similar.join_requested.connect(self._join)
        similar.open_escalation_requested.connect(self.open_escalation_requested)
        self.body.similar_changed.connect(self.states_changed)
        self.body.focus_lost.connect(self.keeper.save)
        self.pad.changed.connect(self._show_state)
        self.keeper.kept_changed.connect(self._show_state)
        self.keeper.drafts_changed.connect(self._show_state)
        self.sending.opened.connect(self._opened)
        self.sending.joined.connect(self._joined)
        self.sending.refused.connect(self._refused)
        self._around.heartbeat.ticked.connect(self._tick)

    def _begin(self, beginning: Beginning) -> None:
        self.pad.begin(beginning)
        if self._wants_focus:
            self.focus_first()

    def _join(self, escalation_id: int) -> None:
        self.sending.join(self.keeper.key, self.body.content, escalation_id)
        self._show_state()

    def _opened(self, opened: Opened) -> None:
        self.pad.let_go()
        scored = f" as {opened.priority} · {opened.score}" if opened.priority is not None else ""
        self.work_told.emit(opened, f"Opened {opened.number}{scored}")
        self.escalation_opened.emit(opened.id)
        self.open_escalation_requested.emit(opened.id)

    def _joined(self, done: tuple[Done, ...]) -> None:
        self.pad.let_go()
        self.work_done.emit(done)
        self.open_escalation_requested.emit(done[0].escalation_id)

    def _refused(self, error: DeskError) -> None:
        self._show_state()
        form = self.body.form
        if form is not None and error.field in form.field_names:
            form.show_faults({error.field: str(error)})
        else:
            self.pad.say_fault(error)

    def _show_state(self) -> None:
        now = from_us(self._around.heartbeat.now_us())
        self.head.show_state(has_content=not self.body.content.is_empty, is_sending=self.sending.is_sending)
        self.head.show_drafts(self.keeper.others(), now)
        self.head.show_kept(self.keeper.words(now), is_faulty=bool(self.keeper.fault))
        self.states_changed.emit()

    def _tick(self, now_us: int) -> None:
        if self.isVisible():
            self.head.show_kept(self.keeper.words(from_us(now_us)), is_faulty=bool(self.keeper.fault))


def _is_join(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_J and event.modifiers() == Qt.KeyboardModifier.ControlModifier
