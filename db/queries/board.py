"""The board's rows, read as they are shown: one statement, whole numbers and texts."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from db.unit_of_work import Session
from desktop.domain.board import BoardRow

# Written as in the partial index over open rows, so that SQLite finds it fit.
_OPEN = "e.state IN ('new', 'triaged', 'acknowledged', 'working', 'contained')"
_RESOLVED = "e.state = 'resolved' AND e.resolved_at >= ?"

# Customers and people are looked up apart: there are far fewer of them than rows.
_FIELDS = """
    e.id, e.number, e.state, e.severity, e.priority, e.score, e.provisional,
    e.title, e.customer_id, e.area, e.issue_type, e.team, e.owner_id,
    e.acknowledge_wanted, e.needs_review, e.sample, e.waiting_on,
    e.opened_at, e.last_event_at, e.resolved_at, e.snoozed_until,
    e.clock_kind, e.clock_paused, e.clock_step, e.clock_warming_at, e.clock_at_risk_at, e.clock_soon_at,
    e.clock_due_at, e.clock_until, e.next_told, e.next_told_at, e.external_ref, e.revision
"""
_COLUMNS = f"SELECT {_FIELDS} FROM escalation e"
_CUSTOMER_ID = 8

_CHANGED = """
SELECT id FROM escalation WHERE revision > :since
UNION SELECT e.id FROM customer c CROSS JOIN escalation e ON e.customer_id = c.id WHERE c.revision > :since
UNION SELECT e.id FROM person p CROSS JOIN escalation e ON e.owner_id = p.id WHERE p.revision > :since
"""

_IS = (False, True)
_PRIORITY = {None: "", "P1": "P1", "P2": "P2", "P3": "P3", "P4": "P4"}
# How many values one statement takes for certain.
_AT_ONCE = 900

#: Runs a statement with its parameters.
Sql = Callable[..., Any]


_NONE: Mapping[str, str] = MappingProxyType({})


class Names(NamedTuple):
    """What keys of the policy are called on screen; a key without a name is shown as it is."""

    tiers: Mapping[str, str] = _NONE
    areas: Mapping[str, str] = _NONE
    issue_types: Mapping[str, str] = _NONE

    @classmethod
    def of(cls, policy: Mapping[str, Any]) -> "Names":
        """The names in a policy as it is stored."""
        areas = policy["areas"]
        return cls(
            {key: tier["name"] for key, tier in policy["tiers"].items()},
            {key: area["name"] for key, area in areas.items()},
            {key: kind["name"] for area in areas.values() for key, kind in area["issue_types"].items()},
        )


def revision(session: Session) -> int:
    """The revision of this snapshot."""
    found: int = session.sql("SELECT revision FROM chain_head").fetchone()[0]
    return found


def rows(session: Session, day_us: int, names: Names) -> list[BoardRow]:
    """All rows of the board: the open ones by due instant, then those resolved since `day_us`."""
    found = session.sql(f"{_COLUMNS} WHERE {_OPEN} ORDER BY e.clock_due_at").fetchall()
    found += session.sql(f"{_COLUMNS} WHERE {_RESOLVED}", (day_us,)).fetchall()
    return as_rows(session.sql, found, names)


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
    return as_rows(session.sql, found.fetchall(), names)


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


def resolved_statement(limit: int = -1) -> str:
    """The statement for rows resolved since an instant, which it takes as its one parameter."""
    return f"{_COLUMNS} WHERE {_RESOLVED} ORDER BY e.resolved_at DESC LIMIT {int(limit)}"


def packed_statement() -> str:
    """The statement for so many open rows from a place on, its two parameters, as one text of JSON."""
    return (
        f"SELECT json_group_array(json_array({_FIELDS})) FROM escalation e WHERE e.id IN"
        f" (SELECT e.id FROM escalation e WHERE {_OPEN} ORDER BY e.clock_due_at LIMIT ? OFFSET ?)"
    )


def as_rows(sql: Sql, found: Sequence[Any], names: Names) -> list[BoardRow]:
    """Rows as selected by the statements here, with customers, people and names for keys put in.

    `sql` runs a statement in the same snapshot. Texts that repeat are kept once.
    """
    customers = _customers(sql, {row[_CUSTOMER_ID] for row in found})
    return list(put_together(found, names, customers, people(sql)))


def people(sql: Sql) -> dict[int | None, tuple[str, str]]:
    """Name and initials of everybody."""
    return {row[0]: row[1:] for row in sql("SELECT id, name, initials FROM person")}


def customers_on_board(sql: Sql, day_us: int) -> dict[int, tuple[str, str]]:
    """Name and tier, empty for none, of the customers of all rows of the board."""
    found = sql(
        "SELECT id, name, tier FROM customer WHERE"
        f" id IN (SELECT e.customer_id FROM escalation e WHERE {_OPEN})"
        f" OR id IN (SELECT e.customer_id FROM escalation e WHERE {_RESOLVED})",
        (day_us,),
    )
    return {customer_id: (name, tier or "") for customer_id, name, tier in found}


def _customers(sql: Sql, ids: set[int]) -> dict[int, tuple[str, str]]:
    """Name and tier, empty for none, of these customers."""
    wanted, known = sorted(ids), {}
    for at in range(0, len(wanted), _AT_ONCE):
        part = wanted[at : at + _AT_ONCE]
        marks = ", ".join("?" * len(part))
        for customer_id, name, tier in sql(
            f"SELECT id, name, tier FROM customer WHERE id IN ({marks})", part
        ):
            known[customer_id] = (name, tier or "")
    return known


def put_together(
    found: Iterable[Any],
    names: Names,
    customers: Mapping[int, tuple[str, str]],
    people: Mapping[int | None, tuple[str, str]],
) -> Iterator[BoardRow]:
    """Rows as selected by the statements here, with what is looked up apart put in."""
    kept: dict[str, str] = {}
    same = kept.setdefault
    tiers, areas, issue_types = names.tiers.get, names.areas.get, names.issue_types.get
    nobody = ("", "")
    new = tuple.__new__  # a row is a tuple with names: its own constructor takes twice as long
    for (
        row_id, number, state, severity, priority, score, provisional, title, customer_id, area, kind, team,
        owner_id, unacknowledged, needs_review, sample, waiting_on, opened_us, last_us, resolved_us,
        snoozed_us, clock, paused, step, warming_us, at_risk_us, soon_us, due_us, until_us, next_told,
        next_told_us, reference, changed,
    ) in found:  # fmt: skip
        customer, tier = customers[customer_id]
        owner, initials = people.get(owner_id, nobody)
        yield new(BoardRow, (
            row_id, number, same(state, state), severity, _PRIORITY[priority], -1 if score is None else score,
            _IS[provisional], title, customer, tiers(tier) or tier, areas(area) or same(area, area),
            issue_types(kind) or same(kind, kind), same(team, team), owner_id or 0, owner, initials,
            _IS[unacknowledged], _IS[needs_review], _IS[sample], same(waiting_on, waiting_on),
            opened_us, last_us, resolved_us or 0, snoozed_us or 0,
            "" if clock is None else same(clock, clock), _IS[paused], -1 if step is None else step,
            warming_us or 0, at_risk_us or 0, soon_us or 0, due_us or 0, until_us or 0,
            same(next_told, next_told), next_told_us or 0,
            reference or "", changed,
        ))  # fmt: skip
