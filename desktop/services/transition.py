"""Moves an escalation through its life: acknowledged, worked on, contained, resolved, closed, and back."""

from collections.abc import Callable
from typing import Any

from db.queries import escalation as escalations
from db.queries import timeline
from desktop.domain.commitment import Kind
from desktop.domain.errors import DeskError
from desktop.domain.escalation import OPEN_STATES, Done, State
from desktop.domain.forgotten import return_us
from desktop.domain.instant import to_us
from desktop.domain.life_cycle import CALLED_OFF, check_move, fulfils
from desktop.domain.person import Actor
from desktop.domain.review import Reason
from desktop.domain.rights import Action
from desktop.domain.timeline import EventKind
from desktop.domain.wording import clean, required
from desktop.services import commitment as commitments
from desktop.services import review_mark, snooze
from desktop.services.case import DESK, Case, Cases
from desktop.services.classification import ClassificationService
from desktop.services.grading import classify_first

_ACKNOWLEDGED = frozenset({State.ACKNOWLEDGED, State.WORKING, State.CONTAINED, State.RESOLVED})


class TransitionService:
    """Commands that move an escalation from one state to another."""

    def __init__(self, cases: Cases, classification: ClassificationService) -> None:
        self._cases = cases
        self._classification = classification

    def acknowledge(self, escalation_id: int, by: Actor, note: str = "") -> Done:
        """Say that somebody has seen it and will act.

        Raises: DeskError where it belongs to another and no note says why; NotAllowed.
        """
        with self._cases.change(escalation_id, by, Action.ACKNOWLEDGE) as case:
            owner_id = case.escalation.owner_id
            if owner_id is not None and owner_id != by.person_id and not clean(note):
                raise DeskError(
                    "The escalation belongs to somebody else.",
                    field="note",
                    hint="Add a note that says why you acknowledge it for them.",
                )
            reach(case, State.ACKNOWLEDGED)
            return case.tell(EventKind.ACKNOWLEDGED, "Acknowledgement", note=clean(note))

    def work(self, escalation_id: int, by: Actor, note: str = "") -> Done:
        """Say that work on it has begun."""
        with self._cases.change(escalation_id, by, Action.WORK) as case:
            _must_be_open(case, State.WORKING)
            reach(case, State.WORKING)
            return case.tell(EventKind.MOVED, "Move", note=clean(note))

    def contain(self, escalation_id: int, by: Actor, note: str = "") -> Done:
        """Confirm that the harm has stopped spreading; a senior engineer's decision."""
        with self._cases.change(escalation_id, by, Action.CONTAIN) as case:
            reach(case, State.CONTAINED)
            return case.tell(EventKind.CONTAINED, "Containment", note=clean(note))

    def resolve(self, escalation_id: int, by: Actor, note: str = "", reason: str = "") -> Done:
        """Confirm that the customer's problem is gone; a senior engineer's decision."""
        with self._cases.change(escalation_id, by, Action.RESOLVE) as case:
            reach(case, State.RESOLVED)
            return case.tell(EventKind.RESOLVED, "Resolution", note=clean(note), reason=clean(reason))

    def close(self, escalation_id: int, by: Actor, note: str = "") -> Done:
        """Put a resolved escalation away."""
        with self._cases.change(escalation_id, by, Action.CLOSE) as case:
            reach(case, State.CLOSED)
            return case.tell(EventKind.CLOSED, "Closing", note=clean(note))

    def to_standard(self, escalation_id: int, by: Actor, reason: str, note: str = "") -> Done:
        """Send it back to the ordinary support channel.

        Raises: DeskError without a reason; NotAllowed.
        """
        with self._cases.change(escalation_id, by, Action.TO_STANDARD) as case:
            reason = required(
                reason,
                "reason",
                "Sending an escalation to standard support needs a reason.",
                "Say why it needs no senior attention.",
            )
            reach(case, State.STANDARD)
            return case.tell(EventKind.MOVED, "Move", reason=reason, note=clean(note))

    def reopen(self, escalation_id: int, by: Actor, reason: str) -> Done:
        """Take up again what was resolved, closed or sent away: another resolution is promised.

        Raises: DeskError without a reason; NotAllowed.
        """
        with self._cases.change(escalation_id, by, Action.REOPEN) as case:
            reason = required(reason, "reason", "Reopening needs a reason.", "Say what has come back.")
            if case.escalation.state in OPEN_STATES:
                raise DeskError(f"It is open: {case.escalation.state.word.lower()}.", field="state")
            check_move(case.escalation.state, State.WORKING)
            _reopen(case)
            return case.tell(EventKind.REOPENED, "Reopening", reason=reason)

    def move(self, escalation_id: int, to: State, by: Actor, reason: str = "", note: str = "") -> Done:
        """Move it to a state by whichever command leads there, with that command's rights and questions.

        Raises: DeskError saying what is missing or why it cannot go there; NotAllowed.
        """
        plain: dict[State, Callable[[int, Actor, str], Done]] = {
            State.ACKNOWLEDGED: self.acknowledge,
            State.CONTAINED: self.contain,
            State.RESOLVED: self.resolve,
            State.CLOSED: self.close,
        }
        to = State(to)
        if to in plain:
            return plain[to](escalation_id, by, note or reason)
        if to is State.TRIAGED:
            self._check(escalation_id, to)
            return self._classification.classify(escalation_id, by, reason=reason or note)
        if to is State.STANDARD:
            return self.to_standard(escalation_id, by, reason, note)
        if to is State.WORKING:
            return self._to_working(escalation_id, by, reason, note)
        self._check(escalation_id, to)
        raise DeskError(
            "Say which escalation it duplicates.", field="into_id", hint="Merge it with that one instead."
        )

    def remind_forgotten(self, escalation_id: int) -> Done | None:
        """Note that the owner of an acknowledged but forgotten escalation is reminded; None if not due."""
        with self._cases.work(DESK) as work:
            case = work.case(escalation_id)
            reminded_us = _reminded_us(case)
            if not _is_due(case) or reminded_us is not None:
                return None
            done = case.tell(EventKind.REMINDED, "Reminder", counts=False)
            return_at = return_us(case.escalation, case.policy, case.at_us)
            escalations.settle(work.session, case.id, {"forget_at": return_at})
            return done

    def return_forgotten(self, escalation_id: int) -> Done | None:
        """Take back an acknowledged escalation whose owner was reminded in vain; None if that is not due.

        It is triaged again and wants a new acknowledgement, in the time its priority allows.
        """
        with self._cases.work(DESK) as work:
            case = work.case(escalation_id)
            reminded_us = _reminded_us(case)
            if not _is_due(case) or reminded_us is None:
                return None
            due_us = return_us(case.escalation, case.policy, reminded_us)
            if due_us is None or due_us > case.at_us:
                return None
            case.set(state=State.TRIAGED.value, acknowledged_at=None, acknowledged_by=None)
            commitments.start(case, (Kind.ACKNOWLEDGE,))
            return case.tell(EventKind.RETURNED, "Return", reason="acknowledged but forgotten")

    def _to_working(self, escalation_id: int, by: Actor, reason: str, note: str) -> Done:
        with self._cases.store.read() as session:
            from_state = escalations.state_of(session, escalation_id)
        if from_state in OPEN_STATES:
            return self.work(escalation_id, by, note or reason)
        return self.reopen(escalation_id, by, reason or note)

    def _check(self, escalation_id: int, to: State) -> None:
        with self._cases.store.read() as session:
            check_move(escalations.state_of(session, escalation_id), to)


def reach(case: Case, state: State) -> None:
    """Bring an escalation into a state: what that fulfils is stopped, what it ends is called off.

    Raises: DeskError when the life cycle does not lead there.
    """
    check_move(case.escalation.state, state)
    if state in _ACKNOWLEDGED:
        classify_first(case)
    columns: dict[str, Any] = {"state": state.value}
    if state in _ACKNOWLEDGED and case.escalation.acknowledged_at is None:
        columns |= {"acknowledged_at": case.at_us, "acknowledged_by": case.work.by.name}
    if state in (State.CONTAINED, State.RESOLVED) and case.escalation.contained_at is None:
        columns["contained_at"] = case.at_us
    if state is State.RESOLVED:
        columns["resolved_at"] = case.at_us
    if state is State.CLOSED:
        columns["closed_at"] = case.at_us
    case.set(**columns)
    if state in CALLED_OFF:
        review_mark.end(case)
    if fulfilled := fulfils(state):
        commitments.stop(case, fulfilled)
    if state in CALLED_OFF:
        commitments.call_off(case)
        snooze.end(case, state.word.lower())


def _reopen(case: Case) -> None:
    case.set(state=State.WORKING.value, contained_at=None, resolved_at=None, closed_at=None)
    review_mark.drop(case, Reason.CAME_BACK)
    if case.escalation.acknowledged_at is None:
        case.set(acknowledged_at=case.at_us, acknowledged_by=case.work.by.name)
    if case.escalation.priority is None:
        classify_first(case)
        commitments.stop(case, (Kind.ACKNOWLEDGE,))
    else:
        # The customer waits for news again, too.
        commitments.start(case, (Kind.RESOLVE, Kind.UPDATE))


def _must_be_open(case: Case, to: State) -> None:
    if case.escalation.state not in OPEN_STATES:
        check_move(case.escalation.state, to)
        raise DeskError("Reopening needs a reason.", field="reason", hint="Say what has come back.")


def _reminded_us(case: Case) -> int | None:
    """When its owner was reminded, if nothing has happened since."""
    reminded_us = timeline.last_at(case.work.session, case.id, EventKind.REMINDED)
    if reminded_us is None or reminded_us < to_us(case.escalation.last_event_at):
        return None
    return reminded_us


def _is_due(case: Case) -> bool:
    forget_at = case.escalation.forget_at
    return case.escalation.state is State.ACKNOWLEDGED and forget_at is not None and forget_at <= case.work.at
