"""Rows of the list of customers: what each column says, and which rows match what is typed."""

from collections.abc import Sequence
from typing import NamedTuple

from desktop.domain.customer import Customer, ListedCustomer, name_key
from desktop.domain.priority_words import amount_text
from desktop.ui.kit.table_model import Column
from desktop.ui.text import one_line

_LONGEST = 200


class Shown(NamedTuple):
    """A customer with the name of its tier."""

    listed: ListedCustomer
    tier: str

    @property
    def customer(self) -> Customer:
        """The customer itself."""
        return self.listed.customer


def columns_of() -> tuple[Column[Shown], ...]:
    """Name with contacts, tier, revenue, time zone, open escalations."""
    return (
        Column("Name and contacts", _name),
        Column("Tier", _tier, width=110),
        Column("Yearly revenue", _revenue, align_right=True, width=130),
        Column("Time zone, region", _zone, width=150),
        Column("Open", _open, align_right=True, width=64),
    )


def second(row: Shown, column: int) -> str:
    """The second lines: whom to reach, and what became of it."""
    customer = row.customer
    if column == 0:
        fate = ""
        if row.listed.merged_into:
            fate = f"merged into {one_line(row.listed.merged_into[:_LONGEST])}"
        elif customer.archived_at is not None:
            fate = "archived"
        return " · ".join(filter(None, (fate, one_line(customer.contacts[:_LONGEST])))) or "no contact known"
    return one_line(customer.region[:_LONGEST]) if column == 3 and customer.zone else ""


def step(_row: Shown) -> tuple[str, int]:
    """Customers do not age."""
    return "", -1


def sentence(row: Shown) -> str:
    """A customer for a screen reader."""
    parts = (
        _name(row),
        f"tier {_tier(row)}",
        f"revenue {_revenue(row)}",
        f"{row.listed.open_count} open",
        second(row, 0),
    )
    return ", ".join(parts)


def key_of(row: Shown) -> object:
    """What stays the same when a customer changes."""
    return row.customer.id


def matching(rows: Sequence[Shown], text: str) -> list[Shown]:
    """The rows in which each word typed begins a word; those whose name begins so come first."""
    wanted = name_key(text)
    if not wanted:
        return list(rows)
    words = [f" {word}" for word in wanted.split()]
    found = [row for row in rows if all(word in _searched(row) for word in words)]
    return sorted(found, key=lambda row: not name_key(row.customer.name).startswith(wanted))


def _searched(row: Shown) -> str:
    customer = row.customer
    return f" {name_key(f'{customer.name} {customer.contacts} {customer.region} {customer.zone} {row.tier}')}"


def _name(row: Shown) -> str:
    return one_line(row.customer.name[:_LONGEST])


def _tier(row: Shown) -> str:
    return row.tier or "not known"


def _revenue(row: Shown) -> str:
    customer = row.customer
    return "not known" if customer.revenue is None else f"{amount_text(customer.revenue)} {customer.currency}"


def _zone(row: Shown) -> str:
    return row.customer.zone or one_line(row.customer.region[:_LONGEST]) or "–"


def _open(row: Shown) -> str:
    return str(row.listed.open_count) if row.listed.open_count else "–"
