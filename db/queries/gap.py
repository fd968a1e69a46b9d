"""The register of gaps: what drills and escalations showed, and how far each has come."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from db.unit_of_work import Session

_GAP = (
    "SELECT g.id, g.category, g.code, g.title, g.detail, g.severity, g.state, g.found_at, g.proposed_by,"
    " g.team, g.run_id, g.escalation_id, g.expectation, g.evidence, g.places, g.owner_id,"
    " coalesce(p.name, ''), g.due, g.action_id, g.playbook_slug, g.playbook_step, g.recurrence_of, g.times,"
    " g.confirmed_by, g.declined_why, g.waiver, g.verified_by_run, g.closed_at"
    " FROM gap g LEFT JOIN person p ON p.id = g.owner_id "
)
#: Gaps of runs that count: neither practice nor forked nor thrown away; and those of real work.
_COUNTS = (
    "(g.run_id IS NULL OR EXISTS (SELECT 1 FROM drill_run r WHERE r.id = g.run_id AND NOT r.practice"
    " AND r.forked_from IS NULL AND r.thrown_at IS NULL))"
)
_KEPT = (
    "NOT (g.state = 'proposed' AND EXISTS (SELECT 1 FROM drill_run r WHERE r.id = g.run_id"
    " AND r.thrown_at IS NOT NULL))"
)
_OPEN = "g.state IN ('proposed', 'open', 'accepted', 'action_linked')"


class GapRow(NamedTuple):
    """A gap as stored; `evidence` and `places` are JSON, `due` a date in ISO form or empty."""

    id: int
    category: str
    code: str
    title: str
    detail: str
    severity: int
    state: str
    found_us: int
    proposed_by: str
    team: str
    run_id: int | None
    escalation_id: int | None
    expectation: str
    evidence: str
    places: str
    owner_id: int | None
    owner: str
    due: str
    action_id: int | None
    playbook_slug: str
    playbook_step: str
    recurrence_of: int | None
    times: int
    confirmed_by: str
    declined_why: str
    waiver: str
    verified_by_run: int | None
    closed_us: int | None


class NewGap(NamedTuple):
    """A gap to be kept."""

    category: str
    code: str
    title: str
    detail: str
    severity: int
    found_us: int
    proposed_by: str
    team: str
    run_id: int | None
    escalation_id: int | None
    expectation: str
    evidence: str
    places: str
    playbook_slug: str
    playbook_step: str
    recurrence_of: int | None
    times: int


class Earlier(NamedTuple):
    """A gap of the same code that was found before, and by what."""

    id: int
    code: str
    places: frozenset[str]
    run_id: int | None
    escalation_id: int | None


def add(session: Session, gap: NewGap) -> int:
    """Keep a gap; gives its id."""
    row = session.sql(
        f"INSERT INTO gap ({', '.join(_columns(NewGap._fields))})"
        f" VALUES ({', '.join('?' * len(gap))}) RETURNING id",
        gap,
    ).fetchone()
    return int(row[0])


def get(session: Session, gap_id: int) -> GapRow | None:
    """One gap."""
    row = session.sql(f"{_GAP} WHERE g.id = ?", (gap_id,)).fetchone()
    return None if row is None else GapRow._make(row)


def find(
    session: Session, wanted: Mapping[str, object], limit: int, *, open_only: bool = False
) -> list[GapRow]:
    """The gaps with these values in their columns, the newest first.

    What a run proposed that was thrown away, and nobody has confirmed, went with it.
    """
    where = " AND ".join([_KEPT, *(f"g.{name} = ?" for name in wanted), *([_OPEN] if open_only else [])])
    rows = session.sql(f"{_GAP} WHERE {where} ORDER BY g.id DESC LIMIT ?", (*wanted.values(), limit))
    return [GapRow._make(row) for row in rows]


def proposed(session: Session, run_id: int) -> frozenset[tuple[str, str]]:
    """Expectation and code of every gap that the engine has proposed of a run."""
    rows = session.sql("SELECT expectation, code FROM gap WHERE run_id = ? AND expectation <> ''", (run_id,))
    return frozenset(rows.fetchall())


def earlier(session: Session, code: str, since_us: int) -> list[Earlier]:
    """Gaps of a code found since then that count and were not declined, the oldest first."""
    rows = session.sql(
        "SELECT g.id, g.code, g.places, g.run_id, g.escalation_id FROM gap g"
        f" WHERE g.code = ? AND g.found_at >= ? AND g.state <> 'declined' AND {_COUNTS}"
        " ORDER BY g.found_at, g.id",
        (code, since_us),
    )
    return [Earlier(id_, said, frozenset(json.loads(places)), *more) for id_, said, places, *more in rows]


def change(session: Session, gap_id: int, values: Mapping[str, Any]) -> None:
    """Let columns of a gap hold something else."""
    marks = ", ".join(f"{name} = ?" for name in values)
    session.sql(f"UPDATE gap SET {marks} WHERE id = ?", (*values.values(), gap_id))


def to_verify(session: Session, code: str, team: str, before_us: int, run_id: int) -> list[GapRow]:
    """Gaps that a run may verify: of the code and team, found before it by something else."""
    rows = session.sql(
        f"{_GAP} WHERE g.code = ? AND g.state IN ('accepted', 'action_linked') AND g.found_at < ?"
        " AND (g.team = '' OR ? = '' OR g.team = ?) AND g.run_id IS NOT ? ORDER BY g.id",
        (code, before_us, team, team, run_id),
    )
    return [GapRow._make(row) for row in rows]


def take_back(session: Session, run_id: int, passed: Sequence[str]) -> int:
    """Gaps that a run had verified and that it has not passed, as it is judged now, wait for another one."""
    marks = ", ".join("?" * len(passed))
    return session.sql(
        "UPDATE gap SET verified_by_run = NULL,"
        " state = CASE WHEN action_id IS NULL THEN 'accepted' ELSE 'action_linked' END"
        f" WHERE verified_by_run = ? AND state = 'verified' AND code NOT IN ({marks})",
        (run_id, *passed),
    ).rowcount


def confirmed(session: Session, since_us: int) -> list[tuple[str, str, str, int]]:
    """Category, code, team and instant of every gap since then that counts and was confirmed."""
    return session.sql(
        "SELECT g.category, g.code, g.team, g.found_at FROM gap g"
        f" WHERE g.state NOT IN ('proposed', 'declined') AND g.found_at >= ? AND {_COUNTS} ORDER BY g.id",
        (since_us,),
    ).fetchall()


def open_codes(session: Session, team: str) -> dict[str, int]:
    """By code how heavy the gaps of a team are that nothing has closed yet; of all teams without a name."""
    rows = session.sql(
        "SELECT g.code, sum(g.severity) FROM gap g WHERE g.state IN ('open', 'accepted', 'action_linked')"
        f" AND (? = '' OR g.team IN ('', ?)) AND {_COUNTS} GROUP BY g.code ORDER BY g.code",
        (team, team),
    )
    return dict(rows.fetchall())


def place_of_escalation(session: Session, escalation_id: int) -> tuple[str, str] | None:
    """Product area and team of an escalation."""
    row = session.sql("SELECT area, team FROM escalation WHERE id = ?", (escalation_id,)).fetchone()
    return None if row is None else (row[0], row[1])


def _columns(fields: tuple[str, ...]) -> list[str]:
    return [f"{name.removesuffix('_us')}_at" if name.endswith("_us") else name for name in fields]
