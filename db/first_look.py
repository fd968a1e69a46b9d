"""The board as it was left, read before anything heavy is loaded, for the first picture of the window."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from db import place
from db.queries import board
from desktop.domain.board import LANES, OPEN_LANES, BoardRow
from desktop.domain.errors import StoreError

Found = TypeVar("Found")

# How many rows SQLite hands over at once, as one text: row by row, each would wait for its turn of Python.
_AT_ONCE = 1_000
_NOTHING = "[]"


class FirstLook(NamedTuple):
    """Enough of a desk to paint its window.

    `rows` are the most urgent ones of each lane, `settings` the stored values by key, as JSON gave them, `ui`
    the texts that parts of the window kept under keys of their own.
    """

    rows: list[BoardRow]
    operator: str
    settings: dict[str, object]
    ui: dict[str, str]


class WholeBoard(NamedTuple):
    """All rows of the board as of a revision; `removed_ids` is empty, as the desk's own answer has it."""

    revision: int
    day_us: int
    rows: list[BoardRow]
    removed_ids: tuple[int, ...] = ()


def first_rows(path: Path, limit: int = 200, day_us: int = 0) -> FirstLook | None:
    """What the desk's file holds for the first picture; `day_us` is when today began.

    At most `limit` rows. None when it cannot be told at once: there is no file, another version made it, it
    is held or damaged. The real opening comes after and explains.
    """
    return _looked(path, partial(_look, limit=limit, day_us=day_us))


class PackedBoard(NamedTuple):
    """The whole board as read, its rows not made yet; the open ones are packed in texts of JSON."""

    revision: int
    day_us: int
    parts: list[str]
    resolved: list[Any]
    customers: dict[int, tuple[str, str]]
    people: dict[int | None, tuple[str, str]]
    names: board.Names

    def unpack(self) -> WholeBoard:
        """Make the rows."""
        rows = list(board.put_together(self._found(), self.names, self.customers, self.people))
        return WholeBoard(self.revision, self.day_us, rows)

    def _found(self) -> Iterator[Any]:
        while self.parts:  # one after the other: together they take much room
            yield from json.loads(self.parts.pop(0))
        yield from self.resolved


def packed_rows(path: Path, now_us: int, day_us: int) -> PackedBoard | None:
    """The whole board, before the services that keep it current are there; None as for `first_rows`.

    Nearly all of the time is SQLite's own, which holds up no other thread.
    """
    return _looked(path, partial(_packed, now_us=now_us, day_us=day_us))


def _looked(path: Path, look: Callable[[sqlite3.Connection], Found]) -> Found | None:
    try:
        if place.schema_version(path) != place.SCHEMA_VERSION:
            return None
        driver = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=0, isolation_level=None
        )
    except (StoreError, sqlite3.Error, OSError):
        return None
    with closing(driver):
        try:
            driver.execute("BEGIN")
            return look(driver)
        except (sqlite3.Error, ValueError, TypeError, LookupError):
            return None


def _look(driver: sqlite3.Connection, limit: int, day_us: int) -> FirstLook:
    stored = dict(driver.execute("SELECT key, value FROM setting"))
    settings = {key: json.loads(value) for key, value in stored.items() if not key.startswith("ui.")}
    operator_id = settings.get("operator_id", 0)
    operator = driver.execute("SELECT name FROM person WHERE id = ?", (operator_id,)).fetchone()
    return FirstLook(
        rows=_first_rows(driver, limit // len(LANES), day_us),
        operator=operator[0] if operator else "",
        settings=settings,
        ui={key.removeprefix("ui."): text for key, text in stored.items() if key.startswith("ui.")},
    )


def _packed(driver: sqlite3.Connection, now_us: int, day_us: int) -> PackedBoard:
    parts: list[str] = []
    part = ""
    while part != _NOTHING:
        at = len(parts) * _AT_ONCE
        part = driver.execute(board.packed_statement(), (_AT_ONCE, at)).fetchone()[0]
        parts.append(part)
    return PackedBoard(
        revision=driver.execute("SELECT revision FROM chain_head").fetchone()[0],
        day_us=day_us,
        parts=parts,
        resolved=driver.execute(board.resolved_statement(), (day_us,)).fetchall(),
        customers=board.customers_on_board(driver.execute, day_us),
        people=board.people(driver.execute),
        names=_names(driver, now_us),
    )


def _names(driver: sqlite3.Connection, now_us: int) -> board.Names:
    """What the policy in force calls its keys."""
    # The one activated last, or else the first of all, as the desk's own service finds it.
    found = driver.execute(
        "SELECT body FROM policy ORDER BY active_at > :now, abs(active_at - :now),"
        " CASE WHEN active_at > :now THEN version ELSE -version END LIMIT 1",
        {"now": now_us},
    ).fetchone()
    return board.Names.of(json.loads(found[0])) if found is not None else board.Names()


def _first_rows(driver: sqlite3.Connection, limit: int, day_us: int) -> list[BoardRow]:
    found = []
    for state in OPEN_LANES:
        in_lane = driver.execute(board.running_statement(limit), (state,)).fetchall()
        if len(in_lane) < limit:
            in_lane += driver.execute(board.standing_statement(limit - len(in_lane)), (state,)).fetchall()
        found.extend(in_lane)
    found.extend(driver.execute(board.resolved_statement(limit), (day_us,)))
    return board.as_rows(driver.execute, found, board.Names(tiers=_FirstNames()))


class _FirstNames(dict[str, str]):
    """Tiers by their keys: reading the policy for their names would cost more than the whole look."""

    def get(self, key: str, default: str | None = None) -> str | None:  # type: ignore[override]
        return key.replace("_", " ").capitalize() or default
