"""Triage rules, their versions, and what they did."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from db.unit_of_work import Session
from desktop.domain.errors import NotFound


class RuleRow(NamedTuple):
    """A rule as it stands: `document` is its newest version, `tripped_us` 0 while its breaker is in."""

    id: int
    name: str
    position: int
    version: int
    tripped_us: int
    tripped_why: str
    document: Mapping[str, Any]


class VersionRow(NamedTuple):
    """One version of a rule."""

    version: int
    document: Mapping[str, Any]
    made_us: int
    made_by: str


class Firing(NamedTuple):
    """A rule did something, or proposed it; `did` is what, in words and values."""

    id: int
    rule_id: int
    rule: str
    version: int
    signal_id: int | None
    escalation_id: int | None
    state: str
    did: Mapping[str, Any]
    fired_us: int
    decided_us: int
    decided_by: str
    reason: str


class Declined(NamedTuple):
    """A proposal that a person turned down; `words` say what it was."""

    rule_id: int
    version: int
    escalation_id: int
    number: str
    words: Sequence[str]
    reason: str
    by: str
    at_us: int


_RULE = """
SELECT r.id, r.name, r.position, r.version, coalesce(r.tripped_at, 0), r.tripped_why, v.document
FROM rule r JOIN rule_version v ON v.rule_id = r.id AND v.version = r.version
"""
_FIRING = """
SELECT f.id, f.rule_id, r.name, f.version, f.signal_id, f.escalation_id, f.state, f.did, f.fired_at,
    coalesce(f.decided_at, 0), f.decided_by, f.reason
FROM rule_firing f JOIN rule r ON r.id = f.rule_id
"""


def all_rules(session: Session) -> tuple[RuleRow, ...]:
    """Every rule that was not removed, in the order they are asked."""
    rows = session.sql(f"{_RULE} WHERE r.removed_at IS NULL ORDER BY r.position, r.id")
    return tuple(map(_rule, rows.fetchall()))


def get(session: Session, rule_id: int) -> RuleRow:
    """One rule, a removed one too: history names it.

    Raises: NotFound.
    """
    row = session.sql(f"{_RULE} WHERE r.id = ?", (rule_id,)).fetchone()
    if row is None:
        raise NotFound("There is no such rule.")
    return _rule(row)


def insert(session: Session, name: str, document: Mapping[str, Any], at_us: int, by: str) -> int:
    """Store a new rule behind all others; gives its id."""
    cursor = session.sql(
        "INSERT INTO rule (name, position, version, revision)"
        " SELECT ?, coalesce(max(position), 0) + 1, 1, ? FROM rule",
        (name, session.revision()),
    )
    rule_id = int(cursor.lastrowid or 0)
    _insert_version(session, rule_id, 1, document, at_us, by)
    return rule_id


def put_version(
    session: Session, rule_id: int, name: str, document: Mapping[str, Any], at_us: int, by: str
) -> int:
    """Store the next version of a rule, which counts from now on; gives its number."""
    version = get(session, rule_id).version + 1
    _insert_version(session, rule_id, version, document, at_us, by)
    session.sql(
        "UPDATE rule SET name = ?, version = ?, revision = ? WHERE id = ?",
        (name, version, session.revision(), rule_id),
    )
    return version


def versions(session: Session, rule_id: int) -> tuple[VersionRow, ...]:
    """Every version of a rule, newest first."""
    rows = session.sql(
        "SELECT version, document, made_at, made_by FROM rule_version WHERE rule_id = ?"
        " ORDER BY version DESC",
        (rule_id,),
    )
    return tuple(VersionRow(version, json.loads(text), at, by) for version, text, at, by in rows)


def newest(session: Session, rule_id: int) -> VersionRow:
    """The version of a rule that counts."""
    row = session.sql(
        "SELECT version, document, made_at, made_by FROM rule_version WHERE rule_id = ?"
        " ORDER BY version DESC LIMIT 1",
        (rule_id,),
    ).fetchone()
    return VersionRow(row[0], json.loads(row[1]), row[2], row[3])


def set_order(session: Session, rule_ids: Sequence[int]) -> None:
    """Ask the rules in this order."""
    revision = session.revision()
    session.sql(
        "UPDATE rule SET position = ?, revision = ? WHERE id = ?",
        [(place, revision, rule_id) for place, rule_id in enumerate(rule_ids, start=1)],
    )


def set_tripped(session: Session, rule_id: int, at_us: int | None, why: str) -> None:
    """A rule's breaker is out since an instant, or in again with None."""
    session.sql(
        "UPDATE rule SET tripped_at = ?, tripped_why = ?, revision = ? WHERE id = ?",
        (at_us, why, session.revision(), rule_id),
    )


def bring_back(session: Session, rule_id: int) -> None:
    """Let a rule that was taken away count again."""
    session.sql("UPDATE rule SET removed_at = NULL, revision = ? WHERE id = ?", (session.revision(), rule_id))


def remove(session: Session, rule_id: int, at_us: int) -> None:
    """Take a rule away; its versions and what it did stay."""
    session.sql(
        "UPDATE rule SET removed_at = ?, revision = ? WHERE id = ?", (at_us, session.revision(), rule_id)
    )


def note_firing(
    session: Session,
    *,
    rule_id: int,
    version: int,
    signal_id: int | None,
    escalation_id: int | None,
    state: str,
    did: Mapping[str, Any],
    at_us: int,
) -> int:
    """Note what a rule did (`done`) or would do (`proposed`); gives the id."""
    cursor = session.sql(
        "INSERT INTO rule_firing (rule_id, version, signal_id, escalation_id, state, did, fired_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (rule_id, version, signal_id, escalation_id, state, _text(did), at_us),
    )
    return int(cursor.lastrowid or 0)


def first_made_us(session: Session, rule_id: int) -> int:
    """When the first version of a rule was made."""
    row = session.sql("SELECT min(made_at) FROM rule_version WHERE rule_id = ?", (rule_id,)).fetchone()
    return int(row[0] or 0)


def firings_us(session: Session, rule_id: int, since_us: int) -> list[int]:
    """When a rule fired since an instant, in order."""
    rows = session.sql(
        "SELECT fired_at FROM rule_firing WHERE rule_id = ? AND fired_at >= ? AND state = 'done'"
        " ORDER BY fired_at",
        (rule_id, since_us),
    )
    return [row[0] for row in rows]


def firing_counts(session: Session, since_us: int) -> dict[int, int]:
    """How often each rule fired since an instant."""
    rows = session.sql(
        "SELECT rule_id, count(*) FROM rule_firing WHERE fired_at >= ? GROUP BY rule_id", (since_us,)
    )
    return {int(rule_id): int(count) for rule_id, count in rows}


def firings_of(session: Session, escalation_id: int) -> tuple[Firing, ...]:
    """What rules did to an escalation, oldest first."""
    rows = session.sql(f"{_FIRING} WHERE f.escalation_id = ? ORDER BY f.id", (escalation_id,))
    return tuple(map(_firing, rows))


def proposals(session: Session, escalation_ids: Sequence[int] | None = None) -> tuple[Firing, ...]:
    """What rules propose and nobody has decided on, oldest first; of these escalations or of all."""
    if escalation_ids is None:
        return tuple(map(_firing, session.sql(f"{_FIRING} WHERE f.state = 'proposed' ORDER BY f.id")))
    marks = ", ".join("?" * len(escalation_ids))
    rows = session.sql(
        f"{_FIRING} WHERE f.state = 'proposed' AND f.escalation_id IN ({marks}) ORDER BY f.id",
        tuple(escalation_ids),
    )
    return tuple(map(_firing, rows))


def has_proposed(session: Session, rule_id: int, version: int, escalation_id: int) -> bool:
    """Whether a version of a rule has proposed something for an escalation before, whatever became of it."""
    row = session.sql(
        "SELECT 1 FROM rule_firing WHERE escalation_id = ? AND rule_id = ? AND version = ?"
        " AND state <> 'done'",
        (escalation_id, rule_id, version),
    ).fetchone()
    return row is not None


def firings(session: Session, since_us: int) -> tuple[Firing, ...]:
    """What rules did or proposed for escalations since an instant, oldest first."""
    rows = session.sql(
        f"{_FIRING} WHERE f.fired_at >= ? AND f.escalation_id IS NOT NULL ORDER BY f.id", (since_us,)
    )
    return tuple(map(_firing, rows))


def declined(session: Session, since_us: int, rule_id: int | None = None) -> tuple[Declined, ...]:
    """The proposals people turned down since an instant, of all rules or of one."""
    more, values = ("", ()) if rule_id is None else (" AND f.rule_id = ?", (rule_id,))
    rows = session.sql(
        "SELECT f.rule_id, f.version, f.escalation_id, e.number, f.did, f.reason, f.decided_by, f.decided_at"
        " FROM rule_firing f JOIN escalation e ON e.id = f.escalation_id"
        f" WHERE f.state = 'declined' AND f.decided_at >= ?{more}",
        (since_us, *values),
    )
    return tuple(Declined._make((*row[:4], json.loads(row[4]).get("words", []), *row[5:])) for row in rows)


def values_set(session: Session, escalation_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """What rules set on these escalations on account of each signal; where none did it is not in it."""
    marks = ", ".join("?" * len(escalation_ids))
    rows = session.sql(
        "SELECT signal_id, did FROM rule_firing WHERE state IN ('done', 'accepted')"
        f" AND signal_id IS NOT NULL AND escalation_id IN ({marks}) ORDER BY id",
        tuple(escalation_ids),
    )
    found: dict[int, dict[str, Any]] = {}
    for signal_id, did in rows:
        found.setdefault(int(signal_id), {}).update(json.loads(did).get("set", {}))
    return found


def _insert_version(
    session: Session, rule_id: int, version: int, document: Mapping[str, Any], at_us: int, by: str
) -> None:
    session.sql(
        "INSERT INTO rule_version (rule_id, version, document, made_at, made_by) VALUES (?, ?, ?, ?, ?)",
        (rule_id, version, _text(document), at_us, by),
    )


def did_text(did: Mapping[str, Any]) -> str:
    """What a rule did, as a firing keeps it."""
    return _text(did)


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _rule(row: Sequence[Any]) -> RuleRow:
    return RuleRow._make((*row[:6], json.loads(row[6])))


def _firing(row: Sequence[Any]) -> Firing:
    return Firing._make((*row[:7], json.loads(row[7]), *row[8:]))
