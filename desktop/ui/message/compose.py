"""The page that writes one message: chosen, filled, checked, sent; a draft is never lost."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.errors import DeskError
from desktop.domain.instant import from_us
from desktop.domain.message import Audience, Stage
from desktop.ui.kit.banner import BannerStack
from desktop.ui.kit.empty import EmptyState
from desktop.ui.message.compose_body import ComposeBody
from desktop.ui.message.compose_head import ComposeHead
from desktop.ui.message.compose_keeper import DraftKeeper
from desktop.ui.message.compose_pad import Pad
from desktop.ui.message.compose_send import Sender
from desktop.ui.message.ports import RELEASE, Changes, Gone, KeepsMessages, Writing
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import clock_time

_HERE_US = 15_000_000  # so often it is said that one writes
_FAULT = "fault"


class ComposePage(QWidget):
    """Writes to somebody about one escalation.

    Signals:
        work_told: (Done, str) it is sent, and the sentence that says so.
        message_requested: (str)
        leave_requested: the person is done here.
        told_requested: (int) somebody told them by other means; record that.
        states_changed: what can be done now may be another thing.
    """

    title = "Write a message"
    work_told = Signal(object, str)
    message_requested = Signal(str)
    leave_requested = Signal()
    told_requested = Signal(int)
    states_changed = Signal()

    def __init__(self, keeps: KeepsMessages, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keeps = keeps
        self._around = around
        self._escalation_id = 0
        self._ahead: list[QKeyEvent] = []
        self._told_us = 0
        self._has_typed = False
        self._fault = ""
        self.head = ComposeHead()
        self.banners = BannerStack(around.icons)
        self.body = ComposeBody(around.theme)
        self.empty = EmptyState(around.icons)
        self.keeper = DraftKeeper(keeps, around.runner, self)
        self.pad = Pad(self, self.body, self.banners, self.keeper, keeps)
        self.sending = Sender(self, keeps, around.runner)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.body)
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.banners)
        column.addWidget(self._stack, 1)
        self._connect()
        self._show_nothing()

    @property
    def writing(self) -> Writing | None:
        """What is written now."""
        return self.pad.writing

    # -- the page protocol
    def handles(self) -> Mapping[str, Callable[[], None]]:
        """The actions it carries out."""
        return {
            "compose.send": self.send,
            "compose.ask_release": self.ask_release,
            "compose.release": self.release,
            "compose.discard": self.discard,
        }

    def why_not(self, action_id: str) -> str:
        """Why one cannot be done now."""
        writing = self.writing
        if not action_id.startswith("compose."):
            return ""
        if writing is None:
            return "No message is being written."
        if action_id == "compose.send":
            return writing.refusal or ("It is being sent." if self.sending.is_sending else "")
        if action_id == "compose.discard":
            return ""
        release = writing.release
        if not release.is_open:
            return "It is released." if release.is_needed else "Nobody else has to release it."
        if action_id == "compose.ask_release":
            return "It is asked for already." if release.asked_by else ""
        return release.why_not if release.asked_by else "Nobody has asked for it yet."

    def focus_first(self) -> None:
        """Go where work begins."""
        if self._stack.currentWidget() is self.empty:
            self.empty.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.body.pick.stages.setFocus(Qt.FocusReason.OtherFocusReason)
            self.body.scroller.reveal(self.body.pick)

    def selected_ids(self) -> tuple[int, ...]:
        """The escalation it is about."""
        return (self._escalation_id,) if self._escalation_id else ()

    # -- wishes
    def write(self, escalation_id: int, audience: Audience | None = None, stage: Stage | None = None) -> None:
        """Write about this escalation: what is proposed, or what was begun."""
        self._put_away()
        self._escalation_id = escalation_id
        self.body.pick.clear()
        self._stack.setCurrentWidget(self.body)
        self.focus_first()
        self._open(audience, stage)

    def send(self) -> None:
        """Send it, once everything typed is kept and nothing is against it."""
        if self.writing is not None and not self.sending.is_sending:
            self.sending.wish()
            self.pad.settle()
            # Read once more as it stands: what is sent is what was seen, and not what was so an hour ago.
            self.keeper.do(partial(self._keeps.change, self.writing.key, Changes()))

    def leave(self) -> None:
        """Go away; the draft is kept."""
        has_words = self._has_typed and self.writing is not None
        self._put_away()
        self._show_nothing()
        if has_words:
            self.message_requested.emit("Draft kept. Press U on the escalation to go on.")
        self.leave_requested.emit()

    def discard(self) -> None:
        """Give the draft up."""
        if self.writing is not None:
            self.keeper.forget()
            discard = partial(self._keeps.discard, self.writing.key)
            self._around.runner.run(discard, self._discarded, self._fail, owner=self)

    def ask_release(self) -> None:
        """Ask that somebody else lets it go."""
        if self.writing is not None:
            self.keeper.do(partial(self._keeps.ask_release, self.writing.key))

    def release(self) -> None:
        """Let the message of another go."""
        if self.writing is not None:
            self.keeper.do(partial(self._keeps.release, self.writing.key))

    def refresh(self) -> None:
        """The record, the facts or the draft may be others now: they are live until it is sent."""
        writing = self.writing
        is_at_rest = self.keeper.is_settled and not self._is_waiting and not self.sending.is_sending
        if self.isVisible() and writing is not None and is_at_rest:
            self.keeper.do(partial(self._keeps.change, writing.key, Changes()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_return = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_return and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if not event.isAutoRepeat():
                self.send()
        elif event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self.leave()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.keeper.save()

    # -- within
    @property
    def _is_waiting(self) -> bool:
        return self.body.pick.stages.is_waiting

    def _connect(self) -> None:
        head, pick = self.head, self.body.pick
        head.send_requested.connect(self.send)
        head.leave_requested.connect(self.leave)
        head.discard_requested.connect(self.discard)
        head.told_requested.connect(self._tell_already)
        head.ask_requested.connect(self.ask_release)
        head.release_requested.connect(self.release)
        pick.audience_chosen.connect(self._choose_audience)
        pick.stages.stage_chosen.connect(self._choose_stage)
        pick.stages.entered.connect(self._go_on)
        pick.stages.typed_ahead.connect(self._ahead.append)
        self.body.facts.left.connect(self.body.media.focus_first)
        self.pad.changed.connect(self._typed)
        self.pad.message_requested.connect(self.message_requested)
        self.sending.wanted.connect(self._send_now)
        self.sending.blocked.connect(self._say_blocked)
        self.sending.sent.connect(self._sent)
        self.sending.failed.connect(self._fail)
        self.empty.button_pressed.connect(self.leave_requested)
        self.keeper.read.connect(self._take)
        self.keeper.failed.connect(self._fail)
        self.keeper.settled.connect(self._settled)
        self._around.heartbeat.slowly_ticked.connect(self._tick)

    def _open(self, audience: Audience | None, stage: Stage | None) -> None:
        self.keeper.save()
        self.body.pick.stages.is_waiting = True
        self.keeper.open(partial(self._keeps.open, self._escalation_id, audience, stage))

    def _take(self, writing: Writing) -> None:
        if writing.key.escalation_id != self._escalation_id:
            return
        if self.keeper.unkept.is_empty:
            self._say_fault("")
        self.keeper.take_key(writing.key)
        self.pad.show_writing(writing, self._now())
        self.body.pick.stages.is_waiting = False
        self._show_state()
        self.states_changed.emit()
        self._replay()

    def _fail(self, error: DeskError) -> None:
        self.body.pick.stages.is_waiting = False
        self._ahead.clear()
        self.sending.withdraw()
        if not self._escalation_id:
            self.message_requested.emit(str(error))
        elif self.writing is None:
            self.empty.show_state("send", "This message cannot be written", str(error), "Go to the board")
            self._stack.setCurrentWidget(self.empty)
            self.focus_first()
        else:
            self._say_fault(str(error))
            self.body.facts.say_fault(error.field, str(error))
        self._show_state()

    def _say_fault(self, sentence: str) -> None:
        self._fault = sentence
        if sentence:
            self.banners.show_banner(_FAULT, sentence, "danger")
        else:
            self.banners.withdraw(_FAULT)

    def _say_blocked(self, sentence: str) -> None:
        """It stays where it is; the focus goes to what can be done about it."""
        self.message_requested.emit(sentence)
        writing = self.writing
        used = self.body.media.chosen()
        found = writing.findings if writing is not None else ()
        rules = {each.rule for each in found if each.kind == "block" and each.medium in used}
        if rules <= {RELEASE} and self.head.ask.isVisible():
            self.head.ask.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.body.findings.focus_first()

    def _settled(self) -> None:
        self.body.pick.stages.is_waiting = False
        self._show_state()
        if self._fault:
            self.sending.withdraw()
        else:
            self.sending.go_on()

    def _send_now(self) -> None:
        if self.writing is not None:
            media = self.body.media
            texts = {text.medium: text for text in media.texts()}
            self.sending.send(self.writing, media.chosen(), texts)
            self._show_state()

    def _choose_audience(self, audience: str) -> None:
        self._open(Audience(audience), None)
        self.focus_first()

    def _choose_stage(self, stage: str) -> None:
        if self.writing is not None:
            self._open(self.writing.key.audience, Stage(stage))

    def _go_on(self) -> None:
        field = self.body.facts.first()
        if field is not None:
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            field.selectAll()
        else:
            self.body.media.focus_first()

    def _replay(self) -> None:
        """Do what was typed while the page was being read."""
        while self._ahead and not self._is_waiting:
            target = QApplication.focusWidget()
            inside = target is not None and self.isAncestorOf(target)
            QApplication.sendEvent(target if inside and target else self, self._ahead.pop(0))

    def _typed(self) -> None:
        self._has_typed = True
        self._show_state()

    def _tell_already(self) -> None:
        if self._escalation_id:
            self.told_requested.emit(self._escalation_id)

    def _show_state(self) -> None:
        self.head.show_writing(self.writing, is_sending=self.sending.is_sending)
        if self.writing is None:
            return
        kept_at = self.writing.kept_at
        said = f"Draft kept {clock_time(kept_at)}" if kept_at is not None else ""
        if not self.keeper.is_settled:
            said = "Not kept yet" if self._fault else "Keeping the draft…"
        self.head.show_kept(said, is_faulty=bool(self._fault) and not self.keeper.is_settled)

    def _show_nothing(self) -> None:
        self._escalation_id = 0
        self.empty.show_state(
            "send",
            "No message is being written",
            "Choose an escalation on the board and press U.",
            "Go to the board",
        )
        self._stack.setCurrentWidget(self.empty)
        self._show_state()
        self.states_changed.emit()

    def _put_away(self) -> None:
        self.pad.settle()
        self.keeper.save()
        self.sending.withdraw()
        if self._escalation_id:
            self._around.runner.run(partial(self._keeps.leave, self._escalation_id), owner=self)
        self.keeper.take_key(None)
        self.pad.clear()
        self._say_fault("")
        self._has_typed = False
        self._ahead.clear()

    def _sent(self, gone: Gone) -> None:
        """It is gone: nothing of the draft is left."""
        self.keeper.forget()
        self._put_away()
        self._show_nothing()
        if gone.done is not None:
            self.work_told.emit(gone.done, gone.sentence)
        else:
            self.message_requested.emit(gone.sentence)
        self.leave_requested.emit()

    def _discarded(self, _none: None) -> None:
        self._put_away()
        self._show_nothing()
        self.message_requested.emit("Draft discarded")
        self.leave_requested.emit()

    def _tick(self, now_us: int) -> None:
        if self.isVisible() and self.writing is not None and now_us - self._told_us >= _HERE_US:
            self._told_us = now_us
            here = partial(self._keeps.here, self._escalation_id)
            self._around.runner.run(here, self.head.show_others, owner=self)

    def _now(self) -> datetime:
        return from_us(self._around.heartbeat.now_us())
