"""The parts of a handoff's item as far as facts can write them; next steps are a person's own words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop.domain.handoff import RISK, WORDS, Item, Part
from desktop.domain.handoff_words import absolute, bounded, counted, listed, more, short
from desktop.domain.timeline import EventKind, TimelineEvent
from desktop.domain.wording import one_line

#: How many of the actions taken are named one by one; the rest is counted.
ACTIONS_MOST = 10
_SENTENCE_MOST = 300
_PARTS_OF_IMPACT = 5

#: What people do about an escalation that says nothing about where it stands.
_NOT_ACTIONS = frozenset(
    {
        EventKind.OPENED,
        EventKind.HANDOFF_OFFERED,
        EventKind.HANDOFF_WITHDRAWN,
        EventKind.HANDOFF_ASKED,
        EventKind.ALARM_ACKNOWLEDGED,
        EventKind.WATCHER_ADDED,
        EventKind.WATCHER_REMOVED,
        EventKind.REVIEWED,
    }
)
_DEEDS: Mapping[EventKind, str] = {
    EventKind.OPENED: "opened it",
    EventKind.CLASSIFIED: "classified it",
    EventKind.RECLASSIFIED: "classified it anew",
    EventKind.ACKNOWLEDGED: "acknowledged it",
    EventKind.ASSIGNED: "assigned it",
    EventKind.REASSIGNED: "assigned it",
    EventKind.MOVED: "moved it",
    EventKind.CONTAINED: "confirmed containment",
    EventKind.RESOLVED: "confirmed resolution",
    EventKind.CLOSED: "closed it",
    EventKind.REOPENED: "reopened it",
    EventKind.EDITED: "changed the facts",
    EventKind.OVERRIDE_APPLIED: "set it by hand",
    EventKind.UNDONE: "took something back",
    EventKind.COMMITMENT_PAUSED: "paused the clock",
    EventKind.COMMITMENT_RESUMED: "let the clock run again",
    EventKind.ALARM_SNOOZED: "snoozed the alarms",
    EventKind.NOTE_ADDED: "noted",
    EventKind.UPDATE_SENT: "told the customer",
    EventKind.CUSTOMER_ANSWERED: "the customer answered",
    EventKind.EVIDENCE_ATTACHED: "attached evidence",
    EventKind.DECISION_RECORDED: "decided",
    EventKind.HANDOFF_OFFERED: "offered it in a handoff",
    EventKind.HANDOFF_WITHDRAWN: "withdrew the handoff",
    EventKind.HANDOFF_ASKED: "asked back",
    EventKind.HANDOFF_ANSWERED: "answered",
    EventKind.HANDOFF_ACCEPTED: "took it over",
    EventKind.HANDOFF_DECLINED: "did not take it over",
}


_DEEDS_BY_NAME = {kind.value: words for kind, words in _DEEDS.items()}


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """What is known of one escalation when a draft is filled.

    `score` is None before classification; `terms` are its parts in words, `breaches` promises that were
    broken. `on_call` are those on duty next, empty where nobody knows.
    """

    number: str
    title: str
    description: str
    customer: str
    severity: int
    priority: str
    priority_word: str
    score: int | None
    is_provisional: bool
    override_reason: str
    override_by: str
    terms: tuple[str, ...]
    breaches: tuple[str, ...]
    state_word: str
    opened_at: datetime
    waiting_on: str
    parent: str
    owner: str
    acknowledged_by: str
    watchers: tuple[str, ...]
    team: str
    on_call: tuple[str, ...]
    next_step: str
    events: tuple[TimelineEvent, ...]


def written(facts: ItemFacts, zone: str) -> dict[str, str]:
    """The parts as the facts write them, times in this zone; what nobody knows yet is empty."""
    return {
        Part.SUMMARY: _summary(facts, zone),
        Part.IMPACT: _impact(facts),
        Part.ACTIONS: _actions(facts.events, zone),
        Part.OWNERS: _owners(facts),
        Part.NEXT_STEPS: one_line(facts.next_step),
        RISK: "",
    }


def redrafted(item: Item, anew: Mapping[str, str]) -> dict[str, str]:
    """The words of an item filled anew: what a person wrote stays, also where the facts say otherwise now."""
    return {word: item.words.get(word, "") if word in item.typed else anew[word] for word in WORDS}


def edited(item: Item, word: str, text: str) -> tuple[dict[str, str], frozenset[str]]:
    """The words of an item and which of them are typed, once a person has written one.

    One that is emptied is the facts' again: the next draft fills it.
    """
    typed = item.typed | {word} if text else item.typed - {word}
    return {**item.words, word: text}, typed


def _summary(facts: ItemFacts, zone: str) -> str:
    sentences = [f"{one_line(facts.title)}: {facts.customer}, since {absolute(facts.opened_at, zone)}."]
    about = one_line(facts.description)
    if about and about.casefold() != one_line(facts.title).casefold():
        sentences.append(_cut(about))
    where = f"It is {facts.state_word.lower()}"
    if facts.waiting_on:
        where += f", waiting on {facts.waiting_on}"
    if facts.parent:
        where += f", part of {facts.parent}"
    return "\n".join((*sentences, f"{where}."))


def _impact(facts: ItemFacts) -> str:
    if facts.score is None:
        return ""
    grade = f"{facts.priority} {facts.priority_word}, SEV{facts.severity}, score {facts.score} of 100"
    if facts.is_provisional:
        grade += ", provisional"
    lines = [f"{grade}."]
    if facts.override_reason:
        lines.append(f"Set by {facts.override_by or 'hand'}: {_cut(one_line(facts.override_reason))}")
    lines += bounded(facts.terms, _PARTS_OF_IMPACT)
    lines += [f"Broken promise: {breach}" for breach in facts.breaches]
    return "\n".join(lines)


def _actions(events: Sequence[TimelineEvent], zone: str) -> str:
    """What people did, the latest last; what the desk wrote by itself is counted."""
    deeds = [event for event in events if _is_deed(event)]
    if not deeds:
        return ""
    lines = [f"{short(event.at, zone)} {event.actor}: {deed_words(event)}" for event in deeds]
    folded = sum(not event.body.get("by_id") for event in events)
    tail = [f"The desk itself wrote {counted(folded, 'entry', 'entries')} more."] if folded else []
    return "\n".join((f"Times in {zone}.", *bounded(lines, ACTIONS_MOST, latest=True, what="earlier"), *tail))


def _is_deed(event: TimelineEvent) -> bool:
    return bool(event.body.get("by_id")) and event.kind not in _NOT_ACTIONS


def deed_words(event: TimelineEvent) -> str:
    """What a person did, and what they said about it, on one line."""
    body = event.body
    did = _DEEDS_BY_NAME.get(event.kind) or str(body.get("deed") or event.kind.replace(".", " ")).lower()
    if body.get("from") and body.get("to"):
        did = f"{did} from {body['from']} to {body['to']}"
    elif body.get("owner") and not body.get("handoff"):
        did = f"{did} to {one_line(str(body['owner']))}"
    said = one_line(" – ".join(str(body[name]) for name in ("reason", "note", "text") if body.get(name)))
    return f"{did}: {_cut(said)}" if said else did


def _owners(facts: ItemFacts) -> str:
    lines = [f"Owner: {facts.owner or 'nobody'}"]
    if facts.acknowledged_by and facts.acknowledged_by != facts.owner:
        lines.append(f"Acknowledged by: {facts.acknowledged_by}")
    if facts.team:
        lines.append(f"Team: {facts.team}")
    if facts.on_call:
        lines.append(f"On call next: {listed(facts.on_call)}")
    if facts.watchers:
        lines.append(f"Watching: {listed(facts.watchers)}")
    return "\n".join(lines)


def _cut(text: str) -> str:
    if len(text) <= _SENTENCE_MOST:
        return text
    return f"{text[:_SENTENCE_MOST].rstrip()}… ({more(len(text) - _SENTENCE_MOST, 'characters')})"


def names_of(people: Iterable[str]) -> tuple[str, ...]:
    """Names, each once, in order."""
    return tuple(dict.fromkeys(name for name in people if name))
