"""How messages leave a desk, for the settings: on the worker, in the operator's name."""

import hashlib
from typing import TYPE_CHECKING

from desktop.adapters.mail_sending import MailPost
from desktop.adapters.paging import ApprisePost
from desktop.domain.contact import Contact, read_line
from desktop.domain.instant import to_us
from desktop.domain.mail_account import Mail, MailAccount
from desktop.domain.person import Role
from desktop.services.contact import ContactService
from desktop.services.desk import Desk
from desktop.services.mail_account import MailAccountService
from desktop.services.paging import SecretKeeper
from desktop.ui.settings.sending_ports import Offer, SendingFound, Tried
from desktop.wiring.staff_desk import Noting
from desktop.wiring.switching import operator_of

if TYPE_CHECKING:
    from desktop.adapters.secrets import Secrets

_MAY = frozenset({Role.COORDINATOR, Role.LEAD})
_MOST_OFFERS = 50
_STEP_S = 6.0  # somebody waits for it


class DeskSending:
    """What the tab asks for; `silent` says why nothing leaves the desk."""

    def __init__(
        self, desk: Desk, secrets: "Secrets", silent: str = "", post: MailPost | None = None
    ) -> None:
        self.silent = silent
        self._desk = desk
        self._secrets = Noting(secrets)
        self._post = post or MailPost(step_s=_STEP_S)
        keeper: SecretKeeper = self._secrets
        store, clock, bus = desk.store, desk.clock, desk.bus
        self._account = MailAccountService(store=store, clock=clock, bus=bus, secrets=keeper)
        self._contacts = ContactService(
            store=store, clock=clock, bus=bus, secrets=keeper, looker=ApprisePost()
        )

    def found(self) -> SendingFound:
        """Everything that the tab shows."""
        by = operator_of(self._desk)
        account = self._account.current()
        contacts = self._contacts.all()
        known = {(one.customer_id, one.address.casefold()) for one in contacts}
        customers = self._desk.customer.all()
        offers: list[Offer] = []
        for customer in customers:
            new = [
                one.name
                for one in (read_line(customer.contacts) if "@" in customer.contacts else ())
                if (customer.id, one.address.casefold()) not in known
            ]
            if new and len(offers) < _MOST_OFFERS:
                offers.append(Offer(customer.id, customer.name, tuple(new)))
        return SendingFound(
            account=account,
            has_password=bool(account.user) and self._account.has_password(),
            contacts=contacts,
            customers=tuple((customer.id, customer.name) for customer in customers),
            offers=tuple(offers),
            why_not_account="" if Role.LEAD in by.roles else "Only a lead changes the mail account.",
            why_not_contacts="" if by.roles & _MAY else "A coordinator or a lead changes contacts.",
            test_to=self._test_to(account),
        )

    def keep_account(self, account: MailAccount, password: str) -> str:
        """Keep the account."""
        self._account.keep(account, operator_of(self._desk), password)
        return self._secrets.note if password else ""

    def test(self) -> Tried:
        """Send a test mail to whoever works here."""
        if self.silent:
            return Tried(False, f"{self.silent} Test the account at your own desk.")
        account = self._account.current()
        to = self._test_to(account)
        now = self._desk.clock.now()
        digest = hashlib.sha256(f"{to_us(now)}\0{to}".encode()).hexdigest()[:20]
        mail = Mail(
            recipient=to,
            to=(("", to),),
            subject="Test of the escalation desk",
            body="This is how a message of this desk arrives.\n",
            message_id=f"<test.{digest}@{account.from_address.rpartition('@')[2]}>",
            at=now,
        )
        outcome = self._post.send(account, self._account.password(), mail)
        if outcome.is_sent:
            return Tried(True, f"The mail server has taken a test mail to {to}.")
        return Tried(False, outcome.why)

    def keep_contact(self, contact: Contact) -> str:
        """Add one, or keep other values of one."""
        self._secrets.note = ""
        by = operator_of(self._desk)
        kept = self._contacts.edit(contact, by) if contact.id else self._contacts.add(contact, by)
        return f"{kept.name} is saved. {self._secrets.note}".strip()

    def remove_contact(self, contact_id: int) -> None:
        """Take one away."""
        self._contacts.remove(contact_id, operator_of(self._desk))

    def take_over(self, customer_id: int) -> int:
        """Make contacts of a customer's line."""
        return len(self._contacts.take_over(customer_id, operator_of(self._desk)))

    def _test_to(self, account: MailAccount) -> str:
        operator = self._desk.person.operator()
        return (operator.email if operator is not None else "") or account.from_address
