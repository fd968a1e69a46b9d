"""Stand-ups, the turns of owners in them, and what they look at."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from db.queries import timeline
from db.unit_of_work import Session
from desktop.domain.errors import NotFound
from desktop.domain.timeline import TimelineEvent

_OPEN = "e.state IN ('new', 'triaged', 'acknowledged', 'working', 'contained')"


class StandupRow(NamedTuple):
    """One stand-up; instants in microseconds, `ended_us` None while it lasts."""

    id: int
    started_us: int
    started_by: str
    since_us: int
    next_us: int
    ended_us: int | None
    turn_s: int


class TurnRow(NamedTuple):
    """The time of one owner in a stand-up; `ended_us` None while it runs."""

    id: int
    owner_id: int | None
    started_us: int
    ended_us: int | None


class StandingRow(NamedTuple):
    """One escalation with its tightest running commitment; 0 and empty for what there is not."""

    escalation_id: int
    number: str
    title: str
    customer: str
    priority: str
    severity: int
    state: str
    is_open: int
    owner_id: int | None
    last_event_us: int
    next_step: str
    target_s: int
    calendar: str
    policy_version: int
    is_paused: int
    due_us: int
    due_kind: str


_SELECT = "SELECT id, started_at, started_by, since_at, next_at, ended_at, turn_s FROM standup "


def insert(session: Session, at_us: int, by: str, since_us: int, next_us: int, turn_s: int) -> int:
    """A stand-up that begins; gives its id."""
    cursor = session.sql(
        "INSERT INTO standup (started_at, started_by, since_at, next_at, turn_s, revision)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (at_us, by, since_us, next_us, turn_s, session.revision()),
    )
    return int(cursor.lastrowid or 0)


def get(session: Session, standup_id: int) -> StandupRow:
    """One stand-up.

    Raises: NotFound.
    """
    row = session.sql(_SELECT + "WHERE id = ?", (standup_id,)).fetchone()
    if row is None:
        raise NotFound("There is no such stand-up.")
    return StandupRow(*row)


def recent(session: Session, limit: int) -> list[StandupRow]:
    """The stand-ups, the latest first."""
    rows = session.sql(_SELECT + "ORDER BY started_at DESC, id DESC LIMIT ?", (limit,))
    return [StandupRow(*row) for row in rows.fetchall()]


def end(session: Session, standup_id: int, at_us: int) -> None:
    """End a stand-up and the turn that runs in it."""
    end_turn(session, standup_id, at_us)
    session.sql(
        "UPDATE standup SET ended_at = ?, revision = ? WHERE id = ?", (at_us, session.revision(), standup_id)
    )


def turns(session: Session, standup_id: int) -> list[TurnRow]:
    """The turns of a stand-up, in order."""
    rows = session.sql(
        "SELECT id, owner_id, started_at, ended_at FROM standup_turn WHERE standup_id = ? ORDER BY id",
        (standup_id,),
    )
    return [TurnRow(*row) for row in rows.fetchall()]


def begin_turn(session: Session, standup_id: int, owner_id: int | None, at_us: int) -> None:
    """Let an owner's time begin."""
    session.sql(
        "INSERT INTO standup_turn (standup_id, owner_id, started_at) VALUES (?, ?, ?)",
        (standup_id, owner_id, at_us),
    )


def end_turn(session: Session, standup_id: int, at_us: int) -> None:
    """End the turn that runs, if one does."""
    session.sql(
        "UPDATE standup_turn SET ended_at = ? WHERE standup_id = ? AND ended_at IS NULL", (at_us, standup_id)
    )


def standings(session: Session, since_us: int) -> list[StandingRow]:
    """All open escalations, and those that ended since an instant."""
    first = (
        "(SELECT {} FROM commitment d WHERE d.escalation_id = e.id AND d.stopped_at IS NULL"
        " AND d.paused_at IS NULL ORDER BY d.due_at LIMIT 1)"
    )
    rows = session.sql(
        "SELECT e.id, e.number, e.title, k.name, COALESCE(e.priority, ''), e.severity, e.state,"
        f" {_OPEN}, e.owner_id, e.last_event_at, e.next_step, COALESCE(c.target_s, 0),"
        " COALESCE(c.calendar, ''), COALESCE(c.policy_version, 0), c.paused_at IS NOT NULL,"
        f" COALESCE({first.format('d.due_at')}, 0), COALESCE({first.format('d.kind')}, '')"
        " FROM escalation e JOIN customer k ON k.id = e.customer_id"
        " LEFT JOIN commitment c ON c.escalation_id = e.id AND c.kind = e.clock_kind"
        " AND c.stopped_at IS NULL"
        f" WHERE {_OPEN} OR (e.last_event_at >= ? AND e.state <> 'merged') ORDER BY e.id",
        (since_us,),
    )
    return [StandingRow(*row) for row in rows.fetchall()]


def events_since(session: Session, since_us: int) -> Mapping[int, Sequence[TimelineEvent]]:
    """What happened to escalations since an instant, in order, by escalation; without what alarms wrote."""
    first = _first_seq(session, since_us)
    found: dict[int, list[TimelineEvent]] = {}
    for event in timeline.from_seq(session, first, without="alarm."):
        if event.escalation_id is not None:
            found.setdefault(event.escalation_id, []).append(event)
    return found


def _first_seq(session: Session, since_us: int) -> int:
    """The first event at or after an instant: by halves, for no index knows the instants."""
    low, high = 1, _last_seq(session) + 1
    while low < high:
        middle = (low + high) // 2
        row: Any = session.sql("SELECT at FROM timeline WHERE seq = ?", (middle,)).fetchone()
        if row is not None and row[0] < since_us:
            low = middle + 1
        else:
            high = middle
    return low


def _last_seq(session: Session) -> int:
    return timeline.head(session)[0]
