"""How a playbook fares in use: what becomes of its steps over its versions, and what should change in it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from desktop.domain.likeness import likeness
from desktop.domain.playbook_run import StepState

#: So many skips of a step, or so many gaps that belong together, and a change is proposed.
SKIPS = 3
GAPS = 2
#: Two searches that found nothing looked for the same when their words are this alike.
_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Seen:
    """What became of one step in one run; `took` is None unless it was done."""

    step_id: str
    version: int
    run_id: int
    state: StepState
    reason: str = ""
    is_late: bool = False
    hints: int = 0
    took: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """What became of a step under one version."""

    opened: int = 0
    done: int = 0
    skipped: int = 0
    late: int = 0
    hints: int = 0

    @property
    def trouble(self) -> float:
        """The share of runs in which it did not go as written, 0 to 1."""
        if not self.opened:
            return 0.0
        return min(1.0, (self.skipped + self.late + self.hints) / self.opened)


@dataclass(frozen=True, slots=True)
class Row:
    """One step id over all versions; `reasons` are those given for skipping it, the commonest first."""

    step_id: str
    text: str
    cells: Mapping[int, Cell]
    total: Cell
    reasons: tuple[tuple[str, int], ...] = ()
    mean: timedelta | None = None
    is_gone: bool = False


def heat(seen: Iterable[Seen], texts: Mapping[str, str], current: Sequence[str]) -> tuple[Row, ...]:
    """A row for each step: those of the current version in its order, then those that are no more.

    `texts` is what each step says, `current` the ids of the current version.
    """
    by_step: dict[str, list[Seen]] = {step_id: [] for step_id in current}
    for one in seen:
        by_step.setdefault(one.step_id, []).append(one)
    gone = frozenset(by_step) - frozenset(current)
    return tuple(
        _row(step_id, texts.get(step_id, step_id), ones, is_gone=step_id in gone)
        for step_id, ones in by_step.items()
    )


def _row(step_id: str, text: str, ones: Sequence[Seen], *, is_gone: bool) -> Row:
    versions = sorted({one.version for one in ones})
    cells = {version: _cell([one for one in ones if one.version == version]) for version in versions}
    reasons = Counter(one.reason for one in ones if one.state is StepState.SKIPPED and one.reason)
    took = [one.took for one in ones if one.took is not None]
    mean = sum(took, timedelta()) / len(took) if took else None
    return Row(step_id, text, cells, _cell(ones), tuple(reasons.most_common()), mean, is_gone)


def _cell(ones: Sequence[Seen]) -> Cell:
    states = Counter(one.state for one in ones)
    return Cell(
        len(ones),
        states[StepState.DONE],
        states[StepState.SKIPPED],
        sum(one.is_late for one in ones),
        sum(one.hints for one in ones),
    )


class GapKind(StrEnum):
    """What was missing."""

    NOT_FOUND = "not_found"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Gap:
    """Something a playbook did not give: none was found for the words, or a step was unclear."""

    id: int
    kind: GapKind
    text: str
    playbook_id: int | None
    step_id: str
    escalation_id: int | None
    number: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a change: what was said, on which escalation, and when."""

    text: str
    escalation_id: int | None
    number: str
    at: datetime
    by: str


class ProposalKind(StrEnum):
    """Why a change is proposed."""

    SKIPS = "skips"
    GAPS = "gaps"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change that use speaks for. `playbook_id` is None where a whole playbook is missing."""

    id: int
    kind: ProposalKind
    playbook_id: int | None
    step_id: str
    title: str
    evidence: tuple[Evidence, ...]
    raised_at: datetime

    @property
    def sentence(self) -> str:
        """What is proposed, and why."""
        count = len(self.evidence)
        if self.kind is ProposalKind.SKIPS:
            return f"Step “{self.title}” was skipped {count} times: change it, or make it optional."
        if self.kind is ProposalKind.GAPS:
            return f"Step “{self.title}” was unclear {count} times: say it more plainly."
        return f"Nothing was found {count} times for words like “{self.title}”: write a playbook for it."


def related(text: str, others: Iterable[tuple[int, str]]) -> tuple[int, ...]:
    """The ids of searches that looked for the same as this one."""
    return tuple(id_ for id_, other in others if likeness(text, other) >= _ALIKE)
