"""Who sends signals to the desk, and a message as it came."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from desktop.domain.errors import DeskError
from desktop.domain.wording import one_line

#: What one message may weigh.
LARGEST_BODY = 1_048_576
#: A mail with what is attached may weigh more.
LARGEST_MAIL = 36 * 1_048_576
MAIL_TYPE = "message/rfc822"
_KEY = re.compile(r"[^a-z0-9]+")


class SourceKind(StrEnum):
    """In which form a source speaks."""

    ALERTMANAGER = "alertmanager"
    PAGERDUTY = "pagerduty"
    GRAFANA = "grafana"
    ZENDESK = "zendesk"
    JIRA = "jira"
    ZAMMAD = "zammad"
    FRESHDESK = "freshdesk"
    GENERIC = "generic"
    MAIL = "mail"
    FOLDER = "folder"

    @property
    def word(self) -> str:
        """The form as people know it."""
        return _WORDS[self]

    @property
    def is_pushed(self) -> bool:
        """Whether its messages come over HTTP, with a token."""
        return self not in (SourceKind.MAIL, SourceKind.FOLDER)


_WORDS = {
    SourceKind.ALERTMANAGER: "Prometheus Alertmanager",
    SourceKind.PAGERDUTY: "PagerDuty Events API v2",
    SourceKind.GRAFANA: "Grafana",
    SourceKind.ZENDESK: "Zendesk",
    SourceKind.JIRA: "Jira Service Management",
    SourceKind.ZAMMAD: "Zammad",
    SourceKind.FRESHDESK: "Freshdesk",
    SourceKind.GENERIC: "Any JSON",
    SourceKind.MAIL: "Mailbox (IMAP)",
    SourceKind.FOLDER: "Watched folder",
}


class Opens(StrEnum):
    """When a signal of a source opens an escalation."""

    ALWAYS = "always"
    BY_RULE = "by rule"


@dataclass(frozen=True, slots=True)
class Source:
    """Somebody who sends signals.

    `customer_id` and `area` hold for what names none itself. A repeat of a key within `window` after its
    escalation has ended still counts for that one. More than `storm_count` openings within `storm_window`
    brake it. `mapping` is used by kinds that have no form of their own; `options` are those of the adapter.
    """

    id: int
    key: str
    name: str
    kind: SourceKind
    enabled: bool = True
    customer_id: int | None = None
    area: str = ""
    opens: Opens = Opens.ALWAYS
    mapping: Mapping[str, Any] | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    rate_per_s: int = 200
    window: timedelta = timedelta(days=1)
    storm_count: int = 20
    storm_window: timedelta = timedelta(minutes=10)
    last_received_at: datetime | None = None
    last_error: str = ""
    last_error_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NewMessage:
    """A body as it came, to be kept; `reference` is the sender's own name for it, empty for none."""

    source_id: int
    body: bytes
    received_at: datetime
    media_type: str = ""
    sender: str = ""
    reference: str = ""

    @property
    def largest(self) -> int:
        """What it may weigh, in bytes."""
        return LARGEST_MAIL if self.media_type == MAIL_TYPE else LARGEST_BODY


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it is kept, without its bytes."""

    id: int
    source_id: int
    sha256: str
    media_type: str
    sender: str
    reference: str
    received_at: datetime
    size: int


def checked(source: Source) -> Source:
    """The source with clean texts and a key made of its name.

    Raises: DeskError naming the field that is missing or out of its range.
    """
    name = one_line(source.name)
    if not name:
        raise DeskError("The source has no name.", field="name", hint="Say who sends.")
    for name_of, value, least, most in (
        ("rate_per_s", source.rate_per_s, 1, 10_000),
        ("storm_count", source.storm_count, 1, 10_000),
        ("storm_window", round(source.storm_window.total_seconds()), 10, 86_400),
        ("window", round(source.window.total_seconds()), 0, 90 * 86_400),
    ):
        if not least <= value <= most:
            raise DeskError(f"{value} is out of range.", field=name_of, hint=f"From {least} to {most}.")
    key = source.key or _KEY.sub("-", name.lower()).strip("-") or source.kind.value
    return replace(source, name=name, key=key, kind=SourceKind(source.kind), opens=Opens(source.opens))
