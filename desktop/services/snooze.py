"""Holds an escalation's alarms back for a time, with a reason, and lets them return by themselves."""

from datetime import datetime

from db.queries import escalation as escalations
from db.queries import snooze as snoozes
from db.queries.snooze import SnoozeRow
from desktop.domain.commitment_row import Held
from desktop.domain.errors import DeskError
from desktop.domain.escalation import Done, Escalation
from desktop.domain.instant import from_us, require_utc, span_us, to_us
from desktop.domain.person import Actor
from desktop.domain.policy import Policy, Priority
from desktop.domain.rights import Action
from desktop.domain.snooze import Breach, SnoozeLoad, latest_us
from desktop.domain.timeline import EventKind
from desktop.domain.wording import clean, required
from desktop.services.case import DESK, Case, Cases
from desktop.services.clocks import held_of


def end(case: Case, reason: str) -> None:
    """End the snooze of an escalation under a command, if there is one: its alarms return."""
    row = snoozes.running_of(case.work.session, case.id)
    if row is not None:
        case.changes.set("snooze", row.id, ended_at=max(case.at_us, row.started_us), end_reason=reason)
        case.then_tell(EventKind.SNOOZE_ENDED, {"reason": reason})


def end_if_graver(case: Case, before: Escalation) -> None:
    """End the snooze when severity or priority has risen."""
    after = case.escalation
    if after.severity < before.severity or _rank(after.priority) < _rank(before.priority):
        end(case, "the severity rose")


class SnoozeService:
    """Commands that hold alarms back."""

    def __init__(self, cases: Cases) -> None:
        self._cases = cases

    def snooze(
        self, escalation_id: int, until: datetime, reason: str, by: Actor, past_breach_reason: str = ""
    ) -> Done:
        """Hold its alarms back until a time; replaces a snooze that is running.

        Raises: DeskError naming the field: without a reason, longer than the policy allows, or past the
            breach without a reason of its own; NotAllowed.
        """
        with self._cases.change(escalation_id, by, Action.SNOOZE) as case:
            reason = required(reason, "reason", "A snooze needs a reason.", "Say why it can wait.")
            past = clean(past_breach_reason)
            if not case.escalation.is_open:
                raise DeskError(
                    "Nothing alarms about it any more.", hint="Only open escalations are snoozed."
                )
            until_us = to_us(require_utc(until))
            _check(case, until_us, past)
            end(case, "another snooze")
            row = SnoozeRow(0, case.id, case.at_us, until_us, reason, past, by.name, by.person_id)
            made_id = snoozes.insert(case.work.session, row)
            undone = {"ended_at": case.at_us, "end_reason": "undone"}
            case.changes.added("snooze", made_id, undone, {"ended_at": None, "end_reason": None})
            return case.tell(
                EventKind.ALARM_SNOOZED, "Snooze", reason=reason, past_breach_reason=past, until=until_us
            )

    def end_snooze(self, escalation_id: int, by: Actor) -> Done:
        """Let its alarms return now.

        Raises: DeskError when it is not snoozed; NotAllowed.
        """
        with self._cases.change(escalation_id, by, Action.END_SNOOZE) as case:
            row = snoozes.running_of(case.work.session, case.id)
            if row is None:
                raise DeskError("It is not snoozed.")
            reason = f"ended by {by.name}"
            case.changes.set("snooze", row.id, ended_at=max(case.at_us, row.started_us), end_reason=reason)
            return case.tell(EventKind.SNOOZE_ENDED, "End of snooze", reason=reason)

    def end_due(self) -> tuple[Done, ...]:
        """End the snoozes whose time is over; gives what was done for each."""
        with self._cases.store.read() as session:
            if not snoozes.overdue(session, to_us(self._cases.clock.now())):
                return ()
        done: list[Done] = []
        with self._cases.work(DESK) as work:
            for row in snoozes.overdue(work.session, work.at_us):
                case = work.case(row.escalation_id)
                case.changes.set("snooze", row.id, ended_at=row.until_us, end_reason="time is over")
                done.append(
                    case.tell(EventKind.SNOOZE_ENDED, "End of snooze", counts=False, reason="time is over")
                )
        return tuple(done)

    def load(self, by: Actor) -> SnoozeLoad:
        """How many escalations this person, and the whole desk, hold back."""
        with self._cases.store.read() as session:
            return SnoozeLoad(*snoozes.count_running(session, by.person_id))

    def latest(self, escalation_id: int, *, past_breach: bool = False) -> datetime:
        """Until when it may be snoozed at most, with or without a reason to go past the breach.

        Raises: NotFound.
        """
        at_us = to_us(self._cases.clock.now())
        version = self._cases.policies.version
        with self._cases.store.read() as session:
            escalation = escalations.get(session, escalation_id)
            running = [held for held in held_of(session, escalation_id, version) if held.row.is_running]
        policy = version(escalation.policy_version)
        return from_us(_latest_us(escalation, running, policy, at_us, past_breach=past_breach))


def _check(case: Case, until_us: int, past_breach_reason: str) -> None:
    if until_us <= case.at_us:
        raise DeskError("The snooze would be over already.", field="until", hint="Choose a later time.")
    facts = case.escalation, case.running(), case.policy, case.at_us
    longest_us = _latest_us(*facts, past_breach=True)
    if until_us > longest_us:
        minutes = (longest_us - case.at_us) // 60_000_000
        raise DeskError(
            "That is longer than the policy lets alarms wait.",
            field="until",
            hint=f"Choose at most {minutes} minutes from now.",
        )
    if not past_breach_reason and until_us > _latest_us(*facts, past_breach=False):
        raise DeskError(
            "The snooze would last past the breach.",
            field="past_breach_reason",
            hint="Give a reason for that, or end it before.",
        )


def _latest_us(
    escalation: Escalation, running: list[Held], policy: Policy, at_us: int, *, past_breach: bool
) -> int:
    counting = [held.row for held in running if held.row.paused_us is None]
    is_breached = any(row.due_us <= at_us for row in counting)
    next_breach_us = min((row.due_us for row in counting if row.due_us > at_us), default=None)
    priority = escalation.priority or escalation.priority_computed or Priority.P4
    rule = policy.snooze
    return latest_us(
        at_us,
        span_us(rule.limit(priority, breached=is_breached)),
        Breach(next_breach_us, span_us(rule.breached_limit)),
        past_breach=past_breach,
    )


def _rank(priority: Priority | None) -> int:
    return 5 if priority is None else priority.rank
