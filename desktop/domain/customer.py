"""Customers: whose problem it is, and what they weigh in the score."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from desktop.domain.errors import DeskError
from desktop.domain.wording import one_line

LONGEST_NAME = 200
_LONGEST_LINE = 500


@dataclass(frozen=True, slots=True)
class Customer:
    """One customer; `tier` is a key of the policy's tiers, `revenue` a whole amount of `currency` a year.

    Either is None while unknown: the score then assumes the policy's default and says so. `contacts` is one
    line of people to reach there, `zone` the time zone they work in, empty while unknown. An archived
    customer is not offered for new escalations; one that was merged into another is archived as well.
    """

    id: int
    name: str
    tier: str | None = None
    revenue: int | None = None
    currency: str = "EUR"
    region: str = ""
    account_owner: str = ""
    account_owner_id: int | None = None
    contacts: str = ""
    zone: str = ""
    archived_at: datetime | None = None
    merged_into_id: int | None = None


@dataclass(frozen=True, slots=True)
class ListedCustomer:
    """A customer with how many of its escalations are open, and the name of the one it was merged into."""

    customer: Customer
    open_count: int
    merged_into: str = ""


def name_key(name: str) -> str:
    """The folded name that makes a customer unique: width, case and runs of spaces do not count."""
    return " ".join(unicodedata.normalize("NFKC", one_line(name)).casefold().split())


def weighs_otherwise(before: Customer, after: Customer) -> bool:
    """Whether a change of the customer changes the score of its escalations."""
    return (before.tier, before.revenue) != (after.tier, after.revenue)


def checked_name(name: str) -> str:
    """The name as kept: one line, single spaces.

    Raises: DeskError when nothing is left of it or it is longer than LONGEST_NAME characters.
    """
    kept = one_line(name)
    if not name_key(kept):
        raise DeskError("The customer has no name.", field="name", hint="Type a name.")
    if len(kept) > LONGEST_NAME:
        raise DeskError(
            f"The customer's name is {len(kept)} characters long.",
            field="name",
            hint=f"Shorten it to {LONGEST_NAME}.",
        )
    return kept


def checked_revenue(revenue: int | None) -> int | None:
    """The yearly revenue as kept.

    Raises: DeskError below zero or beyond what a database holds.
    """
    if revenue is None or 0 <= revenue < 2**62:
        return revenue
    raise DeskError("The yearly revenue is out of range.", field="revenue", hint="Type an amount from 0 on.")


def revenue_of(text: str) -> int | None:
    """A yearly revenue as people write it: "4.2 M", "300k", "1 200 000"; None where it is no amount."""
    wanted = text.strip().replace("€", "").replace("EUR", "").replace("_", "").replace("\u202f", " ").strip()
    scale = 1
    if wanted[-1:].lower() in _SCALES:
        scale = _SCALES[wanted[-1].lower()]
        wanted = wanted[:-1].strip()
    compact = wanted.replace(" ", "")
    if scale == 1:
        digits = compact.replace(",", "").replace(".", "").replace("'", "")
        return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 18 else None
    try:
        value = float(compact.replace(",", "."))
    except ValueError:
        return None
    return round(value * scale) if 0 <= value < 1e9 else None


_SCALES = {"k": 1_000, "m": 1_000_000, "b": 1_000_000_000}


def checked_line(text: str, field: str, what: str) -> str:
    """A line of text as kept.

    Raises: DeskError when it is too long; `what` names it.
    """
    kept = one_line(text)
    if len(kept) > _LONGEST_LINE:
        raise DeskError(
            f"{what} is too long.", field=field, hint=f"Shorten it to {_LONGEST_LINE} characters."
        )
    return kept


def checked_zone(zone: str) -> str:
    """The time zone as kept, empty for an unknown one.

    Raises: DeskError for a name that is none.
    """
    try:
        return ZoneInfo(zone.strip()).key if zone.strip() else ""
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise DeskError(
            f"The time zone {zone!r} is not known.", field="zone", hint="Use a name such as Europe/Berlin."
        ) from None
