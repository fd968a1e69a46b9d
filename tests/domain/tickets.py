"""Tables of tickets for tests."""

from collections.abc import Iterator
from datetime import UTC, datetime

from desktop.domain.policy import Policy
from desktop.domain.ticket import TicketReader
from desktop.domain.ticket_mapping import FieldRule, TicketMapping

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
COLUMNS = ("number", "text", "company", "opened", "state", "priority", "resolved", "closed", "who")


def a_mapping(**rules: FieldRule) -> TicketMapping:
    """A mapping for COLUMNS; `rules` come beside or in the place of its own."""
    states = {"open": "new", "busy": "working", "solved": "resolved", "gone": "closed"}
    own = {
        "reference": FieldRule(("{number}",)),
        "title": FieldRule(("{text}",)),
        "customer": FieldRule(("{company}",)),
        "opened_at": FieldRule(("{opened}",)),
        "state": FieldRule(("{state}",), states),
        "severity": FieldRule(("{priority}",), {"high": "2", "low": "4"}),
        "resolved_at": FieldRule(("{resolved}",)),
        "closed_at": FieldRule(("{closed}",)),
        "owner": FieldRule(("{who}",)),
    }
    return TicketMapping(
        "Test", "Other desk", own | rules, zone="UTC", dates=("iso",), empty=frozenset({"?"})
    )


def a_row(number: str = "T1", **cells: str) -> tuple[str, ...]:
    """The cells of a ticket in COLUMNS."""
    filled = {
        "number": number,
        "text": "It is slow",
        "company": "Acme",
        "opened": "2026-11-20 10:00",
        "state": "open",
    }
    return tuple((filled | cells).get(name, "") for name in COLUMNS)


class ATable:
    """A table in memory, as an adapter would read it."""

    def __init__(
        self, *rows: tuple[str, ...], columns: tuple[str, ...] = COLUMNS, name: str = "t.csv"
    ) -> None:
        self.name = name
        self.columns = columns
        self.lines = rows
        self.count = len(rows)

    def rows(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Each row with its number, the first being 2."""
        yield from enumerate(self.lines, start=2)


def a_reader(policy: Policy, mapping: TicketMapping | None = None) -> TicketReader:
    """A reader of COLUMNS."""
    return TicketReader(mapping or a_mapping(), COLUMNS, policy, NOW)
