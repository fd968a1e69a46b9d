"""The form of one contact. The address of a chat is seen only while it is typed."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from desktop.domain.contact import LONGEST_NAME, Circle, Contact, Reach
from desktop.domain.errors import DeskError
from desktop.ui.kit.button import Button
from desktop.ui.kit.check import CheckBox
from desktop.ui.kit.form import FormRow, FormRows
from desktop.ui.kit.keys import is_enter
from desktop.ui.kit.label import Label
from desktop.ui.kit.pick import PickField
from desktop.ui.kit.segments import Segments
from desktop.ui.kit.suggest import Suggestion
from desktop.ui.settings.parts import Inset

_CIRCLES = tuple((each.value, each.word) for each in Circle)
_REACHES = tuple((each.value, each.word) for each in Reach)
_CHAT_HINT = "Such as slack://… or msteams://…, seen only while it is typed."


class ContactForm(Inset):
    """A new contact, or other values of one.

    Signals:
        keep_requested: (Contact) as filled in.
        cancelled: the person wants nothing changed.
    """

    keep_requested = Signal(object)
    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._contact = Contact(0, "", Circle.CUSTOMER, Reach.MAIL, "")
        self.circle = Segments(_CIRCLES, "Who it is", even=False)
        self.customer = PickField(eager=False)
        self.reach = Segments(_REACHES, "By", even=False)
        self.name, self.address, self.zone = QLineEdit(), QLineEdit(), QLineEdit()
        self.name.setMaxLength(LONGEST_NAME)
        self.is_default = CheckBox("Tick for every message at once")
        self.keep_button = Button("Save contact", "primary", keys="Enter")
        self.cancel_button = Button("Cancel", keys="Esc")
        self.cancel_button.setAccessibleName("Cancel the contact")
        self._error = Label("", "danger", wrap=True)
        rows = FormRows()
        self._rows: dict[str, FormRow] = {
            "circle": rows.add_row("Who", self.circle),
            "customer_id": rows.add_row("Customer", self.customer, "Type a part of the name."),
            "name": rows.add_row("Name", self.name),
            "reach": rows.add_row("By", self.reach),
            "address": rows.add_row("Address", self.address),
            "zone": rows.add_row("Time zone", self.zone, "Such as Europe/Berlin; empty: the customer's."),
            "is_default": rows.add_row("", self.is_default),
        }
        buttons = QHBoxLayout()
        buttons.addWidget(self._error, 1)
        buttons.addStretch(0)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.keep_button)
        self.body.addWidget(rows)
        self.body.addLayout(buttons)
        self._error.hide()
        self.circle.chosen.connect(self._follow)
        self.reach.chosen.connect(self._follow)
        self.keep_button.clicked.connect(self.keep)
        self.cancel_button.clicked.connect(self.cancelled)

    def show_contact(self, contact: Contact, customers: Sequence[tuple[int, str]]) -> None:
        """Fill the fields; whatever was typed before is gone."""
        self._contact = contact
        self.set_title(contact.name or "New contact")
        self.circle.set_value(contact.circle.value)
        self.customer.set_options([Suggestion(str(id_), name) for id_, name in customers])
        self.customer.set_value("" if contact.customer_id is None else str(contact.customer_id))
        self.reach.set_value(contact.reach.value)
        self.name.setText(contact.name)
        self.address.setText(contact.address if contact.reach is Reach.MAIL else "")
        self.zone.setText(contact.zone)
        self.is_default.setChecked(contact.is_default)
        self._clear()
        self._follow()

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        (self.name if self._contact.id else self.circle).setFocus()

    def keep(self) -> None:
        """Ask for what is filled in to be kept."""
        self._clear()
        if self.customer.is_unclear:
            self.show_error(
                DeskError("There is no such customer.", field="customer_id", hint="Choose one of the list.")
            )
            return
        customer = self.customer.value()
        reach = Reach(self.reach.value())
        address = self.address.text().strip()
        if reach is Reach.CHAT and not address and self._contact.reach is Reach.CHAT:
            address = self._contact.address  # the one that is kept
        self.keep_requested.emit(
            Contact(
                id=self._contact.id,
                name=self.name.text(),
                circle=Circle(self.circle.value()),
                reach=reach,
                address=address,
                customer_id=int(customer) if customer else None,
                zone=self.zone.text(),
                is_default=self.is_default.isChecked(),
            )
        )

    def show_error(self, error: DeskError) -> None:
        """Say what is wrong, beside its field; what was typed stays."""
        self._clear()
        field = "address" if error.field == "url" else error.field
        if field in self._rows:
            self._rows[field].set_error(str(error))
            self._rows[field].field.setFocus()
        else:
            self._error.setText(str(error))
            self._error.show()

    def forget(self) -> None:
        """Let nothing of the address of a chat stay in a field."""
        self.address.clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif is_enter(event) or event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.keep()
        else:
            super().keyPressEvent(event)

    def _follow(self, _key: str = "") -> None:
        is_chat = self.reach.value() == Reach.CHAT.value
        is_customers = self.circle.value() == Circle.CUSTOMER.value
        kept = (
            f" Kept: {self._contact.address}; leave it empty to keep it." if self._contact.secret_name else ""
        )
        self._rows["address"].set_hint(f"{_CHAT_HINT}{kept}" if is_chat else "Such as jo@example.org.")
        self.address.setPlaceholderText("slack://token@channel" if is_chat else "jo@example.org")
        self._rows["customer_id"].set_hint(
            "Type a part of the name."
            if is_customers
            else "Empty for the whole desk; else they hear of this customer alone."
        )

    def _clear(self) -> None:
        self._error.hide()
        for row in self._rows.values():
            row.set_error("")
