"""A desk for the board alone: rows made by hand, moves written down, views and state kept in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from desktop.domain.board import BoardRow
from desktop.domain.errors import DeskError
from desktop.domain.escalation import Bulk, Done, Refusal
from desktop.domain.person import Actor, Role
from desktop.domain.view import SHIPPED, SavedView
from tests.factories import MONDAY_US

MINUTE_US = 60_000_000
COORDINATOR = Actor("Ada Quist", 3, frozenset({Role.COORDINATOR, Role.SENIOR_ENGINEER}))


def a_row(row_id: int = 1, **facts: Any) -> BoardRow:
    """A triaged row of SEV2, due in an hour and a half of three, nobody's; `due_min` moves the deadline."""
    due_min = facts.pop("due_min", 90)
    length_us = facts.pop("length_min", 180) * MINUTE_US
    due_us = MONDAY_US + due_min * MINUTE_US
    base: dict[str, Any] = {
        "id": row_id,
        "number": f"ESC-2026-{row_id:04}",
        "state": "triaged",
        "severity": 2,
        "priority": "P2",
        "score": 61,
        "provisional": False,
        "title": "Checkout times out",
        "customer": "Northwind Retail",
        "tier": "Strategic",
        "area": "Payments",
        "issue_type": "outage",
        "team": "Core",
        "owner_id": 0,
        "owner": "",
        "initials": "",
        "unacknowledged": False,
        "needs_review": False,
        "sample": False,
        "waiting_on": "",
        "opened_us": MONDAY_US - 60 * MINUTE_US,
        "last_event_us": MONDAY_US,
        "resolved_us": 0,
        "snoozed_us": 0,
        "clock": "contain",
        "clock_paused": False,
        "clock_step": -1,
        "warming_us": due_us - length_us // 2,
        "at_risk_us": due_us - length_us // 4,
        "soon_us": due_us - length_us // 10,
        "due_us": due_us,
        "until_us": 0,
        "next_told": "",
        "next_told_us": 0,
        "reference": "",
        "revision": 1,
    }
    base |= facts
    return BoardRow(**base)


@dataclass
class Found:
    """Changes of the board."""

    revision: int
    day_us: int
    rows: list[BoardRow]
    removed_ids: tuple[int, ...] = ()


class FakeBoard:
    """Rows in memory; `put` and `take_away` are what another program does."""

    def __init__(self, rows: Sequence[BoardRow] = ()) -> None:
        self.rows = {row.id: row for row in rows}
        self.revision = 1 if rows else 0
        self.log: list[tuple[int, int]] = []
        self.fault: DeskError | None = None

    def load(self) -> Found:
        if self.fault is not None:
            raise self.fault
        return Found(self.revision, 1, list(self.rows.values()))

    def changes(self, since: int, _day_us: int = 0) -> Found:
        ids = {row_id for revision, row_id in self.log if revision > since}
        rows = [self.rows[row_id] for row_id in ids if row_id in self.rows]
        return Found(self.revision, 1, rows, tuple(ids - self.rows.keys()))

    def put(self, *rows: BoardRow) -> None:
        self.revision += 1
        for row in rows:
            self.rows[row.id] = row._replace(revision=self.revision)
            self.log.append((self.revision, row.id))

    def take_away(self, row_id: int) -> None:
        self.revision += 1
        del self.rows[row_id]
        self.log.append((self.revision, row_id))


class FakeMoves:
    """Moves rows of a FakeBoard and writes down what it was asked."""

    def __init__(self, board: FakeBoard, actor: Actor | None = COORDINATOR) -> None:
        self.board = board
        self.actor = actor
        self.asked: list[tuple[tuple[int, ...], str, dict[str, str]]] = []
        self.refuse: dict[int, str] = {}
        self.fault: DeskError | None = None

    def operator(self) -> Actor | None:
        return self.actor

    def move(self, ids: Sequence[int], state: str, answers: Mapping[str, str]) -> Bulk:
        self.asked.append((tuple(ids), state, dict(answers)))
        fault, self.fault = self.fault, None
        if fault is not None:
            raise fault
        done, refused = [], []
        for row_id in ids:
            row = self.board.rows[row_id]
            if row_id in self.refuse:
                refused.append(Refusal(row_id, row.number, self.refuse[row_id]))
            else:
                self.board.put(row._replace(state=state))
                done.append(Done((row_id,), (row_id + 100,), f"Move of {row.number}"))
        return Bulk(tuple(done), tuple(refused))


@dataclass
class FakeViews:
    """Saved views in memory."""

    own: list[SavedView] = field(default_factory=list)
    fault: DeskError | None = None

    def all(self) -> Sequence[SavedView]:
        return (*SHIPPED, *self.own)

    def save(self, view: SavedView) -> SavedView:
        if self.fault is not None:
            raise self.fault
        kept = replace(view, id=view.id or len(self.own) + 1)
        self.own = [known for known in self.own if known.id != kept.id] + [kept]
        return kept

    def delete(self, view_id: int) -> None:
        self.own = [known for known in self.own if known.id != view_id]


class FakeState:
    """What a part of the window keeps over a restart."""

    def __init__(self) -> None:
        self.kept: dict[str, str | None] = {}

    def ui_state(self, key: str) -> str | None:
        return self.kept.get(key)

    def set_ui_state(self, key: str, text: str | None) -> None:
        self.kept[key] = text
