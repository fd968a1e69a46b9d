"""How messages leave the desk: the mail account, and who is written to."""

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.domain.contact import Contact
from desktop.domain.errors import DeskError
from desktop.domain.mail_account import MailAccount
from desktop.ui.kit.label import Label
from desktop.ui.settings.contact_card import ContactCard
from desktop.ui.settings.parts import TabColumn
from desktop.ui.settings.sending_account import AccountCard
from desktop.ui.settings.sending_ports import KeepsSending, SendingFound, Tried
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import counted


class SendingTab(TabColumn):
    """Two cards; in a desk that is none, a sentence above them says that nothing leaves it."""

    def __init__(self, sending: KeepsSending, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sending = sending
        self._runner = around.runner
        self.silent = Label(sending.silent, "warning", wrap=True)
        self.silent.setVisible(bool(sending.silent))
        self.account = AccountCard()
        self.contacts = ContactCard(around)
        for widget in (self.silent, self.account, self.contacts):
            self.add(widget)
        self.finish()
        self.account.keep_requested.connect(self._keep_account)
        self.account.test_requested.connect(self._test)
        self.contacts.keep_requested.connect(self._keep_contact)
        self.contacts.remove_requested.connect(self._remove)
        self.contacts.take_over_requested.connect(self._take_over)

    def refresh(self) -> None:
        """Fetch it anew."""
        self._runner.run(self._sending.found, self._show, owner=self)

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        self.account.focus_first()

    def _show(self, found: SendingFound) -> None:
        self.account.show_found(found)
        self.contacts.show_found(found)

    def _keep_account(self, account: MailAccount, password: str) -> None:
        work = partial(self._sending.keep_account, account, password)
        self._runner.run(work, self._account_kept, self.account.show_error, owner=self)

    def _account_kept(self, note: str) -> None:
        self.account.kept(note)
        self.refresh()

    def _test(self) -> None:
        self._runner.run(self._sending.test, self.account.tried, self._test_failed, owner=self)

    def _test_failed(self, error: DeskError) -> None:
        self.account.tried(Tried(False, str(error)))

    def _keep_contact(self, contact: Contact) -> None:
        work = partial(self._sending.keep_contact, contact)
        self._runner.run(work, self._contact_kept, self.contacts.refuse, owner=self)

    def _contact_kept(self, note: str) -> None:
        self.contacts.kept(note)
        self.refresh()

    def _remove(self, contact_id: int) -> None:
        work = partial(self._sending.remove_contact, contact_id)
        self._runner.run(work, self._removed, self.contacts.refuse, owner=self)

    def _removed(self, _answer: object) -> None:
        self.contacts.say("Removed: no message goes there any more.")
        self.refresh()

    def _take_over(self, customer_id: int) -> None:
        work = partial(self._sending.take_over, customer_id)
        self._runner.run(work, self._taken, self.contacts.refuse, owner=self)

    def _taken(self, count: int) -> None:
        self.contacts.say(f"{counted(count, 'contact')} taken over.")
        self.refresh()
