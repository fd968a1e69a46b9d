"""The log of a drill, its results and the copies of its sandbox."""

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from db.unit_of_work import Session
from desktop.domain.drill_log import Entry


class ResultRow(NamedTuple):
    """What a run came to when it was scored; `content` is JSON, the instant in microseconds."""

    id: int
    at_us: int
    by_name: str
    engine: int
    overall: int | None
    band: str
    coverage: int
    content: str


def last_seq(session: Session, run_id: int) -> int:
    """The number of the last entry; 0 for none."""
    row = session.sql("SELECT coalesce(max(seq), 0) FROM drill_event WHERE run_id = ?", (run_id,)).fetchone()
    return int(row[0])


def append(session: Session, run_id: int, entries: Iterable[Entry], at_us: int) -> None:
    """Write entries behind those that are there."""
    rows = [(run_id, each.seq, each.sim_ms, at_us, each.kind, _packed(each), each.by) for each in entries]
    if rows:
        session.sql(
            "INSERT INTO drill_event (run_id, seq, sim_ms, at, kind, body, by_name)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            rows,
        )


def entries(session: Session, run_id: int) -> list[Entry]:
    """The whole log in its order."""
    rows = session.sql(
        "SELECT seq, sim_ms, kind, body, by_name FROM drill_event WHERE run_id = ? ORDER BY seq", (run_id,)
    )
    return [Entry(seq, sim_ms, kind, json.loads(body), by) for seq, sim_ms, kind, body, by in rows]


def add_result(session: Session, run_id: int, row: ResultRow) -> None:
    """Keep a result beside those that are there; its id is given by the table."""
    session.sql(
        "INSERT INTO drill_result (run_id, at, by_name, engine, overall, band, coverage, content)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (run_id, *row[1:]),
    )


def results(session: Session, run_id: int) -> list[ResultRow]:
    """Every result, oldest first."""
    rows = session.sql(
        "SELECT id, at, by_name, engine, overall, band, coverage, content FROM drill_result"
        " WHERE run_id = ? ORDER BY id",
        (run_id,),
    )
    return [ResultRow._make(row) for row in rows]


def latest_contents(session: Session, run_ids: Sequence[int]) -> dict[int, str]:
    """The JSON of the latest result of each run."""
    marks = ", ".join("?" * len(run_ids))
    rows = session.sql(
        f"SELECT run_id, content FROM drill_result WHERE run_id IN ({marks}) ORDER BY id", tuple(run_ids)
    )
    return dict(rows.fetchall())


def add_snapshot(session: Session, run_id: int, seq: int, sim_ms: int, path: str) -> None:
    """Note where a copy of the sandbox lies."""
    session.sql(
        "INSERT OR REPLACE INTO drill_snapshot (run_id, seq, sim_ms, path) VALUES (?, ?, ?, ?)",
        (run_id, seq, sim_ms, path),
    )


def snapshots(session: Session, run_id: int) -> list[tuple[int, int, str]]:
    """Seq, time and place of every copy, oldest first."""
    return session.sql(
        "SELECT seq, sim_ms, path FROM drill_snapshot WHERE run_id = ? ORDER BY seq", (run_id,)
    ).fetchall()


def _packed(entry: Entry) -> str:
    return json.dumps(dict(entry.body), ensure_ascii=False, separators=(",", ":"))
