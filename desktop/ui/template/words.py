"""Templates in the words of the screen."""

from datetime import datetime

from desktop.domain.merge_field import EmptyKind, MergeField, rule_at
from desktop.domain.message import STAGES, Audience, Medium, Stage
from desktop.domain.message_check import REQUIRED, Needed
from desktop.domain.template import ListedTemplate, Place
from desktop.domain.template_syntax import fields_of
from desktop.ui.text import moment

AUDIENCES = {
    Audience.CUSTOMER: "Customers",
    Audience.INTERNAL: "Our people",
    Audience.EXECUTIVE: "Executives",
}
STAGE_WORDS = {
    Stage.INITIAL: "First message",
    Stage.PERIODIC: "Update",
    Stage.LATE: "Late update",
    Stage.CORRECTION: "Correction",
    Stage.CONTAINMENT: "Containment",
    Stage.RESOLUTION: "Resolution",
    Stage.POST_RESOLUTION: "Cause and prevention",
    Stage.EXECUTIVE_BRIEF: "Executive brief",
    Stage.INTERNAL_BRIEF: "Internal brief",
    Stage.COMMITTEE_REQUEST: "Request for a decision",
    Stage.HANDOFF: "Handoff",
}
MEDIA = {
    Medium.EMAIL: "Email",
    Medium.CHAT: "Chat",
    Medium.DASHBOARD: "Dashboard",
    Medium.STATUS: "Status page",
    Medium.PHONE: "Phone script",
    Medium.SMS: "SMS",
}


def place_words(place: Place) -> str:
    """For whom, when and in which channel: `Customers, first message, email`."""
    stage = STAGE_WORDS[place.stage]
    medium = MEDIA[place.medium]
    kept = medium if place.medium is Medium.SMS else medium.lower()
    return f"{AUDIENCES[place.audience]}, {stage[0].lower()}{stage[1:]}, {kept}"


def state_words(row: ListedTemplate, now: datetime) -> str:
    """How far it has come: `Version 3, published today 09:12 by Leo Marsh`."""
    parts = []
    if row.is_retired:
        parts.append("No longer used")
    if row.version and row.published_at is not None:
        when = moment(row.published_at, now)
        parts.append(f"Version {row.version}, published {when} by {row.published_by}")
    else:
        parts.append("Not published yet")
    if row.draft:
        parts.append(f"draft {row.draft} by {row.draft_by}")
    return "; ".join(parts)


def version_words(row: ListedTemplate) -> str:
    """The version in a list: `v3`, `v3 + draft`."""
    version = f"v{row.version}" if row.version else ""
    return " + ".join(part for part in (version, "draft" if row.draft else "") if part)


def empty_words(field: MergeField, stage: Stage) -> str:
    """What becomes of a field in this stage when it is empty."""
    rule = rule_at(field.name, stage)
    if rule.kind is EmptyKind.BLOCK:
        return "The message waits until it is written"
    return f"Says: {rule.words}" if rule.kind is EmptyKind.SAY else "Left out"


def checklist(place: Place, subject: str, body: str) -> tuple[tuple[Needed, bool], ...]:
    """What a message of this stage must tell, and whether this text does."""
    named = fields_of(subject, body)
    return tuple((needed, any(name in named for name in needed.fields)) for needed in REQUIRED[place.stage])


def free_places(rows: tuple[ListedTemplate, ...]) -> tuple[Place, ...]:
    """Where no template is in use."""
    taken = {row.place for row in rows if not row.is_retired}
    every = (
        Place(audience, stage, medium)
        for audience, stages in STAGES.items()
        for stage in stages
        for medium in Medium
    )
    return tuple(place for place in every if place not in taken)


def key_of(place: Place) -> str:
    """A place as the key of a choice."""
    return f"{place.audience}/{place.stage}/{place.medium}"


def place_of(key: str) -> Place:
    """The place of such a key."""
    audience, stage, medium = key.split("/")
    return Place(Audience(audience), Stage(stage), Medium(medium))
