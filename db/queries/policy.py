"""Policy versions; written once, never changed."""

from datetime import datetime
from typing import NamedTuple

from db.unit_of_work import Session
from desktop.domain.instant import from_us, to_us


class Activation(NamedTuple):
    """From when on a version is to be the active one; microseconds since the epoch."""

    version: int
    active_us: int


class StoredPolicy(NamedTuple):
    """A version as listed, without its body."""

    version: int
    name: str
    active_at: datetime
    created_at: datetime
    created_by: str


def activations(session: Session) -> tuple[Activation, ...]:
    """All versions, lowest first; may be empty."""
    rows = session.sql("SELECT version, active_at FROM policy ORDER BY version")
    return tuple(Activation(version, active_us) for version, active_us in rows)


def body(session: Session, version: int) -> str | None:
    """The document of a version, or None when there is no such version."""
    row = session.sql("SELECT body FROM policy WHERE version = ?", (version,)).fetchone()
    return None if row is None else str(row[0])


def stored(session: Session) -> tuple[StoredPolicy, ...]:
    """All versions for people to choose from, latest first."""
    rows = session.sql(
        "SELECT version, name, active_at, created_at, created_by FROM policy ORDER BY version DESC"
    )
    return tuple(
        StoredPolicy(version, name, from_us(active_us), from_us(created_us), by)
        for version, name, active_us, created_us, by in rows
    )


def add(session: Session, policy: StoredPolicy, text: str) -> None:
    """Keep a new version."""
    session.sql(
        "INSERT INTO policy (version, name, body, active_at, created_at, created_by)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (
            policy.version,
            policy.name,
            text,
            to_us(policy.active_at),
            to_us(policy.created_at),
            policy.created_by,
        ),
    )
