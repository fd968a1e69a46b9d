"""What the editor of scenarios calls things, and how lengths and points of time are typed."""

import re
from datetime import datetime

from desktop.domain.drill_words import COMPETENCES, GAPS, MATCHABLE

_UNITS = {"d": 86_400, "h": 3_600, "m": 60, "s": 1}
_PART = re.compile(
    r"(\d+)\s*(d|days?|h|hrs?|hours?|m|mins?|minutes?|s|secs?|seconds?)(?![a-z])", re.IGNORECASE
)
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[ T]+(\d\d?:\d\d(?::\d\d)?)\s*([+-]\d\d:?\d\d|Z)", re.IGNORECASE)
#: What is said where a length of time cannot be read.
NO_SPAN = "Write a length of time as 10 min, 1h 30m or 90s."
NO_MOMENT = "Write the time with its zone: 2026-03-02 16:10 +01:00."

MODES = {"clock": "The drill's clock", "facilitator": "The trainer, one inject after the other"}
ON_OVERDUE = {"hold": "Are held until the trainer decides", "fire": "Are fired at once"}
ORIGINS = {
    "original": "Made up",
    "public_pattern": "The pattern of a public incident",
    "real_escalation": "A real escalation of ours",
}
TYPES = {
    "standard": "Standard",
    "contingency": "Contingency: in case the team goes astray",
    "adaptive": "Adaptive: answers a decision",
    "complexity": "Complexity: makes it harder",
    "expected_action": "Expected action falls due",
    "admin": "Administration: start, break, end",
}
TRIGGERS = {"scheduled": "Its time", "manual": "The trainer", "conditional": "Its time and a condition"}
CHANNELS = {
    "ticket": "Ticket", "email": "E-mail", "chat": "Chat", "phone": "Phone", "monitoring": "Monitoring",
    "dashboard": "Dashboard", "social": "Social network", "press": "Press", "verbal": "Said at the table",
    "document": "Document", "none": "Nothing is shown",
}  # fmt: skip
ARTIFACTS = {
    "": "Nothing", "chart": "Chart", "file": "File", "table": "Table", "screenshot": "Screenshot",
}  # fmt: skip
EVIDENCE = {
    "auto": "The program, by what is done",
    "manual": "Staff, who watch",
    "either": "The program or staff",
}
EFFECTS = {
    "create_ticket": "Open a ticket",
    "set_field": "Set a field of the escalation",
    "release_data": "Release withheld data",
    "roster_change": "Change who is available",
    "dashboard_value": "Change a dashboard",
}
COMPETENCE_WORDS = {
    "recognition": "Recognition", "triage": "Triage", "oncall_escalation": "On-call escalation",
    "handoff": "Handoff", "communication": "Communication", "decision_rights": "Decision rights",
    "post_incident": "Post-incident review",
}  # fmt: skip
CATEGORIES = {
    "data_availability": "Data availability", "handoff_quality": "Handoff quality",
    "decision_rights": "Decision rights", "communication": "Communication",
    "classification": "Classification", "staffing_oncall": "Staffing and on-call", "tooling": "Tooling",
    "playbook": "Playbook",
}  # fmt: skip
AUTO = {
    "": "Staff look at it",
    "field": "A field is set",
    "merge": "A field of the message is filled",
    "handoff": "Part of the handoff is there",
    "lint": "Words are clean",
}
AUTO_PARTS = {
    "field": ("customer_tier", "product_area", "priority>=high", "severity", "owner"),
    "merge": ("impact_plain", "next_update_at", "contact_point", "workaround", "what_we_do"),
    "handoff": ("complete", "commitments", "decisions"),
    "lint": ("tone", "blame"),
}
#: Which fields of an event can be asked for, beside those anybody types.
WHERE = {
    "decision.recorded": ("decision", "option", "approver"),
    "update.sent": ("stage", "channel"),
    "escalation.classified": ("priority", "severity", "customer_tier", "product_area"),
    "escalation.contained": ("confirmed_by",),
}
INJECT_WORDS = {"fired": "fired", "skipped": "skipped", "recalled": "recalled"}
EXPECTATION_WORDS = {"met": "met", "late": "late", "missed": "missed"}
NEGATIVE_WORDS = {"clean": "kept", "violated": "violated"}
_VERBS = {
    "escalation.resolved_early": "Escalation resolved while a linked ticket is open",
    "update.overdue": "Promised update overdue",
    "oncall.paged": "On-call paged",
    "oncall.acknowledged": "On-call page acknowledged",
    "roster.override_added": "Stand-in put on the roster",
    "roster.shift_taken": "Shift taken over",
    "fact.set": "Fact written down",
    "promise.broken": "Promise broken",
    "override.applied": "Priority set by hand",
    "playbook.proposed": "Change to the playbook proposed",
    "handoff.asked": "Question asked about the handoff",
    "handoff.answered": "Question about the handoff answered",
    "note.added": "Note written",
    "data.requested": "Data asked for in the inbox",
    "data.doubted": "Dashboard taken for out of date",
}


def event_words(event: str) -> str:
    """An event of the timeline as a person says it: "Update sent"."""
    if event in _VERBS:
        return _VERBS[event]
    thing, _, deed = event.partition(".")
    return f"{thing.capitalize()} {deed.replace('_', ' ')}"


def pairs(words: dict[str, str]) -> list[tuple[object, str]]:
    """Keys and words as lists offer them."""
    return list(words.items())


EVENTS: dict[str, str] = {event: event_words(event) for event in MATCHABLE}
GAP_WORDS: dict[str, dict[str, str]] = {
    category: {code: f"{code}  {title}" for code, title in codes.items()} for category, codes in GAPS.items()
}
COMPETENCES_IN_ORDER = [(name, COMPETENCE_WORDS[name]) for name in COMPETENCES]


def read_span(text: str) -> int | None:
    """The seconds of "1h 30m", "10 min" or "-1 d"; a bare number is minutes; None for anything else."""
    typed = text.strip()
    sign, typed = (-1, typed[1:].strip()) if typed[:1] in ("-", "−") else (1, typed.removeprefix("+"))
    if re.fullmatch(r"\d{1,6}", typed):
        return sign * int(typed) * 60
    parts = _PART.findall(typed)
    rest = re.sub(r"(?i)[\s,]|and", "", _PART.sub("", typed))
    if not parts or rest or any(len(number) > 7 for number, _ in parts):
        return None
    return sign * sum(int(number) * _UNITS[unit[0].lower()] for number, unit in parts)


def span_words(seconds: int) -> str:
    """A length of time as a person says it: "1 h 30 min"."""
    sign, left = ("-", -seconds) if seconds < 0 else ("", seconds)
    said = []
    for unit, words in (("d", "d"), ("h", "h"), ("m", "min"), ("s", "s")):
        count, left = divmod(left, _UNITS[unit])
        if count:
            said.append(f"{count} {words}")
    return sign + " ".join(said) if said else "0 min"


def clock_words(seconds: int) -> str:
    """A time of the drill as its clock shows it: "0:14" or "1:05:30"."""
    sign, left = ("-", -seconds) if seconds < 0 else ("", seconds)
    minutes, rest = divmod(left, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{sign}{hours}:{minutes:02}" + (f":{rest:02}" if rest else "")


def read_moment(text: str) -> datetime | None:
    """A point of time with its zone; None for anything else."""
    found = _MOMENT.fullmatch(text.strip())
    if found is None:
        return None
    day, hour, zone = found.groups()
    zone = "+00:00" if zone.upper() == "Z" else zone
    zone = zone if ":" in zone else f"{zone[:3]}:{zone[3:]}"
    try:
        return datetime.fromisoformat(f"{day}T{hour.zfill(5)}{zone}")
    except ValueError:
        return None


def moment_words(at: datetime) -> str:
    """A point of time with its zone, as it is typed."""
    second = f":{at.second:02}" if at.second else ""
    zone = at.strftime("%z")
    return f"{at:%Y-%m-%d %H:%M}{second} {zone[:3]}:{zone[3:5]}"
