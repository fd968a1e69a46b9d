"""The board's rows, read as they are shown: one statement, whole numbers and texts."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from db.unit_of_work import Session
from desktop.domain.board import BoardRow, search_text

# Written as in the partial index over open rows, so that SQLite finds it fit.
_OPEN = "e.state IN ('new', 'triaged', 'acknowledged', 'working', 'contained')"
_RESOLVED = "e.state = 'resolved' AND e.resolved_at >= ?"

# The first columns are those of BoardRow up to `next_told_us`.
_COLUMNS = """
SELECT e.id, e.number, e.state, e.severity, coalesce(e.priority, ''), coalesce(e.score, -1), e.provisional,
    e.title, c.name, coalesce(c.tier, ''), e.area, e.issue_type, e.team,
    coalesce(e.owner_id, 0), coalesce(p.name, ''), coalesce(p.initials, ''),
    e.acknowledge_wanted, e.needs_review, e.sample, e.waiting_on,
    e.opened_at, e.last_event_at, coalesce(e.resolved_at, 0), coalesce(e.snoozed_until, 0),
    coalesce(e.clock_kind, ''), e.clock_paused, coalesce(e.clock_step, -1),
    coalesce(e.clock_warming_at, 0), coalesce(e.clock_at_risk_at, 0), coalesce(e.clock_soon_at, 0),
    coalesce(e.clock_due_at, 0), coalesce(e.clock_until, 0), e.next_told, coalesce(e.next_told_at, 0),
    e.external_ref, e.revision
FROM escalation e
CROSS JOIN customer c ON c.id = e.customer_id
LEFT JOIN person p ON p.id = e.owner_id
"""

_CHANGED = """
SELECT id FROM escalation WHERE revision > :since
UNION SELECT e.id FROM customer c CROSS JOIN escalation e ON e.customer_id = c.id WHERE c.revision > :since
UNION SELECT e.id FROM person p CROSS JOIN escalation e ON e.owner_id = p.id WHERE p.revision > :since
"""

_IS = (False, True)


@dataclass(frozen=True, slots=True)
class Names:
    """What keys of the policy are called on screen; a key without a name is shown as it is."""

    tiers: Mapping[str, str] = field(default_factory=dict)
    areas: Mapping[str, str] = field(default_factory=dict)
    issue_types: Mapping[str, str] = field(default_factory=dict)


def revision(session: Session) -> int:
    """The revision of this snapshot."""
    found: int = session.sql("SELECT revision FROM chain_head").fetchone()[0]
    return found


def rows(session: Session, day_us: int, names: Names) -> list[BoardRow]:
    """All rows of the board: the open ones by due instant, then those resolved since `day_us`."""
    found = session.sql(f"{_COLUMNS} WHERE {_OPEN} ORDER BY e.clock_due_at")
    board = list(as_rows(found, names))
    board.extend(as_rows(session.sql(f"{_COLUMNS} WHERE {_RESOLVED}", (day_us,)), names))
    return board


def changed_ids(session: Session, since: int) -> list[int]:
    """The escalations whose row has changed after a revision, on the board or not."""
    return [row[0] for row in session.sql(_CHANGED, {"since": since})]


def changed_rows(session: Session, since: int, day_us: int, names: Names) -> list[BoardRow]:
    """Those of them that are on the board."""
    found = session.sql(
        f"{_COLUMNS} WHERE e.id IN ({_CHANGED}) AND"
        f" ({_OPEN} OR (e.state = 'resolved' AND e.resolved_at >= :day_us))",
        {"since": since, "day_us": day_us},
    )
    return list(as_rows(found, names))


def resolved_between(session: Session, from_us: int, to_us: int) -> list[int]:
    """The resolved escalations that were resolved in [from, to)."""
    found = session.sql(
        "SELECT id FROM escalation WHERE state = 'resolved' AND resolved_at >= ? AND resolved_at < ?",
        (from_us, to_us),
    )
    return [row[0] for row in found]


def running_statement(limit: int) -> str:
    """The statement for the most urgent open rows in a state, its one parameter, whose clock runs."""
    return (
        f"{_COLUMNS} WHERE {_OPEN} AND e.state = ? AND e.clock_due_at IS NOT NULL AND NOT e.clock_paused"
        f" ORDER BY e.clock_due_at LIMIT {int(limit)}"
    )


def standing_statement(limit: int) -> str:
    """The statement for open rows in a state, its one parameter, whose clock stands; paused ones first."""
    return (
        f"{_COLUMNS} WHERE {_OPEN} AND e.state = ? AND (e.clock_due_at IS NULL OR e.clock_paused)"
        f" ORDER BY e.clock_paused DESC, e.clock_due_at, e.score DESC LIMIT {int(limit)}"
    )


def resolved_statement(limit: int) -> str:
    """The statement for rows resolved since an instant, which it takes as its one parameter."""
    return f"{_COLUMNS} WHERE {_RESOLVED} ORDER BY e.resolved_at DESC LIMIT {int(limit)}"


def as_rows(found: Iterable[Any], names: Names) -> Iterator[BoardRow]:
    """Rows as selected, with names for keys and the text search looks at; repeated texts are kept once."""
    kept: dict[str, str] = {}
    same = kept.setdefault
    tiers, areas, issue_types = names.tiers.get, names.areas.get, names.issue_types.get
    for (
        row_id, number, state, severity, priority, score, provisional, title, customer, tier, area, kind,
        team, owner_id, owner, initials, unacknowledged, needs_review, sample, waiting_on, opened_us, last_us,
        resolved_us, snoozed_us, clock, paused, step, warming_us, at_risk_us, soon_us, due_us, until_us,
        next_told, next_told_us, reference, changed,
    ) in found:  # fmt: skip
        customer_name, owner_name, team_name = same(customer, customer), same(owner, owner), same(team, team)
        area_name = areas(area) or same(area, area)
        yield BoardRow(
            row_id, number, same(state, state), severity, same(priority, priority), score, _IS[provisional],
            title, customer_name, tiers(tier) or same(tier, tier), area_name,
            issue_types(kind) or same(kind, kind), team_name,
            owner_id, owner_name, same(initials, initials),
            _IS[unacknowledged], _IS[needs_review], _IS[sample], same(waiting_on, waiting_on),
            opened_us, last_us, resolved_us, snoozed_us,
            same(clock, clock), _IS[paused], step, warming_us, at_risk_us, soon_us, due_us, until_us,
            same(next_told, next_told), next_told_us,
            search_text(number, title, customer, owner, area_name, team, reference or ""), changed,
        )  # fmt: skip
