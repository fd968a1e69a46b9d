"""Contacts: who is written to."""

from typing import Any

from db.unit_of_work import Session
from desktop.domain.contact import Circle, Contact, Reach

_SELECT = (
    "SELECT k.id, k.name, k.circle, k.reach, k.address, k.customer_id, COALESCE(c.name, ''), k.secret_name,"
    " k.zone, k.is_default FROM contact k LEFT JOIN customer c ON c.id = k.customer_id"
)
_HERE = "k.removed_at IS NULL"
_ORDER = "ORDER BY k.customer_id IS NOT NULL, c.name, k.circle, k.name, k.id"


def all_contacts(session: Session) -> tuple[Contact, ...]:
    """Every contact, the desk's own first, then by customer."""
    return _contacts(session, f"WHERE {_HERE} {_ORDER}")


def of_customer(session: Session, customer_id: int | None) -> tuple[Contact, ...]:
    """One customer's contacts; with None those of the desk."""
    return _contacts(session, f"WHERE {_HERE} AND k.customer_id IS ? {_ORDER}", customer_id)


def of_escalation(session: Session, escalation_id: int) -> tuple[Contact, ...]:
    """Who can be written to about an escalation: its customer's contacts and the desk's own."""
    return _contacts(
        session,
        f"WHERE {_HERE} AND (k.customer_id IS NULL"
        f" OR k.customer_id = (SELECT customer_id FROM escalation WHERE id = ?)) {_ORDER}",
        escalation_id,
    )


def get(session: Session, contact_id: int) -> Contact | None:
    """One contact; None for one that was removed."""
    found = _contacts(session, f"WHERE {_HERE} AND k.id = ?", contact_id)
    return found[0] if found else None


def has_same(session: Session, contact: Contact) -> bool:
    """Whether another contact of this place, circle and mail address is there."""
    row = session.sql(
        "SELECT 1 FROM contact WHERE removed_at IS NULL AND customer_id IS ? AND circle = ?"
        " AND reach = 'mail' AND reach = ? AND lower(address) = lower(?) AND id <> ?",
        (contact.customer_id, contact.circle.value, contact.reach.value, contact.address, contact.id),
    ).fetchone()
    return row is not None


def insert(session: Session, contact: Contact) -> int:
    """Add a contact; gives its id."""
    cursor = session.sql(
        "INSERT INTO contact (customer_id, circle, name, reach, address, secret_name, zone, is_default,"
        " revision) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*_columns(contact), session.revision()),
    )
    return int(cursor.lastrowid or 0)


def update(session: Session, contact: Contact) -> None:
    """Keep other values of a contact."""
    session.sql(
        "UPDATE contact SET customer_id = ?, circle = ?, name = ?, reach = ?, address = ?, secret_name = ?,"
        " zone = ?, is_default = ?, revision = ? WHERE id = ?",
        (*_columns(contact), session.revision(), contact.id),
    )


def remove(session: Session, contact_id: int, at_us: int) -> None:
    """Take a contact away; what went to it stays on record."""
    session.sql(
        "UPDATE contact SET removed_at = ?, revision = ? WHERE id = ?",
        (at_us, session.revision(), contact_id),
    )


def _columns(contact: Contact) -> tuple[Any, ...]:
    return (
        contact.customer_id,
        contact.circle.value,
        contact.name,
        contact.reach.value,
        contact.address,
        contact.secret_name,
        contact.zone,
        int(contact.is_default),
    )


def _contacts(session: Session, where: str, *parameters: object) -> tuple[Contact, ...]:
    rows = session.sql(f"{_SELECT} {where}", parameters)
    return tuple(
        Contact(
            id=id_,
            name=name,
            circle=Circle(circle),
            reach=Reach(reach),
            address=address,
            customer_id=customer_id,
            customer=customer,
            secret_name=secret_name,
            zone=zone,
            is_default=bool(is_default),
        )
        for (
            id_,
            name,
            circle,
            reach,
            address,
            customer_id,
            customer,
            secret_name,
            zone,
            is_default,
        ) in rows.fetchall()
    )
