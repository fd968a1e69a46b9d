"""Which customer a duplicate is merged into, and what that does."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.domain.customer import Customer
from desktop.domain.customer_change import Rescoring
from desktop.domain.errors import DeskError
from desktop.ui.kit.button import Button
from desktop.ui.kit.card import Card
from desktop.ui.kit.form import FormRows
from desktop.ui.kit.keys import is_enter
from desktop.ui.kit.label import Label
from desktop.ui.kit.pick import PickField
from desktop.ui.kit.suggest import Suggestion
from desktop.ui.text import one_line

_LONGEST = 120


class MergeCard(Card):
    """Finds the customer that stays; what the duplicate had goes there.

    Signals:
        merge_requested: (int customer_id, int into_id).
        foresight_wanted: (int customer_id, int into_id) answered by `show_foresight`.
        cancelled: the person wants nothing merged.
    """

    merge_requested = Signal(int, int)
    foresight_wanted = Signal(int, int)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Merge", parent=parent)
        self._customer = Customer(0, "")
        self.into = PickField()
        rows = FormRows()
        self.row = rows.add_row(
            "Merge &into", self.into, "Type a part of the name of the customer that stays."
        )
        self.words = Label("", wrap=True)
        self.foresight = Label("", "strong", wrap=True)
        self.foresight.hide()
        self.merge_button = Button("Merge customers", "primary", keys="Ctrl+Enter")
        self.cancel_button = Button("Cancel", keys="Esc")
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.merge_button)
        self.body.addWidget(self.words)
        self.body.addWidget(rows)
        self.body.addWidget(self.foresight)
        self.body.addLayout(buttons)
        self.into.picked.connect(self._foresee)
        self.merge_button.clicked.connect(self.merge)
        self.cancel_button.clicked.connect(self.cancelled)

    def show_customer(self, customer: Customer, others: Sequence[Customer]) -> None:
        """Ask where everything of this customer is to go."""
        self._customer = customer
        self.set_title(f"{one_line(customer.name[:_LONGEST])} is a duplicate")
        self.words.setText(
            "Its escalations move to the customer that stays; it is archived and its name leads there."
        )
        self.into.set_options([_suggestion(other) for other in others if other.id != customer.id])
        self.into.set_value("")
        self.foresight.hide()
        self.row.set_error("")

    def show_foresight(self, answer: tuple[int, Rescoring]) -> None:
        """What the merge would do to open escalations."""
        into_id, found = answer
        if str(into_id) == self.into.value():
            self.foresight.setText(found.sentence)
            self.foresight.setVisible(bool(found.sentence))

    def show_error(self, error: DeskError) -> None:
        """Say why it cannot be merged."""
        self.row.set_error(str(error))

    def merge(self) -> None:
        """Ask for the merge, or for the customer that stays where it is not clear."""
        into = self.into.value()
        if into:
            self.merge_requested.emit(self._customer.id, int(into))
        else:
            self.row.set_error("Choose the customer that stays.")
            self.into.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_submit = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif is_enter(event) or (event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and is_submit):
            self.merge()
        else:
            super().keyPressEvent(event)

    def _foresee(self, key: object) -> None:
        self.row.set_error("")
        if isinstance(key, int):
            self.foresight_wanted.emit(self._customer.id, key)


def _suggestion(customer: Customer) -> Suggestion:
    return Suggestion(customer.id, one_line(customer.name[:_LONGEST]), one_line(customer.region[:40]))
