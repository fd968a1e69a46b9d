"""Asks the desk while typing goes on, and lets only the latest answer through."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.errors import DeskError
from desktop.ui.intake.asking import Outlook, alike, look_ahead
from desktop.ui.intake.content import Content
from desktop.ui.intake.ports import Desk
from desktop.ui.tasks import TaskRunner

if TYPE_CHECKING:
    from desktop.services.search import Similar

_WAIT_MS = 120


class Asker(QObject):
    """Looks ahead and looks for what is alike, a moment after the last key.

    Signals:
        outlook_came: (Outlook) for what is filled in now.
        similar_came: (Similar) for what is filled in now.
        failed: (DeskError) it cannot be told at the moment.
    """

    outlook_came = Signal(object)
    similar_came = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._runner = runner
        self._content = Content()
        self._serial = self._serial_alike = 0
        self._asked: object = None
        self._asked_alike: object = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self._ask)

    def note(self, content: Content) -> None:
        """The form holds this now."""
        self._content = content
        self._timer.start()

    def ask_again(self) -> None:
        """Ask even though nothing was typed: time has passed, or the desk has changed."""
        self._asked = self._asked_alike = None
        self._timer.start()

    def _ask(self) -> None:
        content = self._content
        weighs = (
            content.customer_id, content.customer, content.tier, content.revenue, content.area,
            content.issue_type, content.severity, content.business_impact, content.reputational_risk,
        )  # fmt: skip
        says = (
            content.title,
            content.customer_id,
            content.external_ref,
            content.title or content.description[:400],
        )
        if weighs != self._asked:
            self._asked = weighs
            self._serial += 1
            work = partial(look_ahead, self._desk, self._serial, content)
            self._runner.run(work, self._take_outlook, self._fail, owner=self)
        if says != self._asked_alike:
            self._asked_alike = says
            self._serial_alike += 1
            work_alike = partial(alike, self._desk, self._serial_alike, content)
            self._runner.run(work_alike, self._take_similar, self._fail, owner=self)

    def _take_outlook(self, outlook: Outlook) -> None:
        if outlook.serial == self._serial:
            self.outlook_came.emit(outlook)

    def _take_similar(self, answer: "tuple[int, Similar]") -> None:
        serial, similar = answer
        if serial == self._serial_alike:
            self.similar_came.emit(similar)

    def _fail(self, error: DeskError) -> None:
        self._asked = self._asked_alike = None
        self.failed.emit(error)
