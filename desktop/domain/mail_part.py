"""The parts of a mail as it travels: its headers, its text and what is attached. Takes any bytes at all."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import compat32

from desktop.domain.email_text import plain_text
from desktop.domain.evidence import clean_name
from desktop.domain.intake import NewEvidence
from desktop.domain.wording import clean

LONGEST_HEAD = 256 * 1024
LONGEST_TEXT = 200_000
_LONGEST_HEADER = 16_000
_MOST_PARTS = 200
_MOST_ATTACHMENTS = 50
_HEAD_END = re.compile(rb"\r?\n\r?\n|\r\r")
# What the library raises on mails that are broken beyond what it mends.
_BROKEN = (MessageError, LookupError, ValueError, AttributeError, TypeError, RecursionError)


@dataclass(frozen=True, slots=True)
class MailParts:
    """A mail taken apart; header names in lower case, the first of each name."""

    headers: dict[str, str]
    text: str
    attachments: tuple[NewEvidence, ...]


def take_apart(body: bytes) -> MailParts:
    """The parts of a mail. One that is broken gives what can be read of it."""
    body = body.lstrip(b"\r\n")
    found = _HEAD_END.search(body)
    head, rest = (body[: found.start()], body[found.end() :]) if found else (body, b"")
    message = _parsed(_short_head(head) + b"\r\n\r\n", rest)
    headers: dict[str, str] = {}
    for name, value in message.raw_items():
        headers.setdefault(name.lower(), _decoded(value))
    try:
        text, attachments = _contents(message)
    except _BROKEN:
        text, attachments = rest[:LONGEST_TEXT].decode("utf-8", "replace"), []
    return MailParts(headers, clean(text[:LONGEST_TEXT]), tuple(attachments))


def _parsed(head: bytes, rest: bytes) -> "Message[str, str]":
    try:
        return message_from_bytes(head + rest, policy=compat32)
    except _BROKEN:
        message = BytesHeaderParser(policy=compat32).parsebytes(head)
        message.set_payload(rest[:LONGEST_TEXT].decode("utf-8", "replace"))
        return message


def _short_head(head: bytes) -> bytes:
    """The head without lines that nobody means: reading takes longer than their length there."""
    kept: list[bytes] = []
    size = 0
    for line in re.split(rb"\r\n|\n|\r", head):
        size += min(len(line), _LONGEST_HEADER)
        if size > LONGEST_HEAD:
            break
        kept.append(line[:_LONGEST_HEADER])
    return b"\r\n".join(kept)


def _decoded(value: object) -> str:
    raw = str(value)[:_LONGEST_HEADER]
    try:
        text = str(make_header(decode_header(raw)))
    except _BROKEN:
        text = raw
    return " ".join(clean(text).split())


def _contents(message: "Message[str, str]") -> tuple[str, list[NewEvidence]]:
    plain: str | None = None
    page: str | None = None
    attachments: list[NewEvidence] = []
    for part in _leaves(message):
        kind = part.get_content_type()
        is_text = kind in ("text/plain", "text/html") and not _is_attached(part)
        if is_text and kind == "text/plain" and plain is None:
            plain = _text_of(part)
        elif is_text and kind == "text/html" and page is None:
            page = _text_of(part)
        elif len(attachments) < _MOST_ATTACHMENTS and (data := _bytes_of(part)):
            attachments.append(NewEvidence(_name_of(part), data, kind))
    if plain is not None and plain.strip():
        return plain, attachments
    return ("" if page is None else plain_text(page)), attachments


def _leaves(message: "Message[str, str]") -> Iterator["Message[str, str]"]:
    """The parts that hold something, in order; a mail in the mail is one part."""
    waiting: list[Message[str, str]] = [message]
    for _ in range(_MOST_PARTS):
        if not waiting:
            return
        part = waiting.pop()
        payload = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(payload, list):
            waiting.extend(inner for inner in reversed(payload) if isinstance(inner, Message))
        else:
            yield part


def _is_attached(part: "Message[str, str]") -> bool:
    return part.get_content_disposition() == "attachment" or bool(part.get_filename())


def _text_of(part: "Message[str, str]") -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    data = data[: 4 * LONGEST_TEXT]
    charset = str(part.get_content_charset() or "utf-8")
    try:
        return data.decode(charset, "replace")
    except (LookupError, ValueError):
        return data.decode("utf-8", "replace")


def _bytes_of(part: "Message[str, str]") -> bytes:
    """The bytes of an attachment, never unpacked."""
    payload = part.get_payload()
    if isinstance(payload, list):
        return payload[0].as_bytes() if payload and isinstance(payload[0], Message) else b""
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _name_of(part: "Message[str, str]") -> str:
    name = part.get_filename()
    if name:
        return clean_name(_decoded(name))
    return "Mail.eml" if part.get_content_type() == "message/rfc822" else "Attachment"
