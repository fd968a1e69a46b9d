"""The words for messages: stages, audiences, channels, ways, and what is about to happen."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from desktop.domain.message import Audience, Medium, Stage, Way
from desktop.ui.message.ports import Fact, MediumText, WayOut, Writing
from desktop.ui.text import clock_time, listed, moment

STAGES: Mapping[Stage, str] = {
    Stage.INITIAL: "First message",
    Stage.PERIODIC: "Update",
    Stage.LATE: "Late update",
    Stage.CORRECTION: "Correction",
    Stage.CONTAINMENT: "Contained",
    Stage.RESOLUTION: "Resolved",
    Stage.POST_RESOLUTION: "Cause and prevention",
    Stage.EXECUTIVE_BRIEF: "Executive brief",
    Stage.INTERNAL_BRIEF: "Internal brief",
    Stage.COMMITTEE_REQUEST: "Request to the committee",
    Stage.HANDOFF: "Handoff",
}
AUDIENCES: Mapping[Audience, str] = {
    Audience.CUSTOMER: "Customer",
    Audience.INTERNAL: "Internal",
    Audience.EXECUTIVE: "Executives",
}
MEDIA: Mapping[Medium, str] = {
    Medium.EMAIL: "E-mail",
    Medium.CHAT: "Chat",
    Medium.DASHBOARD: "Dashboard",
    Medium.STATUS: "Status page",
    Medium.PHONE: "Phone script",
    Medium.SMS: "SMS",
}
KINDS: Mapping[str, tuple[str, str]] = {
    "block": ("Blocks", "danger"),
    "warning": ("Warning", "warning"),
    "suggestion": ("Suggestion", "primary"),
}
_SMS = 160
_CHAT_WORDS = 120


def way_words(out: WayOut | None, medium: Medium) -> str:
    """What is done with a text: "Send by mail to Anna Berg". No two texts say the same: it is their name."""
    name = MEDIA[medium] if medium is Medium.SMS else MEDIA[medium].lower()
    if out is None:
        return f"Do not use the {name}"
    to = f" to {out.to}" if out.to else ""
    words = {
        Way.MAIL: f"Send by mail{to}",
        Way.CHAT: f"Send by chat{to}",
        Way.COPIED: f"Copy the {name} and mark as sent",
        Way.RECORDED: f"Record the {name} as told",
    }[out.way]
    return f"{words} ({out.why_not})" if out.why_not else words


def length_words(medium: Medium, body: str) -> tuple[str, bool]:
    """How long a text is, and whether that is too long for its medium."""
    if medium is Medium.SMS:
        return f"{len(body)} of {_SMS} characters", len(body) > _SMS
    words = len(body.split())
    if medium is Medium.CHAT:
        return f"{words} of {_CHAT_WORDS} words", words > _CHAT_WORDS
    return f"{words} words", False


def fact_hint(fact: Fact, now: datetime) -> str:
    """What stands below a fact: where it comes from, how old it is, or who should know it."""
    if fact.is_missing:
        asked = f"Missing: ask {fact.who}." if fact.who else "Missing."
        said = f" The message says: {fact.says}" if fact.says and not fact.is_needed else ""
        if fact.is_needed:
            return asked
        return f"Not known.{said}" if said else "Not known; it is left out."
    if fact.pending:
        return f"Waits for an approval by {fact.approver or 'a lead'}; left out until then."
    parts = [fact.source] if fact.source else []
    if fact.as_of is not None:
        parts.append(f"as of {moment(fact.as_of, now)}")
    return ", ".join(parts)


def absolute(at: datetime, now: datetime, zone: str) -> str:
    """An instant for its reader, and at the desk where that differs: "today 15:00 Berlin, 14:00 here"."""
    where = zone_of(zone)
    if where is None:
        return moment(at, now)
    there = f"{moment(at, now, where)} {place_of(zone)}"
    here = clock_time(at)
    same = at.astimezone(where).utcoffset() == at.astimezone().utcoffset()
    return there if same else f"{there}, {here} at the desk"


def zone_of(name: str) -> ZoneInfo | None:
    """A zone by its name, or None where there is none."""
    try:
        return ZoneInfo(name) if name else None
    except (ValueError, OSError, KeyError):
        return None


def place_of(zone: str) -> str:
    """The place that gives a zone its name: "Berlin"; of a zone of mere hours what it is ahead: "UTC+1".

    Such a zone's own name has the sign the wrong way round: Etc/GMT-1 is east of Greenwich.
    """
    if zone.startswith("Etc/GMT") and zone[7:8] in ("+", "-"):
        return f"UTC{'-' if zone[7] == '+' else '+'}{zone[8:]}"
    return zone.rpartition("/")[2].replace("_", " ")


def sending_words(writing: Writing, chosen: Mapping[Medium, WayOut]) -> str:
    """What pressing the button does, naming everybody who gets it."""
    deeds = []
    for text in writing.media:
        out = chosen.get(text.medium)
        if out is not None and out.way in (Way.MAIL, Way.CHAT):
            name = "mail" if out.way is Way.MAIL else "chat"
            deeds.append(f"by {name} to {out.to or 'nobody'}")
    return f"It goes {listed(deeds)} at once. This cannot be taken back."


def copied_text(media: Sequence[MediumText]) -> str:
    """Texts for the clipboard: one alone as it is, several below one another with their channel."""
    texts = [f"{text.subject}\n\n{text.body}" if text.subject else text.body for text in media]
    if len(texts) == 1:
        return texts[0]
    return "\n\n".join(f"{MEDIA[each.medium]}:\n{text}" for each, text in zip(media, texts, strict=True))
