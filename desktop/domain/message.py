"""Messages to customers and to one's own people: stages, audiences, channels, and what one of them is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Stage(StrEnum):
    """What a message is for; each has its own templates and its own list of what it must hold."""

    INITIAL = "initial"
    PERIODIC = "periodic"
    LATE = "late"
    CORRECTION = "correction"
    CONTAINMENT = "containment"
    RESOLUTION = "resolution"
    POST_RESOLUTION = "post_resolution"
    EXECUTIVE_BRIEF = "executive_brief"
    INTERNAL_BRIEF = "internal_brief"
    COMMITTEE_REQUEST = "committee_request"
    HANDOFF = "handoff"


class Audience(StrEnum):
    """Whom a message is for."""

    CUSTOMER = "customer"
    INTERNAL = "internal"
    EXECUTIVE = "executive"


class Medium(StrEnum):
    """The form a message takes; called a channel on screen."""

    EMAIL = "email"
    CHAT = "chat"
    DASHBOARD = "dashboard"
    STATUS = "status"
    PHONE = "phone"
    SMS = "sms"


class Way(StrEnum):
    """How a message left the desk."""

    MAIL = "mail"
    CHAT = "chat"
    COPIED = "copied"
    RECORDED = "recorded"


#: The stages of each audience, in the order they usually come.
STAGES: Mapping[Audience, tuple[Stage, ...]] = {
    Audience.CUSTOMER: (
        Stage.INITIAL,
        Stage.PERIODIC,
        Stage.LATE,
        Stage.CORRECTION,
        Stage.CONTAINMENT,
        Stage.RESOLUTION,
        Stage.POST_RESOLUTION,
    ),
    Audience.INTERNAL: (Stage.INTERNAL_BRIEF, Stage.HANDOFF),
    Audience.EXECUTIVE: (Stage.EXECUTIVE_BRIEF, Stage.COMMITTEE_REQUEST),
}

#: Stages after which no further update is promised.
FINAL_STAGES = frozenset({Stage.RESOLUTION, Stage.POST_RESOLUTION})


@dataclass(frozen=True, slots=True)
class Rendered:
    """A template filled: its text, which value stands where, and what is missing.

    `spans` are (field, begin, end) in `body`; `values` are the words each field was filled with, `missing`
    the fields that must not be empty and are, `unknown` names no field has.
    """

    subject: str
    body: str
    values: Mapping[str, str] = field(default_factory=dict)
    spans: tuple[tuple[str, int, int], ...] = ()
    missing: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """What stands in one medium of a draft; `edited` once a person has changed it by hand."""

    subject: str
    body: str
    edited: bool = False
    template: str = ""
    template_version: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """What the linter says of a text. `kind` is "block", "warning" or "suggestion".

    `begin` and `end` are in the body (in the subject with `in_subject`); `replacement` is what a press on
    the fix puts there, None without a ready fix. `rule` is the rule's number in the list of tone rules.
    """

    rule: int
    kind: str
    medium: Medium
    begin: int
    end: int
    quote: str
    why: str
    suggestion: str = ""
    replacement: str | None = None
    in_subject: bool = False
    can_override: bool = True


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that left the desk, word for word, with every value that was filled in."""

    id: int
    escalation_id: int
    audience: Audience
    stage: Stage
    medium: Medium
    way: Way
    recipients: str
    subject: str
    body: str
    values: Mapping[str, str]
    next_update_at: datetime | None
    sent_at: datetime
    by: str
    released_by: str
    state: str
