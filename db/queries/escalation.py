"""Escalations: opened, read whole, settled, found by number."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from db.unit_of_work import Session
from desktop.domain.errors import NotFound
from desktop.domain.escalation import Escalation, State
from desktop.domain.instant import from_us
from desktop.domain.policy import Priority

#: The columns of an `Escalation`, in its order.
_FIELDS = (
    "id", "number", "title", "description", "state", "severity", "severity_computed", "area",
    "issue_type", "customer_id", "team", "owner_id", "reporter", "source", "external_source",
    "external_ref", "business_impact", "reputational_risk", "score", "score_computed", "priority",
    "priority_computed", "provisional", "override_reason", "override_by", "policy_version", "opened_at",
    "created_at", "created_by", "acknowledged_at", "acknowledged_by", "contained_at", "resolved_at",
    "closed_at", "merged_into_id", "needs_review", "waiting_on", "snoozed_until", "forget_after_s",
    "forget_at", "last_event_at", "next_step", "next_told", "next_told_at", "sample", "revision",
    "parent_id", "review_why", "review_at", "review_snoozed_until", "containment_proposed_at",
    "containment_proposed_by",
)  # fmt: skip
_SELECT = f"SELECT {', '.join(_FIELDS)} FROM escalation "

#: When an escalation ended; empty while it is open.
_ENDED = (
    "CASE WHEN state IN ('resolved', 'closed', 'standard', 'merged')"
    " THEN coalesce(closed_at, resolved_at, last_event_at) END"
)

#: What is written when an escalation is opened; everything else starts empty.
_OPENED = (
    "title", "description", "state", "severity", "severity_computed", "area", "issue_type", "customer_id",
    "team", "owner_id", "reporter", "source", "external_source", "external_ref", "business_impact",
    "reputational_risk", "score", "score_computed", "priority", "priority_computed", "provisional",
    "policy_version", "opened_at", "created_at", "created_by", "acknowledge_wanted", "needs_review",
    "review_why", "review_at", "last_event_at", "sample", "clock_kind", "clock_paused", "clock_step",
    "clock_warming_at", "clock_at_risk_at", "clock_soon_at", "clock_due_at", "clock_until",
)  # fmt: skip
_INSERT = (
    f"INSERT INTO escalation (number, year, sequence, revision, {', '.join(_OPENED)})"
    f" VALUES ({', '.join('?' * (len(_OPENED) + 4))})"
)
#: What an escalation may have gone through before it came to this desk.
_PAST = ("acknowledged_at", "acknowledged_by", "contained_at", "resolved_at", "closed_at", "made_sla")
_INSERT_PAST = (
    f"INSERT INTO escalation (id, number, year, sequence, revision, {', '.join((*_OPENED, *_PAST))})"
    f" VALUES ({', '.join('?' * (len(_OPENED) + len(_PAST) + 5))})"
)


class Numbered(NamedTuple):
    """The name an escalation is given when it is stored."""

    number: str
    year: int
    sequence: int


def get(session: Session, escalation_id: int) -> Escalation:
    """One escalation.

    Raises: NotFound.
    """
    row = session.sql(_SELECT + "WHERE id = ?", (escalation_id,)).fetchone()
    if row is None:
        raise NotFound("There is no such escalation.", hint="It may stand in another database.")
    return _escalation(row)


def state_of(session: Session, escalation_id: int) -> State:
    """Where an escalation stands.

    Raises: NotFound.
    """
    return get(session, escalation_id).state


def last_sequence(session: Session, year: int) -> int:
    """The highest number given in a year so far, 0 before the first; none is given twice."""
    row = session.sql("SELECT max(sequence) FROM escalation WHERE year = ?", (year,)).fetchone()
    return row[0] or 0


def last_id(session: Session) -> int:
    """The id of the escalation stored last, 0 before the first."""
    row = session.sql("SELECT max(id) FROM escalation").fetchone()
    return row[0] or 0


def insert(session: Session, name: Numbered, columns: Mapping[str, Any]) -> int:
    """Store an escalation just opened; gives its id."""
    values = [columns[column] for column in _OPENED]
    return int(session.sql(_INSERT, (*name, session.revision(), *values)).lastrowid or 0)


def insert_past(session: Session, rows: Sequence[tuple[int, Numbered, Mapping[str, Any]]]) -> None:
    """Store many escalations with ids and a past of their own."""
    revision = session.revision()
    session.sql(
        _INSERT_PAST,
        [
            (id_, *name, revision, *(columns.get(column) for column in (*_OPENED, *_PAST)))
            for id_, name, columns in rows
        ],
    )


def settle(session: Session, escalation_id: int, columns: Mapping[str, Any]) -> None:
    """Write what follows from the rest of an escalation, under this transaction's revision."""
    marks = ", ".join(f"{column} = ?" for column in columns)
    session.sql(
        f"UPDATE escalation SET {marks}, revision = ?, acknowledge_wanted = (acknowledged_at IS NULL AND"
        " state IN ('new', 'triaged', 'acknowledged', 'working', 'contained')) WHERE id = ?",
        (*columns.values(), session.revision(), escalation_id),
    )


def spans_of_customer(session: Session, customer_id: int) -> list[tuple[int, int, int | None]]:
    """Id of each escalation of a customer, when it was opened and when it ended, None while it is open."""
    rows = session.sql(
        f"SELECT id, created_at, {_ENDED} FROM escalation WHERE customer_id = ?", (customer_id,)
    )
    return [tuple(row) for row in rows]


def ends(session: Session, ids: Sequence[int]) -> dict[int, int | None]:
    """When each of these escalations ended, None while it is open."""
    marks = ", ".join("?" * len(ids))
    return dict(
        session.sql(f"SELECT id, {_ENDED} FROM escalation WHERE id IN ({marks})", tuple(ids)).fetchall()
    )


def stale_clocks(session: Session, now_us: int, limit: int) -> list[int]:
    """Escalations whose tightest commitment may be another by now."""
    rows = session.sql(
        "SELECT id FROM escalation WHERE clock_until <= ? ORDER BY clock_until LIMIT ?", (now_us, limit)
    )
    return [row[0] for row in rows.fetchall()]


def with_number(session: Session, number: str) -> list[int]:
    """The escalations a number stands for: its own, or where that was merged to, and what was split off."""
    rows = session.sql(
        "WITH RECURSIVE followed (id, into_id) AS ("
        " SELECT id, merged_into_id FROM escalation WHERE number = :number OR id IN"
        "  (SELECT escalation_id FROM number_alias WHERE number = :number)"
        " UNION SELECT e.id, e.merged_into_id FROM escalation e JOIN followed f ON e.id = f.into_id)"
        " SELECT id FROM followed WHERE into_id IS NULL ORDER BY id",
        {"number": number},
    )
    return [row[0] for row in rows.fetchall()]


def number_of_reference(session: Session, source: str | None, reference: str) -> str:
    """The number of the escalation that stands for a reference elsewhere; empty when there is none."""
    row = session.sql(
        "SELECT number FROM escalation WHERE external_source IS ? AND external_ref = ?", (source, reference)
    ).fetchone()
    return row[0] if row else ""


def by_reference(session: Session, source: str, reference: str) -> tuple[int, str] | None:
    """Id and number of the escalation that stands for a reference elsewhere."""
    row = session.sql(
        "SELECT id, number FROM escalation WHERE external_source = ? AND external_ref = ?",
        (source, reference),
    ).fetchone()
    return None if row is None else (row[0], row[1])


def survivor(session: Session, escalation_id: int) -> int:
    """The escalation that a merged one lives on in; itself when it was not merged."""
    row = session.sql(
        "WITH RECURSIVE followed (id, into_id) AS ("
        " SELECT id, merged_into_id FROM escalation WHERE id = ?"
        " UNION SELECT e.id, e.merged_into_id FROM escalation e JOIN followed f ON e.id = f.into_id)"
        " SELECT id FROM followed WHERE into_id IS NULL",
        (escalation_id,),
    ).fetchone()
    return escalation_id if row is None else int(row[0])


def merged_into(session: Session, escalation_id: int) -> list[tuple[int, str]]:
    """The escalations merged into this one, over several steps too: (id, number), the earliest first."""
    rows = session.sql(
        "WITH RECURSIVE gone (id, number) AS ("
        " SELECT id, number FROM escalation WHERE merged_into_id = ?"
        " UNION SELECT e.id, e.number FROM escalation e JOIN gone g ON e.merged_into_id = g.id)"
        " SELECT id, number FROM gone ORDER BY id",
        (escalation_id,),
    )
    return rows.fetchall()


def add_alias(session: Session, number: str, escalation_id: int) -> None:
    """Let a number stand for one more escalation."""
    session.sql(
        "INSERT INTO number_alias (number, escalation_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
        (number, escalation_id),
    )


def aliases(session: Session, escalation_id: int) -> list[str]:
    """Older numbers that stand for this escalation too."""
    rows = session.sql(
        "SELECT number FROM number_alias WHERE escalation_id = ? ORDER BY id", (escalation_id,)
    )
    return [row[0] for row in rows.fetchall()]


def _at(us: int | None) -> datetime | None:
    return None if us is None else from_us(us)


def _priority(name: str | None) -> Priority | None:
    return None if name is None else Priority(name)


def _escalation(row: Sequence[Any]) -> Escalation:
    values = dict(zip(_FIELDS, row, strict=True))
    forget_after_s = values.pop("forget_after_s")
    for name in ("opened_at", "created_at", "last_event_at"):
        values[name] = from_us(values[name])
    for name in _OPTIONAL_INSTANTS:
        values[name] = _at(values[name])
    for name in ("provisional", "needs_review", "sample"):
        values[name] = bool(values[name])
    values["state"] = State(values["state"])
    values["priority"] = _priority(values["priority"])
    values["priority_computed"] = _priority(values["priority_computed"])
    values["forget_after"] = None if forget_after_s is None else timedelta(seconds=forget_after_s)
    return Escalation(**values)


_OPTIONAL_INSTANTS = (
    "acknowledged_at", "contained_at", "resolved_at", "closed_at", "snoozed_until", "forget_at",
    "next_told_at", "review_at", "review_snoozed_until", "containment_proposed_at",
)  # fmt: skip
