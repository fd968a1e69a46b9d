"""What the review queue asks the worker to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from db.queries.signal import SignalFilter
from desktop.domain.errors import DeskError
from desktop.domain.escalation import Bulk
from desktop.domain.person import Actor, Person, Role
from desktop.domain.timeline import EventKind
from desktop.ui.text import one_line
from desktop.ui.triage.ports import TriageServices
from desktop.ui.verbatim import verbatim

if TYPE_CHECKING:
    from desktop.domain.policy import Policy
    from desktop.domain.signal_kept import KeptSignal
    from desktop.services.review_rows import ReviewRow
    from desktop.services.search import Hit

Answers = Mapping[str, str]
_MOST_SIGNALS = 8
_MOST_SIMILAR = 5
#: By the digit that chooses it: for how long something is put off.
SNOOZES = {
    "1": ("30 min", timedelta(minutes=30)),
    "2": ("1 h", timedelta(hours=1)),
    "3": ("4 h", timedelta(hours=4)),
    "4": ("1 day", timedelta(days=1)),
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """The queue as of one moment."""

    rows: "tuple[ReviewRow, ...]"
    snoozed: int
    next_back_at: datetime | None


@dataclass(frozen=True, slots=True)
class About:
    """What there is to know of one escalation in the queue before deciding on it.

    `body` is its first signal as it came, empty where no signal opened it; `trail` says what each signal and
    rule did; `owner` is who owns it, or else is on call for its team.
    """

    escalation_id: int
    description: str
    body: str
    trail: tuple[str, ...]
    similar: "tuple[Hit, ...]"
    people: tuple[Person, ...]
    policy: "Policy"
    owner_id: int | None
    proposed_owner_id: int | None


def waiting(services: TriageServices) -> Waiting:
    """What waits, and how much is put off."""
    reviews = services.reviews
    return Waiting(reviews.queue(), len(reviews.snoozed()), reviews.next_back_at())


def about(services: TriageServices, row: "ReviewRow") -> About:
    """Read what stands beside a row."""
    read = services.details.details(row.escalation_id, _actor(services))
    escalation = read.escalation
    signals = services.signals.recent(SignalFilter(escalation_id=row.escalation_id), limit=_MOST_SIGNALS)
    body = verbatim(services.signals.details(signals[-1].id).body) if signals else ""
    alike = services.search.similar(
        row.title, escalation.customer_id, escalation.external_ref or "", _MOST_SIMILAR + 1
    )
    people = services.people.all()
    return About(
        escalation_id=row.escalation_id,
        description=escalation.description,
        body=body,
        trail=(*_signal_trail(signals), *_rule_trail(read.timeline)),
        similar=tuple(hit for hit in (*alike.open, *alike.past) if hit.id != row.escalation_id)[
            :_MOST_SIMILAR
        ],
        people=people,
        policy=services.policy.active(),
        owner_id=escalation.owner_id,
        proposed_owner_id=escalation.owner_id or _on_call(services, escalation.team, people),
    )


def accept(services: TriageServices, ids: Sequence[int], answers: Answers, known: About | None) -> Bulk:
    """Confirm what they are; what is left open stays as it is, or as rules propose."""
    severity, owner = answers.get("severity", ""), answers.get("owner", "")
    is_same = known is not None and owner == str(known.owner_id or "")
    return services.reviews.accept(
        ids,
        _actor(services),
        severity=int(severity) if severity else None,
        owner_id=int(owner) if owner and not is_same else None,
        reason=answers.get("reason", ""),
    )


def duplicate(services: TriageServices, ids: Sequence[int], answers: Answers) -> Bulk:
    """Merge them into the one they repeat."""
    return services.reviews.duplicate(ids, int(answers["of"]), _actor(services), answers.get("reason", ""))


def decline(services: TriageServices, ids: Sequence[int], answers: Answers) -> Bulk:
    """Send them to standard support."""
    return services.reviews.decline(ids, answers["reason"], _actor(services))


def snooze(services: TriageServices, ids: Sequence[int], answers: Answers) -> Bulk:
    """Put them off."""
    until = services.clock.now() + SNOOZES[answers["span"]][1]
    return services.reviews.snooze(ids, until, _actor(services), answers.get("reason", ""))


def wake_all(services: TriageServices) -> Bulk:
    """Let everything that is put off wait again now."""
    ids = [row.escalation_id for row in services.reviews.snoozed()]
    return services.reviews.wake(ids, _actor(services))


def _on_call(services: TriageServices, team: str, people: Sequence[Person]) -> int | None:
    """Who is on call now by the team's rota, or without a rota holds that role in it; None for nobody."""
    by_rota = services.on_call(team, services.clock.now())
    if by_rota is not None:
        return next(iter(by_rota), None)
    return next((one.id for one in people if Role.ON_CALL in one.roles and one.team == team), None)


def _actor(services: TriageServices) -> Actor:
    operator = services.people.operator()
    if operator is None:
        raise DeskError("Nobody has said who works at this desk.", hint="Choose yourself in Settings.")
    return operator.actor()


def _signal_trail(signals: "Sequence[KeptSignal]") -> list[str]:
    return [f"{one.disposition.word} by a signal of {one.source}: {one_line(one.why)}" for one in signals]


def _rule_trail(timeline: Sequence[object]) -> list[str]:
    lines = []
    for event in timeline:
        body = getattr(event, "body", {})
        if getattr(event, "kind", "") == EventKind.RULE_APPLIED:
            words = ", ".join(str(word) for word in body.get("did", ()))
            lines.append(f"Rule “{body.get('rule', '?')}” v{body.get('version', '?')}: {one_line(words)}")
    return lines
