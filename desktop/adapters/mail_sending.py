"""Sends mails by SMTP: over a connection whose server is known, once, and telling exactly how far it came.

What a server says may quote addresses; only its codes are handed on.
"""

import logging
import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from desktop.adapters.paging import Outcome
from desktop.domain.contact import checked_mail
from desktop.domain.errors import DeskError
from desktop.domain.mail_account import Mail, MailAccount, Security, is_this_computer
from desktop.domain.wording import one_line

#: Each step of the conversation may take so long; no conversation has more than fifteen.
STEP_S = 12.0
_SUBJECT_LIMIT = 400
_log = logging.getLogger(__name__)


class MailPost:
    """Sends one mail at a time; keeps nothing between two. `trust` gives what certificates are checked by."""

    def __init__(
        self, trust: Callable[[], ssl.SSLContext] = ssl.create_default_context, step_s: float = STEP_S
    ) -> None:
        self._trust = trust
        self._step_s = step_s

    def send(self, account: MailAccount, password: str, mail: Mail) -> Outcome:
        """Send a mail, once. Says what became of it, and never raises."""
        try:
            data = built(account, mail)
            recipient = checked_mail(mail.recipient)
        except DeskError as error:
            return Outcome(False, error.message)
        except (ValueError, UnicodeError, LookupError) as error:  # of the library, about a head
            return Outcome(False, f"The mail could not be made ({type(error).__name__}).")
        try:
            with self._signed_in(account, password) as server:
                _envelope(server, account.from_address, recipient)
                return _hand_over(server, data)
        except _Refused as error:
            return error.outcome
        except (OSError, smtplib.SMTPException) as error:  # nothing of the text has been sent
            return _not_begun(error)

    def try_out(self, account: MailAccount, password: str) -> Outcome:
        """Connect and sign in; nothing is sent. Never raises."""
        try:
            with self._signed_in(account, password) as server:
                code, _ = server.noop()
                return Outcome(True) if code == 250 else _said(code)
        except _Refused as error:
            return error.outcome
        except (OSError, smtplib.SMTPException) as error:
            return _not_begun(error)

    @contextmanager
    def _signed_in(self, account: MailAccount, password: str) -> Iterator[smtplib.SMTP]:
        server = self._connected(account)
        try:
            if account.security is Security.STARTTLS:
                server.ehlo_or_helo_if_needed()
                if not server.has_extn("starttls"):
                    raise _Refused("The mail server offers no encryption: nothing was sent.")
                server.starttls(context=self._trust())
            elif account.security is Security.NONE and not _is_here(server):
                raise _Refused("Without encryption mail goes only to a server on this computer.")
            if account.user:
                server.login(account.user, password)
            yield server
        finally:
            with suppress(OSError, smtplib.SMTPException):
                server.quit()
            server.close()

    def _connected(self, account: MailAccount) -> smtplib.SMTP:
        name = account.from_address.rpartition("@")[2]
        if account.security is Security.NONE and not is_this_computer(account.host):
            raise _Refused("Without encryption mail goes only to a server on this computer.")
        if account.security is Security.TLS:
            return smtplib.SMTP_SSL(
                account.host, account.port, name, timeout=self._step_s, context=self._trust()
            )
        return smtplib.SMTP(account.host, account.port, name, timeout=self._step_s)


class _Refused(Exception):
    """The conversation ended before anything of the text was sent."""

    def __init__(self, why: str, *, temporary: bool = False) -> None:
        super().__init__(why)
        self.outcome = Outcome(False, why, is_temporary=temporary)


def built(account: MailAccount, mail: Mail) -> bytes:
    """The mail as it leaves: plain text, and a head in which nothing that people wrote begins a line."""
    message = EmailMessage(policy=SMTP)
    message["From"] = _address(account.from_name, checked_mail(account.from_address))
    message["To"] = [_address(name, checked_mail(address)) for name, address in mail.to]
    message["Subject"] = one_line(_visible(mail.subject))[:_SUBJECT_LIMIT] or "(no subject)"
    message["Date"] = format_datetime(mail.at)
    message["Message-ID"] = mail.message_id
    if account.reply_to:
        message["Reply-To"] = _address("", checked_mail(account.reply_to))
    if mail.thread:
        message["In-Reply-To"] = mail.thread[-1]
        message["References"] = " ".join(mail.thread)
    message.set_content(mail.body, subtype="plain", charset="utf-8", cte="base64")
    return message.as_bytes()


def _address(name: str, address: str) -> Address:
    kept = one_line(_visible(name))
    return Address(kept if kept != address else "", addr_spec=address)


def _visible(text: str) -> str:
    """Without control characters, which some servers refuse in a head."""
    return "".join(sign if sign.isprintable() or sign.isspace() else "\ufffd" for sign in text)


def _is_here(server: smtplib.SMTP) -> bool:
    """Whether the other end is this computer, whatever its name was."""
    import ipaddress

    assert server.sock is not None
    host = str(server.sock.getpeername()[0]).partition("%")[0]
    address = ipaddress.ip_address(host)
    mapped = getattr(address, "ipv4_mapped", None)
    return bool((mapped or address).is_loopback)


def _envelope(server: smtplib.SMTP, sender: str, recipient: str) -> None:
    server.ehlo_or_helo_if_needed()
    for code, _ in (server.mail(sender), server.rcpt(recipient)):
        if code not in (250, 251):
            outcome = _said(code)
            raise _Refused(outcome.why, temporary=outcome.is_temporary)


def _hand_over(server: smtplib.SMTP, data: bytes) -> Outcome:
    """Send the text; until its last line has been sent, it cannot have been taken over."""
    code, _ = server.docmd("data")
    if code != 354:
        return _said(code)
    lines = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    quoted = b"\r\n".join(b"." + line if line.startswith(b".") else line for line in lines)
    server.send(quoted.removesuffix(b"\r\n") + b"\r\n")
    try:
        server.send(b".\r\n")
        code, _ = server.getreply()
    except (OSError, smtplib.SMTPException):
        return Outcome(False, "The connection broke; nobody knows whether it arrived.", is_unsure=True)
    if code == 250:
        return Outcome(True)
    if 400 <= code < 600:
        return _said(code)
    return Outcome(False, "The server gave no clear answer; it may have arrived.", is_unsure=True)


def _said(code: int) -> Outcome:
    if code in (530, 534, 535):
        return Outcome(False, "The mail server refused the sign-in.")
    if code in (550, 551, 553):
        return Outcome(False, f"The mail server refused the address ({code}).")
    is_temporary = 400 <= code < 500 or code == -1
    return Outcome(False, f"The mail server said {code}.", is_temporary=is_temporary)


def _not_begun(error: Exception) -> Outcome:
    """What went wrong before the text was handed over, without the server's own words."""
    _log.info("mail was not handed over: %s", type(error).__name__)
    if isinstance(error, ssl.SSLCertVerificationError):
        return Outcome(False, "The certificate of the mail server cannot be trusted: nothing was sent.")
    if isinstance(error, ssl.SSLError):
        return Outcome(False, "No encrypted connection: look at port and security of the account.")
    if isinstance(error, smtplib.SMTPAuthenticationError):
        is_temporary = 400 <= error.smtp_code < 500
        return Outcome(False, "The mail server refused the sign-in.", is_temporary=is_temporary)
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return Outcome(False, "The mail server takes no sign-in: leave the user empty, or look at the port.")
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return Outcome(False, "The mail server hung up before it took the mail.", is_temporary=True)
    if isinstance(error, smtplib.SMTPResponseException):
        return _said(error.smtp_code)
    if isinstance(error, socket.gaierror):
        return Outcome(False, "There is no mail server of that name.", is_temporary=True)
    return Outcome(False, "The mail server could not be reached.", is_temporary=True)
