"""Escalations that wait for a person to look at them."""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from db.unit_of_work import Session


class WaitingRow(NamedTuple):
    """One escalation that needs review; instants in microseconds, `snoozed_us` 0 for not put off."""

    id: int
    number: str
    title: str
    state: str
    severity: int
    score: int | None
    priority: str | None
    customer: str
    owner: str
    source: str
    why: str
    since_us: int
    snoozed_us: int


def waiting(session: Session) -> tuple[WaitingRow, ...]:
    """Everything that needs review, put off or not."""
    rows = session.sql(
        "SELECT e.id, e.number, e.title, e.state, e.severity, coalesce(e.score, e.score_computed),"
        " coalesce(e.priority, e.priority_computed), c.name, coalesce(p.name, ''), e.source, e.review_why,"
        " e.review_at, coalesce(e.review_snoozed_until, 0)"
        " FROM escalation e JOIN customer c ON c.id = e.customer_id LEFT JOIN person p ON p.id = e.owner_id"
        " WHERE e.review_at IS NOT NULL AND e.needs_review ORDER BY e.review_at, e.id"
    )
    return tuple(WaitingRow._make(row) for row in rows)


def count(session: Session, now_us: int) -> int:
    """How many wait for a person now; what is put off does not."""
    row = session.sql(
        "SELECT count(*) FROM escalation"
        " WHERE review_at IS NOT NULL AND needs_review AND coalesce(review_snoozed_until, 0) <= ?",
        (now_us,),
    ).fetchone()
    return int(row[0])


def said(session: Session, escalation_ids: Sequence[int]) -> dict[int, list[tuple[int, list[str]]]]:
    """When each of these escalations was said to need review, and why, in order."""
    marks = ", ".join("?" * len(escalation_ids))
    rows = session.sql(
        "SELECT escalation_id, at, body FROM timeline"
        f" WHERE escalation_id IN ({marks}) AND kind = 'review.wanted' ORDER BY seq",
        tuple(escalation_ids),
    )
    found: dict[int, list[tuple[int, list[str]]]] = {}
    for escalation_id, at_us, body in rows:
        document: dict[str, Any] = json.loads(body)
        found.setdefault(int(escalation_id), []).append((int(at_us), list(document.get("reasons", ()))))
    return found
