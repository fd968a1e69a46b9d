"""Promises: times told to somebody outside, and what became of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from db.unit_of_work import Session
from desktop.domain.errors import NotFound
from desktop.domain.instant import from_us
from desktop.domain.promise import Promise, PromiseKind, PromiseState

_PROMISE = (
    "SELECT p.id, p.escalation_id, e.number, e.title, e.customer_id, k.name, p.kind, p.text, p.made_at,"
    " p.made_by, p.owner_id, COALESCE(o.name, ''), p.due_at, p.sent_id, p.state, p.broken_at, p.settled_at,"
    " p.settled_by, p.reason FROM promise p JOIN escalation e ON e.id = p.escalation_id"
    " JOIN customer k ON k.id = e.customer_id LEFT JOIN person o ON o.id = p.owner_id "
)
# Somebody waits for it: it is open, or was broken and not kept since.
_WAITED_FOR = "(p.state = 'open' OR (p.state = 'broken' AND p.settled_at IS NULL))"


def insert(
    session: Session,
    escalation_id: int,
    kind: PromiseKind,
    text: str,
    made_us: int,
    made_by: str,
    owner_id: int | None,
    due_us: int,
    sent_id: int | None = None,
) -> int:
    """A new promise; gives its id."""
    cursor = session.sql(
        "INSERT INTO promise (escalation_id, kind, text, made_at, made_by, owner_id, due_at, sent_id)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (escalation_id, kind.value, text, made_us, made_by, owner_id, due_us, sent_id),
    )
    return int(cursor.lastrowid or 0)


def get(session: Session, promise_id: int) -> Promise:
    """One promise.

    Raises: NotFound.
    """
    found = _all(session, "WHERE p.id = ?", (promise_id,))
    if not found:
        raise NotFound("There is no such promise.")
    return found[0]


def waiting(session: Session) -> tuple[Promise, ...]:
    """What somebody waits for, broken ones included, the first due first."""
    return _all(session, f"WHERE {_WAITED_FOR} ORDER BY p.due_at, p.id", ())


def of_escalation(session: Session, escalation_id: int) -> tuple[Promise, ...]:
    """All that was promised about an escalation, the latest first."""
    return _all(session, "WHERE p.escalation_id = ? ORDER BY p.due_at DESC, p.id DESC", (escalation_id,))


def waiting_of(session: Session, escalation_id: int, kind: PromiseKind) -> tuple[Promise, ...]:
    """What is waited for of a kind about an escalation, the first due first."""
    return _all(
        session,
        f"WHERE p.escalation_id = ? AND p.kind = ? AND {_WAITED_FOR} ORDER BY p.due_at, p.id",
        (escalation_id, kind.value),
    )


def next_promised(session: Session, escalation_id: int) -> datetime | None:
    """By when the customer was promised to hear again, or should have; None for no promise."""
    found = waiting_of(session, escalation_id, PromiseKind.NEXT_UPDATE)
    return found[0].due_at if found else None


def due_between(
    session: Session,
    since_us: int,
    until_us: int,
    customer_id: int | None = None,
    owner_id: int | None = None,
) -> tuple[Promise, ...]:
    """The promises due in a period, of a customer or an owner or of all, the latest first."""
    return _all(
        session,
        "WHERE p.due_at >= ? AND p.due_at < ? AND (? IS NULL OR e.customer_id = ?)"
        " AND (? IS NULL OR p.owner_id = ?) ORDER BY p.due_at DESC, p.id DESC",
        (since_us, until_us, customer_id, customer_id, owner_id, owner_id),
    )


def overdue(session: Session, now_us: int) -> tuple[Promise, ...]:
    """Open promises whose time has come, the longest overdue first."""
    return _all(session, "WHERE p.state = 'open' AND p.due_at <= ? ORDER BY p.due_at, p.id", (now_us,))


def of_message(session: Session, sent_ids: Sequence[int]) -> tuple[Promise, ...]:
    """What was promised in these messages."""
    marks = ", ".join("?" * len(sent_ids))
    return _all(session, f"WHERE p.sent_id IN ({marks}) ORDER BY p.id", tuple(sent_ids))


def mark_broken(session: Session, promise_id: int, at_us: int) -> bool:
    """Mark an open promise as broken; False where another was quicker."""
    return (
        session.sql(
            "UPDATE promise SET state = 'broken', broken_at = ? WHERE id = ? AND state = 'open'",
            (at_us, promise_id),
        ).rowcount
        == 1
    )


def _all(session: Session, where: str, parameters: Sequence[Any]) -> tuple[Promise, ...]:
    return tuple(_promise(row) for row in session.sql(_PROMISE + where, parameters).fetchall())


def _promise(row: Sequence[Any]) -> Promise:
    return Promise(
        id=row[0],
        escalation_id=row[1],
        number=row[2],
        title=row[3],
        customer_id=row[4],
        customer=row[5],
        kind=PromiseKind(row[6]),
        text=row[7],
        made_at=from_us(row[8]),
        made_by=row[9],
        owner_id=row[10],
        owner=row[11],
        due_at=from_us(row[12]),
        sent_id=row[13],
        state=PromiseState(row[14]),
        broken_at=_at(row[15]),
        settled_at=_at(row[16]),
        settled_by=row[17],
        reason=row[18],
    )


def _at(us: int | None) -> datetime | None:
    return None if us is None else from_us(us)
