"""A drill as its screens show it: all that the trainer sees, and the little that players see."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from desktop.domain.drill_look import Standing
from desktop.domain.drill_record import RunMode, Seat
from desktop.domain.drill_score import DrillScore


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One part of an expectation's quality; `is_ok` None while nobody has seen it."""

    id: str
    text: str
    weight: int
    is_ok: bool | None = None
    is_auto: bool = False


@dataclass(frozen=True, slots=True)
class ExpectationLine:
    """One expected act as it stands. Times are the drill's milliseconds, None where there is none yet.

    `state` is the word of its status once it is decided, else `waiting` (its inject has not come) or `open`.
    `number` is the key by which a scribe ticks it, 1 to 9, 0 for none.
    """

    id: str
    inject: str
    number: int
    text: str
    role: str
    competence: str
    state: str
    evidence: str
    from_ms: int | None = None
    deadline_ms: int | None = None
    grace_ms: int | None = None
    seen_ms: int | None = None
    checks: tuple[CheckLine, ...] = ()
    rating: str = ""
    score: int | None = None
    sentence: str = ""
    gap: str = ""
    hints_shown: int = 0
    hints: tuple[str, ...] = ()
    is_critical: bool = False
    is_negative: bool = False
    is_by_staff: bool = False


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A decision as it stands; `option` is empty until somebody has decided or the default counts."""

    id: str
    inject: str
    question: str
    role: str
    role_title: str
    options: tuple[tuple[str, str], ...]
    default: str
    ends_ms: int | None = None
    option: str = ""
    by: str = ""
    is_defaulted: bool = False
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class InjectLine:
    """One inject in the trainer's list; texts have their variables filled in."""

    id: str
    title: str
    standing: Standing
    due_ms: int | None
    fired_ms: int | None
    phase: str
    channel: str
    type: str
    source: str
    to: tuple[str, ...]
    subject: str = ""
    body: str = ""
    notes: str = ""
    red_flags: tuple[str, ...] = ()
    condition: str = ""
    reason: str = ""
    decision: str = ""
    expectations: tuple[str, ...] = ()
    artifact: Mapping[str, Any] | None = None
    is_improvised: bool = False
    can_recall: bool = False


@dataclass(frozen=True, slots=True)
class FeedLine:
    """One thing that happened, newest last; `tone` is inject, player, staff, clock or miss."""

    seq: int
    sim_ms: int
    kind: str
    words: str
    by: str = ""
    tone: str = "player"
    meets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DrillView:
    """Everything at the trainer's console. `state` is BRIEFING, RUNNING, PAUSED or ENDED.

    `slow_why` says why the drill runs slower than was chosen. `behind_ms` is how long the oldest inject
    that should have come waits for a person. `overrun_ms` is how far it is past its planned end.
    `started_at` is the wall's time of its beginning; `noted_gaps` are (code, words) that staff noted as gaps.
    """

    run_id: int
    title: str
    mode: RunMode
    state: str
    sim_ms: int
    story_at: datetime
    duration_ms: int
    speed: int
    chosen_speed: int
    speeds: tuple[int, ...]
    slow_why: str
    behind_ms: int
    overrun_ms: int
    phase: str
    phases: tuple[tuple[str, str, int], ...]
    injects: tuple[InjectLine, ...]
    expectations: tuple[ExpectationLine, ...]
    decisions: tuple[DecisionLine, ...]
    feed: tuple[FeedLine, ...]
    score: DrillScore
    seats: tuple[Seat, ...]
    complications_left: int = 0
    practice: bool = False
    banner: str = "DRILL"
    stop_phrase: str = "No duff"
    newer_playbook: str = ""
    started_at: datetime | None = None
    noted_gaps: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Received:
    """One thing that reached players, with what they may decide on it; `to` are titles of seats.

    `replies` are what they answered: the drill's milliseconds, who, and the words.
    """

    number: int
    inject: str
    sim_ms: int
    story_at: datetime
    channel: str
    source: str
    to: tuple[str, ...]
    roles: tuple[str, ...]
    subject: str
    body: str
    artifact: Mapping[str, Any] | None = None
    decision: DecisionLine | None = None
    is_recalled: bool = False
    replies: tuple[tuple[int, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Dashboard:
    """A figure that players can look at; `as_of` is the story's time at which it last heard anything."""

    id: str
    title: str
    value: str
    as_of: datetime
    age_s: int


@dataclass(frozen=True, slots=True)
class PlayerView:
    """All that a player may see: nothing of what is to come, nothing of what staff know."""

    run_id: int
    title: str
    summary: str
    mode: RunMode
    state: str
    sim_ms: int
    story_at: datetime
    duration_ms: int
    banner: str
    stop_phrase: str
    seats: tuple[Seat, ...]
    acting: str
    inbox: tuple[Received, ...] = ()
    dashboards: tuple[Dashboard, ...] = ()
    withheld: tuple[str, ...] = ()
    released: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    can_hint: bool = False
    objectives: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
