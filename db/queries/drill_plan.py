"""Drills that come again by the calendar."""

from typing import NamedTuple

from db.unit_of_work import Session

_PLAN = (
    "SELECT id, title, slug, team, rule, zone, made_at, made_by, next_at, due_at, told_at FROM drill_plan "
)


class PlanRow(NamedTuple):
    """A plan as stored; instants in microseconds."""

    id: int
    title: str
    slug: str
    team: str
    rule: str
    zone: str
    made_us: int
    made_by: str
    next_us: int | None
    due_us: int | None
    told_us: int | None


class NewPlan(NamedTuple):
    """A plan to be kept."""

    title: str
    slug: str
    team: str
    rule: str
    zone: str
    made_us: int
    made_by: str
    next_us: int | None


def add(session: Session, plan: NewPlan) -> int:
    """Keep a plan; gives its id."""
    row = session.sql(
        "INSERT INTO drill_plan (title, slug, team, rule, zone, made_at, made_by, next_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        plan,
    ).fetchone()
    return int(row[0])


def get(session: Session, plan_id: int) -> PlanRow | None:
    """One plan that was not removed."""
    row = session.sql(f"{_PLAN} WHERE id = ? AND removed_at IS NULL", (plan_id,)).fetchone()
    return None if row is None else PlanRow._make(row)


def all_plans(session: Session) -> list[PlanRow]:
    """Every plan, what comes next first."""
    rows = session.sql(f"{_PLAN} WHERE removed_at IS NULL ORDER BY next_at IS NULL, next_at, id")
    return [PlanRow._make(row) for row in rows]


def first_due_us(session: Session) -> int | None:
    """When the first plan of all comes; None for none. One look into an index."""
    row = session.sql("SELECT min(next_at) FROM drill_plan WHERE removed_at IS NULL").fetchone()
    return None if row[0] is None else int(row[0])


def come(session: Session, plan_id: int, due_us: int, next_us: int | None) -> None:
    """The time of a plan has come, and nobody knows it yet."""
    session.sql(
        "UPDATE drill_plan SET due_at = ?, told_at = NULL, next_at = ? WHERE id = ?",
        (due_us, next_us, plan_id),
    )


def note_told(session: Session, plan_id: int, at_us: int) -> None:
    """Somebody has taken note that the time of a plan came."""
    session.sql("UPDATE drill_plan SET told_at = ? WHERE id = ?", (at_us, plan_id))


def remove(session: Session, plan_id: int, at_us: int, by: str) -> None:
    """Let a plan come no more."""
    session.sql("UPDATE drill_plan SET removed_at = ?, removed_by = ? WHERE id = ?", (at_us, by, plan_id))
