"""What the screens after a drill ask for; every call is for the worker and raises DeskError when refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from desktop.domain.drill_log import Entry
from desktop.domain.drill_record import Gap, NoteKind, ObserverNote, Run, SurveyAnswer
from desktop.domain.drill_register import SurveyQuestion
from desktop.domain.drill_scenario import Scenario
from desktop.domain.drill_score import DrillScore


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One scoring of a run, as it was kept; `scores` by expectation, None where it did not count."""

    at: datetime
    by: str
    overall: int | None
    band: str
    engine: int = 0
    scores: Mapping[str, int | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BenchmarkLine:
    """How long one act took: what the policy asks, what the real team did, what this drill saw."""

    text: str
    policy_s: int | None
    real_s: int | None
    drill_s: int | None


@dataclass(frozen=True, slots=True)
class AfterFound:
    """Everything about one run that is over.

    `results` have the newest first. `others` are runs it can be held against: where it came from, and what
    went on from it. `seats_seen` are the seats whose part whoever works here may look at. `why_not` says why
    they may not judge it, empty where they may.
    """

    run: Run
    scenario: Scenario
    log: tuple[Entry, ...]
    score: DrillScore
    notes: tuple[ObserverNote, ...] = ()
    gaps: tuple[Gap, ...] = ()
    results: tuple[ResultLine, ...] = ()
    benchmark: tuple[BenchmarkLine, ...] = ()
    others: tuple[Run, ...] = ()
    forkable: tuple[int, ...] = ()
    why_not: str = ""
    why_no_fork: str = ""
    seats_seen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two runs of one scenario, the earlier first; `decided` is (question, then, now) in words."""

    before: Run
    after: Run
    before_score: DrillScore
    after_score: DrillScore
    decided: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SurveyLine:
    """What was answered to one question, in no order that tells who said it."""

    text: str
    scores: tuple[int, ...] = ()
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SurveyFound:
    """How many have answered; `lines` stay empty until enough have, so that none can be told apart."""

    asks: tuple[SurveyQuestion, ...]
    answered: int = 0
    least: int = 3
    lines: tuple[SurveyLine, ...] = ()


class ReadsAfter(Protocol):
    """What is known of runs that are over."""

    def runs(self) -> Sequence[Run]:
        """All that were scored or ended, newest first."""
        ...

    def found(self, run_id: int) -> AfterFound:
        """Everything about one."""
        ...

    def pair(self, run_id: int, other_id: int) -> Pair:
        """Two side by side, the earlier first."""
        ...

    def survey(self, run_id: int) -> SurveyFound:
        """Its questions, and the answers once there are enough."""
        ...

    def export(self, run_id: int, kind: str, target: Path) -> Sequence[str]:
        """Write "report", "pack" or "gaps"; what there is to say about it comes back."""
        ...


class JudgesAfter(Protocol):
    """What whoever may judge a run does to it."""

    def answer(self, run_id: int, answers: Sequence[SurveyAnswer]) -> None:
        """Keep one person's answers, nobody knows whose; anybody may."""
        ...

    def override(self, run_id: int, expectation: str, reason: str, *, rating: str, t_s: int | None) -> None:
        """Put a rating or a time in place of what was found, and score the run again."""
        ...

    def write_note(
        self,
        run_id: int,
        note_id: int,
        text: str,
        kind: NoteKind,
        *,
        sim_ms: int,
        links: tuple[str, ...] = (),
    ) -> None:
        """Keep a note; with the id of one, change it."""
        ...

    def remove_note(self, note_id: int) -> None:
        """Take a note away."""
        ...

    def confirm_gap(self, gap_id: int) -> None:
        """A proposed gap is one."""
        ...

    def dismiss_gap(self, gap_id: int, reason: str) -> None:
        """A proposed gap is none."""
        ...

    def add_gap(self, run_id: int, code: str, detail: str) -> None:
        """A gap that a person has seen."""
        ...

    def close(self, run_id: int) -> None:
        """The hot-wash is over."""
        ...

    def throw_away(self, run_id: int) -> None:
        """List a run for practice no more."""
        ...


class KeepsAfter(ReadsAfter, JudgesAfter, Protocol):
    """Both."""
