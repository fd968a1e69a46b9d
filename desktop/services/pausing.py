"""Stops the clocks of commitments while the desk waits for somebody, and lets them run again."""

from collections.abc import Collection
from datetime import datetime

from db.queries import commitment as commitment_rows
from desktop.domain.commitment import Kind
from desktop.domain.commitment_row import Held, PauseRow
from desktop.domain.errors import DeskError, NotFound
from desktop.domain.escalation import Done
from desktop.domain.instant import require_utc, span_us, to_us
from desktop.domain.person import Actor
from desktop.domain.policy import PauseReason, Policy
from desktop.domain.rights import Action
from desktop.domain.timeline import EventKind
from desktop.domain.wording import clean, one_line
from desktop.services.case import DESK, Case, Cases
from desktop.services.commitment import end_pauses

#: Whom a pause waits for when the customer's answer ends it.
CUSTOMER = "customer"


class PausingService:
    """Commands that stop clocks and let them run."""

    def __init__(self, cases: Cases) -> None:
        self._cases = cases

    def pause(
        self,
        escalation_id: int,
        reason_key: str,
        by: Actor,
        *,
        waiting_on: str = "",
        kinds: Collection[Kind | str] | None = None,
        until: datetime | None = None,
        note: str = "",
    ) -> Done:
        """Stop the clocks that the policy lets pause, or those of `kinds`, until resumed or the limit comes.

        Raises: DeskError naming the field: a reason or kind the policy does not list, nothing to pause, or an
            end beyond the reason's limit; NotAllowed.
        """
        with self._cases.change(escalation_id, by, Action.PAUSE) as case:
            reason = _reason(case.policy, reason_key)
            limit_us = _limit_us(case, reason, until)
            whom = one_line(waiting_on) or reason.waiting_on
            paused = _to_pause(case, kinds)
            for held in paused:
                row = PauseRow(0, held.row.id, case.at_us, None, limit_us, reason.key, whom, by.name)
                pause_id = commitment_rows.insert_pause(case.work.session, row)
                case.changes.added("pause", pause_id, {"ended_at": case.at_us}, {"ended_at": None})
            return case.tell(
                EventKind.COMMITMENT_PAUSED,
                "Pause",
                reason=reason.text,
                waiting_on=whom,
                kinds=[held.row.kind for held in paused],
                until=limit_us,
                note=clean(note),
            )

    def resume(self, escalation_id: int, by: Actor, note: str = "") -> Done:
        """Let all its paused clocks run again.

        Raises: DeskError when none is paused; NotAllowed.
        """
        with self._cases.change(escalation_id, by, Action.RESUME) as case:
            resumed = [end_pauses(case, held) for held in _paused(case)]
            if not resumed:
                raise DeskError("No clock of it is paused.")
            kinds = [held.row.kind for held in resumed]
            return case.tell(EventKind.COMMITMENT_RESUMED, "Resumption", kinds=kinds, note=clean(note))

    def end_overdue_pauses(self) -> tuple[Done, ...]:
        """End the pauses whose limit has come, as of their limit; gives what was done for each escalation."""
        with self._cases.store.read() as session:
            if not commitment_rows.overdue_pauses(session, to_us(self._cases.clock.now())):
                return ()
        done: list[Done] = []
        with self._cases.work(DESK) as work:
            overdue = commitment_rows.overdue_pauses(work.session, work.at_us)
            for escalation_id in dict.fromkeys(escalation_id for escalation_id, _ in overdue):
                case = work.case(escalation_id)
                over = [held for held in case.running() if _is_over(held, work.at_us)]
                kinds = [end_pauses(case, held, at_limit=True).row.kind for held in over]
                reason = "the pause reached its limit"
                done.append(
                    case.tell(
                        EventKind.COMMITMENT_RESUMED, "Resumption", counts=False, kinds=kinds, reason=reason
                    )
                )
        return tuple(done)


def end_waiting_on_customer(case: Case) -> list[str]:
    """End the pauses that wait for the customer; gives the kinds whose clocks run again."""
    waiting = [
        held
        for held in _paused(case)
        if any(_waits_for_customer(held.policy, pause) for pause in held.pauses if pause.ended_us is None)
    ]
    return [end_pauses(case, held).row.kind for held in waiting]


def _paused(case: Case) -> list[Held]:
    return [held for held in case.running() if any(pause.ended_us is None for pause in held.pauses)]


def _is_over(held: Held, at_us: int) -> bool:
    limits = [pause.limit_us for pause in held.pauses if pause.ended_us is None]
    return any(limit_us is not None and limit_us <= at_us for limit_us in limits)


def _waits_for_customer(policy: Policy, pause: PauseRow) -> bool:
    try:
        return policy.pause_reason(pause.reason).waiting_on == CUSTOMER
    except NotFound:
        return pause.waiting_on == CUSTOMER


def _reason(policy: Policy, key: str) -> PauseReason:
    try:
        return policy.pause_reason(key)
    except NotFound:
        known = ", ".join(reason.text for reason in policy.pause.reasons)
        raise DeskError(
            "A pause needs a reason from the policy's list.", field="reason", hint=f"Choose: {known}."
        ) from None


def _limit_us(case: Case, reason: PauseReason, until: datetime | None) -> int:
    limit_us = case.at_us + span_us(reason.limit)
    if until is None:
        return limit_us
    until_us = to_us(require_utc(until))
    if until_us <= case.at_us:
        raise DeskError("The pause would be over already.", field="until", hint="Choose a later time.")
    if until_us > limit_us:
        hours = span_us(reason.limit) // 3_600_000_000
        raise DeskError(
            "That is longer than the policy lets a clock stand still for this reason.",
            field="until",
            hint=f"Choose at most {hours} hours from now.",
        )
    return until_us


def _to_pause(case: Case, kinds: Collection[Kind | str] | None) -> list[Held]:
    may_pause = case.policy.pause.kinds
    wanted = frozenset(may_pause if kinds is None else map(str, kinds))
    if barred := sorted(wanted - frozenset(may_pause)):
        raise DeskError(
            f"The policy lets no pause stop this: {', '.join(barred)}.",
            field="kinds",
            hint=f"It lets these pause: {', '.join(sorted(may_pause))}.",
        )
    running = [held for held in case.running() if held.row.kind in wanted]
    paused = [held for held in running if held not in _paused(case)]
    if not paused:
        message = "The clock is paused already." if running else "No commitment that may pause is running."
        raise DeskError(message, field="kinds")
    return paused
