"""A field that finds a customer by name: whose problem it is."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from desktop.ui.escalation.ports import Desk
from desktop.ui.kit.suggest import SuggestField, Suggestion
from desktop.ui.tasks import TaskRunner
from desktop.ui.text import one_line

if TYPE_CHECKING:
    from desktop.domain.customer import Customer

_WAIT_MS = 80
_LONGEST = 200


class CustomerPick(SuggestField):
    """Suggests customers while typing; `value` is the id of the one that was picked, or typed in full."""

    def __init__(self, desk: Desk, runner: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._runner = runner
        self._id = 0
        self._serial = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self._ask)
        self.query_changed.connect(self._wait)
        self.picked.connect(self._take)

    def show_customer(self, customer_id: int, name: str) -> None:
        """Show a customer who is known."""
        self._id = customer_id
        self.setText(one_line(name[:_LONGEST]))
        self.setCursorPosition(0)

    def value(self) -> str:
        """The id of the customer who is meant, or nothing."""
        if self._id:
            return str(self._id)
        typed = self.text().strip().casefold()
        same = [each.key for each in self.suggestions() if each.text.casefold() == typed]
        return str(same[0]) if len(same) == 1 else ""

    def _wait(self) -> None:
        self._id = 0
        self._serial += 1
        self._timer.start()

    def _ask(self) -> None:
        work = partial(_found, self._desk, self._serial, self.text())
        self._runner.run(work, self._show, owner=self)

    def _show(self, found: "tuple[int, tuple[Customer, ...]]") -> None:
        serial, customers = found
        if serial == self._serial:
            self.set_suggestions(
                [Suggestion(each.id, one_line(each.name[:_LONGEST]), each.tier or "") for each in customers]
            )

    def _take(self, key: object) -> None:
        self._id = key if isinstance(key, int) else 0


def _found(desk: Desk, serial: int, text: str) -> "tuple[int, tuple[Customer, ...]]":
    return serial, desk.customer.complete(text[:_LONGEST])
