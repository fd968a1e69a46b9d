"""What a handoff's draft is filled from: open escalations of a person, and what hangs on them."""

from collections.abc import Sequence
from typing import NamedTuple

from db.unit_of_work import Session

_OPEN = "e.state IN ('new', 'triaged', 'acknowledged', 'working', 'contained')"


class OwnedRow(NamedTuple):
    """An open escalation of somebody's."""

    escalation_id: int
    number: str
    title: str


class StandRow(NamedTuple):
    """Where an escalation of a handoff stands now."""

    escalation_id: int
    number: str
    state: str
    owner_id: int | None


class PromiseRow(NamedTuple):
    """A running commitment."""

    escalation_id: int
    number: str
    kind: str
    due_us: int
    paused_us: int | None


class QuietRow(NamedTuple):
    """A snooze or a pause that has not ended; `until_us` None for one without a limit."""

    escalation_id: int
    number: str
    reason: str
    by: str
    until_us: int | None
    kind: str = ""


class OpenQuestion(NamedTuple):
    """What somebody has to decide about an escalation."""

    escalation_id: int
    number: str
    review_why: str
    review_us: int | None
    proposed_us: int | None
    proposed_by: str


def owned(session: Session, person_id: int) -> list[OwnedRow]:
    """The open escalations of a person, in the order of the board: priority, then the one due first."""
    rows = session.sql(
        f"SELECT e.id, e.number, e.title FROM escalation e WHERE e.owner_id = ? AND {_OPEN}"
        " ORDER BY COALESCE(e.priority, 'P' || e.severity), COALESCE(e.clock_due_at, 9e18), e.id",
        (person_id,),
    )
    return [OwnedRow(*row) for row in rows.fetchall()]


def standing(session: Session, escalation_ids: Sequence[int]) -> dict[int, StandRow]:
    """Where these escalations stand now."""
    rows = session.sql(
        f"SELECT id, number, state, owner_id FROM escalation WHERE id IN ({_marks(escalation_ids)})",
        tuple(escalation_ids),
    )
    return {row[0]: StandRow(*row) for row in rows.fetchall()}


def given_since(session: Session, escalation_ids: Sequence[int], since_us: int) -> frozenset[int]:
    """Which of these were opened, or came to somebody, after an instant."""
    rows = session.sql(
        "SELECT DISTINCT escalation_id FROM timeline WHERE at > ? AND kind IN ('escalation.opened',"
        " 'escalation.assigned', 'escalation.reassigned', 'escalation.reopened', 'handoff.accepted')"
        f" AND escalation_id IN ({_marks(escalation_ids)})",
        (since_us, *escalation_ids),
    )
    return frozenset(row[0] for row in rows.fetchall())


def promises(session: Session, escalation_ids: Sequence[int]) -> list[PromiseRow]:
    """The running commitments of these escalations, the one due first leading."""
    rows = session.sql(
        "SELECT c.escalation_id, e.number, c.kind, c.due_at, c.paused_at FROM commitment c"
        " JOIN escalation e ON e.id = c.escalation_id"
        f" WHERE c.stopped_at IS NULL AND c.escalation_id IN ({_marks(escalation_ids)}) ORDER BY c.due_at",
        tuple(escalation_ids),
    )
    return [PromiseRow(*row) for row in rows.fetchall()]


def snoozed(session: Session, escalation_ids: Sequence[int]) -> list[QuietRow]:
    """The snoozes of these escalations that have not ended."""
    rows = session.sql(
        "SELECT s.escalation_id, e.number, s.reason, s.by_name, s.until_at FROM snooze s"
        " JOIN escalation e ON e.id = s.escalation_id"
        f" WHERE s.ended_at IS NULL AND s.escalation_id IN ({_marks(escalation_ids)}) ORDER BY s.until_at",
        tuple(escalation_ids),
    )
    return [QuietRow(*row) for row in rows.fetchall()]


def paused(session: Session, escalation_ids: Sequence[int]) -> list[QuietRow]:
    """The pauses of commitments of these escalations that have not ended."""
    rows = session.sql(
        "SELECT c.escalation_id, e.number, p.reason, p.by_name, p.limit_at, c.kind FROM pause p"
        " JOIN commitment c ON c.id = p.commitment_id JOIN escalation e ON e.id = c.escalation_id"
        " WHERE p.ended_at IS NULL AND c.stopped_at IS NULL"
        f" AND c.escalation_id IN ({_marks(escalation_ids)}) ORDER BY p.limit_at",
        tuple(escalation_ids),
    )
    return [QuietRow(*row) for row in rows.fetchall()]


def under_parents(session: Session, escalation_ids: Sequence[int]) -> list[tuple[int, str, str]]:
    """Which of these are part of an open escalation that announces for them: (id, number, its number)."""
    rows = session.sql(
        "SELECT c.id, c.number, e.number FROM escalation c JOIN escalation e ON e.id = c.parent_id"
        f" WHERE {_OPEN} AND c.id IN ({_marks(escalation_ids)}) ORDER BY c.id",
        tuple(escalation_ids),
    )
    return [tuple(row) for row in rows.fetchall()]


def uncontained(session: Session, escalation_ids: Sequence[int]) -> list[tuple[int, str]]:
    """The critical ones whose harm still spreads: (id, number)."""
    rows = session.sql(
        "SELECT e.id, e.number FROM escalation e WHERE e.priority = 'P1' AND e.contained_at IS NULL"
        f" AND e.id IN ({_marks(escalation_ids)}) ORDER BY e.id",
        tuple(escalation_ids),
    )
    return [tuple(row) for row in rows.fetchall()]


def to_decide(session: Session, escalation_ids: Sequence[int]) -> list[OpenQuestion]:
    """What waits for a decision: a review, or a containment that a source proposed."""
    rows = session.sql(
        "SELECT e.id, e.number, e.review_why, e.review_at, e.containment_proposed_at,"
        " e.containment_proposed_by FROM escalation e WHERE (e.needs_review OR"
        " (e.containment_proposed_at IS NOT NULL AND e.contained_at IS NULL))"
        f" AND e.id IN ({_marks(escalation_ids)}) ORDER BY e.id",
        tuple(escalation_ids),
    )
    return [OpenQuestion(*row) for row in rows.fetchall()]


def _marks(ids: Sequence[int]) -> str:
    return ", ".join("?" * len(ids))
