"""Rows and instants for tests: sensible where nothing else was asked for."""

import itertools
from datetime import UTC, datetime
from typing import Any

from db.unit_of_work import Session
from desktop.domain.instant import to_us
from desktop.domain.intake import Intake
from desktop.domain.person import Actor, Role

#: A Monday morning on which most tests begin.
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MONDAY_US = to_us(MONDAY)

_numbers = itertools.count(1)


def a_row(session: Session, table: str, **columns: Any) -> int:
    """Insert a row of exactly these columns; gives its id."""
    names, marks = ", ".join(columns), ", ".join("?" * len(columns))
    cursor = session.sql(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(columns.values()))
    return cursor.lastrowid or 0


def a_person_row(session: Session, name: str = "", **columns: Any) -> int:
    """Somebody; gives the id."""
    name = name or f"Person {next(_numbers)}"
    return a_row(session, "person", **({"name": name, "initials": name[:2].upper()} | columns))


def a_customer_row(session: Session, name: str = "", **columns: Any) -> int:
    """A customer; gives the id."""
    name = name or f"Customer {next(_numbers)}"
    return a_row(session, "customer", **({"name": name, "name_key": name.casefold()} | columns))


def an_escalation_row(session: Session, **columns: Any) -> int:
    """A new escalation of a customer of its own unless `customer_id` says whose; gives the id."""
    number = next(_numbers)
    defaults = {
        "number": f"ESC-2026-{number:04}",
        "year": 2026,
        "sequence": number,
        "title": f"Escalation {number}",
        "state": "new",
        "severity": 2,
        "policy_version": 1,
        "opened_at": MONDAY_US,
        "created_at": MONDAY_US,
        "created_by": "Test",
        "last_event_at": MONDAY_US,
        "revision": session.revision(),
    }
    if "customer_id" not in columns:
        defaults["customer_id"] = a_customer_row(session)
    return a_row(session, "escalation", **(defaults | columns))


def a_commitment_row(session: Session, escalation_id: int, **columns: Any) -> int:
    """A running commitment to resolve within an hour; gives the id."""
    minute = 60_000_000
    defaults = {
        "escalation_id": escalation_id,
        "kind": "resolve",
        "started_at": MONDAY_US,
        "target_s": 3600,
        "policy_version": 1,
        "warming_at": MONDAY_US + 30 * minute,
        "at_risk_at": MONDAY_US + 45 * minute,
        "soon_at": MONDAY_US + 54 * minute,
        "due_at": MONDAY_US + 60 * minute,
    }
    return a_row(session, "commitment", **(defaults | columns))


def an_event_row(session: Session, seq: int, **columns: Any) -> int:
    """An event of the timeline at that place, its hash made up; gives the place."""
    defaults = {"seq": seq, "kind": "note.added", "at": MONDAY_US, "actor": "Test", "body": "{}"}
    return a_row(session, "timeline", **(defaults | {"hash": f"{seq:064x}"} | columns))


def an_intake(**facts: Any) -> Intake:
    """A problem of customer 1 that scores as P2 unless the facts say otherwise."""
    defaults: dict[str, Any] = {
        "customer_id": 1,
        "title": f"Orders stop at payment {next(_numbers)}",
        "severity": 2,
        "business_impact": 3,
        "reputational_risk": 2,
    }
    return Intake(**(defaults | facts))


def an_actor(*roles: Role, name: str = "Ada Quist", person_id: int | None = None) -> Actor:
    """Somebody acting with these roles."""
    return Actor(name, person_id, frozenset(roles))
