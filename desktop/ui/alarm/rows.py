"""What the tables of the alarms page show of a row."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from desktop.domain.alarm_text import word
from desktop.domain.digest import DigestLine
from desktop.domain.instant import from_us, to_us
from desktop.domain.policy_alarm import Occasion
from desktop.services.alarm_view import AlarmView, SnoozeView
from desktop.ui import text
from desktop.ui.kit.table_model import Column

Now = Callable[[], datetime]

#: By occasion: the token of its colour, and how far the pie is filled; -1 for what no clock says.
_STEPS = {
    Occasion.BREACHED: ("breached.accent", 4),
    Occasion.UPDATE_LATE: ("breached.accent", 4),
    Occasion.BREACHING_SOON: ("breaching_soon.accent", 3),
    Occasion.AT_RISK: ("at_risk.accent", 2),
    Occasion.UNDELIVERED: ("text.danger", -1),
}
_MOST_WORDS = 200


class Missed(NamedTuple):
    """A line of a digest, and why it was not told at its time."""

    line: DigestLine
    why: str


def step_of(occasion: str) -> tuple[str, int]:
    """The look of an occasion."""
    return _STEPS.get(Occasion(occasion), ("none.accent", -1))


def alarm_columns(now: Now) -> tuple[Column[AlarmView], ...]:
    """Alarms that stand."""

    def clock(row: AlarmView) -> str:
        if row.clock_at is None:
            return f"waits {text.duration(to_us(now()) - to_us(row.raised_at))}"
        left = text.time_left(to_us(row.clock_at), to_us(now()))
        return f"{text.KIND_WORDS.get(row.kind, row.kind)} {left}".strip()

    def raised(row: AlarmView) -> str:
        return text.moment(row.raised_at, now())

    return (
        Column("Alarm", lambda row: word(Occasion(row.occasion)), width=170),
        Column("Escalation", lambda row: row.title),
        Column("Clock", clock, width=150),
        Column("Owner", lambda row: row.owner or "nobody", width=140),
        Column("Raised", raised, width=120, tip=lambda row: text.exact(row.raised_at)),
        Column("Told next", lambda row: row.next_told or "–", width=140),
    )


def alarm_second(now: Now) -> Callable[[AlarmView, int], str]:
    """The second lines of alarms."""

    def second(row: AlarmView, column: int) -> str:
        if column == 0:
            return f"SEV{row.severity} · {row.priority}" if row.priority else f"SEV{row.severity}"
        if column == 1:
            return f"{row.number} · {row.customer}"
        if column == 4 and row.late_s >= 60:
            return f"{text.duration(row.late_s * text.US)} late"
        if column == 5 and row.next_told_at is not None:
            return text.moment(row.next_told_at, now())
        return ""

    return second


def alarm_sentence(row: AlarmView) -> str:
    """An alarm for a screen reader."""
    return f"{row.headline}. {row.text}. {row.act}"[:_MOST_WORDS]


def snooze_columns(now: Now) -> tuple[Column[SnoozeView], ...]:
    """Snoozes that run."""

    def left(row: SnoozeView) -> str:
        return text.time_left(to_us(row.until_at), to_us(now()))

    return (
        Column("Left", left, width=120),
        Column("Escalation", lambda row: row.title),
        Column(
            "Until",
            lambda row: text.moment(row.until_at, now()),
            width=140,
            tip=lambda row: text.exact(row.until_at),
        ),
        Column("By", lambda row: row.by, width=150),
        Column("Reason", lambda row: text.one_line(row.reason), width=240, tip=lambda row: row.reason[:400]),
    )


def snooze_second(row: SnoozeView, column: int) -> str:
    """The second lines of snoozes."""
    if column == 1:
        return row.number
    if column == 4 and row.past_breach_reason:
        return f"past the breach: {text.one_line(row.past_breach_reason)}"
    return ""


def snooze_sentence(row: SnoozeView) -> str:
    """A snooze for a screen reader."""
    return f"{row.number}, {row.title}, snoozed by {row.by}: {row.reason}"[:_MOST_WORDS]


def missed_columns(now: Now) -> tuple[Column[Missed], ...]:
    """What was told late."""

    def due(row: Missed) -> str:
        return text.moment(from_us(row.line.due_us), now())

    def late(row: Missed) -> str:
        return f"{text.duration(row.line.late_s * text.US)} late" if row.line.late_s else "held back"

    return (
        Column("Alarm", lambda row: word(row.line.occasion), width=170),
        Column("Escalation", lambda row: row.line.title),
        Column("Was due", due, width=140, tip=lambda row: text.exact(from_us(row.line.due_us))),
        Column("Told", late, width=130),
        Column("Why", lambda row: row.why, width=130),
        Column("Needs somebody", lambda row: "yes, now" if row.line.needs_person else "no", width=130),
    )


def missed_second(row: Missed, column: int) -> str:
    """The second lines of what was missed."""
    if column == 0:
        return row.line.priority.value
    return f"{row.line.number} · {row.line.customer}" if column == 1 else ""


def missed_sentence(row: Missed) -> str:
    """A missed alarm for a screen reader."""
    needs = ", needs somebody now" if row.line.needs_person else ""
    return f"{word(row.line.occasion)}: {row.line.number}, {row.line.title}, {row.why}{needs}"[:_MOST_WORDS]
