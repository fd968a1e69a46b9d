"""The account that the desk's mail leaves by, and one mail as it leaves."""

import ipaddress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desktop.domain.contact import checked_mail
from desktop.domain.errors import DeskError
from desktop.domain.wording import one_line


class Security(StrEnum):
    """How the connection to the mail server is kept secret; none is for this computer alone."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"

    @property
    def word(self) -> str:
        """On screen."""
        return {"starttls": "STARTTLS", "tls": "TLS", "none": "None (this computer only)"}[self]

    @property
    def port(self) -> int:
        """The usual port."""
        return {"starttls": 587, "tls": 465, "none": 25}[self.value]


@dataclass(frozen=True, slots=True)
class MailAccount:
    """Where and as whom mail is sent; the password is kept elsewhere. Empty `user`: no sign-in."""

    host: str = ""
    port: int = Security.STARTTLS.port
    security: Security = Security.STARTTLS
    user: str = ""
    from_address: str = ""
    from_name: str = ""
    reply_to: str = ""

    @property
    def is_set_up(self) -> bool:
        """Whether anything can be sent by it."""
        return bool(self.host and self.from_address)


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail to one recipient; `to` are all who get the same message, as it says in its head."""

    recipient: str
    to: tuple[tuple[str, str], ...]
    subject: str
    body: str
    message_id: str
    at: datetime
    thread: tuple[str, ...] = ()


def checked_account(account: MailAccount) -> MailAccount:
    """The account as it is kept.

    Raises: DeskError naming the field that is wrong.
    """
    host = one_line(account.host).rstrip(".").lower()
    if not host or (any(sign in host for sign in " /@:\\") and not _is_address(host)):
        raise DeskError("This is no mail server.", field="host", hint="Write it as smtp.example.org.")
    if not 0 < account.port < 65536:
        raise DeskError("There is no such port.", field="port", hint="Use 587, 465, or what the server has.")
    if account.security is Security.NONE and not is_this_computer(host):
        raise DeskError(
            "Without encryption anybody on the way could read and change what is sent.",
            field="security",
            hint="Choose STARTTLS or TLS; none is only for a server on this computer.",
        )
    return MailAccount(
        host,
        account.port,
        account.security,
        one_line(account.user),
        _checked(account.from_address, "from_address"),
        one_line(account.from_name)[:120],
        _checked(account.reply_to, "reply_to") if account.reply_to.strip() else "",
    )


def is_this_computer(host: str) -> bool:
    """Whether a host is this computer by its name or number alone."""
    return host == "localhost" or (_is_address(host) and ipaddress.ip_address(host).is_loopback)


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _checked(address: str, field: str) -> str:
    try:
        return checked_mail(address)
    except DeskError as error:
        raise DeskError(error.message, field=field, hint=error.hint) from None
