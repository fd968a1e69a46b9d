"""A pasted e-mail as what the desk asks for: who reports what, about which reference. Pure text work."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email import message_from_string
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr, parsedate_to_datetime
from html.parser import HTMLParser

from desktop.domain.intake import NewEvidence
from desktop.domain.wording import clean, one_line

LONGEST = 5_000_000
_HEAD_LINES = 30
_MOST_ATTACHMENTS = 20

# What mail programs call the lines above a copied or forwarded message, in several languages.
_IN_LANGUAGES = {
    "from": "from von de da van från fra lähettäjä od 发件人",
    "subject": "subject betreff objet oggetto asunto onderwerp ämne emne temat",
    "date": "date sent datum gesendet envoyé inviato enviado verzonden skickat data",
    "other": "to an à a para aan till til do cc bcc reply-to priority importance attachments anlagen",
}
_NAMES: Mapping[str, str] = {word: name for name, words in _IN_LANGUAGES.items() for word in words.split()}
_HEAD_LINE = re.compile(r"^[>\s*]*([^\W\d_][\w-]{0,15})\s?:\*?[ \t]*(.*)$")
_RAW_HEADER = re.compile(r"^[!-9;-~]{1,60}:[ \t]?")
_REPLY_MARKS = re.compile(
    r"^(?:(?:re|aw|sv|vs|antw|fw|fwd|wg|tr|rv|i|vb|odp)(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE
)
_LIST_MARK = re.compile(r"^\[(?:ext|extern|external|spam\?*)\]\s*", re.IGNORECASE)
_REFERENCE = re.compile(
    r"\b(?:[A-Z]{2,10}-\d{2,10}|(?:INC|CS|RITM|REQ|CASE|TICKET|SR|CHG|PRB)[-# ]?\d{3,12})\b|(?<=#)\d{4,12}\b"
)
_FREE_MAIL_WORDS = (
    "gmail googlemail outlook hotmail live yahoo icloud me gmx web aol proton protonmail mail yandex qq 163"
    " t-online free orange libero fastmail"
)
_FREE_MAIL = frozenset(_FREE_MAIL_WORDS.split())
# Headers that only a message as it travels has.
_TRAVELLED = frozenset({"message-id", "mime-version", "received", "content-type"})
_COUNTRY_SECOND = frozenset({"co", "com", "org", "net", "ac", "gov", "edu"})


@dataclass(frozen=True, slots=True)
class EmailText:
    """What a pasted message says. Empty where it does not; `sent_at` only with a time zone."""

    sender: str
    address: str
    subject: str
    body: str
    reference: str = ""
    sent_at: datetime | None = None
    attachments: tuple[NewEvidence, ...] = ()

    @property
    def reporter(self) -> str:
        """Whom to name as the reporter: the address, with the name where there is one."""
        if self.sender and self.address and self.sender != self.address:
            return f"{self.sender} <{self.address}>"
        return self.address or self.sender

    @property
    def organisation(self) -> str:
        """The word of the sender's domain that may name the customer; empty for free mail services."""
        labels = self.address.rpartition("@")[2].casefold().split(".")
        if len(labels) < 2:
            return ""
        at = -3 if len(labels) > 2 and labels[-2] in _COUNTRY_SECOND else -2
        return "" if labels[at] in _FREE_MAIL else labels[at]


def read_email(text: str) -> EmailText | None:
    """The message that a pasted text is; None when it is something else.

    Takes raw messages with their headers, and what people copy out of mail programs.
    """
    text = clean(text[:LONGEST])
    return _raw(text) or _copied(text)


def bare_subject(subject: str) -> str:
    """A subject without the marks of replies and forwards."""
    kept = one_line(subject)
    while (cut := _LIST_MARK.sub("", _REPLY_MARKS.sub("", kept))) != kept:
        kept = cut
    return kept


def reference_in(*texts: str) -> str:
    """The first thing in the texts that looks like a case number; empty where nothing does."""
    for text in texts:
        found = _REFERENCE.search(text[:4000])
        if found is not None:
            return found.group()
    return ""


def _raw(text: str) -> EmailText | None:
    """A message as it travels: headers, an empty line, a body in parts."""
    head = text.split("\n\n", 1)[0].split("\n")
    names = {line.partition(":")[0].lower() for line in head if _RAW_HEADER.match(line)}
    is_whole = all(_RAW_HEADER.match(line) or line[:1] in (" ", "\t") for line in head)
    if (
        not is_whole
        or "from" not in names
        or not names & {"message-id", "mime-version", "received", "content-type"}
    ):
        return None
    try:
        message = message_from_string(text, _class=EmailMessage, policy=default)
        sender, address = parseaddr(str(message.get("from", "")))
        subject, body = str(message.get("subject", "")), _body_of(message)
        attachments = _attachments_of(message)
    except (MessageError, LookupError, ValueError, AttributeError, IndexError, TypeError):
        return None  # broken beyond what the standard library mends
    return _made(sender, address, subject, body, str(message.get("date", "")), attachments)


def _copied(text: str) -> EmailText | None:
    """A message copied out of a mail program: a few lines with names, then the text."""
    lines = text.split("\n")
    found: dict[str, str] = {}
    last_at = -1
    for at, line in enumerate(lines[:_HEAD_LINES]):
        match = _HEAD_LINE.match(line)
        name = _NAMES.get(match[1].casefold(), "") if match else ""
        if match and name:
            found.setdefault(name, match[2].strip(" *"))
            last_at = at
        elif found and (not line.strip() or at > last_at + 2):
            break
    if "from" not in found or "subject" not in found:
        return None
    sender, address = parseaddr(found["from"].replace("[mailto:", "<").replace("]", ">"))
    if "@" not in address:
        sender, address = one_line(found["from"]), ""
    body = "\n".join(lines[last_at + 1 :])
    return _made(sender, address, found["subject"], body, found.get("date", ""), ())


def _made(
    sender: str, address: str, subject: str, body: str, date: str, attachments: tuple[NewEvidence, ...]
) -> EmailText:
    subject, body = bare_subject(subject), clean(body)
    sender, address = one_line(sender), one_line(address)
    return EmailText(sender, address, subject, body, reference_in(subject, body), _instant(date), attachments)


def _instant(date: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(date)
    except (ValueError, TypeError, IndexError):
        return None
    return found if found.tzinfo is not None else None


def _body_of(message: EmailMessage) -> str:
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    content = part.get_content()
    text = content if isinstance(content, str) else ""
    return plain_text(text) if part.get_content_subtype() == "html" else text


def _attachments_of(message: EmailMessage) -> tuple[NewEvidence, ...]:
    found: list[NewEvidence] = []
    for part in message.iter_attachments():
        data = part.get_payload(decode=True)
        if isinstance(data, bytes) and data and len(found) < _MOST_ATTACHMENTS:
            found.append(NewEvidence(part.get_filename() or "Attachment", data, part.get_content_type()))
    return tuple(found)


def plain_text(html: str) -> str:
    """The words of a page, without what it hides or draws."""
    reader = _Words()
    reader.feed(html)
    reader.close()
    lines = [" ".join(line.split()) for line in "".join(reader.words).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Words(HTMLParser):
    """Gathers the words of a page; block tags end a line."""

    _BLOCKS = frozenset({"p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "table", "blockquote"})
    _HIDDEN = frozenset({"script", "style", "head", "title"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self._HIDDEN:
            self._hidden += 1
        elif tag in self._BLOCKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._HIDDEN and self._hidden:
            self._hidden -= 1

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)
