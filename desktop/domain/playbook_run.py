"""A playbook open on an escalation: which version it keeps to, and how far its steps have come."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from desktop.domain.escalation import Done
from desktop.domain.playbook import Content, Decision, Step


class StepState(StrEnum):
    """How far a step has come in one run."""

    OPEN = "open"
    DONE = "done"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a step in a run; `version` is the one in which it stands like that.

    `answer` is what was decided by a step that decides, `hints` how often somebody said it is unclear.
    A step is `gone` where a version adopted later has it no more; what was done then stays on record.
    """

    id: int
    step_id: str
    version: int
    state: StepState = StepState.OPEN
    at: datetime | None = None
    by: str = ""
    reason: str = ""
    evidence: str = ""
    answer: str = ""
    due_at: datetime | None = None
    hints: int = 0
    gone: bool = False


@dataclass(frozen=True, slots=True)
class RunStep:
    """A step as the pinned version says it, and how far it has come."""

    step: Step
    kept: Kept

    @property
    def state(self) -> StepState:
        """How far it has come."""
        return self.kept.state

    @property
    def is_open(self) -> bool:
        """Whether it still has to be done."""
        return self.kept.state is StepState.OPEN

    def is_late(self, now: datetime) -> bool:
        """Whether it is over its time, or was when it was done."""
        return is_late(self.kept, now)


@dataclass(frozen=True, slots=True)
class Run:
    """One playbook on one escalation. `newest` is the published version, `stayed` the newest one declined.

    `done` says how to take back what was just done to it.
    """

    id: int
    escalation_id: int
    playbook_id: int
    slug: str
    version: int
    content: Content
    steps: tuple[RunStep, ...]
    opened_at: datetime
    opened_by: str
    ended_at: datetime | None = None
    ended_by: str = ""
    newest: int = 0
    stayed: int = 0
    done: Done | None = None

    @property
    def title(self) -> str:
        """What the playbook is called."""
        return self.content.title

    @property
    def label(self) -> str:
        """Which version it keeps to: "v4"."""
        return f"v{self.version}"

    @property
    def is_open(self) -> bool:
        """Whether somebody still works by it."""
        return self.ended_at is None

    @property
    def newer(self) -> int:
        """The number of a newer version that nobody has answered yet; 0 for none."""
        return self.newest if self.is_open and self.newest > max(self.version, self.stayed) else 0

    @property
    def settled(self) -> int:
        """How many steps are done or skipped."""
        return sum(not one.is_open for one in self.steps)

    @property
    def next_step(self) -> RunStep | None:
        """The first step that has to be done and is not optional, else the first open one."""
        waiting = [one for one in self.steps if one.is_open]
        return next((one for one in waiting if not one.step.is_optional), waiting[0] if waiting else None)

    def step(self, step_id: str) -> RunStep | None:
        """One of its steps."""
        return next((one for one in self.steps if one.step.id == step_id), None)

    def decision(self, step: Step) -> Decision | None:
        """Who may take the decision that a step asks for."""
        return next((each for each in self.content.decisions if each.id == step.decision), None)


def is_late(kept: Kept, now: datetime) -> bool:
    """Whether a step is over its time, or was when it was done; a skipped one never is."""
    if kept.due_at is None or kept.state is StepState.SKIPPED:
        return False
    return (kept.at or now) > kept.due_at if kept.state is StepState.DONE else now > kept.due_at


def due_at(step: Step, opened_at: datetime) -> datetime | None:
    """Until when a step wants to be done in a run opened then."""
    return None if step.due_after is None else opened_at + step.due_after


def joined(content: Content, kept: Iterable[Kept]) -> tuple[RunStep, ...]:
    """The steps of a version in its order, with how far each has come; what it does not hold is left out."""
    by_id = {one.step_id: one for one in kept if not one.gone}
    return tuple(RunStep(step, by_id[step.id]) for step in content.steps if step.id in by_id)


@dataclass(frozen=True, slots=True)
class Move:
    """What adopting another version means for the steps of a run, by their ids.

    `kept` go on as they stand, `reopened` were gone and are back, `added` begin open, `gone` are no more.
    """

    kept: tuple[str, ...]
    reopened: tuple[str, ...]
    added: tuple[str, ...]
    gone: tuple[str, ...]


def move(content: Content, kept: Sequence[Kept]) -> Move:
    """What the steps become under this version."""
    known: Mapping[str, Kept] = {one.step_id: one for one in kept}
    wanted = [step.id for step in content.steps]
    return Move(
        tuple(id_ for id_ in wanted if id_ in known and not known[id_].gone),
        tuple(id_ for id_ in wanted if id_ in known and known[id_].gone),
        tuple(id_ for id_ in wanted if id_ not in known),
        tuple(one.step_id for one in kept if not one.gone and one.step_id not in set(wanted)),
    )


def times_taken(opened_at: datetime, kept: Iterable[Kept]) -> dict[str, timedelta]:
    """How long each step that was done took: since the one done before it, or since the run was opened."""
    taken: dict[str, timedelta] = {}
    before = opened_at
    done = (one for one in kept if one.state is StepState.DONE and one.at is not None)
    for one in sorted(done, key=lambda one: (one.at or opened_at, one.id)):
        at = one.at or before
        taken[one.step_id] = max(at - before, timedelta())
        before = max(at, before)
    return taken
