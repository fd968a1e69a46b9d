"""Sends what is filled in: as a new escalation, or to one that is open already."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop.domain.errors import DeskError
from desktop.domain.escalation import Done, Opened
from desktop.ui.intake.asking import join, submit
from desktop.ui.intake.content import Content, faults
from desktop.ui.intake.ports import Desk
from desktop.ui.tasks import TaskRunner


class Sender(QObject):
    """One thing under way at a time; a refusal changes nothing.

    Signals:
        opened: (Opened) it is an escalation now.
        joined: (tuple of Done) it was added to another.
        refused: (DeskError) it was not kept; what is wrong and, in `field`, where.
    """

    opened = Signal(object)
    joined = Signal(object)
    refused = Signal(object)

    def __init__(self, desk: Desk, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._runner = runner
        self.is_sending = False

    def send(self, key: str, content: Content) -> dict[str, str]:
        """Open it; gives what is missing by field, and then does nothing."""
        found = faults(content)
        if not found and not self.is_sending:
            self.is_sending = True
            self._runner.run(
                partial(submit, self._desk, key, content), self._opened, self._refused, owner=self
            )
        return found

    def join(self, key: str, content: Content, into_id: int) -> None:
        """Add it to an open one."""
        if not self.is_sending:
            self.is_sending = True
            work = partial(join, self._desk, key, content, into_id)
            self._runner.run(work, self._joined, self._refused, owner=self)

    def _opened(self, opened: Opened) -> None:
        self.is_sending = False
        self.opened.emit(opened)

    def _joined(self, done: tuple[Done, ...]) -> None:
        self.is_sending = False
        self.joined.emit(done)

    def _refused(self, error: DeskError) -> None:
        self.is_sending = False
        self.refused.emit(error)
