"""Board rows in any number, the same in every run: states, clocks, customers and words as a desk has them."""

import random

from desktop.domain.board import BoardRow

NOW_US = 1_795_424_400_000_000  # Monday, 23 November 2026, 09:00 UTC
MINUTE_US = 60_000_000
DAY_US = 24 * 60 * MINUTE_US

STATES = ("new", "triaged", "acknowledged", "working", "contained")
SHARES = (8, 20, 15, 42, 15)
_WHAT = (
    "Orders", "Invoices", "Sign-in", "Payments", "Exports", "The nightly import", "Search", "Reports",
    "Password reset", "The mobile app", "Webhooks", "The price list", "Single sign-on", "The archive",
)  # fmt: skip
_DOES = (
    "stops at payment", "fails for all users", "times out", "shows figures of yesterday", "is very slow",
    "loses attachments", "sends everything twice", "rejects valid addresses", "answers with an error",
    "drops every tenth message", "cannot be opened", "shows the wrong currency",
)  # fmt: skip
_SINCE = ("since the update", "since Monday", "after maintenance", "in the morning", "for one region")
_FIRST = ("Northwind", "Fennel", "Harbour", "Copper", "Alder", "Quartz", "Meridian", "Saffron", "Tidewater")
_SECOND = ("Traders", "& Rye", "Logistics", "Clinics", "Power", "Foods", "Airways", "Textiles", "Bank")
PEOPLE = ("Cora Lind", "Leo Marsh", "Sana Ito", "Onno Kay", "Theo Wynn", "Mira Sol", "Ines Falk")
AREAS = ("Billing", "Platform", "Identity", "Reporting", "Mobile", "Integrations")
_TEAMS = ("Core", "Payments", "Edge", "Data")
_TIERS = ("Enterprise", "Business", "Standard")


def board_rows(count: int, seed: int = 7) -> list[BoardRow]:
    """Open rows, numbered from 1: most have hours or days left, some are breached, some stand paused."""
    chance = random.Random(seed)
    states = chance.choices(STATES, SHARES, k=count)
    return [_row(row_id, state, chance) for row_id, state in enumerate(states, 1)]


def title(chance: random.Random) -> str:
    """What somebody would write in a hurry."""
    return f"{chance.choice(_WHAT)} {chance.choice(_DOES)} {chance.choice(_SINCE)}"


def customer(chance: random.Random) -> str:
    """One of some two thousand names, a few of them frequent."""
    return f"{chance.choice(_FIRST)} {chance.choice(_SECOND)} {int(25 * chance.random() ** 2) + 1}"


def _row(row_id: int, state: str, chance: random.Random) -> BoardRow:
    draw = chance.random
    number = f"ESC-2026-{row_id:04}"
    severity = 1 + int(4 * draw() ** 0.5)
    length_us = (60, 240, 1440, 7200)[severity - 1] * MINUTE_US
    due_us = NOW_US + int((draw() * 1.05 - 0.05) * 20 * length_us)
    opened_us = min(due_us - length_us, NOW_US - MINUTE_US)
    owner_id = int(draw() * 8)  # 0 is nobody
    owner = PEOPLE[owner_id - 1] if owner_id else ""
    is_paused = draw() < 0.05
    name, what, area, team = customer(chance), title(chance), chance.choice(AREAS), chance.choice(_TEAMS)
    return BoardRow(
        row_id, number, state, severity, f"P{severity}", int(draw() * 100), False, what, name,
        _TIERS[int(draw() * 3)], area, "", team, owner_id, owner, owner[:1] + owner.partition(" ")[2][:1],
        state in ("new", "triaged"), False, False, "customer" if is_paused else "",
        opened_us, opened_us, 0, 0, "resolve", is_paused, 1 if is_paused else -1,
        due_us - length_us // 2, due_us - length_us // 4, due_us - length_us // 10, due_us, 0, "", 0,
        "", row_id,
    )  # fmt: skip
