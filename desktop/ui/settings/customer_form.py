"""The form of one customer."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from desktop.domain.customer import LONGEST_NAME, Customer, revenue_of, weighs_otherwise
from desktop.domain.customer_change import Rescoring
from desktop.domain.errors import DeskError
from desktop.domain.policy import Tier
from desktop.ui.kit.button import Button
from desktop.ui.kit.card import Card
from desktop.ui.kit.form import FormRow, FormRows
from desktop.ui.kit.keys import is_enter
from desktop.ui.kit.label import Label
from desktop.ui.kit.segments import Segments
from desktop.ui.settings.customer_calls import Book

_WAIT_MS = 150
_UNKNOWN = ("", "Not known")


class CustomerForm(Card):
    """Name, tier, revenue, region, contacts, time zone, account owner; for a new or a known customer.

    Where other values would move escalations to another band, it says so before it lets them be kept.

    Signals:
        keep_requested: (Customer) as filled in; id 0 for a new one.
        foresight_wanted: (Customer) ask what keeping this would do; answered by `show_foresight`.
        cancelled: the person wants nothing changed.
    """

    keep_requested = Signal(object)
    foresight_wanted = Signal(object)
    cancelled = Signal()

    def __init__(self, tiers: Sequence[Tier] = (), parent: QWidget | None = None) -> None:
        """`tiers` are those of the policy."""
        super().__init__("Customer", parent=parent)
        self._customer = Customer(0, "")
        self._currency = ""
        self._seen: Customer | None = None
        self._wants_keep = False
        self.name, self.revenue, self.region = QLineEdit(), QLineEdit(), QLineEdit()
        self.contacts, self.zone = QLineEdit(), QLineEdit()
        self.name.setMaxLength(LONGEST_NAME)
        self.revenue.setPlaceholderText("Such as 300 k or 4.2 M; empty if not known")
        self.tier = Segments([_UNKNOWN, *((tier.key, tier.name) for tier in tiers)], "Tier", even=False)
        self.owner = QComboBox()
        self.foresight = Label("", "strong", wrap=True)
        self.foresight.hide()
        self.keep_button = Button("Save customer", "primary", keys="Ctrl+Enter")
        self.cancel_button = Button("Cancel", keys="Esc")
        self._error = Label("", "danger", wrap=True)
        self._error.hide()
        self._rows: dict[str, FormRow] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self._foresee)
        self._lay_out()
        self.tier.chosen.connect(self._weigh)
        self.revenue.textEdited.connect(self._weigh)
        self.keep_button.clicked.connect(self.keep)
        self.cancel_button.clicked.connect(self.cancelled)

    def _lay_out(self) -> None:
        self._fields = FormRows()
        tier = QWidget()
        line = QHBoxLayout(tier)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.tier)
        line.addStretch(1)
        fields = (
            ("name", "Name", self.name, ""),
            ("tier", "Tier", tier, "Weighs in the score of every escalation."),
            ("revenue", "Yearly revenue", self.revenue, ""),
            ("contacts", "Contacts", self.contacts, "Whom to reach there, such as Ann Lee, +49 30 1234."),
            ("zone", "Time zone", self.zone, "Such as Europe/Berlin; empty if not known."),
            ("region", "Region", self.region, ""),
            ("account_owner_id", "Account owner", self.owner, ""),
        )
        for key, words, widget, hint in fields:
            self._rows[key] = self._fields.add_row(words, widget, hint)
        buttons = QHBoxLayout()
        buttons.addWidget(self._error, 1)
        buttons.addStretch(0)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.keep_button)
        self.body.addWidget(self._fields)
        self.body.addWidget(self.foresight)
        self.body.addLayout(buttons)

    def show_customer(self, customer: Customer, book: Book) -> None:
        """Fill the fields; whatever was typed before is gone."""
        self._customer = self._seen = customer
        self._currency = customer.currency if customer.id else book.currency
        self._wants_keep = False
        self.set_title(customer.name if customer.id else "New customer")
        self.tier.set_value(customer.tier or "")
        self._offer_owners([(person.id, person.name) for person in book.people])
        self.name.setText(customer.name)
        self.revenue.setText("" if customer.revenue is None else f"{customer.revenue:,}".replace(",", " "))
        self._rows["revenue"].set_hint(f"{self._currency} a year; weighs in the score.")
        self.contacts.setText(customer.contacts)
        self.zone.setText(customer.zone)
        self.region.setText(customer.region)
        self.foresight.hide()
        self.show_error(None)

    def show_error(self, error: DeskError | None) -> None:
        """Say what is wrong, beside its field; what was typed stays."""
        self._wants_keep = False
        for row in self._rows.values():
            row.set_error("")
        if error is not None and error.field in self._rows:
            self._rows[error.field].set_error(str(error))
            self._rows[error.field].field.setFocus()
        is_general = error is not None and error.field not in self._rows
        self._error.setText(str(error) if is_general else "")
        self._error.setVisible(is_general)

    def show_foresight(self, answer: tuple[Customer, Rescoring]) -> None:
        """What keeping these values would do; where they were to be kept, and nothing moves, they are."""
        asked, found = answer
        if not self.isVisible() or weighs_otherwise(asked, self._filled()):
            return
        self._seen = asked
        self.foresight.setText(found.sentence)
        self.foresight.setVisible(bool(found.sentence))
        wants_keep, self._wants_keep = self._wants_keep, False
        if wants_keep and not found.moved:
            self.keep_requested.emit(self._filled())
        elif wants_keep:
            self.keep_button.setFocus()

    def keep(self) -> None:
        """Ask for what is filled in to be kept, once it is known what that does to open escalations."""
        if self.revenue.text().strip() and revenue_of(self.revenue.text()) is None:
            fault = "This is not an amount."
            self.show_error(DeskError(fault, field="revenue", hint="Type a whole number, or leave it empty."))
            return
        wanted = self._filled()
        if wanted == self._customer:
            self.cancelled.emit()
        elif self._customer.id and (self._seen is None or weighs_otherwise(self._seen, wanted)):
            self._wants_keep = True
            self._foresee()
        else:
            self.keep_requested.emit(wanted)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_submit = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif is_enter(event) or (event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and is_submit):
            self.keep()
        else:
            super().keyPressEvent(event)

    def _filled(self) -> Customer:
        return replace(
            self._customer,
            name=self.name.text(),
            tier=self.tier.value() or None,
            revenue=revenue_of(self.revenue.text()),
            currency=self._currency,
            region=self.region.text(),
            contacts=self.contacts.text(),
            zone=self.zone.text(),
            account_owner_id=self.owner.currentData() or None,
        )

    def _weigh(self, _value: str = "") -> None:
        self._timer.start()

    def _foresee(self) -> None:
        self._timer.stop()
        if self._customer.id:
            self.foresight_wanted.emit(self._filled())

    def _offer_owners(self, people: Sequence[tuple[int, str]]) -> None:
        self.owner.clear()
        self.owner.addItem("Nobody", 0)
        for person_id, name in people:
            self.owner.addItem(name, person_id)
        owner_id = self._customer.account_owner_id or 0
        if owner_id and self.owner.findData(owner_id) < 0:
            self.owner.addItem(f"{self._customer.account_owner} (left the desk)", owner_id)
        self.owner.setCurrentIndex(self.owner.findData(owner_id))
