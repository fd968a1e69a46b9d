"""A drill's scenario as it is written down: frozen values, durations in whole seconds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from desktop.domain.drill_condition import Condition
from desktop.domain.drill_variables import fill
from desktop.domain.drill_words import Channel, Evidence, InjectType, Mode, OnOverdue, Trigger


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the idea came from; `ref` is for staff only when it was a real escalation."""

    kind: str
    ref: str = ""
    anonymised: bool = False


@dataclass(frozen=True, slots=True)
class Tags:
    """What the drill is about, in the words playbooks use."""

    product_area: tuple[str, ...] = ()
    customer_tier: tuple[str, ...] = ()
    incident_type: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pace:
    """The drill's clock: `start` is the story's time at the beginning, with its offset."""

    mode: Mode
    start: datetime
    duration_s: int
    speeds: tuple[int, ...] = (1, 2, 5, 10)
    auto_slow: bool = True
    on_overdue: OnOverdue = OnOverdue.HOLD


@dataclass(frozen=True, slots=True)
class Safety:
    """What marks the drill and what ends it; the outbox is always captured."""

    banner: str = "DRILL"
    stop_phrase: str = "No duff"


@dataclass(frozen=True, slots=True)
class SeatRole:
    """A seat at the table; `absent` makes somebody find the substitute."""

    id: str
    title: str
    seats: int = 1
    staff: bool = False
    substitute_of: str = ""
    absent: bool = False


@dataclass(frozen=True, slots=True)
class Objective:
    """What the drill wants to show."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Phase:
    """A part of the drill from a time on; `story` is the story's time at its beginning where that leaps."""

    id: str
    title: str
    from_s: int
    story: datetime | None = None


@dataclass(frozen=True, slots=True)
class World:
    """What the drill's own desk is filled with before it begins."""

    customers: tuple[Mapping[str, Any], ...] = ()
    escalations: tuple[Mapping[str, Any], ...] = ()
    roster: tuple[Mapping[str, Any], ...] = ()
    dashboards: tuple[Mapping[str, Any], ...] = ()
    withheld: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class After:
    """A time counted from something that happens: the anchor is an inject, an expectation or a decision.

    `field` names an instant in the event that met the expectation; `delay_s` counts where it holds none.
    """

    kind: str
    ref: str
    field: str = ""
    delay_s: int = 0


@dataclass(frozen=True, slots=True)
class Effect:
    """What a fired inject does to the drill's desk, `delay_s` later."""

    kind: str
    value: Any
    delay_s: int = 0


@dataclass(frozen=True, slots=True)
class Option:
    """One way to decide."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class DecisionPoint:
    """A question to one role; `default` is what counts when nobody decides in time."""

    id: str
    question: str
    role: str
    deadline_s: int
    default: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """Which event of the timeline meets an expectation; `where` must all be found in it."""

    event: str
    where: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Check:
    """One part of an expectation's quality; `auto` is read from the event where it can be."""

    id: str
    text: str
    weight: int = 1
    auto: str = ""


@dataclass(frozen=True, slots=True)
class GapRef:
    """The gap that is proposed where an expectation fails."""

    category: str
    code: str


@dataclass(frozen=True, slots=True)
class Expectation:
    """One act that is expected, or with `negative` one that must not happen (it has no deadline)."""

    id: str
    text: str
    competence: str
    role: str
    evidence: Evidence
    weight: int
    match: Match | None = None
    deadline_s: int = 0
    grace_s: int = 0
    critical: bool = False
    negative: bool = False
    checks: tuple[Check, ...] = ()
    hints: tuple[str, ...] = ()
    gap: GapRef | None = None


@dataclass(frozen=True, slots=True)
class Inject:
    """One scripted event. Either `at_s` or `after` says when; an `at_s` below zero is only a reminder."""

    id: str
    phase: str
    type: InjectType
    trigger: Trigger
    channel: Channel
    at_s: int | None = None
    after: After | None = None
    when: Condition | None = None
    source_from: str = ""
    to: tuple[str, ...] = ()
    subject: str = ""
    body: str = ""
    notes: str = ""
    red_flags: tuple[str, ...] = ()
    artifact: Mapping[str, Any] | None = None
    effects: tuple[Effect, ...] = ()
    decision: DecisionPoint | None = None
    expect: tuple[Expectation, ...] = ()
    source: str = ""

    @property
    def is_reminder(self) -> bool:
        """Whether it belongs before the beginning and is told to staff only."""
        return self.at_s is not None and self.at_s < 0


@dataclass(frozen=True, slots=True)
class Complication:
    """A card of the deck that makes the drill harder."""

    id: str
    text: str
    effects: tuple[Effect, ...] = ()
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Rubric:
    """The figures of the score, in permille."""

    rating_points: Mapping[str, int] = field(default_factory=lambda: {"P": 1000, "S": 750, "M": 400, "U": 0})
    late_floor: int = 250
    bands: Mapping[str, int] = field(default_factory=lambda: {"P": 850, "S": 650, "M": 400})
    critical_cap: str = "M"
    hint_cost: int = 100


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked right after the drill; `to` is a role or "all"."""

    to: str
    text: str


@dataclass(frozen=True, slots=True)
class PlaybookRef:
    """The playbook the drill was written for."""

    id: str
    version: int


@dataclass(frozen=True, slots=True)
class Scenario:
    """A whole drill."""

    id: str
    version: int
    title: str
    summary: str
    origin: Origin
    tags: Tags
    pace: Pace
    roles: tuple[SeatRole, ...]
    objectives: tuple[Objective, ...]
    competences: Mapping[str, int]
    phases: tuple[Phase, ...]
    injects: tuple[Inject, ...]
    difficulty: int | None = None
    playbook: PlaybookRef | None = None
    safety: Safety = Safety()
    variables: Mapping[str, str] = field(default_factory=dict)
    world: World = World()
    complications: tuple[Complication, ...] = ()
    rubric: Rubric = field(default_factory=Rubric)
    questions: tuple[Question, ...] = ()

    def expectations(self) -> Iterator[tuple[Inject, Expectation]]:
        """Every expectation with its inject, in the order written."""
        for inject in self.injects:
            for expectation in inject.expect:
                yield inject, expectation

    def decisions(self) -> Iterator[tuple[Inject, DecisionPoint]]:
        """Every decision with its inject, in the order written."""
        for inject in self.injects:
            if inject.decision is not None:
                yield inject, inject.decision

    def phase_at(self, sim_s: int) -> str:
        """The phase in force at a time; the first one before it begins."""
        begun = [phase for phase in self.phases if phase.from_s <= sim_s]
        found = max(begun, key=lambda phase: phase.from_s) if begun else self.phases[0]
        return found.id

    def filled(self, text: str) -> str:
        """A text with its variables put in, once: what they hold is not looked at again."""
        return fill(text, self.variables)
