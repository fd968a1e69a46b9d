"""The few facts the automation keeps between two looks: when it last looked, what it has seen, floods."""

import json
from collections.abc import Mapping

from db.unit_of_work import Session

_PREFIX = "alarm."


def get(session: Session, key: str) -> Mapping[str, int]:
    """What is kept under a key; empty when there is nothing."""
    row = session.sql("SELECT value FROM setting WHERE key = ?", (_PREFIX + key,)).fetchone()
    return {str(name): int(number) for name, number in json.loads(row[0]).items()} if row else {}


def put(session: Session, key: str, value: Mapping[str, int]) -> None:
    """Keep numbers under a key."""
    session.sql(
        "INSERT INTO setting (key, value) VALUES (?, ?)"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (_PREFIX + key, json.dumps(dict(value), sort_keys=True)),
    )


def drop(session: Session, key: str) -> None:
    """Forget what is kept under a key."""
    session.sql("DELETE FROM setting WHERE key = ?", (_PREFIX + key,))


def has_changes(session: Session, key: str) -> bool:
    """Whether an escalation changed after the place kept under a key as `revision` and `id`."""
    seen = get(session, key)
    revision, last_id = seen.get("revision", 0), seen.get("id", 0)
    # Two questions, each a walk along the index: many rows may share a revision.
    row = session.sql(
        "SELECT EXISTS (SELECT 1 FROM escalation WHERE revision = ? AND id > ?)"
        " OR EXISTS (SELECT 1 FROM escalation WHERE revision > ?)",
        (revision, last_id, revision),
    ).fetchone()
    return bool(row[0])
