"""The review queue as people see it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from db.queries import review as queries
from db.queries import rule as rules
from db.queries.review import WaitingRow
from db.queries.rule import Firing
from db.unit_of_work import Session
from desktop.domain.escalation import State
from desktop.domain.instant import from_us
from desktop.domain.policy import Priority
from desktop.domain.review import Reason, ReviewItem, age_us, why_of

#: Of these the sentence tells all there is to tell.
_PLAIN = (Reason.UNCLASSIFIED, Reason.NO_CUSTOMER, Reason.NEAR_EDGE, Reason.CAME_BACK)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a rule would do: in words, with the conditions that held."""

    id: int
    rule_id: int
    rule: str
    version: int
    words: tuple[str, ...]
    because: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One escalation that needs review.

    `why` are the reasons, the gravest first, and `sentences` say them in full; score and priority are the
    computed ones until it is classified. `age` is how long it has waited, `snoozed_until` until when it is
    put off.
    """

    escalation_id: int
    number: str
    title: str
    customer: str
    source: str
    owner: str
    state: State
    severity: int
    score: int | None
    priority: Priority | None
    why: tuple[Reason, ...]
    sentences: tuple[str, ...]
    proposals: tuple[Proposal, ...]
    since_at: datetime
    age: timedelta
    snoozed_until: datetime | None = None


def item_of(row: WaitingRow) -> ReviewItem:
    """A row as the order of the queue is made of."""
    return ReviewItem(row.id, row.since_us, row.snoozed_us, row.why)


def rows_of(session: Session, waiting: Sequence[WaitingRow], now_us: int) -> tuple[ReviewRow, ...]:
    """These escalations with all that the queue shows, in the same order."""
    ids = [row.id for row in waiting]
    if not ids:
        return ()
    said = queries.said(session, ids)
    proposed: dict[int, list[Proposal]] = {}
    for firing in rules.proposals(session, ids):
        proposed.setdefault(firing.escalation_id or 0, []).append(_proposal(firing))
    return tuple(_row(row, said.get(row.id, ()), proposed, now_us) for row in waiting)


def _row(
    row: WaitingRow,
    said: Sequence[tuple[int, list[str]]],
    proposed: Mapping[int, list[Proposal]],
    now_us: int,
) -> ReviewRow:
    why = why_of(row.why)
    if 0 < row.snoozed_us <= now_us:
        why = tuple(reason for reason in Reason if reason in {*why, Reason.CAME_BACK})
    return ReviewRow(
        escalation_id=row.id,
        number=row.number,
        title=row.title,
        customer=row.customer,
        source=row.source,
        owner=row.owner,
        state=State(row.state),
        severity=row.severity,
        score=row.score,
        priority=None if row.priority is None else Priority(row.priority),
        why=why,
        sentences=_sentences(why, [words for at_us, words in said if at_us >= row.since_us]),
        proposals=tuple(proposed.get(row.id, ())),
        since_at=from_us(row.since_us),
        age=timedelta(microseconds=age_us(item_of(row), now_us)),
        snoozed_until=from_us(row.snoozed_us) if row.snoozed_us > now_us else None,
    )


def _sentences(why: Sequence[Reason], told: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """What was said when it came into the queue, less what holds no longer, and what was never said."""
    over = {f"{reason.sentence}." for reason in Reason if reason not in why}
    lines = [line for words in told for line in words if line not in over]
    for reason in why:
        if reason in _PLAIN or not lines:
            lines.append(f"{reason.sentence}.")
    return tuple(dict.fromkeys(lines))


def _proposal(firing: Firing) -> Proposal:
    return Proposal(
        id=firing.id,
        rule_id=firing.rule_id,
        rule=firing.rule,
        version=firing.version,
        words=tuple(word.removeprefix("proposes: ") for word in firing.did.get("words", ())),
        because=tuple(firing.did.get("because", ())),
        at=from_us(firing.fired_us),
    )
