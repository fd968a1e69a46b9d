"""Schedules in numbered versions, and the gaps in them of which the desk was told."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from db.unit_of_work import Session

_SELECT = """
SELECT s.id, s.name, s.team, s.zone, s.version, s.is_active, v.document, v.note, v.by_name, v.at
FROM schedule s JOIN schedule_version v ON v.schedule_id = s.id AND v.version = s.version
"""


class ScheduleRow(NamedTuple):
    """A schedule as it stands; people in `document` are ids written as text."""

    id: int
    name: str
    team: str
    zone: str
    version: int
    is_active: bool
    document: Mapping[str, Any]
    note: str
    by: str
    at_us: int


class VersionRow(NamedTuple):
    """One version of a schedule, for good."""

    schedule_id: int
    version: int
    document: Mapping[str, Any]
    note: str
    by: str
    by_id: int | None
    at_us: int


def all_schedules(session: Session, *, inactive: bool = False) -> tuple[ScheduleRow, ...]:
    """The schedules by name, those put away as well where asked for."""
    where = "" if inactive else "WHERE s.is_active"
    return tuple(map(_row, session.sql(f"{_SELECT} {where} ORDER BY s.name").fetchall()))


def get(session: Session, schedule_id: int) -> ScheduleRow | None:
    """One schedule, None where there is none of that id."""
    row = session.sql(f"{_SELECT} WHERE s.id = ?", (schedule_id,)).fetchone()
    return _row(row) if row else None


def by_name(session: Session, name: str) -> ScheduleRow | None:
    """The schedule of that name, however it is written; also one that is put away."""
    key = name.casefold()
    return next((row for row in all_schedules(session, inactive=True) if row.name.casefold() == key), None)


def insert(session: Session, name: str, team: str, zone: str) -> int:
    """A schedule whose first version is still to be put in; gives its id."""
    cursor = session.sql(
        "INSERT INTO schedule (name, team, zone, version, revision) VALUES (?, ?, ?, 0, ?)",
        (name, team, zone, session.revision()),
    )
    return int(cursor.lastrowid or 0)


def put_version(
    session: Session,
    schedule_id: int,
    document: Mapping[str, Any],
    *,
    note: str,
    by: str,
    by_id: int | None,
    at_us: int,
) -> int:
    """Keep the next version, which counts from now on; gives its number."""
    text = json.dumps(document, ensure_ascii=False)
    row = session.sql(
        "UPDATE schedule SET version = version + 1, zone = ?, revision = ? WHERE id = ? RETURNING version",
        (document["zone"], session.revision(), schedule_id),
    ).fetchone()
    session.sql(
        "INSERT INTO schedule_version (schedule_id, version, document, note, by_name, by_id, at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (schedule_id, row[0], text, note, by, by_id, at_us),
    )
    return int(row[0])


def set_name(session: Session, schedule_id: int, name: str, team: str) -> None:
    """Call a schedule otherwise, or give it to another team."""
    session.sql(
        "UPDATE schedule SET name = ?, team = ?, revision = ? WHERE id = ?",
        (name, team, session.revision(), schedule_id),
    )


def set_active(session: Session, schedule_id: int, *, is_active: bool) -> None:
    """Put a schedule away, or take it back."""
    session.sql(
        "UPDATE schedule SET is_active = ?, revision = ? WHERE id = ?",
        (int(is_active), session.revision(), schedule_id),
    )


def versions(session: Session, schedule_id: int) -> tuple[VersionRow, ...]:
    """Every version of a schedule, the newest first."""
    rows = session.sql(
        "SELECT schedule_id, version, document, note, by_name, by_id, at FROM schedule_version"
        " WHERE schedule_id = ? ORDER BY version DESC",
        (schedule_id,),
    )
    return tuple(
        VersionRow(schedule_id, version, json.loads(text), note, by, by_id, at_us)
        for schedule_id, version, text, note, by, by_id, at_us in rows.fetchall()
    )


def tell_gap(session: Session, schedule_id: int, from_us: int, mark: int, at_us: int) -> bool:
    """Note that the desk is told of a gap; False when it was told before of one with this mark.

    A gap's mark is its end, or the version of the schedule for one that this version leaves by plan.
    """
    done = session.sql(
        "INSERT INTO roster_gap (schedule_id, from_at, to_at, told_at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (schedule_id, to_at) DO NOTHING",
        (schedule_id, from_us, mark, at_us),
    )
    return done.rowcount == 1


def gaps_told(session: Session, schedule_id: int) -> frozenset[int]:
    """What the gaps are known by of which the desk was told."""
    rows = session.sql("SELECT to_at FROM roster_gap WHERE schedule_id = ?", (schedule_id,))
    return frozenset(int(row[0]) for row in rows.fetchall())


def forget_gaps(session: Session, schedule_id: int, marks: Sequence[int]) -> None:
    """Let the desk be told again of gaps with these marks, should they open again."""
    for mark in marks:
        session.sql("DELETE FROM roster_gap WHERE schedule_id = ? AND to_at = ?", (schedule_id, mark))


def state(session: Session) -> tuple[int, ...]:
    """What is another whenever anything was changed that decides who is on call."""
    tables = ("schedule", "shift_override", "time_off", "team", "swap")
    parts = [f"(SELECT count(*) FROM {table}), (SELECT max(revision) FROM {table})" for table in tables]
    return tuple(int(part or 0) for part in session.sql(f"SELECT {', '.join(parts)}").fetchone())


def _row(row: Sequence[Any]) -> ScheduleRow:
    schedule_id, name, team, zone, version, is_active, document, note, by, at_us = row
    return ScheduleRow(
        schedule_id, name, team, zone, version, bool(is_active), json.loads(document), note, by, at_us
    )
