"""Sources of signals."""

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from db.unit_of_work import Session
from desktop.domain.errors import NotFound
from desktop.domain.instant import from_us
from desktop.domain.source import Opens, Source, SourceKind

_SELECT = """
SELECT id, key, name, kind, enabled, customer_id, area, opens, mapping, options, rate_per_s, window_s,
    storm_count, storm_window_s, last_received_at, last_error, last_error_at
FROM source WHERE
"""


def all_sources(session: Session) -> tuple[Source, ...]:
    """Every source that was not removed, by name."""
    return tuple(map(_source, session.sql(f"{_SELECT} removed_at IS NULL ORDER BY name, id").fetchall()))


def get(session: Session, source_id: int) -> Source:
    """One source.

    Raises: NotFound.
    """
    row = session.sql(f"{_SELECT} removed_at IS NULL AND id = ?", (source_id,)).fetchone()
    if row is None:
        raise NotFound("There is no such source any more.")
    return _source(row)


def even_removed(session: Session, source_id: int) -> Source:
    """One source, a removed one too: what it sent names it."""
    return _source(session.sql(f"{_SELECT} id = ?", (source_id,)).fetchone())


def by_key(session: Session, key: str) -> Source | None:
    """The source of a key; None where there is none."""
    row = session.sql(f"{_SELECT} removed_at IS NULL AND key = ?", (key,)).fetchone()
    return None if row is None else _source(row)


def is_taken(session: Session, key: str) -> bool:
    """Whether a key was ever given, to a source since removed too: messages name it for good."""
    return session.sql("SELECT 1 FROM source WHERE key = ?", (key,)).fetchone() is not None


def is_any_watched(session: Session) -> bool:
    """Whether a source that is on is one the desk has to look at by itself."""
    found = session.sql(
        "SELECT 1 FROM source WHERE removed_at IS NULL AND enabled AND kind IN (?, ?) LIMIT 1",
        (SourceKind.MAIL.value, SourceKind.FOLDER.value),
    )
    return found.fetchone() is not None


def insert(session: Session, source: Source) -> int:
    """Store a new source; gives its id."""
    columns = _columns(source)
    marks = ", ".join("?" * (len(columns) + 1))
    cursor = session.sql(
        f"INSERT INTO source ({', '.join(columns)}, revision) VALUES ({marks})",
        (*columns.values(), session.revision()),
    )
    return int(cursor.lastrowid or 0)


def update(session: Session, source: Source) -> None:
    """Store a source as it is now."""
    columns = _columns(source)
    marks = ", ".join(f"{name} = ?" for name in columns)
    session.sql(
        f"UPDATE source SET {marks}, revision = ? WHERE id = ?",
        (*columns.values(), session.revision(), source.id),
    )


def remove(session: Session, source_id: int, at_us: int) -> None:
    """Take a source away; what it sent stays."""
    session.sql(
        "UPDATE source SET removed_at = ?, enabled = 0, revision = ? WHERE id = ?",
        (at_us, session.revision(), source_id),
    )


def note_received(session: Session, source_id: int, at_us: int) -> None:
    """Note when a source was last heard of."""
    session.sql("UPDATE source SET last_received_at = ? WHERE id = ?", (at_us, source_id))


def note_error(session: Session, source_id: int, sentence: str, at_us: int) -> None:
    """Note what last went wrong with a source."""
    session.sql(
        "UPDATE source SET last_error = ?, last_error_at = ?, revision = ? WHERE id = ?",
        (sentence, at_us, session.revision(), source_id),
    )


def _columns(source: Source) -> dict[str, Any]:
    return {
        "key": source.key,
        "name": source.name,
        "kind": source.kind.value,
        "enabled": int(source.enabled),
        "customer_id": source.customer_id,
        "area": source.area,
        "opens": source.opens.value,
        "mapping": "" if source.mapping is None else json.dumps(dict(source.mapping), ensure_ascii=False),
        "options": json.dumps(dict(source.options), ensure_ascii=False),
        "rate_per_s": source.rate_per_s,
        "window_s": round(source.window.total_seconds()),
        "storm_count": source.storm_count,
        "storm_window_s": round(source.storm_window.total_seconds()),
    }


def _source(row: Sequence[Any]) -> Source:
    (
        source_id, key, name, kind, enabled, customer_id, area, opens, mapping, options, rate_per_s,
        window_s, storm_count, storm_window_s, received_us, error, error_us,
    ) = row  # fmt: skip
    return Source(
        id=source_id,
        key=key,
        name=name,
        kind=SourceKind(kind),
        enabled=bool(enabled),
        customer_id=customer_id,
        area=area,
        opens=Opens(opens),
        mapping=json.loads(mapping) if mapping else None,
        options=json.loads(options),
        rate_per_s=rate_per_s,
        window=timedelta(seconds=window_s),
        storm_count=storm_count,
        storm_window=timedelta(seconds=storm_window_s),
        last_received_at=None if received_us is None else from_us(received_us),
        last_error=error,
        last_error_at=None if error_us is None else from_us(error_us),
    )
