"""The way of a message out of the page: everything kept, nothing against it, confirmed, sent."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from desktop.domain.errors import DeskError
from desktop.domain.message import Medium, Way
from desktop.ui.kit.popover import Popover, top_of_page
from desktop.ui.message.compose_confirm import ConfirmSending
from desktop.ui.message.compose_findings import blocking, summary
from desktop.ui.message.compose_words import copied_text, sending_words
from desktop.ui.message.ports import Gone, KeepsMessages, MediumText, Outgoing, WayOut, Writing
from desktop.ui.tasks import TaskRunner

_AT_ONCE = (Way.MAIL, Way.CHAT)


class Sender(QObject):
    """Waits until all is kept, then asks where it cannot be taken back, then sends.

    Signals:
        blocked: (str) something keeps it from being sent.
        sent: (Gone)
        failed: (DeskError)
        wanted: whoever shows the message is to say what is to be sent.
    """

    blocked = Signal(str)
    sent = Signal(object)
    failed = Signal(object)
    wanted = Signal()

    def __init__(self, page: QWidget, keeps: KeepsMessages, runner: TaskRunner) -> None:
        super().__init__(page)
        self._page = page
        self._keeps = keeps
        self._runner = runner
        self._is_wished = False
        self._ready: tuple[Writing, tuple[Outgoing, ...]] | None = None
        self._copied = ""
        self._popover = Popover(page)
        self.is_sending = False

    @property
    def question(self) -> ConfirmSending | None:
        """What is asked before it goes."""
        content = self._popover.content
        return content if isinstance(content, ConfirmSending) else None

    def wish(self) -> None:
        """It is to be sent, as soon as everything is kept."""
        if not self.is_sending:
            self._is_wished = True

    def withdraw(self) -> None:
        """Not now."""
        self._is_wished = False
        self._popover.close_popover()

    def go_on(self) -> None:
        """All is kept: if it was wished, send it."""
        if self._is_wished:
            self._is_wished = False
            self.wanted.emit()

    def send(
        self,
        writing: Writing,
        chosen: Mapping[Medium, WayOut],
        texts: Mapping[Medium, MediumText],
    ) -> None:
        """Send what is chosen, unless something is against it."""
        used = tuple(each for each in writing.findings if each.medium in chosen)
        if blocking(used, writing.overrides):
            self.blocked.emit(f"{summary(used, writing.overrides)}.")
            return
        if not chosen:
            self.blocked.emit("Nothing goes out: choose below one of the texts how it is sent.")
            return
        if writing.release.is_open:
            self.blocked.emit("Somebody else has to release it first.")
            return
        out = tuple(Outgoing(medium, way.way, way.contact_ids) for medium, way in chosen.items())
        self._ready = (writing, out)
        copied = [texts[each.medium] for each in out if each.way is Way.COPIED]
        self._copied = copied_text(copied) if copied else ""
        if any(each.way in _AT_ONCE for each in out):
            self._ask(f"Send this to {writing.reader}?", sending_words(writing, chosen))
        else:
            self._send()

    def _ask(self, title: str, text: str) -> None:
        question = ConfirmSending(title, text)
        question.confirmed.connect(self._send)
        question.cancelled.connect(self._popover.close_popover)
        self._popover.show_at(question, top=top_of_page(self._page))

    def _send(self) -> None:
        self._popover.close_popover()
        if self._ready is None or self.is_sending:
            return
        writing, out = self._ready
        self.is_sending = True
        work = partial(self._keeps.send, writing.key, out)
        self._runner.run(work, self._take_sent, self._refuse, owner=self)

    def _take_sent(self, gone: Gone) -> None:
        self.is_sending = False
        self._ready = None
        if self._copied:
            QApplication.clipboard().setText(self._copied)
        self.sent.emit(gone)

    def _refuse(self, error: DeskError) -> None:
        self.is_sending = False
        self.failed.emit(error)
