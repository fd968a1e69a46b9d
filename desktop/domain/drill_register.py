"""What is counted and asked about many drills: heat and Pareto of gaps, surveys, plans, the wheel's draw."""

from dataclasses import dataclass
from datetime import date, datetime

from desktop.domain.drill_calendar import DrillRule

#: Answers to a question are shown once so many have come, so that nobody can be told apart.
LEAST_ANSWERS = 3


@dataclass(frozen=True, slots=True)
class HeatCell:
    """How many gaps of a category a team had in a quarter, written as 2026-Q4."""

    category: str
    team: str
    quarter: str
    count: int


@dataclass(frozen=True, slots=True)
class CodeCount:
    """How often a code was confirmed as a gap."""

    code: str
    title: str
    category: str
    count: int


@dataclass(frozen=True, slots=True)
class SurveyQuestion:
    """A question right after a drill; with `is_scored` it is answered by 1 to 5. `to` is a role or "all"."""

    key: str
    text: str
    is_scored: bool = False
    to: str = "all"


@dataclass(frozen=True, slots=True)
class SurveyResult:
    """What was answered to a question: `count` always, the rest once there are enough, in no order."""

    question: SurveyQuestion
    count: int
    scores: tuple[int, ...] = ()
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DrillPlan:
    """A drill that comes again; `slug` is empty where the wheel draws it. `due_at` is when it came last
    and nobody has taken note of it yet."""

    id: int
    title: str
    slug: str
    team: str
    rule: DrillRule
    zone: str
    made_at: datetime
    made_by: str
    next_at: datetime | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many runs of a team count in no trend, and why."""

    practice: int = 0
    forks: int = 0


def quarter_of(day: date) -> str:
    """The quarter of a day, as 2026-Q4."""
    return f"{day.year}-Q{(day.month + 2) // 3}"
