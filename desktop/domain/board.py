"""One line of the board: its ageing step, its place in the order, its lane."""

from datetime import datetime, time, tzinfo
from operator import itemgetter
from typing import NamedTuple

from desktop.domain.errors import DeskError
from desktop.domain.instant import to_us

NO_STEP = -1
FRESH, WARMING, AT_RISK, BREACHING_SOON, BREACHED = range(5)

#: The states whose rows are open on the board, in the order of the lanes.
OPEN_LANES = ("new", "triaged", "acknowledged", "working", "contained")
RESOLVED_LANE = "resolved"


class BoardRow(NamedTuple):
    """One card. Instants are whole microseconds since the epoch; 0 is none, as an empty text is.

    `severity` is 1..4; `priority` P1..P4 or empty before classification; `score` 0..100, -1 for none; `tier`
    the tier's name as shown; `owner_id` 0 for nobody; `clock` the kind of the tightest running commitment;
    `clock_step` its frozen step while paused, else -1; `until_us` how long the clock's instants hold;
    `reference` is what the customer's side calls it. What text search looks at is made by `search_text`.
    """

    id: int
    number: str
    state: str
    severity: int
    priority: str
    score: int
    provisional: bool
    title: str
    customer: str
    tier: str
    area: str
    issue_type: str
    team: str
    owner_id: int
    owner: str
    initials: str
    unacknowledged: bool
    needs_review: bool
    sample: bool
    waiting_on: str
    opened_us: int
    last_event_us: int
    resolved_us: int
    snoozed_us: int
    clock: str
    clock_paused: bool
    clock_step: int
    warming_us: int
    at_risk_us: int
    soon_us: int
    due_us: int
    until_us: int
    next_told: str
    next_told_us: int
    reference: str
    revision: int


class Lane(NamedTuple):
    """One column of the board: the state it holds and its heading."""

    state: str
    title: str


LANES = (
    Lane("new", "New"),
    Lane("triaged", "Triaged"),
    Lane("acknowledged", "Acknowledged"),
    Lane("working", "Working"),
    Lane("contained", "Contained"),
    Lane("resolved", "Resolved today"),
)


def step_of(row: BoardRow, now_us: int) -> int:
    """The ageing step of the tightest commitment, FRESH to BREACHED, or NO_STEP; frozen while paused."""
    if not row.clock:
        return NO_STEP
    if row.clock_paused:
        return row.clock_step
    if now_us < row.warming_us:
        return FRESH
    if now_us < row.at_risk_us:
        return WARMING
    if now_us < row.soon_us:
        return AT_RISK
    return BREACHING_SOON if now_us < row.due_us else BREACHED


def next_change_us(row: BoardRow, now_us: int) -> int:
    """When the step changes next, or 0 when it will not by itself."""
    if not row.clock or row.clock_paused:
        return 0
    for at_us in (row.warming_us, row.at_risk_us, row.soon_us, row.due_us):
        if at_us > now_us:
            return at_us
    return 0


def step_and_next_us(row: BoardRow, now_us: int) -> tuple[int, int]:
    """`step_of` and `next_change_us` at once, for counting very many rows."""
    if not row.clock:
        return NO_STEP, 0
    if row.clock_paused:
        return row.clock_step, 0
    for step, at_us in enumerate((row.warming_us, row.at_risk_us, row.soon_us, row.due_us)):
        if now_us < at_us:
            return step, at_us
    return BREACHED, 0


def order_key(row: BoardRow) -> tuple[int, int, int, str, int]:
    """The place on the board: running clocks by due instant, then paused ones, then none.

    The due instant puts the longest breached first and then the least time left, and time passing changes
    nothing in it (domain.md, Ageing). Ties: higher score, then number.
    """
    if not row.clock:
        return (2, 0, -row.score, row.number, row.id)
    return (1 if row.clock_paused else 0, row.due_us, -row.score, row.number, row.id)


_searched = itemgetter(
    *map(BoardRow._fields.index, ("number", "title", "customer", "owner", "area", "team", "reference"))
)


def search_text(row: BoardRow) -> str:
    """What text search looks at: number, title, customer, owner, area, team and external reference.

    Made when somebody searches: kept with every row it would be a third of the board's memory.
    """
    return "\n".join(filter(None, _searched(row))).casefold().replace("\0", " ")


def midnight_us(now: datetime, zone: str = "") -> int:
    """When today began in a zone, or in this computer's; *Resolved today* holds what was resolved since.

    Raises: DeskError for a zone that is not known.
    """
    try:
        local = now.astimezone(_zone(zone) if zone else None)
    except (LookupError, ValueError, OSError):
        raise DeskError(f"The time zone {zone!r} is not known.", field="zone", hint="Choose one.") from None
    if zone:
        return to_us(datetime.combine(local.date(), time(0), local.tzinfo))
    # Without a zone of its own, a wall time is taken as this computer's, clock changes included.
    return to_us(datetime.combine(local.date(), time(0)).astimezone())


def _zone(name: str) -> tzinfo:
    from zoneinfo import ZoneInfo  # seldom wanted here, and every window's first picture would wait for it

    return ZoneInfo(name)


class Sort(NamedTuple):
    """One order a person can choose: by a field of the row, within it by time left."""

    name: str
    title: str
    field: int
    descending: bool = False


TIME_LEFT = "time left"
_FIELDS = BoardRow._fields.index
SORTS: dict[str, Sort] = {
    sort.name: sort
    for sort in (
        Sort(TIME_LEFT, "Time left", _FIELDS("due_us")),
        Sort("severity", "Severity", _FIELDS("severity")),
        Sort("score", "Priority and score", _FIELDS("score"), descending=True),
        Sort("age", "Age", _FIELDS("opened_us")),
        Sort("customer", "Customer", _FIELDS("customer")),
        Sort("unacknowledged", "Unacknowledged first", _FIELDS("unacknowledged"), descending=True),
        Sort("number", "Number", _FIELDS("number")),
        Sort("title", "Title", _FIELDS("title")),
        Sort("tier", "Tier", _FIELDS("tier")),
        Sort("owner", "Owner", _FIELDS("owner")),
        Sort("area", "Product area", _FIELDS("area")),
        Sort("team", "Team", _FIELDS("team")),
    )
}
