"""Customers: found by folded name, completed as one types."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from db.unit_of_work import Session
from desktop.domain.customer import Customer

_SELECT = """
SELECT c.id, c.name, c.tier, c.revenue, c.currency, c.region, coalesce(p.name, ''), c.account_owner_id
FROM customer c LEFT JOIN person p ON p.id = c.account_owner_id
"""


class NewCustomer(NamedTuple):
    """A row to be; `name_key` as `domain.customer.name_key` folds it."""

    name: str
    name_key: str
    tier: str | None
    revenue: int | None
    currency: str
    region: str
    account_owner_id: int | None


def all_customers(session: Session) -> tuple[Customer, ...]:
    """Every customer, by name."""
    return tuple(Customer(*row) for row in session.sql(f"{_SELECT} ORDER BY c.name_key"))


def by_id(session: Session, customer_id: int) -> Customer | None:
    """One customer, None where there is none of that id."""
    row = session.sql(f"{_SELECT} WHERE c.id = ?", (customer_id,)).fetchone()
    return Customer(*row) if row else None


def by_key(session: Session, key: str) -> Customer | None:
    """The customer of a folded name."""
    row = session.sql(f"{_SELECT} WHERE c.name_key = ?", (key,)).fetchone()
    return Customer(*row) if row else None


def ids_by_key(session: Session) -> dict[str, int]:
    """Every folded name with its customer: for taking in many rows."""
    return dict(session.sql("SELECT name_key, id FROM customer"))


def starting_with(session: Session, key: str, limit: int) -> tuple[Customer, ...]:
    """Customers whose folded name begins so, by name."""
    found = session.sql(
        f"{_SELECT} WHERE c.name_key >= ? AND c.name_key < ? ORDER BY c.name_key LIMIT ?",
        (key, key + "\U0010ffff", limit),
    )
    return tuple(Customer(*row) for row in found)


def with_words(session: Session, words: Sequence[str], limit: int) -> tuple[Customer, ...]:
    """Customers with a word of the folded name beginning with each of these, by name."""
    tests = " AND ".join(["instr(' ' || c.name_key, ?)"] * len(words)) or "1"
    found = session.sql(
        f"{_SELECT} WHERE {tests} ORDER BY c.name_key LIMIT ?", (*(f" {word}" for word in words), limit)
    )
    return tuple(Customer(*row) for row in found)


def insert(session: Session, new: NewCustomer) -> int:
    """Add a customer; gives its id."""
    cursor = session.sql(
        "INSERT INTO customer"
        " (name, name_key, tier, revenue, currency, region, account_owner_id, sample, revision)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?)",
        (*new, session.revision()),
    )
    return int(cursor.lastrowid or 0)


def insert_many(session: Session, news: Iterable[NewCustomer]) -> None:
    """Add customers, none of whose names is there yet."""
    revision = session.revision()
    rows = [(*new, revision) for new in news]
    if rows:
        session.sql(
            "INSERT INTO customer"
            " (name, name_key, tier, revenue, currency, region, account_owner_id, sample, revision)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?)",
            rows,
        )


def update(session: Session, customer_id: int, new: NewCustomer) -> None:
    """Give a customer other values; a new name also reaches the full-text index."""
    session.sql(
        "UPDATE customer SET name = ?, name_key = ?, tier = ?, revenue = ?, currency = ?, region = ?,"
        " account_owner_id = ?, revision = ? WHERE id = ?",
        (*new, session.revision(), customer_id),
    )
    session.sql(
        "UPDATE escalation_search SET customer = ? WHERE customer <> ? AND rowid IN"
        " (SELECT id FROM escalation WHERE customer_id = ?)",
        (new.name, new.name, customer_id),
    )
