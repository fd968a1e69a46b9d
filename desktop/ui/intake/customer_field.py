"""Whose problem it is: a known customer, found while typing, or a new one, told of in place."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.customer import Customer, name_key
from desktop.domain.policy import Policy
from desktop.domain.priority_words import amount_text
from desktop.ui.intake.asking import complete
from desktop.ui.intake.ports import Desk
from desktop.ui.kit.form import FormRow, FormRows
from desktop.ui.kit.keys import is_enter
from desktop.ui.kit.label import Label
from desktop.ui.kit.segments import Segments
from desktop.ui.kit.suggest import SuggestField, Suggestion
from desktop.ui.tasks import TaskRunner
from desktop.ui.text import one_line

_WAIT_MS = 60
_LONGEST = 200
_NEW = 0


class CustomerField(SuggestField):
    """Completes customers; Enter takes the first, even before the list has come.

    Signals:
        customer_changed: another customer is meant, or none, or a new one.
    """

    customer_changed = Signal()

    def __init__(self, desk: Desk, runner: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._runner = runner
        self._serial = 0
        self._found: tuple[Customer, ...] = ()
        self._wants_first = False
        self.customer: Customer | None = None
        self.is_settled = True
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self._ask)
        self.query_changed.connect(self._typed)
        self.picked.connect(self._take)

    @property
    def is_new(self) -> bool:
        """Whether a customer is named whom the desk does not know, as far as it has answered."""
        return self.customer is None and self.is_settled and bool(self.text().strip())

    def show_customer(self, customer: Customer | None, name: str) -> None:
        """Show a customer, or the name of a new one."""
        self._serial += 1
        self.customer, self.is_settled = customer, True
        self.setText(one_line(name[:_LONGEST]))
        self.close_list()
        self.customer_changed.emit()

    def look_up(self, name: str) -> None:
        """Show a name and find out whose it is."""
        self.show_customer(None, name)
        self._typed()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_enter(event) and not self.is_open and not self.is_settled:
            self._wants_first = True
            self._ask()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if not self.is_settled:
            self._ask()

    def _typed(self) -> None:
        self._serial += 1
        self._wants_first = False
        self.customer, self.is_settled = None, not self.text().strip()
        self.customer_changed.emit()
        if self.is_settled:
            self.set_suggestions(())
        else:
            self._timer.start()

    def _ask(self) -> None:
        self._timer.stop()
        work = partial(complete, self._desk, self._serial, self.text())
        self._runner.run(work, self._answered, owner=self)

    def _answered(self, answer: tuple[int, str, tuple[Customer, ...]]) -> None:
        serial, text, found = answer
        if serial != self._serial:
            return
        self._found = found
        exact = next((each for each in found if name_key(each.name) == name_key(text)), None)
        first = found[0] if found and self._wants_first else exact
        if first is not None and (self._wants_first or not self.hasFocus()):
            self.show_customer(first, first.name)
            return
        self.customer, self.is_settled = exact, True
        self.set_suggestions(
            [*map(_suggestion, found), *_offer(text, is_known=exact is not None, others=found)]
        )
        self.customer_changed.emit()

    def _take(self, key: object) -> None:
        chosen = next((each for each in self._found if each.id == key), None)
        name = chosen.name if chosen is not None else self._typed_name()
        self.show_customer(chosen, name)

    def _typed_name(self) -> str:
        """The name in the line that offers to add it."""
        return self.text().removeprefix(_OFFER[0]).removesuffix(_OFFER[1])


_OFFER = ("Add “", "” as a new customer")


def _offer(text: str, *, is_known: bool, others: Sequence[Customer]) -> list[Suggestion]:
    if is_known or not others:
        return []
    return [Suggestion(_NEW, f"{_OFFER[0]}{one_line(text[:_LONGEST])}{_OFFER[1]}")]


def _suggestion(customer: Customer) -> Suggestion:
    return Suggestion(customer.id, one_line(customer.name[:_LONGEST]), one_line(customer.region[:40]))


def customer_words(customer: Customer, policy: Policy) -> str:
    """What is known of a customer: "Strategic · 4.2 M EUR a year · EU · account owner M. Duarte"."""
    tier = policy.tier(customer.tier) if customer.tier else None
    parts = (
        tier.name if tier else "Tier not known",
        f"{amount_text(customer.revenue)} {customer.currency} a year"
        if customer.revenue is not None
        else "revenue not known",
        one_line(customer.region),
        f"account owner {one_line(customer.account_owner)}" if customer.account_owner else "",
    )
    return " · ".join(filter(None, parts))


class NewCustomerBox(QFrame):
    """What may be told of a customer that the desk does not know yet.

    Signals:
        changed: anything of it.
    """

    changed = Signal()

    def __init__(self, policy: Policy, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "card")
        self._title = Label("", "small_strong", wrap=True)
        self.tier = Segments([(tier.key, tier.name) for tier in policy.tiers], "Tier")
        self.revenue = QLineEdit()
        self.revenue.setPlaceholderText("Such as 300 k or 4.2 M")
        self.revenue.setMaxLength(40)
        self.region = QLineEdit()
        self.region.setMaxLength(100)
        rows = FormRows()
        rows.add_row("Tier", self.tier)
        self.revenue_row: FormRow = rows.add_row(f"Revenue, {policy.currency} a year", self.revenue)
        rows.add_row("Region", self.region)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 10)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(rows)
        self.tier.chosen.connect(self.changed)
        self.revenue.textEdited.connect(self.changed)
        self.region.textEdited.connect(self.changed)

    def set_name(self, name: str) -> None:
        """Whom it is about."""
        self._title.setText(f"New customer “{one_line(name[:_LONGEST])}”: what is not told is assumed.")
