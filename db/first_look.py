"""The board as it was left, read before anything heavy is loaded, for the first picture of the window."""

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from db import place
from db.queries import board
from desktop.domain.board import BREACHED, LANES, OPEN_LANES, BoardRow
from desktop.domain.errors import StoreError

_OPEN = "state IN ('new', 'triaged', 'acknowledged', 'working', 'contained')"
# How many are breached, breaching soon, ...: sums over true and false.
_COUNTS = f"""
SELECT state, count(*),
    sum(CASE WHEN clock_kind IS NULL THEN 0 WHEN clock_paused THEN clock_step = 0
        ELSE clock_warming_at > :now END),
    sum(CASE WHEN clock_kind IS NULL THEN 0 WHEN clock_paused THEN clock_step = 1
        ELSE clock_warming_at <= :now AND clock_at_risk_at > :now END),
    sum(CASE WHEN clock_kind IS NULL THEN 0 WHEN clock_paused THEN clock_step = 2
        ELSE clock_at_risk_at <= :now AND clock_soon_at > :now END),
    sum(CASE WHEN clock_kind IS NULL THEN 0 WHEN clock_paused THEN clock_step = 3
        ELSE clock_soon_at <= :now AND clock_due_at > :now END),
    sum(CASE WHEN clock_kind IS NULL THEN 0 WHEN clock_paused THEN clock_step = 4
        ELSE clock_due_at <= :now END)
FROM escalation WHERE {_OPEN} GROUP BY state
"""


@dataclass(frozen=True, slots=True)
class FirstLook:
    """Enough of a desk to paint its window.

    `rows` are the most urgent ones of each lane, `state_counts` how many there are in all,
    `step_counts` how many open ones per ageing step, `settings` the stored values by key, as JSON gave them,
    `ui` the texts that parts of the window kept under keys of their own.
    """

    rows: list[BoardRow]
    state_counts: dict[str, int]
    step_counts: tuple[int, ...]
    revision: int
    operator_id: int = 0
    operator: str = ""
    settings: dict[str, object] = field(default_factory=dict)
    ui: dict[str, str] = field(default_factory=dict)


def first_rows(path: Path, now_us: int, limit: int = 200, day_us: int = 0) -> FirstLook | None:
    """What the desk's file holds for the first picture; `day_us` is when today began.

    At most `limit` rows. None when it cannot be told at once: there is no file, another version made it, it
    is held or damaged. The real opening comes after and explains.
    """
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
            return _look(driver, now_us, limit, day_us)
        except (sqlite3.Error, ValueError, TypeError):
            return None


def _look(driver: sqlite3.Connection, now_us: int, limit: int, day_us: int) -> FirstLook:
    stored = dict(driver.execute("SELECT key, value FROM setting"))
    settings = {key: json.loads(value) for key, value in stored.items() if not key.startswith("ui.")}
    operator_id = settings.get("operator_id", 0)
    operator = driver.execute("SELECT name FROM person WHERE id = ?", (operator_id,)).fetchone()
    rows = _first_rows(driver, limit // len(LANES), day_us)
    counts = driver.execute(_COUNTS, {"now": now_us}).fetchall()
    steps = [sum(column) for column in zip(*(row[2:] for row in counts), strict=True)]
    resolved = driver.execute(
        "SELECT count(*) FROM escalation WHERE state = 'resolved' AND resolved_at >= ?", (day_us,)
    ).fetchone()[0]
    return FirstLook(
        rows=rows,
        state_counts={state: count for state, count, *_ in counts} | {"resolved": resolved},
        step_counts=tuple(steps) or (0,) * (BREACHED + 1),
        revision=driver.execute("SELECT revision FROM chain_head").fetchone()[0],
        operator_id=operator_id,
        operator=operator[0] if operator else "",
        settings=settings,
        ui={key.removeprefix("ui."): text for key, text in stored.items() if key.startswith("ui.")},
    )


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
