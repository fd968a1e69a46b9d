"""The columns of the table and what a row says in each."""

from collections.abc import Callable
from typing import NamedTuple

from desktop.domain.board import BoardRow
from desktop.ui.board import words
from desktop.ui.text import KIND_WORDS, duration, one_line, time_left


class TableColumn(NamedTuple):
    """One column. `sort` names its order, one of SORTS, or is empty; widths are for the 100 % text size."""

    title: str
    text: Callable[[BoardRow, int], str]
    width: int
    sort: str = ""
    align_right: bool = False
    is_live: bool = False


def _severity(row: BoardRow, _now_us: int) -> str:
    return f"SEV{row.severity}"


def _title(row: BoardRow, _now_us: int) -> str:
    return words.title(row)


def _customer(row: BoardRow, _now_us: int) -> str:
    return one_line(row.customer[:200])


def _tier(row: BoardRow, _now_us: int) -> str:
    return one_line(row.tier[:60])


def _priority(row: BoardRow, _now_us: int) -> str:
    return row.priority or "–"


def _score(row: BoardRow, _now_us: int) -> str:
    return "–" if row.score < 0 else f"{row.score}{'?' if row.provisional else ''}"


def _owner(row: BoardRow, _now_us: int) -> str:
    return words.owner(row) if row.owner_id else "Nobody"


def _state(row: BoardRow, _now_us: int) -> str:
    return row.state.capitalize()


def _commitment(row: BoardRow, _now_us: int) -> str:
    return KIND_WORDS.get(row.clock, row.clock) if row.clock else "–"


def _time(row: BoardRow, now_us: int) -> str:
    if not row.clock:
        return words.clock(row, now_us) or "–"
    return "Paused" if row.clock_paused else time_left(row.due_us, now_us)


def _age(row: BoardRow, now_us: int) -> str:
    return duration(max(now_us - row.opened_us, 0))


COLUMNS: tuple[TableColumn, ...] = (
    TableColumn("Severity", _severity, 82, "severity"),
    TableColumn("Number", words.number, 92, "number"),
    TableColumn("Title", _title, 250, "title"),
    TableColumn("Time left", _time, 126, "time left", is_live=True),
    TableColumn("Clock", _commitment, 72),
    TableColumn("Customer", _customer, 140, "customer"),
    TableColumn("Tier", _tier, 86, "tier"),
    TableColumn("Priority", _priority, 72, "score"),
    TableColumn("Score", _score, 60, "score", align_right=True),
    TableColumn("Owner", _owner, 124, "owner"),
    TableColumn("State", _state, 108),
    TableColumn("Age", _age, 76, "age", align_right=True, is_live=True),
)
