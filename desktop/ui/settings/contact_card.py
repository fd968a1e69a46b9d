"""Who is written to: the contacts of the desk and of customers, and what customers' lines still hold."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QLineEdit, QWidget

from desktop.domain.contact import Circle, Contact, Reach
from desktop.domain.errors import DeskError
from desktop.ui.kit.button import Button
from desktop.ui.kit.card import Card
from desktop.ui.kit.dialogs import Question
from desktop.ui.kit.label import Label
from desktop.ui.kit.row_table import TwoLineModel
from desktop.ui.kit.table_model import Column
from desktop.ui.settings.contact_form import ContactForm
from desktop.ui.settings.keyed_table import KeyedTable
from desktop.ui.settings.sending_ports import Offer, SendingFound
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import counted, listed, one_line

_MOST_ROWS = 10
_MOST_NAMES = 4
_NEW = Contact(0, "", Circle.CUSTOMER, Reach.MAIL, "")


class ContactCard(Card):
    """Table, form in its place, and offers from customers' lines of contacts.

    Signals:
        keep_requested: (Contact)
        remove_requested: (int)
        take_over_requested: (int customer)
    """

    keep_requested = Signal(object)
    remove_requested = Signal(int)
    take_over_requested = Signal(int)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__("Contacts", parent=parent)
        self._found = SendingFound()
        self._asked: Contact | None = None
        self.add_button = Button("Add contact…")
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search name, address or customer")
        self.search.setAccessibleName("Search contacts")
        self.search.setClearButtonEnabled(True)
        columns: tuple[Column[Contact], ...] = (
            Column("Contact", lambda row: one_line(row.name)),
            Column("Who", lambda row: row.circle.word, width=120),
            Column("Customer", lambda row: one_line(row.customer) or "Whole desk", width=170),
            Column("By", lambda row: row.reach.word, width=70),
        )
        model = TwoLineModel(columns, step=_no_step, sentence=_sentence, second=_second, strong=(0,))
        self.table: KeyedTable[Contact] = KeyedTable(
            model, around.theme, "Contacts", key=lambda row: row.id, stretch=0, spare=(3,)
        )
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.edit_button = Button("Edit contact", keys="Enter")
        self.remove_button = Button("Remove contact", keys="Del")
        self.none = Label("", wrap=True)
        self.form = ContactForm()
        self.note = Label("", "success", wrap=True)
        self.error = Label("", "danger", wrap=True)
        self.offer = Label("", wrap=True)
        self.take_button = Button("Take them over")
        self._lay_out()
        self._connect()
        self._close()

    def show_found(self, found: SendingFound) -> None:
        """Show who is there."""
        self._found = found
        self.add_button.setEnabled(not found.why_not_contacts)
        self.add_button.setToolTip(found.why_not_contacts)
        self._show_rows()
        self._show_offer()

    def add(self) -> None:
        """Ask for one more."""
        self._open(_NEW)

    def edit(self) -> None:
        """Ask for other values of the current one."""
        if (contact := self.table.current()) is not None and not self._found.why_not_contacts:
            self._open(contact)

    def ask_to_remove(self) -> None:
        """Ask whether nobody is to write to the current one any more."""
        self._asked = self.table.current()
        if self._asked is None or self._found.why_not_contacts:
            return
        question = Question(
            self,
            f"Remove {one_line(self._asked.name)}?",
            "No message goes there any more. What was sent stays on record.",
            [("keep", "Keep it"), ("remove", "Remove contact")],
            safe="keep",
            cancel="keep",
        )
        question.answered.connect(self._remove)
        question.open()

    def kept(self, note: str) -> None:
        """It is kept."""
        self._close()
        self.say(note)

    def say(self, note: str) -> None:
        """What was done."""
        self.error.hide()
        self.note.setText(note)
        self.note.setVisible(bool(note))

    def refuse(self, error: DeskError) -> None:
        """What could not be done."""
        if not self.form.isHidden():
            self.form.show_error(error)
            return
        self.note.hide()
        self.error.setText(str(error))
        self.error.show()

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        (self.search if self._found.contacts else self.add_button).setFocus()

    def close_form(self) -> None:
        """Back to the list."""
        self._close()
        (self.table if self._found.contacts else self.add_button).setFocus()

    def _show_rows(self, _text: str = "") -> None:
        typed = self.search.text().casefold().split()
        rows = [one for one in self._found.contacts if _matches(one, typed)]
        self.table.show_rows(rows)
        self.table.fit_height(_MOST_ROWS)
        self.none.setText(
            "No contact is found." if self._found.contacts else "Nobody is written to yet: add a contact."
        )
        self._show_parts()

    def _show_offer(self) -> None:
        offers = self._found.offers
        if offers:
            self.offer.setText(_offer_words(offers))
        is_offered = bool(offers) and not self._found.why_not_contacts
        self.offer.setVisible(is_offered)
        self.take_button.setVisible(is_offered)

    def _take(self) -> None:
        if self._found.offers:
            self.take_over_requested.emit(self._found.offers[0].customer_id)

    def _remove(self, answer: str) -> None:
        if self._asked is not None and answer == "remove":
            self.remove_requested.emit(self._asked.id)

    def _open(self, contact: Contact) -> None:
        self.say("")
        self.form.show_contact(contact, self._found.customers)
        self.form.show()
        self._show_parts()
        self.form.focus_first()

    def _close(self) -> None:
        self.form.forget()
        self.form.hide()
        self._show_parts()

    def _show_parts(self) -> None:
        is_list = self.form.isHidden()
        has_rows = bool(self.table.model().rowCount())
        self.add_button.setVisible(is_list)
        self.search.setVisible(is_list and bool(self._found.contacts))
        self.none.setVisible(is_list and not has_rows)
        for widget in (self.table, self.edit_button, self.remove_button):
            widget.setVisible(is_list and has_rows)
        for button in (self.edit_button, self.remove_button):
            button.setEnabled(not self._found.why_not_contacts)

    def _connect(self) -> None:
        self.add_button.clicked.connect(self.add)
        self.search.textChanged.connect(self._show_rows)
        self.table.opened.connect(self.edit)
        self.table.removed.connect(self.ask_to_remove)
        self.edit_button.clicked.connect(self.edit)
        self.remove_button.clicked.connect(self.ask_to_remove)
        self.form.keep_requested.connect(self.keep_requested)
        self.form.cancelled.connect(self.close_form)
        self.take_button.clicked.connect(self._take)

    def _lay_out(self) -> None:
        self.add_to_head(self.add_button)
        offer = QHBoxLayout()
        offer.setSpacing(8)
        offer.addWidget(self.offer, 1)
        offer.addWidget(self.take_button)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.edit_button)
        buttons.addWidget(self.remove_button)
        buttons.addStretch(1)
        for widget in (self.note, self.error):
            widget.hide()
            self.body.addWidget(widget)
        self.body.addLayout(offer)
        self.body.addWidget(self.search)
        self.body.addWidget(self.none)
        self.body.addWidget(self.table)
        self.body.addLayout(buttons)
        self.body.addWidget(self.form)
        self.offer.hide()
        self.take_button.hide()


def _matches(contact: Contact, typed: Sequence[str]) -> bool:
    words = f"{contact.name} {contact.address} {contact.customer} {contact.circle.word}".casefold()
    return all(word in words for word in typed)


def _offer_words(offers: Sequence[Offer]) -> str:
    first, more = offers[0], len(offers) - 1
    names = list(first.names[:_MOST_NAMES])
    if len(first.names) > _MOST_NAMES:
        names.append(counted(len(first.names) - _MOST_NAMES, "other"))
    others = f" So do {counted(more, 'other customer')}." if more else ""
    return f"{one_line(first.customer)} names {listed([one_line(name) for name in names])}.{others}"


def _second(contact: Contact, column: int) -> str:
    if column == 0:
        return contact.address
    return "ticked at once" if column == 1 and contact.is_default else ""


def _sentence(contact: Contact) -> str:
    where = contact.customer or "the whole desk"
    by = f"by {contact.reach.word.lower()}, {contact.address}"
    return f"{contact.name}, {contact.circle.word} of {where}, {by}"


def _no_step(_row: Contact) -> tuple[str, int]:
    return "", -1
