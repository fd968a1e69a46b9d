"""What the record of an escalation says for messages: every field that nobody has to write."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop.domain.alarm_text import promise_word
from desktop.domain.commitment import Kind
from desktop.domain.commitment_row import started
from desktop.domain.escalation import Escalation, State
from desktop.domain.handoff_draft import deed_words
from desktop.domain.handoff_words import counted
from desktop.domain.instant import from_us, to_us
from desktop.domain.merge_field import Value
from desktop.domain.message import Audience
from desktop.domain.policy import Priority
from desktop.domain.promise import PromiseKind
from desktop.domain.template_time import clock_of, in_message, length
from desktop.domain.timeline import EventKind, TimelineEvent
from desktop.services.details import EscalationDetails

_CONTAINED = frozenset({State.CONTAINED, State.RESOLVED, State.CLOSED})
_STATUS = {
    State.CONTAINED: "Contained",
    State.RESOLVED: "Resolved",
    State.CLOSED: "Review",
    State.STANDARD: "Review",
    State.MERGED: "Review",
}
_STATES = frozenset(State)
_SENIOR = "senior engineer"
_MOST_ACTIONS = 10
_DONE = frozenset(
    {
        EventKind.ACKNOWLEDGED,
        EventKind.ASSIGNED,
        EventKind.REASSIGNED,
        EventKind.MOVED,
        EventKind.CONTAINED,
        EventKind.RESOLVED,
        EventKind.REOPENED,
        EventKind.NOTE_ADDED,
        EventKind.UPDATE_SENT,
        EventKind.CUSTOMER_ANSWERED,
        EventKind.DECISION_RECORDED,
        EventKind.HANDOFF_ACCEPTED,
        EventKind.PLAYBOOK_STEP_DONE,
    }
)


@dataclass(frozen=True, slots=True)
class Known:
    """What was read about an escalation for one audience, at an instant.

    `last_us` is when this audience was last written to, 0 for never; `promises` are kind, words, due and
    state of what was promised outside; `parts` the words of a handoff, for one's own people.
    """

    details: EscalationDetails
    audience: Audience
    now: datetime
    zone: str
    last_us: int = 0
    sent_count: int = 0
    promises: Sequence[tuple[str, str, int, str]] = ()
    playbook: tuple[str, int] | None = None
    on_call: Sequence[str] = ()
    parts: Mapping[str, str] | None = None
    decisions: Sequence[str] = ()

    @property
    def escalation(self) -> Escalation:
        """The escalation itself."""
        return self.details.escalation


def record_values(known: Known) -> dict[str, Value]:
    """Every field that the record fills; what it does not know is missing."""
    found = {
        **_what(known),
        **_when(known),
        **_who(known),
        **_told(known),
        **_clocks(known),
        **_own(known),
    }
    return {name: value for name, value in found.items() if not value.is_missing}


def _what(known: Known) -> dict[str, Value]:
    escalation, policy = known.escalation, known.details.policy
    tier = policy.tier(known.details.customer.tier or "")
    priority, score = escalation.priority, known.details.score
    areas = {area.key: area.name for area in policy.areas}
    is_graded = priority is not None
    return {
        "ref": Value(escalation.number, "escalation"),
        "status_word": Value(_status(escalation), f"state: {escalation.state.word}"),
        "level": Value(f"{priority} {Priority(priority).word.capitalize()}" if priority else "", "score"),
        "score": Value(str(escalation.score) if is_graded else "", "score"),
        "score_reasons": _list(
            [f"{term.name} {term.shown}: {term.why}" for term in score.terms] if is_graded else [], "score"
        ),
        "customer_name": Value(known.details.customer.name, "customer"),
        "customer_tier": Value(tier.name if tier else "", "customer"),
        "product_area": Value(areas.get(escalation.area, ""), "classification"),
        "next_steps": _list([escalation.next_step] if escalation.next_step else [], "next step on the card"),
        "waiting_for": Value(escalation.waiting_on, "escalation"),
        "drill_banner": Value("EXAMPLE: made up, nothing to act on" if escalation.sample else "", "example"),
        "playbook_ref": Value(
            f"{known.playbook[0]} v{known.playbook[1]}" if known.playbook else "", "playbook"
        ),
    }


def _when(known: Known) -> dict[str, Value]:
    escalation = known.escalation
    return {
        "started_at": _at(escalation.opened_at, "when it was opened"),
        "detected_at": _at(escalation.created_at, "timeline"),
        "acknowledged_at": _at(escalation.acknowledged_at, "timeline"),
        "contained_at": _at(escalation.contained_at, "timeline"),
        "resolved_at": _at(escalation.resolved_at, "timeline"),
        "duration_words": Value(
            length((escalation.resolved_at or known.now) - escalation.opened_at), "computed"
        ),
        "status_age": Value(length(known.now - _since(known)), "timeline"),
    }


def _who(known: Known) -> dict[str, Value]:
    escalation, owner = known.escalation, known.details.owner
    confirmed = _confirmer(known)
    is_customer = known.audience is Audience.CUSTOMER
    team = escalation.team or (owner.team if owner else "")
    role = f"{team} team" if team and not team.casefold().endswith("team") else team
    return {
        "owner_name": Value(owner.name if owner else "", "assignment"),
        "owner_role": Value(role or ("engineer on duty" if owner else ""), "team of the escalation"),
        "confirmed_by": Value(f"a {_SENIOR}" if confirmed and is_customer else confirmed, "timeline"),
        "confirmed_by_role": Value(_SENIOR if confirmed else "", "timeline"),
        "oncall_names": _list(known.on_call, "roster"),
        "salutation": Value("Hello,", "without a name"),
    }


def _told(known: Known) -> dict[str, Value]:
    due = next_due(known.escalation, known)
    missed = _missed(known)
    no = known.sent_count + 1
    return {
        "next_update_at": _at(due, "policy"),
        "next_update_relative": Value(f"in {length(due - known.now)}" if due else "", "computed"),
        "next_update_clock": Value(clock_of(due, known.zone) if due else "", "policy"),
        "cadence_words": Value(_cadence(known), "policy"),
        "last_update_at": _at(from_us(known.last_us) if known.last_us else None, "messages"),
        "update_no": Value(str(no), "messages"),
        "promised_at": _at(missed, "promise that was missed"),
        "late_by": Value(length(known.now - missed) if missed else "", "computed"),
        "open_promises": _list(
            [
                f"{text or PromiseKind(kind).word}: {in_message(from_us(due_us), known.zone, known.now)}"
                + (" (missed)" if state == "broken" else "")
                for kind, text, due_us, state in known.promises
            ],
            "promises",
        ),
    }


def _clocks(known: Known) -> dict[str, Value]:
    running = [
        view for view in known.details.commitments if view.commitment.is_running and not view.is_paused
    ]
    if not running:
        return {}
    tightest = min(running, key=lambda view: view.thresholds.due_at)
    due, source = tightest.thresholds.due_at, promise_word(tightest.kind)
    left = due - known.now
    is_over = left <= timedelta()
    return {
        "sla_due": _at(due, source),
        "sla_left": Value(f"{length(-left)} over" if is_over else f"{length(left)} left", source),
        "sla_breached": Value(f"missed: {source}" if is_over else "", source),
    }


def _own(known: Known) -> dict[str, Value]:
    """What is for one's own people alone."""
    if known.audience is Audience.CUSTOMER:
        return {}
    deeds = [event for event in known.details.timeline if event.kind in _DONE and event.body.get("by_id")]
    lines = [
        f"{in_message(event.at, known.zone, known.now)} {event.actor}: {deed_words(event)}"
        for event in deeds[-_MOST_ACTIONS:]
    ]
    if len(deeds) > _MOST_ACTIONS:
        lines.insert(0, counted(len(deeds) - _MOST_ACTIONS, "earlier entry", "earlier entries"))
    parts = known.parts or {}
    return {
        "actions_taken": _list(lines, "timeline"),
        "summary": Value(parts.get("summary", ""), "record"),
        "impact": Value(parts.get("impact", ""), "record"),
        "owners": Value(parts.get("owners", ""), "record"),
        "open_decisions": _list(known.decisions, "record"),
    }


def next_due(escalation: Escalation, known: Known) -> datetime | None:
    """Until when the policy lets the next update wait; None before classification and at the end."""
    if escalation.priority is None or not escalation.is_open:
        return None
    row = started(
        Kind.UPDATE,
        escalation.priority,
        known.details.policy,
        to_us(known.now),
        contained=escalation.state in _CONTAINED,
    )
    return from_us(row.due_us)


def told_values(known: Known, field_values: Iterable[str]) -> Mapping[str, str]:
    """The values of the last message, over all its channels; a status it did not name as it was then."""
    told = {"status_word": _status_at(known, from_us(known.last_us))}
    for text in field_values:
        try:
            found = json.loads(text)
        except ValueError:
            continue
        if isinstance(found, dict):
            told.update((str(name), str(words)) for name, words in found.items())
    return told


def _status_at(known: Known, at: datetime) -> str:
    moves = [event.body.get("to") for event in known.details.timeline if event.at <= at]
    # Other kinds name in "to" the people who were told.
    states = [State(move) for move in moves if isinstance(move, str) and move in _STATES]
    return _STATUS.get(states[-1], "Investigating") if states else "Investigating"


def _status(escalation: Escalation) -> str:
    if escalation.state is State.WORKING and escalation.containment_proposed_at is not None:
        return "Identified"
    return _STATUS.get(escalation.state, "Investigating")


def _cadence(known: Known) -> str:
    escalation = known.escalation
    if escalation.priority is None:
        return ""
    target = known.details.policy.target(
        escalation.priority, Kind.UPDATE, contained=escalation.state in _CONTAINED
    )
    if target.working_days:
        return (
            "every working day" if target.working_days == 1 else f"every {target.working_days} working days"
        )
    return f"every {length(target.length)}"


def _missed(known: Known) -> datetime | None:
    """The next update that was promised and did not come in time."""
    late = [
        due_us
        for kind, _, due_us, state in known.promises
        if kind == PromiseKind.NEXT_UPDATE and (state == "broken" or from_us(due_us) <= known.now)
    ]
    return from_us(min(late)) if late else None


def _confirmer(known: Known) -> str:
    """Who confirmed the last containment or resolution that still stands."""
    if known.escalation.state not in _CONTAINED:
        return ""
    event = _last(known.details.timeline, frozenset({EventKind.CONTAINED, EventKind.RESOLVED}))
    return event.actor if event else ""


def _since(known: Known) -> datetime:
    changes = [event for event in known.details.timeline if event.body.get("to") == known.escalation.state]
    return changes[-1].at if changes else known.escalation.opened_at


def _last(events: Sequence[TimelineEvent], kinds: frozenset[EventKind]) -> TimelineEvent | None:
    return next((event for event in reversed(events) if event.kind in kinds), None)


def _at(at: datetime | None, source: str) -> Value:
    return Value(source=source, at=at)


def _list(items: Sequence[str], source: str) -> Value:
    return Value("; ".join(items), source, items=tuple(items))
