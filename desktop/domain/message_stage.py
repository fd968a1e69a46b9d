"""Which message is due: the state of an escalation, what was said and what was promised propose it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop.domain.escalation import State
from desktop.domain.letter import Proposal
from desktop.domain.merge_field import FIELDS
from desktop.domain.message import FINAL_STAGES, STAGES, Audience, Sent, Stage

#: Facts that were so when they were told: where one is another now, what was sent was wrong.
FIXED = (
    "started_at",
    "detected_at",
    "contained_at",
    "resolved_at",
    "not_affected",
    "data_loss_statement",
    "security_statement",
    "credit_statement",
    "trigger_plain",
    "root_cause_plain",
)
_QUARTER = timedelta(minutes=5)
_ENDED = frozenset({State.RESOLVED, State.CLOSED})


@dataclass(frozen=True, slots=True)
class Situation:
    """What decides about the next message to a customer.

    `heard` is what the customer was told, the first first; `now_said` what each fact of the last message
    would say now, in the same form; `promised_at` is the promise that is open or was missed, `cadence_at`
    until when the policy lets the next message wait.
    """

    state: State
    now: datetime
    heard: tuple[Sent, ...] = ()
    now_said: Mapping[str, str] | None = None
    promised_at: datetime | None = None
    contained_at: datetime | None = None
    resolved_at: datetime | None = None
    cadence_at: datetime | None = None
    is_grave: bool = False
    needs_decision: bool = False

    @property
    def late_by(self) -> timedelta | None:
        """How long ago the promised time has passed, None while it has not."""
        if self.promised_at is None or self.promised_at >= self.now:
            return None
        return self.now - self.promised_at

    @property
    def next_update_at(self) -> datetime | None:
        """The latest time the cadence allows to promise, on a full five minutes where that loses little."""
        if self.cadence_at is None:
            return None
        at = self.cadence_at
        whole = at.replace(minute=at.minute - at.minute % 5, second=0, microsecond=0)
        return whole if whole - self.now >= 2 * _QUARTER else at.replace(second=0, microsecond=0)


def proposals(situation: Situation) -> tuple[Proposal, ...]:
    """Every message that may be written now, the one that is due first."""
    first = _of_customer(situation)
    others = [
        _proposal(situation, Audience.CUSTOMER, stage, "")
        for stage in STAGES[Audience.CUSTOMER]
        if stage is not first.stage
    ]
    internal = [
        _proposal(situation, Audience.INTERNAL, stage, why)
        for stage, why in (
            (Stage.INTERNAL_BRIEF, "Conditions, actions and needs for one's own people."),
            (Stage.HANDOFF, "For whoever takes it over."),
        )
    ]
    brief = (
        "It is grave: executives hear of it." if situation.is_grave else "Status, overview and next steps."
    )
    request = (
        "A decision is needed." if situation.needs_decision else "For a decision beyond the lead's right."
    )
    executive = [
        _proposal(situation, Audience.EXECUTIVE, Stage.EXECUTIVE_BRIEF, brief),
        _proposal(situation, Audience.EXECUTIVE, Stage.COMMITTEE_REQUEST, request),
    ]
    return (first, *others, *internal, *executive)


def next_for(situation: Situation, audience: Audience, stage: Stage) -> datetime | None:
    """By when the readers hear again: one's own people are told when the customer does."""
    if audience is Audience.CUSTOMER:
        return None if stage in FINAL_STAGES else situation.next_update_at
    if stage is Stage.INTERNAL_BRIEF:
        is_to_come = situation.promised_at is not None and situation.promised_at > situation.now
        return situation.promised_at if is_to_come else situation.next_update_at
    return situation.next_update_at if stage is Stage.EXECUTIVE_BRIEF else None


def changed_since_told(situation: Situation) -> tuple[str, ...]:
    """The facts told for certain in the last message that are others now."""
    if not situation.heard or situation.now_said is None:
        return ()
    return tuple(name for name, *_ in differing(situation.heard[-1].values, situation.now_said))


def differing(told: Mapping[str, str], now: Mapping[str, str]) -> tuple[tuple[str, str, str], ...]:
    """The facts told for certain that are others now: each with its words then and now.

    A template may tell a fact shortened or without its full stop; what was not known then was not wrong.
    """
    return tuple(
        (name, told[name], now[name])
        for name in FIXED
        if name in told and name in now and _is_other(name, told[name], now[name])
    )


def _is_other(name: str, told: str, now: str) -> bool:
    before, after = _plain(told), _plain(now)
    empty = FIELDS[name].empty
    unknown = {_plain(empty.words), _plain(empty.otherwise), ""}
    return after != "" and before not in unknown and before not in after


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" .;:,")


def _of_customer(situation: Situation) -> Proposal:
    stage, why = _due(situation)
    return _proposal(situation, Audience.CUSTOMER, stage, why)


def _due(situation: Situation) -> tuple[Stage, str]:
    told = {sent.stage for sent in situation.heard}
    if not situation.heard:
        if situation.state in _ENDED:
            return Stage.RESOLUTION, "It is resolved, and the customer was told nothing yet."
        return Stage.INITIAL, "The customer was told nothing yet."
    if changed := changed_since_told(situation):
        named = ", ".join(name.replace("_", " ") for name in changed)
        return Stage.CORRECTION, f"What was sent last is not right any more: {named}."
    if situation.state in _ENDED:
        if Stage.RESOLUTION in told:
            return Stage.POST_RESOLUTION, "The customer knows that it is resolved, not why it happened."
        return Stage.RESOLUTION, "It is resolved, and the customer does not know."
    if situation.late_by is not None:
        return Stage.LATE, "The time promised has passed."
    if situation.state is State.CONTAINED and not _told_since(situation, situation.contained_at):
        return Stage.CONTAINMENT, "It is contained, and the customer does not know."
    return Stage.PERIODIC, "The customer waits for the next update, also without news."


def _told_since(situation: Situation, at: datetime | None) -> bool:
    return any(
        sent.stage is Stage.CONTAINMENT and (at is None or sent.sent_at >= at) for sent in situation.heard
    )


def _proposal(situation: Situation, audience: Audience, stage: Stage, why: str) -> Proposal:
    return Proposal(
        audience,
        stage,
        why,
        next_for(situation, audience, stage),
        situation.late_by if audience is Audience.CUSTOMER else None,
    )
