"""A field that finds a customer by name: whose problem it is."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.ui.escalation.ports import Desk
from desktop.ui.kit.ask_field import AskField
from desktop.ui.kit.suggest import Suggestion
from desktop.ui.tasks import TaskRunner
from desktop.ui.text import one_line

if TYPE_CHECKING:
    from desktop.domain.customer import Customer

_WAIT_MS = 80
_LONGEST = 200


class CustomerPick(AskField):
    """Suggests customers while typing; `value` is the id of the one that was picked, or typed in full."""

    def __init__(self, desk: Desk, runner: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(partial(_found, desk), runner, _WAIT_MS, parent)

    def show_customer(self, customer_id: int, name: str) -> None:
        """Show a customer who is known."""
        self.show_picked(customer_id, one_line(name[:_LONGEST]))

    def value(self) -> str:
        """The id of the customer who is meant, or nothing."""
        typed = self.text().strip().casefold()
        same = [each.key for each in self.suggestions() if each.text.casefold() == typed]
        return super().value() or (str(same[0]) if len(same) == 1 else "")


def _found(desk: Desk, text: str) -> Sequence[Suggestion]:
    return [_suggestion(each) for each in desk.customer.complete(text)]


def _suggestion(customer: "Customer") -> Suggestion:
    return Suggestion(customer.id, one_line(customer.name[:_LONGEST]), customer.tier or "")
