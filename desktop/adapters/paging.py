"""Sends pages by mail, chat, SMS and webhooks through apprise, which is imported when the first one is sent.

An address holds passwords. The library's own words, and those of what it uses, may quote it: they are read
here to understand what went wrong, and go no further.
"""

import logging
import re
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.domain.channel import ChannelKind
from desktop.domain.errors import DeskError

if TYPE_CHECKING:
    from apprise import AppriseAsset, NotifyBase

_FIELD = "url"
_HINT = (
    "Write one address, as mailto://user:password@smtp.example.org?to=somebody@example.org"
    " or jsons://host/path."
)
_CONNECT_S, _READ_S = 3.0, 4.0  # together within the ten seconds that a page has
_MAIL_STEP_S = 6.0  # for each step of the conversation: some servers let everybody wait at the door
_MAIL = frozenset({"mailto", "mailtos"})
_MAIL_SERVICES = frozenset(
    {
        "azure",
        "brevo",
        "mailersend",
        "mailgun",
        "o365",
        "resend",
        "sendgrid",
        "sendpulse",
        "ses",
        "smtp2go",
        "sparkpost",
    }
)
_SMS = frozenset(
    {
        "46elks",
        "africas_talking",
        "atalk",
        "bulksms",
        "bulkvs",
        "burstsms",
        "cellcast",
        "clickatell",
        "clicksend",
        "d7sms",
        "dapnet",
        "elks",
        "exotel",
        "freemobile",
        "httpsms",
        "kavenegar",
        "messagebird",
        "msg91",
        "msgbird",
        "nexmo",
        "octopush",
        "plivo",
        "popcorn",
        "routemobile",
        "seven",
        "signal",
        "signals",
        "sinch",
        "smsc",
        "smseagle",
        "smseagles",
        "smsmanager",
        "smsmgr",
        "smspartner",
        "sns",
        "threema",
        "twilio",
        "vapid",
        "voipms",
        "vonage",
    }
)
_WEBHOOKS = frozenset({"json", "jsons", "xml", "xmls", "form", "forms"})
#: What shows something on this computer is no way to reach anybody who is not at it.
_HERE = frozenset({"dbus", "glib", "gnome", "growl", "kde", "macosx", "qt", "syslog", "windows"})
#: Loggers that may quote an address.
_TALKERS = ("urllib3", "requests", "requests_oauthlib", "charset_normalizer")
_SILENT = logging.CRITICAL + 1
_LONGEST_WORDS = 2000
_CERTAIN = re.compile(
    r"connect timeout|ConnectTimeout|NewConnectionError|Failed to establish|NameResolution|getaddrinfo|"
    r"Name or service not known|nodename nor servname|Connection refused|No route to host|unreachable|"
    r"CERTIFICATE_VERIFY_FAILED|SSLError|wrong version number",
    re.IGNORECASE,
)
_UNSURE = re.compile(
    r"read timed out|read timeout|timed out$|unexpectedly closed|RemoteDisconnected|Connection aborted|"
    r"Connection reset|Broken pipe|IncompleteRead|ChunkedEncoding|Server not connected",
    re.IGNORECASE,
)
_BARE_TIMEOUT = re.compile(r"^(?:Socket Exception: )?(?:\[Errno \w+\] )?(?:_ssl.c:\d+: )?.{0,30}timed out$")
_STATUS = re.compile(r"error=(\d{3})\b")
_SMTP_CODE = re.compile(r"\(([245]\d\d), ")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a page: it was taken over, or why not, in a sentence without any secret.

    `is_temporary`: it may be tried again. `is_unsure`: it may have arrived.
    """

    is_sent: bool
    why: str = ""
    is_temporary: bool = False
    is_unsure: bool = False


@dataclass(frozen=True, slots=True)
class Looked:
    """What an address is: the kind of channel, and what of it may be seen."""

    kind: ChannelKind
    shown: str


class ApprisePost:
    """Sends one page at a time on each thread; keeps nothing between two."""

    def look(self, url: str) -> Looked:
        """What an address is; nothing is sent.

        Raises: DeskError for one that cannot be used, which is not quoted.
        """
        plugin = _plugin(url)
        scheme = _scheme(url)
        if scheme in _HERE:
            raise DeskError("This shows something on this computer only.", field=_FIELD, hint=_HINT)
        if scheme in _MAIL and not getattr(plugin, "targets", ()):
            raise DeskError("This mail address has no recipient.", field=_FIELD, hint=_HINT)
        if len(plugin) != 1:
            raise DeskError(
                "This address reaches several at once.",
                field=_FIELD,
                hint="Add a channel for each: one that was reached is then not paged again for another.",
            )
        return Looked(_kind(scheme), _shown(plugin, scheme))

    def send(self, url: str, title: str, body: str) -> Outcome:
        """Send a page, once. Says what became of it, and never raises."""
        try:
            with _listening() as heard:
                plugin = _plugin(url)
                from apprise import NotifyFormat, NotifyType

                if _kind(_scheme(url)) is ChannelKind.CHAT:
                    title, body = without_calls(title), without_calls(body)
                is_sent = bool(
                    plugin.notify(
                        title=title,
                        body=body,
                        notify_type=NotifyType.WARNING,
                        body_format=NotifyFormat.TEXT,  # what customers typed is no markup
                    )
                )
        except DeskError:
            return Outcome(False, "The address of the channel cannot be used any more.")
        except Exception as error:  # noqa: BLE001 - a hundred plugins: whatever one raises, the page failed
            return Outcome(False, f"The channel failed ({type(error).__name__}).", is_temporary=True)
        return Outcome(True) if is_sent else _outcome("\n".join(heard))


def without_calls(text: str) -> str:
    """Text that calls nobody in a chat: a customer's `@everyone` or `<!channel>` is only words."""
    return text.replace("@", "@\u200b").replace("<!", "<\u200b!")


def _plugin(url: str) -> "NotifyBase":
    if not url.strip() or len(url) > 4000 or not url.isprintable():
        raise DeskError("There is no address.", field=_FIELD, hint=_HINT)
    with _listening():
        from apprise import Apprise
        from apprise.plugins import NotifyBase

        plugin = Apprise.instantiate(url.strip(), asset=_asset())
    if not isinstance(plugin, NotifyBase):
        raise DeskError("This is no address that a page can be sent to.", field=_FIELD, hint=_HINT)
    # The outbox repeats, and it alone; a failure is one even where the address calls it optional.
    plugin.retry, plugin.wait, plugin.optional = 0, 0.0, False
    plugin.socket_connect_timeout, plugin.socket_read_timeout = _CONNECT_S, _READ_S
    if _scheme(url) in _MAIL:
        plugin.socket_connect_timeout = _MAIL_STEP_S
    return plugin


def _asset() -> "AppriseAsset":
    from apprise import AppriseAsset

    return AppriseAsset(
        app_id="EscalationDesk",
        app_desc="Escalation Desk",
        app_url="",
        storage_mode="memory",
        plugin_paths=[],
    )


def _scheme(url: str) -> str:
    return url.strip().partition("://")[0].casefold()


def _kind(scheme: str) -> ChannelKind:
    if scheme in _MAIL or scheme in _MAIL_SERVICES:
        return ChannelKind.MAIL
    if scheme in _SMS:
        return ChannelKind.SMS
    return ChannelKind.WEBHOOK if scheme in _WEBHOOKS else ChannelKind.CHAT


def _shown(plugin: "NotifyBase", scheme: str) -> str:
    """What is no secret: the service, and the host or recipient where the address has these by themselves.

    The library's own private form still shows paths, headers and parameters, which may be secrets; elsewhere
    than in these two the place of the host may hold a token.
    """
    service = str(plugin.service_name) or scheme
    if scheme in _WEBHOOKS:
        return f"{service} to {plugin.host}"
    if scheme in _MAIL:
        recipients = [address for _, address in getattr(plugin, "targets", ())]
        return f"{service} to {', '.join(recipients)}"
    return service


def _outcome(heard: str) -> Outcome:
    """What the words of the library mean, as far as that is certain; none of them are handed on."""
    status = _STATUS.search(heard)
    if status:
        code = int(status[1])
        is_temporary = code >= 500 or code in (408, 425, 429)
        return Outcome(False, f"The server answered {code}.", is_temporary=is_temporary)
    smtp = _SMTP_CODE.search(heard)
    if smtp:
        code = int(smtp[1])
        is_sign_in = code in (530, 534, 535)
        why = "The mail server refused the sign-in." if is_sign_in else f"The mail server said {code}."
        return Outcome(False, why, is_temporary=code < 500)
    if _CERTAIN.search(heard) or any(_BARE_TIMEOUT.match(line) for line in heard.splitlines()):
        return Outcome(False, "The server could not be reached.", is_temporary=True)
    if _UNSURE.search(heard):
        return Outcome(False, "The connection broke; nobody knows whether it arrived.", is_unsure=True)
    return Outcome(False, "The channel did not take it.", is_temporary=True)


class _Gate(logging.Filter):
    """Lets nothing of the library into any log; who sends on a thread hears what it says there."""

    def __init__(self) -> None:
        super().__init__()
        self._heard = threading.local()

    def filter(self, record: logging.LogRecord) -> bool:
        """Called by the library's logger for each record."""
        heard: list[str] | None = getattr(self._heard, "lines", None)
        if heard is not None:
            heard.append(record.getMessage()[:_LONGEST_WORDS])
        return False

    @contextmanager
    def open(self) -> Iterator[list[str]]:
        """What is said on this thread meanwhile."""
        before = getattr(self._heard, "lines", None)
        lines: list[str] = []
        self._heard.lines = lines
        try:
            yield lines
        finally:
            self._heard.lines = before


_GATE = _Gate()


def _listening() -> AbstractContextManager[list[str]]:
    """The library's words on this thread; neither they nor those of what it uses reach the desk's log."""
    logger = logging.getLogger("apprise")
    logger.setLevel(logging.DEBUG)
    logger.addFilter(_GATE)  # once, however often
    for name in _TALKERS:
        logging.getLogger(name).setLevel(_SILENT)
    return _GATE.open()
