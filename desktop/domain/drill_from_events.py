"""A past escalation line by line: what of it happens to the players of a drill, what is expected of them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from desktop.domain.drill_from_acts import ACT_OF, ACTS, ALWAYS
from desktop.domain.drill_past import Past, PastEvent
from desktop.domain.drill_words import Channel
from desktop.domain.timeline import EventKind


class As(StrEnum):
    """What a line of the timeline becomes."""

    INJECT = "inject"
    EXPECTATION = "expectation"
    DECISION = "decision"
    ARTIFACT = "artifact"
    DATA = "data"
    CONTINGENCY = "contingency"
    NOTE = "note"
    DROP = "drop"

    @property
    def words(self) -> str:
        """On screen."""
        return _WORDS[self]


_WORDS: Mapping["As", str] = {
    As.INJECT: "Inject",
    As.EXPECTATION: "Expected action",
    As.DECISION: "Decision",
    As.ARTIFACT: "Attachment shown",
    As.DATA: "Data released later",
    As.CONTINGENCY: "Contingency inject",
    As.NOTE: "Note for staff",
    As.DROP: "Left out",
}
_TOLD = (As.INJECT, As.ARTIFACT, As.DATA, As.CONTINGENCY, As.NOTE, As.DROP)
_DONE = (As.EXPECTATION, As.NOTE, As.DROP)
_DECIDED = (As.DECISION, As.EXPECTATION, As.NOTE, As.DROP)
_LATER_UPDATES = 2
_FILE_AT_ONCE_S = 60

#: Words by which a note is known to tell the cause, the fix or what was learned: nothing for players.
_HINDSIGHT = re.compile(
    r"(?i)\b(caus(?:e|ed|es)|because|due to|root|culprit|traced|turned out|found (?:that|the|it)|bug"
    r"|regression|fix(?:ed|es)?|patch(?:ed)?|rolled? back|workaround|should have|in hindsight|lesson|pinned"
    r"|misconfigured)\b"
)
_LUCK = re.compile(
    r"(?i)\b(luck(?:y|ily)?|fortunate(?:ly)?|by chance|happened to be|good thing|thank(?:s to|fully))\b"
)
_MACHINE = (
    "commitment.",
    "alarm.",
    "rule.",
    "watcher.",
    "review.",
    "roster.",
    "playbook.",
    "source.",
    "automation.",
)
_CHANNELS: Mapping[str, Channel] = {
    "phone": Channel.PHONE, "call": Channel.PHONE, "e-mail": Channel.EMAIL, "email": Channel.EMAIL,
    "mail": Channel.EMAIL, "chat": Channel.CHAT, "monitoring": Channel.MONITORING,
    "alert": Channel.MONITORING,
    "social": Channel.SOCIAL, "press": Channel.PRESS,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the past: what it becomes, and what else it could.

    `at_s` counts from time zero. `act` names what the team did,
    in `ACTS`. `who` and `text` are the real words.
    """

    id: str
    at_s: int
    kind: str
    who: str
    text: str
    becomes: As
    can: tuple[As, ...]
    act: str = ""
    subject: str = ""
    channel: Channel = Channel.CHAT
    file: str = ""
    is_done: bool = True

    def turned(self, becomes: As) -> "Line":
        """The same as something else."""
        return replace(self, becomes=becomes)


def lines_of(past: Past) -> tuple[Line, ...]:
    """Every event as a line, in order, with what the policy wanted and nobody did at the end of it."""
    lines = _Reading(past).lines()
    done = {line.act for line in lines if line.becomes is As.EXPECTATION}
    for act in ALWAYS:
        if act not in done:
            lines.append(
                Line(
                    f"policy-{act}",
                    0,
                    "policy",
                    "",
                    ACTS[act].text,
                    As.EXPECTATION,
                    _DONE,
                    act,
                    is_done=False,
                )
            )
    return tuple(sorted(lines, key=lambda line: line.at_s))


class _Reading:
    """Reads event by event; what an act was seen before decides what it becomes now."""

    def __init__(self, past: Past) -> None:
        self._past = past
        self._seen: dict[str, int] = {}
        self._files = {file.name: file.text for file in past.files}

    def lines(self) -> list[Line]:
        found: list[Line] = []
        for event in self._past.events:
            for number, line in enumerate(self._lines(event)):
                found.append(replace(line, id=f"{event.seq}-{number}"))
        return found

    def _lines(self, event: PastEvent) -> Iterator[Line]:
        kind = event.kind
        if kind == EventKind.OPENED:
            yield self._opened(event)
        elif kind in _OUTSIDE:
            yield self._outside(event)
        elif kind == EventKind.REOPENED:
            yield self._line(event, _said(event, "reason"), As.INJECT, _TOLD, subject="It is back",
                             channel=Channel.PHONE, who=self._customer())  # fmt: skip
            yield from self._acted(event)
        elif kind == EventKind.UPDATE_SENT:
            yield self._update(event)
        elif kind == EventKind.EVIDENCE_ATTACHED:
            yield self._file(event)
        elif kind == EventKind.HANDOFF_OFFERED:
            yield self._line(event, "The shift ends. Whoever comes next sits down beside you.", As.INJECT,
            _TOLD,
                             subject="Change of shift", channel=Channel.VERBAL, who="Roster")  # fmt: skip
        elif kind in _DECISIONS:
            yield self._line(
                event, _said(event, "text", "reason", "note"), As.DECISION, _DECIDED, act="decide"
            )
        elif kind in (EventKind.NOTE_ADDED, EventKind.FACT_SET):
            yield self._found(event)
        elif kind in ACT_OF and not (kind == EventKind.LINKED and "into" in event.body):
            yield from self._acted(event)
        else:
            yield self._rest(event)

    def _opened(self, event: PastEvent) -> Line:
        past = self._past
        title = str(event.body.get("title") or past.title)
        text = title if event.is_merged else past.description or title
        channel = _CHANNELS.get(str(event.body.get("source") or past.source).casefold(), Channel.TICKET)
        who = str(event.body.get("customer") or past.customer) if event.is_merged else self._customer()
        return self._line(event, text, As.INJECT, _TOLD, subject=title, channel=channel, who=who)

    def _outside(self, event: PastEvent) -> Line:
        if event.kind == EventKind.CUSTOMER_ANSWERED:
            text = _said(event, "text") or "The customer has answered."
            who = str(event.body.get("sender") or self._customer())
            return self._line(event, text, As.INJECT, _TOLD, subject="Answer", channel=Channel.EMAIL, who=who)
        title = _said(event, "title") or "A signal"
        is_over = event.kind == EventKind.SIGNAL_RESOLVED
        text = f"Over: {title}" if is_over else title
        return self._line(
            event, text, As.INJECT, _TOLD, subject=title, channel=Channel.MONITORING, who="Monitoring"
        )

    def _update(self, event: PastEvent) -> Line:
        act = "first_update" if not self._seen.get("first_update") else "next_update"
        times = self._count(act)
        becomes = As.EXPECTATION if act == "first_update" or times <= _LATER_UPDATES else As.DROP
        return self._line(event, _said(event, "text", "subject"), becomes, _DONE, act=act)

    def _file(self, event: PastEvent) -> Line:
        name = _said(event, "name") or "A file"
        is_early = self._past.offset_s(event.at) <= _FILE_AT_ONCE_S
        becomes = As.ARTIFACT if is_early else As.DATA
        return self._line(
            event, self._files.get(name) or name, becomes, _TOLD, act="file", subject=name, file=name
        )

    def _found(self, event: PastEvent) -> Line:
        text = _said(event, "text", "note")
        field = str(event.body.get("field") or "")
        if _LUCK.search(text):
            becomes = As.CONTINGENCY
        elif _HINDSIGHT.search(text) or "cause" in field or event.kind == EventKind.FACT_SET:
            becomes = As.NOTE
        else:
            becomes = As.ARTIFACT
        return self._line(
            event, text, becomes, _TOLD, who="Engineer on call" if becomes is As.ARTIFACT else ""
        )

    def _acted(self, event: PastEvent) -> Iterator[Line]:
        act = ACT_OF[event.kind]
        is_first = self._count(act) == 1 or act == "link"
        text = _said(event, "note", "reason", "text", "owner", "into", "merged")
        yield self._line(event, text, As.EXPECTATION if is_first else As.DROP, _DONE, act=act)
        told = _said(event, "note")
        if told and event.kind in (EventKind.CONTAINED, EventKind.RESOLVED):
            becomes = As.CONTINGENCY if _LUCK.search(told) else As.NOTE
            yield self._line(event, told, becomes, _TOLD)

    def _rest(self, event: PastEvent) -> Line:
        text = _said(event, "text", "note", "reason", "why", "what", "name")
        is_machine = event.kind.startswith(_MACHINE) or not text
        return self._line(
            event, text, As.DROP if is_machine else As.NOTE, _TOLD if text else (As.NOTE, As.DROP)
        )

    def _line(
        self, event: PastEvent, text: str, becomes: As, can: tuple[As, ...], *, act: str = "",
        subject: str = "",
        channel: Channel = Channel.CHAT, who: str = "", file: str = "",
    ) -> Line:  # fmt: skip
        return Line(
            "", self._past.offset_s(event.at), event.kind, who or event.actor, text, becomes, can, act,
            subject,
            channel, file,
        )  # fmt: skip

    def _customer(self) -> str:
        past = self._past
        return f"{past.reporter}, {past.customer}" if past.reporter else past.customer

    def _count(self, act: str) -> int:
        self._seen[act] = self._seen.get(act, 0) + 1
        return self._seen[act]


_OUTSIDE = (
    EventKind.CUSTOMER_ANSWERED, EventKind.SIGNAL_JOINED, EventKind.SIGNAL_RESOLVED,
    EventKind.SIGNAL_ACKNOWLEDGED,
)  # fmt: skip
_DECISIONS = (
    EventKind.DECISION_RECORDED, EventKind.EXCEPTION_APPROVED, EventKind.COMMITTEE_DECIDED,
    EventKind.OVERRIDE_APPLIED,
)  # fmt: skip


def _said(event: PastEvent, *names: str) -> str:
    """The first of these words that an event holds."""
    for name in names:
        value = event.body.get(name)
        if isinstance(value, str) and value.strip():
            return value.strip()
    return ""
