"""Contacts: who is written to, in which circle, and by what."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from desktop.domain.errors import DeskError
from desktop.domain.message import Audience, Medium
from desktop.domain.wording import one_line

LONGEST_NAME = 120
_LONGEST_ADDRESS = 254
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_HINT = "Write it as name@example.org."
_PIECE = re.compile(r"[;,\n]")
_IN_ANGLES = re.compile(r"^(?P<name>[^<>]*)<(?P<address>[^<>]*)>\s*$")
_BARE = re.compile(r"[^\s<>()\[\],;:\"]+@[^\s<>()\[\],;:\"]+")


class Circle(StrEnum):
    """Whom a contact belongs to; silence is measured for each of them."""

    CUSTOMER = "customer"
    ACCOUNT = "account"
    EXECUTIVE = "executive"
    ENGINEERS = "engineers"

    @property
    def word(self) -> str:
        """The circle on screen."""
        return _WORDS[self]

    @property
    def audience(self) -> Audience:
        """For whom the messages are that it gets."""
        return _AUDIENCES[self]


class Reach(StrEnum):
    """What a message travels by."""

    MAIL = "mail"
    CHAT = "chat"

    @property
    def word(self) -> str:
        """On screen."""
        return "Mail" if self is Reach.MAIL else "Chat"


_WORDS: Mapping[Circle, str] = {
    Circle.CUSTOMER: "Customer",
    Circle.ACCOUNT: "Account team",
    Circle.EXECUTIVE: "Executives",
    Circle.ENGINEERS: "Engineers",
}
_AUDIENCES: Mapping[Circle, Audience] = {
    Circle.CUSTOMER: Audience.CUSTOMER,
    Circle.ACCOUNT: Audience.INTERNAL,
    Circle.EXECUTIVE: Audience.EXECUTIVE,
    Circle.ENGINEERS: Audience.INTERNAL,
}
#: What texts of a medium travel by; other media are copied or read out.
REACH_OF: Mapping[Medium, Reach] = {Medium.EMAIL: Reach.MAIL, Medium.CHAT: Reach.CHAT}


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody who is written to: one customer's, or of the whole desk where `customer_id` is None.

    `address` is what may be seen: a mail address whole, of a chat only the service. `is_default`: ticked
    already when somebody writes. `zone` empty is the customer's, or the desk's.
    """

    id: int
    name: str
    circle: Circle
    reach: Reach
    address: str
    customer_id: int | None = None
    customer: str = ""
    secret_name: str = ""
    zone: str = ""
    is_default: bool = True

    @property
    def shown(self) -> str:
        """Name and address in one line."""
        return f"{self.name} ({self.address})" if self.name != self.address else self.address


class Proposed(NamedTuple):
    """A contact read from a line that people wrote."""

    name: str
    address: str


def circles_of(audience: Audience) -> tuple[Circle, ...]:
    """Whose contacts get messages for an audience."""
    return tuple(circle for circle in Circle if circle.audience is audience)


def checked_mail(text: str) -> str:
    """A mail address as it is kept; nothing in it can begin another header or name another recipient.

    Raises: DeskError for what is no single address.
    """
    kept = one_line(text).removeprefix("mailto:")
    local, mark, domain = kept.rpartition("@")
    if not mark or len(kept) > _LONGEST_ADDRESS:
        raise DeskError("This is no mail address.", field="address", hint=_HINT)
    try:
        domain = domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        domain = ""
    is_local = _LOCAL.fullmatch(local) and ".." not in local and local[0] != "." and local[-1] != "."
    if not is_local or not all(_LABEL.fullmatch(label) for label in domain.split(".")):
        raise DeskError("This is no mail address.", field="address", hint=_HINT)
    return f"{local}@{domain}"


def read_line(line: str) -> tuple[Proposed, ...]:
    """The mail addresses of a line such as "Jo Rey <jo@example.org>, ops@example.org; +49 30 1234"."""
    found: dict[str, Proposed] = {}
    for piece in _PIECE.split(line):
        match = _IN_ANGLES.match(piece.strip())
        bare = _BARE.search(piece)
        written = match["address"] if match else bare[0] if bare else ""
        try:
            address = checked_mail(written)
        except DeskError:
            continue
        name = match["name"] if match else piece.replace(written, " ")
        name = one_line(name.strip(" \t\"'()[]:-–"))[:LONGEST_NAME]
        found.setdefault(address.casefold(), Proposed(name or address, address))
    return tuple(found.values())


def pick(contacts: Iterable[Contact], audience: Audience, reach: Reach) -> tuple[Contact, ...]:
    """Those who can get a message for an audience by this."""
    return tuple(one for one in contacts if one.circle.audience is audience and one.reach is reach)
