"""What happened, in plain language: one table from the kinds of the timeline to sentences."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any

from desktop.domain.instant import from_us
from desktop.domain.timeline import EventKind, TimelineEvent
from desktop.ui.escalation import history_messages, history_people, history_signals
from desktop.ui.text import counted, listed, moment, one_line

_LONGEST = 4000


class Show(StrEnum):
    """Which events are wanted."""

    ALL = "all"
    STATUS = "status"
    NOTES = "notes"
    ALARMS = "alarms"


_NOTES = frozenset(
    {
        EventKind.NOTE_ADDED,
        EventKind.UPDATE_SENT,
        EventKind.BRIEF_SENT,
        EventKind.CUSTOMER_ANSWERED,
        EventKind.EVIDENCE_ATTACHED,
        EventKind.EVIDENCE_REMOVED,
        EventKind.DECISION_RECORDED,
    }
)
_ALARMS = ("alarm.", "oncall.")
_NO_STATUS = (*_ALARMS, "note.", "evidence.", "watcher.")


def is_shown(event: TimelineEvent, show: Show) -> bool:
    """Whether a filter lets it through."""
    if show is Show.ALARMS:
        return is_alarm(event)
    if show is Show.NOTES:
        return event.kind in _NOTES or bool(event.body.get("note"))
    return show is Show.ALL or not event.kind.startswith(_NO_STATUS)


def is_alarm(event: TimelineEvent) -> bool:
    """Whether it tells of alarms and who was reached by them, of which there may be many."""
    return event.kind.startswith(_ALARMS)


def sentence(event: TimelineEvent) -> str:
    """What the actor did, without their name: "moved it from acknowledged to working"."""
    told = _SENTENCES.get(event.kind)
    words = told(event.body) if callable(told) else told
    return words or event.kind.replace(".", " ").replace("_", " ")


def details(event: TimelineEvent) -> list[str]:
    """What stands below the sentence: values before and after, reason, note, the text itself."""
    body = event.body
    lines = [_difference(name, body[key]) for key, name in _DIFFERENCES.items() if _is_pair(body.get(key))]
    for key, name in (("reason", "Reason"), ("past_breach_reason", "Past the breach because"), ("why", "")):
        if text := _text(body, key):
            lines.append(f"{name}: {text}" if name else text)
    lines.extend(history_signals.lines_of(body))
    for key in ("note", "text"):
        lines.extend(_lines(body.get(key)))
    return lines


def _text(body: Mapping[str, Any], key: str) -> str:
    value = body.get(key)
    return one_line(value[:_LONGEST]) if isinstance(value, str) else ""


def _lines(value: object) -> list[str]:
    """A text of several lines, each fit to be shown."""
    if not isinstance(value, str):
        return []
    cut = value if len(value) <= _LONGEST else value[:_LONGEST] + "…"
    return [line for line in map(one_line, cut.split("\n")) if line]


def _is_pair(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2


_DIFFERENCES = {
    "severity": "Severity",
    "score": "Score",
    "priority": "Priority",
    "area": "Product area",
    "issue_type": "Issue type",
    "team": "Team",
    "business_impact": "Business impact",
    "reputational_risk": "Reputational risk",
}


def _difference(name: str, pair: Sequence[object]) -> str:
    before, after = ("none" if value in (None, "") else one_line(str(value)[:200]) for value in pair)
    return f"{name}: {before} → {after}"


def _state(value: object) -> str:
    return {"standard": "standard support"}.get(str(value), one_line(str(value)[:60]))


def _moved(body: Mapping[str, Any]) -> str:
    if "to" not in body:
        return "noted a move"
    return f"moved it from {_state(body.get('from'))} to {_state(body['to'])}"


def _assigned(body: Mapping[str, Any]) -> str:
    owner = _text(body, "owner") or "nobody"
    return f"made {owner} the owner" if owner != "nobody" else "took it from its owner"


_KINDS = {
    "assign": "an owner",
    "acknowledge": "acknowledgement",
    "contain": "containment",
    "resolve": "resolution",
    "update": "the next customer update",
}


def _promise(body: Mapping[str, Any]) -> str:
    kind = str(body.get("kind", ""))
    return _KINDS.get(kind, one_line(kind[:60]) or "a commitment")


def _clocks(body: Mapping[str, Any]) -> str:
    kinds = body.get("kinds")
    words = [_KINDS.get(str(kind), str(kind)) for kind in kinds] if isinstance(kinds, list) else []
    return f"the clock of {listed(words)}" if words else "the clock"


def _until(body: Mapping[str, Any]) -> str:
    until = body.get("until")
    if not isinstance(until, int):
        return ""
    at = from_us(until)
    return f" until {moment(at, at).replace('today ', '')}"


def _paused(body: Mapping[str, Any]) -> str:
    whom = _text(body, "waiting_on")
    return f"paused {_clocks(body)}{f', waiting on {whom}' if whom else ''}{_until(body)}"


def _met(body: Mapping[str, Any]) -> str:
    return f"{'kept late' if body.get('late') else 'kept'}: {_promise(body)}"


def _alarm(body: Mapping[str, Any]) -> str:
    """Which alarm: ": contain at risk"; nothing where that is not known."""
    kind = _text(body, "kind")
    what = _text(body, "threshold") or _text(body, "about")
    words = " ".join(filter(None, (kind, what.replace("_", " "))))
    return f": {words}" if words else ""


def _raised(body: Mapping[str, Any]) -> str:
    to = body.get("told") or body.get("to")
    if not isinstance(to, list):
        to = body.get("to")
    names = [one_line(str(name)[:80]) for name in to] if isinstance(to, list) else []
    return f"raised an alarm{_alarm(body)}{f', for {listed(names)}' if names else ''}"


def _about(deed: str) -> Callable[[Mapping[str, Any]], str]:
    def told(body: Mapping[str, Any]) -> str:
        return f"{deed}{_alarm(body)}"

    return told


def _evidence(verb: str) -> Callable[[Mapping[str, Any]], str]:
    def told(body: Mapping[str, Any]) -> str:
        return f"{verb} {_text(body, 'name') or 'a file'}"

    return told


def _edited(body: Mapping[str, Any]) -> str:
    fields = body.get("fields")
    words = (
        [str(name).replace("_id", "").replace("_", " ") for name in fields]
        if isinstance(fields, list)
        else []
    )
    return f"changed {listed(words[:8])}" if words else "changed the facts"


def _undone(body: Mapping[str, Any]) -> str:
    deed = _text(body, "deed").lower()
    return f"undid the {deed}" if deed else "undid a change"


def _linked(body: Mapping[str, Any]) -> str:
    into, merged = _text(body, "into"), _text(body, "merged")
    if into:
        return f"merged this into {into}"
    return f"merged {merged} into this" if merged else "merged a duplicate into this"


def _family(body: Mapping[str, Any]) -> str:
    children = body.get("children")
    if isinstance(children, list):
        whom = "it" if len(children) == 1 else "them"
        return f"took in {listed([str(number) for number in children])}: this announces for {whom}"
    return f"made this part of {_text(body, 'parent')}, which announces for it"


def _opened(body: Mapping[str, Any]) -> str:
    assumed = body.get("assumed")
    parts = [str(body[key]) for key in ("priority", "score") if isinstance(body.get(key), str | int)]
    scored = f" as {' · '.join(parts)}" if parts else ""
    guess = f", {counted(len(assumed), 'factor')} assumed" if isinstance(assumed, list) and assumed else ""
    return f"{'imported it' if body.get('imported') else 'opened it'}{scored}{guess}"


#: kind: a sentence, or what makes one of the event's body.
_SENTENCES: Mapping[str, str | Callable[[Mapping[str, Any]], str]] = {
    EventKind.OPENED: _opened,
    EventKind.CLASSIFIED: "classified it",
    EventKind.RECLASSIFIED: "classified it anew",
    EventKind.ACKNOWLEDGED: "acknowledged it",
    EventKind.ASSIGNED: _assigned,
    EventKind.REASSIGNED: _assigned,
    EventKind.MOVED: _moved,
    EventKind.CONTAINED: "confirmed containment",
    EventKind.RESOLVED: "confirmed resolution",
    EventKind.CLOSED: "closed it",
    EventKind.REOPENED: "reopened it",
    EventKind.RETURNED: "returned it to triage",
    EventKind.LINKED: _linked,
    EventKind.PARENT_SET: _family,
    EventKind.PARENT_CLEARED: lambda body: f"took this out of {_text(body, 'parent')}",
    EventKind.SPLIT: "split evidence off",
    EventKind.EDITED: _edited,
    EventKind.UNDONE: _undone,
    EventKind.REMINDED: "reminded its owner",
    EventKind.COMMITMENT_STARTED: lambda body: f"promised {_promise(body)}",
    EventKind.COMMITMENT_PAUSED: _paused,
    EventKind.COMMITMENT_RESUMED: lambda body: f"let {_clocks(body)} run again",
    EventKind.COMMITMENT_MET: _met,
    EventKind.COMMITMENT_BREACHED: lambda body: f"breached: {_promise(body)} is late",
    EventKind.ALARM_RAISED: _raised,
    EventKind.ALARM_DELIVERED: _about("delivered a notification"),
    EventKind.ALARM_FAILED: _about("could not deliver a notification"),
    EventKind.ALARM_ACKNOWLEDGED: _about("acknowledged the alarm"),
    EventKind.ALARM_SNOOZED: lambda body: f"snoozed the alarms{_until(body)}",
    EventKind.ALARM_SUPPRESSED: _about("held an alarm back"),
    EventKind.SNOOZE_ENDED: "ended the snooze",
    EventKind.UPDATE_SENT: "told the customer",
    EventKind.UPDATE_DRAFTED: "drafted a customer update",
    EventKind.UPDATE_OVERDUE: "the customer update is overdue",
    EventKind.CUSTOMER_ANSWERED: "recorded the customer's answer",
    EventKind.EVIDENCE_ATTACHED: _evidence("attached"),
    EventKind.EVIDENCE_REMOVED: _evidence("removed"),
    EventKind.OVERRIDE_APPLIED: "set it by hand, over what the policy computes",
    EventKind.NOTE_ADDED: lambda body: "noted at the stand-up" if body.get("standup") else "noted",
    EventKind.HANDOFF_OFFERED: lambda body: f"offered it to {_text(body, 'receiver')} in a handoff",
    EventKind.HANDOFF_ACCEPTED: lambda body: f"took it over from {_text(body, 'giver')}",
    EventKind.HANDOFF_DECLINED: lambda body: f"did not take it over from {_text(body, 'giver')}",
    EventKind.HANDOFF_ASKED: lambda body: f"asked {_text(body, 'giver')} back",
    EventKind.HANDOFF_ANSWERED: lambda body: f"answered {_text(body, 'receiver')}",
    EventKind.HANDOFF_WITHDRAWN: "withdrew the handoff",
    EventKind.WATCHER_ADDED: "began to watch it",
    EventKind.WATCHER_REMOVED: "stopped watching it",
    **history_messages.SENTENCES,
    **history_people.SENTENCES,
    **history_signals.SENTENCES,
}
