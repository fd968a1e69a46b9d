"""Where a mailbox is, and what went wrong with it in words for people."""

import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from imapclient.exceptions import IMAPClientAbortError, LoginError

from desktop.domain.errors import DeskError
from desktop.domain.wording import one_line

TLS = "tls"
STARTTLS = "starttls"
_PORTS = {TLS: 993, STARTTLS: 143}
_LONGEST_POLL_S = 86_400


@dataclass(frozen=True, slots=True)
class MailboxPlace:
    """One folder of a mailbox by IMAP, never without TLS. `ca_file` empty: the system's authorities.

    `poll_s` 0: the server tells at once what comes, where it can (IDLE).
    """

    host: str
    user: str
    port: int = 993
    folder: str = "INBOX"
    security: str = TLS
    ca_file: str = ""
    poll_s: int = 0

    @classmethod
    def from_options(cls, options: Mapping[str, Any]) -> "MailboxPlace":
        """The place that the options of a source name: host, port, user, folder, security, ca_file,
        poll_s.

        Raises: DeskError naming the option at fault.
        """
        host, user = (one_line(str(options.get(name) or "")) for name in ("host", "user"))
        security = str(options.get("security") or TLS)
        for name, value, hint in (
            ("host", host, "Name the mail server, such as imap.example.org."),
            ("user", user, "Name the user of the mailbox."),
        ):
            if not value:
                raise DeskError(f"The mailbox has no {name}.", field=name, hint=hint)
        if security not in _PORTS:
            raise DeskError("A mailbox is read by TLS or STARTTLS only.", field="security")
        port = str(options.get("port") or _PORTS[security])
        if not port.isascii() or not port.isdigit() or not 0 < int(port) < 65_536:
            raise DeskError(f"{port} is no port.", field="port", hint="TLS uses 993, STARTTLS 143.")
        folder = one_line(str(options.get("folder") or "INBOX"))
        poll_s = str(options.get("poll_s") or 0)
        if not poll_s.isascii() or not poll_s.isdigit() or int(poll_s) > _LONGEST_POLL_S:
            raise DeskError(f"A mailbox is not looked at every {poll_s} seconds.", field="poll_s")
        return cls(host, user, int(port), folder, security, str(options.get("ca_file") or ""), int(poll_s))

    def trust(self) -> ssl.SSLContext:
        """How the server's certificate is checked: by the system's authorities, or those of `ca_file` alone.

        Raises: DeskError when that file holds none.
        """
        try:
            return ssl.create_default_context(cafile=self.ca_file or None)
        except (OSError, ssl.SSLError) as fault:
            raise DeskError(
                f"The CA file {self.ca_file} cannot be used: {fault.strerror or fault}.",
                field="ca_file",
                hint="Choose a file with certificates in PEM form.",
            ) from None


def sentence_of(fault: Exception, place: MailboxPlace, then: str = "It is tried again.") -> str:
    """What went wrong and what to do; `then` is what follows where nobody is at fault."""
    at = f"{place.host}:{place.port}"
    if isinstance(fault, DeskError):
        return str(fault)
    if isinstance(fault, LoginError):
        return f"{at} refuses the user {place.user} with this password. Enter the password again."
    if isinstance(fault, ssl.SSLCertVerificationError):
        said = one_line(fault.verify_message or str(fault)).rstrip(".")
        return f"The certificate of {at} is not trusted: {said}. Check the host, or name its CA file."
    if isinstance(fault, socket.gaierror):
        return f"There is no host {place.host}. Check the name and the network."
    if isinstance(fault, ssl.SSLError):
        return f"{at} does not speak TLS as it should: {_said(fault)}. Check port and security."
    if isinstance(fault, TimeoutError):
        return f"{at} does not answer. {then}"
    if isinstance(fault, IMAPClientAbortError):
        return f"The connection to {at} was lost. {then}"
    if isinstance(fault, OSError):
        return f"{at} cannot be reached: {_said(fault)}. {then}"
    return f"{at} answers: {_said(fault)}"


def _said(fault: Exception) -> str:
    text = fault.strerror if isinstance(fault, OSError) and fault.strerror else str(fault)
    return one_line(text)[:200].rstrip(".")
