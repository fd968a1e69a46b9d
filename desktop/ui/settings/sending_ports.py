"""What the tab of sending asks of the desk; every call is for the worker and in the operator's name."""

from dataclasses import dataclass
from typing import Protocol

from desktop.domain.contact import Contact
from desktop.domain.mail_account import MailAccount

_NO_ACCOUNT = MailAccount()


@dataclass(frozen=True, slots=True)
class Offer:
    """Mail addresses in a customer's line of contacts that are no contacts yet."""

    customer_id: int
    customer: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SendingFound:
    """The account, who is written to, and who could be; `why_not…` say why this person changes nothing."""

    account: MailAccount = _NO_ACCOUNT
    has_password: bool = False
    contacts: tuple[Contact, ...] = ()
    customers: tuple[tuple[int, str], ...] = ()
    offers: tuple[Offer, ...] = ()
    why_not_account: str = ""
    why_not_contacts: str = ""
    test_to: str = ""


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of a test, in a sentence."""

    is_sent: bool
    sentence: str


class KeepsSending(Protocol):
    """How messages leave the desk; `silent` says why nothing does, empty where it does."""

    silent: str

    def found(self) -> SendingFound:
        """Everything that the tab shows."""
        ...

    def keep_account(self, account: MailAccount, password: str) -> str:
        """Keep the account; gives where the password is, if one was typed.

        Raises: NotAllowed; DeskError naming the field.
        """
        ...

    def test(self) -> Tried:
        """Send a test mail by the account that is kept, to whoever works here. May take a minute."""
        ...

    def keep_contact(self, contact: Contact) -> str:
        """Add a contact (id 0), or keep other values of one; gives what is to be said of it.

        Raises: NotAllowed; Conflict; DeskError naming the field.
        """
        ...

    def remove_contact(self, contact_id: int) -> None:
        """Write to somebody no more.

        Raises: NotAllowed; NotFound.
        """
        ...

    def take_over(self, customer_id: int) -> int:
        """Make contacts of what a customer's line of contacts holds; gives how many.

        Raises: NotAllowed; DeskError.
        """
        ...
