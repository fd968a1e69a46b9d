"""A mail as it travels, read as a signal: a new one asks for an escalation, a reply answers one."""

import hashlib
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import getaddresses, parsedate_to_datetime
from typing import Any

from desktop.domain.email_text import bare_subject
from desktop.domain.intake import NewEvidence
from desktop.domain.mail_part import LONGEST_HEAD, MailParts, take_apart
from desktop.domain.signal_type import DESK, Signal, SignalAction, key_of, title_of, understood

#: Under this name `Signal.fields` holds what a mail says of itself.
MAIL = "mail"
_MOST_REFERENCES = 50
_ID = re.compile(r"<([^<>\s]{1,900})>")
_NUMBER = re.compile(r"\bESC-\d{4}-\d{4,6}\b", re.IGNORECASE)
_REPLY = re.compile(r"^\s*(?:\[[^\]]{0,40}\]\s*)*(?:re|aw|sv|vs|antw|odp)(?:\[\d+\])?\s*:", re.IGNORECASE)
_EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)


def read_mail(body: bytes) -> Signal:
    """The signal of a mail; never refused, for whatever a mail is, somebody has written.

    Under `MAIL` stand its id, sender, recipients, attachments, the mails it `replies_to` (the nearest first),
    the `numbers` of escalations in its subject and why it is `automatic`, empty for a person's.
    What a machine answers by itself is for information only. RFC 5322, RFC 3834.
    """
    parts = take_apart(body)
    headers = parts.headers
    name, address = _sender(headers)
    own_id = mail_id(body, headers)
    thread = _thread(headers)
    automatic = _automatic(headers, address)
    subject = headers.get("subject", "")
    mail: dict[str, Any] = {
        "id": own_id,
        "from": address,
        "domain": address.rpartition("@")[2].casefold(),
        "to": [found for _, found in _addresses(headers.get("to", ""))][:20],
        "subject": title_of(subject),
        "replies_to": [entry for entry in reversed(thread) if entry != own_id],
        "numbers": sorted({number.upper() for number in _NUMBER.findall(subject)}),
        "is_reply": bool(thread) or bool(_REPLY.match(subject)),
        "automatic": automatic,
        "attachments": [
            {"name": piece.name, "media_type": piece.media_type, "size": len(piece.data)}
            for piece in parts.attachments
        ],
    }
    return Signal(
        action=SignalAction.INFO if automatic else SignalAction.TRIGGER,
        dedup_key=key_of(thread[0] if thread else own_id),
        title=title_of(bare_subject(subject)) or _titled(parts),
        severity_hint=_severity(headers),
        occurred_at=_sent_at(headers.get("date", "")),
        fields={MAIL: mail, DESK: _understood(parts, name, address)},
    )


def attachments_of(body: bytes) -> tuple[NewEvidence, ...]:
    """What is attached to a mail, byte for byte and never unpacked."""
    return take_apart(body).attachments


def reference_of(body: bytes) -> str:
    """By what a mail is known: its Message-ID, or a digest of its bytes where it has none."""
    return mail_id(body, _head(body))


def sender_of(body: bytes) -> str:
    """The address a mail says it is from; empty where it says none."""
    return _sender(_head(body))[1]


def _head(body: bytes) -> dict[str, str]:
    return take_apart(body[:LONGEST_HEAD]).headers


def mail_of(fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a mail says of itself; empty for a signal that came otherwise."""
    found = fields.get(MAIL)
    return found if isinstance(found, Mapping) else {}


def mail_id(body: bytes, headers: Mapping[str, str]) -> str:
    """The Message-ID without its brackets, cut as keys are; a digest where there is none."""
    raw = headers.get("message-id", "")
    found = _ID.search(raw)
    said = found[1] if found else "".join(raw.split())
    return key_of(said) or f"sha256:{hashlib.sha256(body).hexdigest()}"


def _thread(headers: Mapping[str, str]) -> list[str]:
    """The mails before this one, the first of the thread first."""
    found = _ID.findall(headers.get("references", ""))
    direct = _ID.findall(headers.get("in-reply-to", ""))[:1]
    ids = [key for entry in (*found, *direct) if (key := key_of(entry))]
    ids = list(dict.fromkeys(ids))
    return ids if len(ids) <= _MOST_REFERENCES else [ids[0], *ids[1 - _MOST_REFERENCES :]]


def _automatic(headers: Mapping[str, str], address: str) -> str:
    """Why a mail is no person's; empty for one that may be."""
    said = headers.get("auto-submitted", "no").split(";")[0].strip().casefold()
    if said not in ("no", ""):
        return f"Auto-Submitted: {said[:80]}"
    for name in ("x-auto-response-suppress", "x-autoreply", "x-autorespond"):
        if headers.get(name, "").casefold() not in ("", "no", "none"):
            return f"{name.title()}: {headers[name][:80]}"
    if headers.get("precedence", "").casefold() == "auto_reply":
        return "Precedence: auto_reply"
    if headers.get("return-path", "").replace(" ", "") == "<>":
        return "It has no return path, as bounces have none."
    if headers.get("content-type", "").casefold().startswith("multipart/report"):
        return "It is a delivery report."
    is_daemon = address.partition("@")[0].casefold() in ("mailer-daemon", "postmaster")
    return "A mail server wrote it." if is_daemon else ""


def _sender(headers: Mapping[str, str]) -> tuple[str, str]:
    for name in ("from", "reply-to", "sender"):
        for person, address in _addresses(headers.get(name, "")):
            return title_of(person, 200), address
    return title_of(headers.get("from", ""), 200), ""


def _addresses(header: str) -> list[tuple[str, str]]:
    try:
        found = getaddresses([header[:8000]])
    except (ValueError, IndexError, TypeError, RecursionError):
        return []
    return [(name, title_of(address, 320)) for name, address in found if "@" in address]


def _understood(parts: MailParts, name: str, address: str) -> dict[str, str]:
    reporter = f"{name} <{address}>" if name and address and name != address else address or name
    return understood(
        {
            "reporter": reporter,
            "details": parts.text,
            "priority": _severity(parts.headers),
        }
    )


def _titled(parts: MailParts) -> str:
    first = next((line for line in parts.text.split("\n") if line.strip()), "")
    return title_of(first, 120) or "A mail without a subject"


def _severity(headers: Mapping[str, str]) -> str:
    """The sender's word for the urgency, where it says that there is any."""
    if headers.get("x-priority", "").strip()[:1] in ("1", "2"):
        return "high"
    named = ("importance", "priority", "x-msmail-priority")
    words = {headers.get(name, "").strip().casefold() for name in named}
    return "high" if words & {"high", "urgent"} else ""


def _sent_at(date: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(date[:200])
        at = found.astimezone(UTC) if found.tzinfo is not None else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return at if at is not None and at >= _EARLIEST else None
