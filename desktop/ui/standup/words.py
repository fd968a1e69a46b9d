"""What the stand-up says of an escalation, large enough for a room."""

from datetime import datetime, timedelta
from typing import NamedTuple

from desktop.domain.handoff_words import more
from desktop.domain.instant import to_us
from desktop.domain.standup import OwnerRows, StandupRow
from desktop.services.standup import StandupView
from desktop.ui.text import counted, duration, moment

_MICROSECOND = timedelta(microseconds=1)


class Mark(NamedTuple):
    """Something that stands out, and the token of its colour."""

    text: str
    token: str


def marks(row: StandupRow, now: datetime) -> tuple[Mark, ...]:
    """What breaks, what is stuck, what was decided: worst first."""
    found = []
    kind = row.standing.due_kind or "promise"
    if row.breaches_at is not None and row.is_breached:
        late = duration(to_us(now) - to_us(row.breaches_at))
        found.append(Mark(f"▲ Breached {late} ago: {kind}", "text.danger"))
    elif row.breaches_at is not None:
        left = duration(to_us(row.breaches_at) - to_us(now))
        when = moment(row.breaches_at, now)
        found.append(Mark(f"△ Breaks {when}, in {left}: {kind}", "text.danger"))
    if row.stuck_for is not None:
        found.append(Mark(f"■ Stuck: nothing for {duration(row.stuck_for // _MICROSECOND)}", "text.warning"))
    if not row.standing.is_open:
        found.append(Mark(f"✓ {row.standing.state.capitalize()}", "text.success"))
    return tuple(found)


def lines(row: StandupRow) -> tuple[str, ...]:
    """What changed since the last stand-up, and what is next."""
    said = [f"•  {change[:1].upper()}{change[1:]}" for change in row.changes]
    if row.more_changes:
        said.insert(0, more(row.more_changes, "earlier changes"))
    if row.standing.next_step and row.standing.is_open:
        said.append(f"→  Next: {row.standing.next_step}")
    return tuple(said)


def head(row: StandupRow) -> str:
    """Which escalation."""
    return f"{row.standing.number}  {row.standing.title}"


def aside(row: StandupRow) -> str:
    """Whose, and how grave."""
    standing = row.standing
    grade = standing.priority or f"SEV{standing.severity}"
    return f"{grade} · {standing.customer}"


def sentence(row: StandupRow, now: datetime) -> str:
    """All of it, for a screen reader."""
    parts = [head(row), aside(row), *(mark.text[2:] for mark in marks(row, now)), *lines(row)]
    return ". ".join(part.lstrip("•→ ").rstrip(".") for part in parts) + "."


def quiet_words(owner: OwnerRows) -> str:
    """Of how many there is nothing to say."""
    if not owner.quiet:
        return ""
    rest = "more " if owner.rows else ""
    what = counted(owner.quiet, f"{rest}open escalation")
    return f"{what}: nothing changed, nothing stuck, nothing breaks soon."


def span_words(view: StandupView, now: datetime) -> str:
    """What it looks back and ahead to."""
    return f"Since {moment(view.since_at, now)}, up to the next one {moment(view.next_at, now)}"


def spent(view: StandupView, owner_id: int | None, now: datetime) -> timedelta:
    """How long an owner has had so far, all turns together."""
    turns = (turn.spent(now) for turn in view.turns if turn.owner_id == owner_id)
    return sum(turns, timedelta())


def timer_words(span: timedelta) -> str:
    """A timer: `1:05`."""
    seconds = max(0, int(span.total_seconds()))
    return f"{seconds // 60}:{seconds % 60:02}"
