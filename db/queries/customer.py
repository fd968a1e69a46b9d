"""Customers: found by folded name, completed as one types."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from db.unit_of_work import Session
from desktop.domain.customer import Customer, ListedCustomer
from desktop.domain.escalation import OPEN_STATES
from desktop.domain.instant import from_us

_COLUMNS = """
c.id, c.name, c.tier, c.revenue, c.currency, c.region, coalesce(p.name, ''), c.account_owner_id, c.contacts,
c.zone, c.archived_at, c.merged_into_id
"""
_FROM = "FROM customer c LEFT JOIN person p ON p.id = c.account_owner_id"
_SELECT = f"SELECT {_COLUMNS} {_FROM}"
_AT_HAND = f"{_SELECT} WHERE c.archived_at IS NULL"
_OPEN = f"({', '.join(repr(state.value) for state in sorted(OPEN_STATES))})"


class NewCustomer(NamedTuple):
    """A row to be; `name_key` as `domain.customer.name_key` folds it."""

    name: str
    name_key: str
    tier: str | None
    revenue: int | None
    currency: str
    region: str
    account_owner_id: int | None
    contacts: str = ""
    zone: str = ""


def all_customers(session: Session) -> tuple[Customer, ...]:
    """Every customer, archived ones included, by name."""
    return tuple(map(_customer, session.sql(f"{_SELECT} ORDER BY c.name_key")))


def listed(session: Session) -> tuple[ListedCustomer, ...]:
    """Every customer, archived ones included, with what is open of it, by name."""
    rows = session.sql(
        f"SELECT {_COLUMNS}, coalesce(n.count, 0), coalesce(m.name, '') {_FROM}"
        " LEFT JOIN customer m ON m.id = c.merged_into_id"
        " LEFT JOIN (SELECT customer_id, count(*) AS count FROM escalation"
        f" WHERE state IN {_OPEN} GROUP BY customer_id) n ON n.customer_id = c.id ORDER BY c.name_key"
    )
    return tuple(ListedCustomer(_customer(row), row[12], row[13]) for row in rows)


def open_escalations(session: Session, customer_id: int) -> list[int]:
    """The open escalations of a customer, in the order they were opened."""
    return _ids(session, f"customer_id = ? AND state IN {_OPEN}", customer_id)


def ended_escalations(session: Session, customer_id: int) -> list[int]:
    """All other escalations of a customer."""
    return _ids(session, f"customer_id = ? AND state NOT IN {_OPEN}", customer_id)


def merged_into(session: Session, customer_id: int) -> list[int]:
    """The customers that were merged into this one."""
    found = session.sql("SELECT id FROM customer WHERE merged_into_id = ? ORDER BY id", (customer_id,))
    return [row[0] for row in found]


def _ids(session: Session, where: str, customer_id: int) -> list[int]:
    found = session.sql(f"SELECT id FROM escalation WHERE {where} ORDER BY id", (customer_id,))
    return [row[0] for row in found]


def by_id(session: Session, customer_id: int) -> Customer | None:
    """One customer, None where there is none of that id."""
    row = session.sql(f"{_SELECT} WHERE c.id = ?", (customer_id,)).fetchone()
    return _customer(row) if row else None


def by_key(session: Session, key: str) -> Customer | None:
    """The customer of a folded name."""
    row = session.sql(f"{_SELECT} WHERE c.name_key = ?", (key,)).fetchone()
    return _customer(row) if row else None


def ids_by_key(session: Session) -> dict[str, int]:
    """Every folded name with its customer, a merged one's with its survivor: for taking in many rows."""
    rows = session.sql("SELECT name_key, id, merged_into_id FROM customer").fetchall()
    into = {customer_id: into_id for _, customer_id, into_id in rows if into_id is not None}
    return {key: _survivor(customer_id, into) for key, customer_id, _ in rows}


def by_keys(session: Session) -> dict[str, Customer]:
    """The same with all that is known of the customers."""
    by_id = {customer.id: customer for customer in all_customers(session)}
    return {key: by_id[customer_id] for key, customer_id in ids_by_key(session).items()}


def _survivor(customer_id: int, into: Mapping[int, int]) -> int:
    while customer_id in into:
        customer_id = into[customer_id]
    return customer_id


def starting_with(session: Session, key: str, limit: int) -> tuple[Customer, ...]:
    """Customers at hand whose folded name begins so, by name."""
    found = session.sql(
        f"{_AT_HAND} AND c.name_key >= ? AND c.name_key < ? ORDER BY c.name_key LIMIT ?",
        (key, key + "\U0010ffff", limit),
    )
    return tuple(map(_customer, found))


def with_words(session: Session, words: Sequence[str], limit: int) -> tuple[Customer, ...]:
    """Customers at hand with a word of the folded name beginning with each of these, by name."""
    tests = " AND ".join(["instr(' ' || c.name_key, ?)"] * len(words)) or "1"
    found = session.sql(
        f"{_AT_HAND} AND {tests} ORDER BY c.name_key LIMIT ?", (*(f" {word}" for word in words), limit)
    )
    return tuple(map(_customer, found))


_INSERT = (
    "INSERT INTO customer"
    " (name, name_key, tier, revenue, currency, region, account_owner_id, contacts, zone, sample, revision)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)"
)


def insert(session: Session, new: NewCustomer) -> int:
    """Add a customer; gives its id."""
    return int(session.sql(_INSERT, (*new, session.revision())).lastrowid or 0)


def insert_many(session: Session, news: Iterable[NewCustomer]) -> None:
    """Add customers, none of whose names is there yet."""
    revision = session.revision()
    rows = [(*new, revision) for new in news]
    if rows:
        session.sql(_INSERT, rows)


def follow(session: Session, customer_id: int) -> None:
    """Show on the board, and find in the full text, what a customer has become and what belongs to it."""
    session.sql("UPDATE customer SET revision = ? WHERE id = ?", (session.revision(), customer_id))
    (name,) = session.sql("SELECT name FROM customer WHERE id = ?", (customer_id,)).fetchone()
    session.sql(
        "UPDATE escalation_search SET customer = ? WHERE customer <> ? AND rowid IN"
        " (SELECT id FROM escalation WHERE customer_id = ?)",
        (name, name, customer_id),
    )


def _customer(row: Sequence[Any]) -> Customer:
    customer_id, name, tier, revenue, currency, region, owner, owner_id, contacts, zone, archived_us = row[
        :11
    ]
    archived_at = None if archived_us is None else from_us(archived_us)
    return Customer(
        customer_id,
        name,
        tier,
        revenue,
        currency,
        region,
        owner,
        owner_id,
        contacts,
        zone,
        archived_at,
        row[11],
    )
