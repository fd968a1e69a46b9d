"""An escalation: its states, what is known of it, and what a command on it hands back."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from desktop.domain.policy_score import Priority


class State(StrEnum):
    """Where an escalation stands in its life."""

    NEW = "new"
    TRIAGED = "triaged"
    ACKNOWLEDGED = "acknowledged"
    WORKING = "working"
    CONTAINED = "contained"
    RESOLVED = "resolved"
    CLOSED = "closed"
    STANDARD = "standard"
    MERGED = "merged"

    @property
    def word(self) -> str:
        """The state as people read it."""
        return _STATE_WORDS.get(self, self.value.capitalize())


_STATE_WORDS = {State.STANDARD: "Sent to standard support"}

#: What opening an escalation is called in an undo menu.
OPENING = "Opening"

#: The states in which somebody still has to do something about the problem.
OPEN_STATES = frozenset(
    {State.NEW, State.TRIAGED, State.ACKNOWLEDGED, State.WORKING, State.CONTAINED},
)


@dataclass(frozen=True, slots=True)
class Escalation:
    """One escalation as it stands.

    `score`, `priority` and `severity` are what counts; the `_computed` ones beside them are what the policy
    makes of the facts, and differ where a person has overridden them. `priority` is None until the first
    classification, `acknowledged_at` while an acknowledgement is wanted. The policy version is the one it was
    classified under.
    """

    id: int
    number: str
    title: str
    description: str
    state: State
    severity: int
    severity_computed: int | None
    area: str
    issue_type: str
    customer_id: int
    team: str
    owner_id: int | None
    reporter: str
    source: str
    external_source: str | None
    external_ref: str | None
    business_impact: int | None
    reputational_risk: int | None
    score: int | None
    score_computed: int | None
    priority: Priority | None
    priority_computed: Priority | None
    provisional: bool
    override_reason: str | None
    override_by: str | None
    policy_version: int
    opened_at: datetime
    created_at: datetime
    created_by: str
    acknowledged_at: datetime | None
    acknowledged_by: str | None
    contained_at: datetime | None
    resolved_at: datetime | None
    closed_at: datetime | None
    merged_into_id: int | None
    needs_review: bool
    waiting_on: str
    snoozed_until: datetime | None
    forget_after: timedelta | None
    forget_at: datetime | None
    last_event_at: datetime
    next_step: str
    next_told: str
    next_told_at: datetime | None
    sample: bool
    revision: int
    parent_id: int | None = None
    review_why: str = ""
    review_at: datetime | None = None
    review_snoozed_until: datetime | None = None
    containment_proposed_at: datetime | None = None
    containment_proposed_by: str = ""

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self.state in OPEN_STATES

    @property
    def is_overridden(self) -> bool:
        """Whether a person has set severity, score or priority over what the policy computes."""
        return self.override_reason is not None


@dataclass(frozen=True, slots=True)
class Opened:
    """A new escalation, as its opener learns of it and as those inside its transaction see it.

    `at_us` is when, in microseconds; `seq` its first event.
    """

    id: int
    number: str
    state: State
    severity: int
    priority: Priority | None
    score: int | None
    owner_id: int | None
    customer_id: int
    at_us: int
    seq: int

    @property
    def seqs(self) -> tuple[int, ...]:
        """The event that an undo takes back."""
        return (self.seq,)

    @property
    def label(self) -> str:
        """What it is called in an undo menu."""
        return f"{OPENING} of {self.number}"


@dataclass(frozen=True, slots=True)
class Done:
    """A command that was carried out.

    `ids` are the escalations it changed, `seqs` its events on the timeline, both with the main one first;
    `label` names it for an undo menu: "Move of ESC-2026-0412".
    """

    ids: tuple[int, ...]
    seqs: tuple[int, ...]
    label: str
    undo: bool = True

    @property
    def escalation_id(self) -> int:
        """The escalation it was done to."""
        return self.ids[0]

    @property
    def seq(self) -> int:
        """Its main event."""
        return self.seqs[0]


@dataclass(frozen=True, slots=True)
class Refusal:
    """One escalation of many on which a command could not be carried out, and why."""

    escalation_id: int
    number: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Bulk:
    """One command on many escalations; `seqs` undo all of it as one step."""

    done: tuple[Done, ...]
    refused: tuple[Refusal, ...]

    @property
    def seqs(self) -> tuple[int, ...]:
        """The events of everything that was done."""
        return tuple(seq for done in self.done for seq in done.seqs)

    @property
    def label(self) -> str:
        """What was done, for an undo menu; empty when nothing was."""
        if len(self.done) > 1:
            return f"{self.done[0].label.split(' of ')[0]} of {len(self.done)} escalations"
        return self.done[0].label if self.done else ""


def number_of(year: int, sequence: int) -> str:
    """The name people use: `ESC-2026-0412`; beyond 9999 in a year it grows a digit."""
    return f"ESC-{year:04}-{sequence:04}"
