"""Signals, each with its disposition, and the alerts they repeat."""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from db.unit_of_work import Session
from desktop.domain.disposition import Cause, Disposition, Verdict
from desktop.domain.errors import NotFound
from desktop.domain.instant import from_us, to_us
from desktop.domain.signal_kept import KeptSignal
from desktop.domain.signal_type import Signal, SignalAction

_SELECT = """
SELECT g.id, g.message_id, g.place, g.source_id, s.name, s.kind, g.received_at, g.occurred_at, g.action,
    g.dedup_key, g.title, g.severity_hint, g.fields, g.fingerprint, g.disposition, g.cause, g.why,
    g.rule_id, g.rule_version, r.name, g.escalation_id, e.number, g.decided_at, g.decided_by
FROM signal g JOIN source s ON s.id = g.source_id LEFT JOIN escalation e ON e.id = g.escalation_id
    LEFT JOIN rule r ON r.id = g.rule_id
"""
#: What was merged into an escalation brought its signals along.
_COUNTS_ON = (
    "g.escalation_id IN (WITH RECURSIVE part (id) AS"
    " (SELECT ? UNION SELECT e.id FROM escalation e JOIN part p ON e.merged_into_id = p.id)"
    " SELECT id FROM part)"
)
_INSERT = """
INSERT INTO signal (message_id, place, source_id, received_at, occurred_at, action, dedup_key, title,
    severity_hint, fields, fingerprint, disposition, cause, why, window_id, rule_id, rule_version,
    escalation_id, decided_at, decided_by, revision)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


class Decided(NamedTuple):
    """A signal with what became of it, to be written."""

    message_id: int
    place: int
    source_id: int
    received_us: int
    signal: Signal
    key: str
    fingerprint: str
    verdict: Verdict
    escalation_id: int | None
    decided_us: int
    by: str


class SignalFilter(NamedTuple):
    """Which signals are wanted; empty parts let everything pass.

    Those of an escalation are also those of what was merged into it.
    """

    source_id: int | None = None
    disposition: str = ""
    escalation_id: int | None = None
    text: str = ""
    since_us: int = 0
    until_us: int = 0


def insert(session: Session, decided: Decided) -> int:
    """Write a signal with its disposition; gives its id."""
    signal, verdict = decided.signal, decided.verdict
    cursor = session.sql(
        _INSERT,
        (
            decided.message_id,
            decided.place,
            decided.source_id,
            decided.received_us,
            None if signal.occurred_at is None else to_us(signal.occurred_at),
            signal.action.value,
            decided.key,
            signal.title,
            signal.severity_hint,
            json.dumps(signal.fields, ensure_ascii=False, separators=(",", ":")),
            decided.fingerprint,
            verdict.disposition.value,
            verdict.cause.value,
            verdict.why,
            verdict.window_id or None,
            verdict.rule_id or None,
            verdict.rule_version or None,
            decided.escalation_id,
            decided.decided_us,
            decided.by,
            session.revision(),
        ),
    )
    return int(cursor.lastrowid or 0)


def decide_again(
    session: Session, signal_id: int, verdict: Verdict, *, escalation_id: int | None, at_us: int, by: str
) -> None:
    """Give a signal that was held another disposition."""
    session.sql(
        "UPDATE signal SET disposition = ?, cause = ?, why = ?, rule_id = ?, rule_version = ?, window_id = ?,"
        " escalation_id = ?, decided_at = ?, decided_by = ?, revision = ? WHERE id = ?",
        (
            verdict.disposition.value,
            verdict.cause.value,
            verdict.why,
            verdict.rule_id or None,
            verdict.rule_version or None,
            verdict.window_id or None,
            escalation_id,
            at_us,
            by,
            session.revision(),
            signal_id,
        ),
    )


def get(session: Session, signal_id: int) -> KeptSignal:
    """One signal.

    Raises: NotFound.
    """
    row = session.sql(f"{_SELECT} WHERE g.id = ?", (signal_id,)).fetchone()
    if row is None:
        raise NotFound("There is no such signal.")
    return _kept(row)


def of_message(session: Session, message_id: int) -> tuple[KeptSignal, ...]:
    """The signals of a message, in their order."""
    return tuple(map(_kept, session.sql(f"{_SELECT} WHERE g.message_id = ? ORDER BY g.place", (message_id,))))


def recent(
    session: Session, wanted: SignalFilter, *, limit: int, before_id: int = 0
) -> tuple[KeptSignal, ...]:
    """The newest signals that are wanted, newest first; `before_id` goes on where a page ended."""
    conditions, values = _conditions(wanted)
    if before_id:
        conditions.append("g.id < ?")
        values.append(before_id)
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    rows = session.sql(f"{_SELECT} {where} ORDER BY g.id DESC LIMIT ?", (*values, limit))
    return tuple(map(_kept, rows))


def last_triggers(session: Session, limit: int) -> tuple[KeptSignal, ...]:
    """The last so many triggers, in the order they came."""
    rows = session.sql(
        f"{_SELECT} WHERE g.action = 'trigger' ORDER BY g.id DESC LIMIT ?", (limit,)
    ).fetchall()
    return tuple(map(_kept, reversed(rows)))


def held(session: Session, source_id: int | None = None) -> tuple[KeptSignal, ...]:
    """The signals that wait for a person, oldest first."""
    more = "" if source_id is None else " AND g.source_id = ?"
    values = () if source_id is None else (source_id,)
    return tuple(
        map(_kept, session.sql(f"{_SELECT} WHERE g.disposition = 'held'{more} ORDER BY g.id", values))
    )


def counts_by_source(session: Session, since_us: int) -> dict[int, int]:
    """How many signals each source sent since an instant; sources that were silent are not in it."""
    rows = session.sql(
        "SELECT source_id, count(*) FROM signal WHERE received_at >= ? GROUP BY source_id", (since_us,)
    )
    return {int(source_id): int(count) for source_id, count in rows}


def held_counts(session: Session) -> dict[int, int]:
    """How many signals of each source wait for a person."""
    rows = session.sql("SELECT source_id, count(*) FROM signal WHERE disposition = 'held' GROUP BY source_id")
    return {int(source_id): int(count) for source_id, count in rows}


def counts_by_disposition(session: Session, since_us: int) -> dict[str, int]:
    """How many signals had each disposition since an instant."""
    rows = session.sql(
        "SELECT disposition, count(*) FROM signal WHERE received_at >= ? GROUP BY disposition", (since_us,)
    )
    return {disposition: int(count) for disposition, count in rows}


def count_like(session: Session, fingerprint: str, since_us: int) -> int:
    """How many triggers of one fingerprint came since an instant that were no repeats."""
    row = session.sql(
        "SELECT count(DISTINCT source_id || ' ' || dedup_key) FROM signal"
        " WHERE fingerprint = ? AND received_at >= ? AND action = 'trigger'",
        (fingerprint, since_us),
    ).fetchone()
    return int(row[0])


def opened_by_one(session: Session, escalation_id: int) -> bool:
    """Whether a signal opened an escalation."""
    row = session.sql(
        "SELECT 1 FROM signal WHERE escalation_id = ? AND disposition = 'opened' LIMIT 1", (escalation_id,)
    ).fetchone()
    return row is not None


def of_window(session: Session, window_id: int) -> tuple[KeptSignal, ...]:
    """What a maintenance window kept quiet, in the order it came."""
    return tuple(map(_kept, session.sql(f"{_SELECT} WHERE g.window_id = ? ORDER BY g.id", (window_id,))))


def triggered_us(session: Session, source_id: int, since_us: int) -> list[int]:
    """When each trigger of a source came since an instant, in order."""
    rows = session.sql(
        "SELECT received_at FROM signal WHERE received_at >= ? AND source_id = ? AND action = 'trigger'"
        " ORDER BY received_at",
        (since_us, source_id),
    )
    return [row[0] for row in rows]


def count_triggers(session: Session, source_id: int, since_us: int) -> int:
    """How many triggers of a source came after an instant."""
    row = session.sql(
        "SELECT count(*) FROM signal WHERE source_id = ? AND received_at > ? AND action = 'trigger'",
        (source_id, since_us),
    ).fetchone()
    return int(row[0])


def opened_us(session: Session, source_id: int, since_us: int) -> list[int]:
    """When the signals of a source opened an escalation after an instant, in order."""
    rows = session.sql(
        "SELECT decided_at FROM signal WHERE disposition = 'opened' AND source_id = ? AND decided_at > ?"
        " ORDER BY decided_at",
        (source_id, since_us),
    )
    return [row[0] for row in rows]


def _conditions(wanted: SignalFilter) -> tuple[list[str], list[Any]]:
    pairs: list[tuple[str, Any]] = [
        ("g.source_id = ?", wanted.source_id),
        ("g.disposition = ?", wanted.disposition or None),
        (_COUNTS_ON, wanted.escalation_id),
        ("g.received_at >= ?", wanted.since_us or None),
        ("g.received_at < ?", wanted.until_us or None),
    ]
    if wanted.text:
        # `instr` takes what is typed as it is: no wildcards to escape.
        pairs.append(
            ("instr(lower(g.title || ' ' || g.dedup_key || ' ' || g.fields), lower(?)) > 0", wanted.text)
        )
    chosen = [(condition, value) for condition, value in pairs if value is not None]
    return [condition for condition, _ in chosen], [value for _, value in chosen]


def _kept(row: Sequence[Any]) -> KeptSignal:
    (
        id_, message_id, place, source_id, source, kind, received_us, occurred_us, action, key, title, hint,
        fields, fingerprint, disposition, cause, why, rule_id, rule_version, rule, escalation_id,
        number, decided_us, by,
    ) = row  # fmt: skip
    occurred_at = None if occurred_us is None else from_us(occurred_us)
    signal = Signal(SignalAction(action), key, title, hint, occurred_at, json.loads(fields))
    return KeptSignal(
        id=id_,
        message_id=message_id,
        place=place,
        source_id=source_id,
        source=source,
        kind=kind,
        received_at=from_us(received_us),
        signal=signal,
        fingerprint=fingerprint,
        disposition=Disposition(disposition),
        cause=Cause(cause),
        why=why,
        rule_id=rule_id,
        rule_version=rule_version,
        rule=rule or "",
        escalation_id=escalation_id,
        number=number or "",
        decided_at=from_us(decided_us),
        decided_by=by,
    )
