"""What the words of lists of injects mean here, and how notes keep what has no place of its own."""

import re
from collections.abc import Mapping

from desktop.domain.drill_msel import plain
from desktop.domain.drill_words import COMPETENCES, Channel, InjectType, Trigger

_TYPES: Mapping[str, InjectType] = {
    **{each.value: each for each in InjectType},
    **dict.fromkeys(
        ("contextual", "administrative", "information", "info", "situation"), InjectType.STANDARD
    ),
    "expected action": InjectType.EXPECTED_ACTION,
    **dict.fromkeys(("backup", "alternate", "fallback", "contingent"), InjectType.CONTINGENCY),
    **dict.fromkeys(("branch", "decision", "conditional"), InjectType.ADAPTIVE),
    **dict.fromkeys(("challenge", "escalation"), InjectType.COMPLEXITY),
    "facilitation": InjectType.ADMIN,
}
_TRIGGERS: Mapping[str, Trigger] = {
    **{each.value: each for each in Trigger},
    **dict.fromkeys(
        ("controller", "actor", "staff action", "controller action", "facilitator"), Trigger.MANUAL
    ),
    **dict.fromkeys(("auto", "timed", "automatic", "time"), Trigger.SCHEDULED),
    **dict.fromkeys(("player action", "dependent", "event"), Trigger.CONDITIONAL),
}
_CHANNELS: Mapping[str, Channel] = {
    **{each.value: each for each in Channel},
    **dict.fromkeys(("in person", "oral", "runner", "face to face", "radio", "briefing"), Channel.VERBAL),
    **dict.fromkeys(("call", "sms", "text", "telephone", "phone call"), Channel.PHONE),
    **dict.fromkeys(("memo", "handout", "fax", "letter", "paper"), Channel.DOCUMENT),
    **dict.fromkeys(("e-mail", "mail", "send an email", "send individual mails"), Channel.EMAIL),
    **dict.fromkeys(("social media", "tweet", "microblog", "post"), Channel.SOCIAL),
    **dict.fromkeys(("news", "newspaper", "tv", "media", "media pressure", "press release"), Channel.PRESS),
    **dict.fromkeys(("alert", "alarm", "simulator", "system"), Channel.MONITORING),
    **dict.fromkeys(("instant message", "im", "messenger", "teams", "slack"), Channel.CHAT),
}
_GUESSES: tuple[tuple[str, str], ...] = (
    (r"debrief|lesson|action item|review meeting|hot ?wash", "post_incident"),
    (r"hand(s|ed)? ?(off|over)|shift change|incoming|relie(f|ve)", "handoff"),
    (r"page|on-?call|senior|wake|call out|activate|mobili[sz]e", "oncall_escalation"),
    (r"decid|decision|approv|authori|sign-?off|permission", "decision_rights"),
    (r"notif|inform|statement|update|message|customer|press|media|communicat|publish|tell", "communication"),
    (r"classif|triage|acknowledg|priorit|severity|level|assign|log the|open a", "triage"),
)
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,23}")
_KEPT = re.compile(r"\[([^\[\]\n]{1,60})\] (.*)")


def type_of(text: str) -> InjectType | None:
    """An inject's type by any of its words."""
    return _TYPES.get(plain(text))


def trigger_of(text: str) -> Trigger | None:
    """What fires it, by any of its words."""
    return _TRIGGERS.get(plain(text))


def channel_of(text: str) -> Channel | None:
    """How it is delivered, by any of its words."""
    return _CHANNELS.get(plain(text))


def competence_of(text: str) -> str | None:
    """A competence by its name, written with spaces or not."""
    name = plain(text).replace(" ", "_").replace("-", "_")
    return name if name in COMPETENCES else None


def guessed_competence(text: str) -> str:
    """The competence an expected action probably belongs to, by its words."""
    low = text.casefold()
    return next((name for pattern, name in _GUESSES if re.search(pattern, low)), "recognition")


def is_yes(text: str) -> bool:
    """Whether a cell says yes."""
    return plain(text) in ("yes", "y", "true", "x", "1", "critical", "ja", "oui")


def with_kept(notes: str, kept: Mapping[str, str]) -> str:
    """Notes with a line for each thing that has no place of its own."""
    lines = [f"[{name}] {' '.join(text.split())}" for name, text in kept.items() if text.strip()]
    return "\n".join(part for part in (notes.strip(), *lines) if part)


def without_kept(notes: str, names: frozenset[str]) -> tuple[str, dict[str, str]]:
    """The notes without the lines of `with_kept` that bear one of these names, and what those said."""
    left, kept = [], {}
    for line in notes.split("\n"):
        match = _KEPT.fullmatch(line)
        if match and match[1] in names and match[1] not in kept:
            kept[match[1]] = match[2]
        else:
            left.append(line)
    return "\n".join(left).strip(), kept


def one_line(text: str) -> str:
    """A text without its line ends."""
    return " ".join(text.split())


def inject_id(said: str, place: int) -> str:
    """The id of an inject by the number a list gives it; `place` counts where it gives none."""
    said = said.strip()
    if re.fullmatch(r"\d{1,6}(?:\.0)?", said):
        return f"I{int(float(said)):02}"
    if _ID.fullmatch(said):
        return said
    slug = re.sub(r"[^A-Za-z0-9_]+", "-", said).strip("-")[:18]
    if slug:
        return slug if slug[0].isalpha() else f"I{slug}"
    return f"I{place:02}"


def listed(text: str) -> list[str]:
    """The parts of a cell that names several."""
    return [one_line(part) for part in re.split(r"[,;\n]", text) if part.strip()]
