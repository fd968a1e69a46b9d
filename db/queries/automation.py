"""What waits for automation and what holds it back: counts and names, for a look that must cost nothing."""

from typing import NamedTuple

from db.unit_of_work import Session


class HeldBack(NamedTuple):
    """How many signals wait, and the names of braked sources, tripped rules and open maintenance windows."""

    waiting: int
    storms: tuple[str, ...]
    tripped: tuple[str, ...]
    maintenance: tuple[str, ...]


def held_back(session: Session, now_us: int) -> HeldBack:
    """What a stop of automation and each fail-safe hold back; `waiting` counts messages not read, too."""
    waiting = session.sql(
        "SELECT (SELECT count(*) FROM signal WHERE disposition = 'held' AND cause = 'stopped')"
        " + (SELECT count(*) FROM message WHERE read_at IS NULL)"
    ).fetchone()
    return HeldBack(
        waiting=int(waiting[0]),
        storms=_names(
            session,
            "SELECT s.name FROM storm t JOIN source s ON s.id = t.source_id"
            " WHERE t.ended_at IS NULL AND s.removed_at IS NULL ORDER BY s.name",
        ),
        tripped=_names(
            session,
            "SELECT name FROM rule WHERE tripped_at IS NOT NULL AND removed_at IS NULL ORDER BY position, id",
        ),
        maintenance=_names(
            session,
            "SELECT name FROM maintenance WHERE closed_at IS NULL AND cancelled_at IS NULL"
            " AND starts_at <= ? AND ends_at > ? ORDER BY starts_at, id",
            now_us,
            now_us,
        ),
    )


def held_by_stop(session: Session) -> tuple[int, ...]:
    """The signals that wait because automation was stopped, oldest first."""
    rows = session.sql("SELECT id FROM signal WHERE disposition = 'held' AND cause = 'stopped' ORDER BY id")
    return tuple(int(row[0]) for row in rows)


def has_unread(session: Session) -> bool:
    """Whether a message waits to be read."""
    return session.sql("SELECT 1 FROM message WHERE read_at IS NULL LIMIT 1").fetchone() is not None


def has_maintenance(session: Session) -> bool:
    """Whether a window is planned or lasts."""
    row = session.sql(
        "SELECT 1 FROM maintenance WHERE closed_at IS NULL AND cancelled_at IS NULL LIMIT 1"
    ).fetchone()
    return row is not None


def _names(session: Session, query: str, *values: int) -> tuple[str, ...]:
    return tuple(row[0] for row in session.sql(query, values))
