"""A past escalation as it is read to make a drill of it: everything at once, and nothing of it is changed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from desktop.domain.checksum import sha256_hex
from desktop.domain.commitment import Kind

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class PastEvent:
    """One event of its timeline; `is_merged` where it came with another escalation that was joined to it."""

    seq: int
    at: datetime
    kind: str
    actor: str
    body: Mapping[str, Any]
    is_merged: bool = False


@dataclass(frozen=True, slots=True)
class PastFile:
    """One piece of its evidence; `text` is the beginning of one that is text."""

    name: str
    at: datetime
    by: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class PastMessage:
    """One message that left the desk."""

    at: datetime
    stage: str
    recipients: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody or something that must not be recognised: what it is, its name, and what else tells of it.

    `kind` is customer, company (any other), contact, person, file, place or number.
    """

    kind: str
    name: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Past:
    """The whole of it. `due` is when each promise fell due by the policy in force, `policy` its version.

    `names` is everybody and everything on record that could be recognised by name; `zone` is the offset the
    desk's clock showed, in seconds.
    """

    id: int
    number: str
    title: str
    description: str
    customer: str
    tier: str
    area: str
    issue_type: str
    team: str
    reporter: str
    source: str
    priority: str
    severity: int
    score: int | None
    policy: int
    opened_at: datetime
    events: tuple[PastEvent, ...]
    due: Mapping[Kind, datetime] = field(default_factory=dict)
    files: tuple[PastFile, ...] = ()
    messages: tuple[PastMessage, ...] = ()
    names: tuple[Named, ...] = ()
    zone_s: int = 0
    playbook: tuple[str, int] | None = None

    @property
    def zero_at(self) -> datetime:
        """Time zero: the customer's first word."""
        return min([self.opened_at, *(event.at for event in self.events)])

    @property
    def customers(self) -> dict[str, str]:
        """Everybody whose problem it was, by name, each with an id for the drill: CA, CB and so on."""
        named = (str(event.body.get("customer") or "") for event in self.events if event.is_merged)
        names = dict.fromkeys((self.customer, *(name for name in named if name)))
        return {name: f"C{_LETTERS[at % len(_LETTERS)]}" for at, name in enumerate(names)}

    def offset_s(self, at: datetime) -> int:
        """Seconds since time zero."""
        return int((at - self.zero_at).total_seconds())

    def document(self) -> dict[str, Any]:
        """All of it as one JSON document, which is read and never written to."""
        return {
            "escalation": {
                name: getattr(self, name)
                for name in (
                    "number", "title", "description", "customer", "tier", "area", "issue_type", "team",
                    "reporter", "source", "priority", "severity", "score",
                )
            },
            "opened_at": self.opened_at.isoformat(),
            "policy": self.policy,
            "due": {kind.value: at.isoformat() for kind, at in self.due.items()},
            "timeline": [
                {"seq": each.seq, "at": each.at.isoformat(), "kind": each.kind, "actor": each.actor,
                 "body": dict(each.body)}
                for each in self.events
            ],
            "messages": [
                {"at": each.at.isoformat(), "stage": each.stage, "recipients": each.recipients,
                 "subject": each.subject, "body": each.body}
                for each in self.messages
            ],
            "evidence": [
                {"name": each.name, "at": each.at.isoformat(), "by": each.by, "text": each.text}
                for each in self.files
            ],
        }  # fmt: skip

    def fingerprint(self) -> str:
        """The hash of that document: what the drill was made from can be proven by it."""
        text = json.dumps(self.document(), ensure_ascii=False, sort_keys=True, default=str)
        return sha256_hex(text.encode("utf-8", "replace"))
