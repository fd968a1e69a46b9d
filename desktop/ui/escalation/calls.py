"""What each action calls once its questions are answered; everything here runs on the worker."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from desktop.domain.errors import DeskError
from desktop.domain.escalation import Done, Refusal
from desktop.domain.person import Actor
from desktop.domain.rights import Action
from desktop.ui.escalation.ports import Desk, operator_of

if TYPE_CHECKING:
    from desktop.services.family import FamilyService

Answers = Mapping[str, str]
Call = Callable[[Desk, int, Actor, Answers], Done]

#: The answer of the snooze prompt that names no length of its own.
UNTIL_REPLY = "reply"
#: The answer that ends an override.
COMPUTED = "computed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an action on one or many; `wanting_note` are those refused for want of a note."""

    action: Action
    done: tuple[Done, ...]
    refused: tuple[Refusal, ...] = ()
    wanting_note: tuple[int, ...] = ()

    @property
    def is_for_want_of_a_note(self) -> bool:
        """Whether a note is all that kept any of them."""
        return bool(self.wanting_note) and len(self.wanting_note) == len(self.refused)


def carry_out(desk: Desk, action: Action, ids: Sequence[int], answers: Answers) -> Outcome:
    """Do it to each; one alone raises what it refuses, of many those that refuse are named.

    Raises: DeskError with the form's field in `field`.
    """
    by = operator_of(desk)
    call = _CALLS[action]
    if len(ids) == 1:
        return Outcome(action, (call(desk, ids[0], by, answers),))

    wanting: list[int] = []

    def command(escalation_id: int) -> Done:
        try:
            return call(desk, escalation_id, by, answers)
        except DeskError as error:
            if error.field == "note":
                wanting.append(escalation_id)
            raise

    bulk = desk.escalations.escalation.many(ids, command)
    if not bulk.done and not wanting and len({refusal.sentence for refusal in bulk.refused}) == 1:
        raise DeskError(bulk.refused[0].sentence)
    return Outcome(action, bulk.done, bulk.refused, tuple(wanting))


def _acknowledge(desk: Desk, id_: int, by: Actor, answers: Answers) -> Done:
    alarms = desk.alarm.alarms_of(id_)
    done = desk.alarm.acknowledge(id_, by, answers.get("note", ""))
    if done is not None:
        return done
    if not alarms:
        raise DeskError("It is acknowledged already, and none of its alarms stands.", field="state")
    deed = "Acknowledgement of the alarms" if len(alarms) > 1 else "Acknowledgement of the alarm"
    return Done((id_,), (), f"{deed} of {alarms[0].number}", undo=False)


def _work(desk: Desk, id_: int, by: Actor, answers: Answers) -> Done:
    return desk.escalations.transition.work(id_, by, answers.get("note", ""))


def _contain(desk: Desk, id_: int, by: Actor, answers: Answers) -> Done:
    return desk.escalations.transition.contain(id_, by, answers.get("note", ""))


def _resolve(desk: Desk, id_: int, by: Actor, answers: Answers) -> Done:
    return desk.escalations.transition.resolve(id_, by, answers.get("note", ""), answers.get("reason", ""))


def _close(desk: Desk, id_: int, by: Actor, answers: Answers) -> Done:
    return desk.escalations.transition.close(id_, by, answers.get("note", ""))


def _reopen(desk: Desk, id_: int, by: Actor, answers: Answers) -> Done:
    return desk.escalations.transition.reopen(id_, by, answers["reason"])


def _to_standard(desk: Desk, id_: int, by: Actor, answers: Answers) -> Done:
    return desk.escalations.transition.to_standard(id_, by, answers["reason"], answers.get("note", ""))


def _own(desk: Desk, id_: int, by: Actor, _answers: Answers) -> Done:
    return desk.escalations.ownership.own(id_, by)


def _assign(desk: Desk, id_: int, by: Actor, answers: Answers) -> Done:
    owner = int(answers["owner"])
    return desk.escalations.ownership.assign(id_, owner or None, by, answers.get("note", ""))


def _watch(desk: Desk, id_: int, by: Actor, _answers: Answers) -> Done:
    watchers = desk.escalations.details.details(id_, by).watchers
    if any(person.id == by.person_id for person in watchers):
        return desk.escalations.ownership.unwatch(id_, by)
    return desk.escalations.ownership.watch(id_, by)


def _classify(desk: Desk, id_: int, by: Actor, answers: Answers) -> Done:
    """What is left open stays as it is."""
    said: dict[str, Any] = {key: int(answers[key]) for key in _STEPS if answers.get(key)}
    if answers.get("issue_type"):
        said["issue_type"] = answers["issue_type"]
    done = desk.escalations.classification.classify(id_, by, reason=answers.get("reason", ""), **said)
    if not answers.get("owner"):
        return done
    assigned = desk.escalations.ownership.assign(id_, int(answers["owner"]), by)
    return Done(done.ids, (*done.seqs, *assigned.seqs), done.label)


_STEPS = ("severity", "business_impact", "reputational_risk")


def _set_severity(desk: Desk, id_: int, by: Actor, answers: Answers) -> Done:
    return desk.escalations.classification.set_severity(id_, int(answers["severity"]), answers["reason"], by)


def _override(desk: Desk, id_: int, by: Actor, answers: Answers) -> Done:
    service, what, reason = desk.escalations.classification, answers["what"], answers["reason"]
    if what == COMPUTED:
        return service.clear_override(id_, by, reason)
    value = answers.get("value", "").strip()
    if what == "priority":
        return service.override(id_, by, reason, priority=value.upper())
    number = _number(value, "value")
    if what == "severity":
        return service.override(id_, by, reason, severity=number)
    return service.override(id_, by, reason, score=number)


def _pause(desk: Desk, id_: int, by: Actor, answers: Answers) -> Done:
    minutes = int(answers.get("until") or 0)
    until = desk.clock.now() + timedelta(minutes=minutes) if minutes else None
    return desk.escalations.pausing.pause(
        id_,
        answers["reason"],
        by,
        waiting_on=answers.get("waiting_on", ""),
        until=until,
        note=answers.get("note", ""),
    )


def _resume(desk: Desk, id_: int, by: Actor, answers: Answers) -> Done:
    return desk.escalations.pausing.resume(id_, by, answers.get("note", ""))


def _snooze(desk: Desk, id_: int, by: Actor, answers: Answers) -> Done:
    past, reason = answers.get("past_breach_reason", ""), answers["reason"]
    reason = answers.get("words", "").strip() or reason
    until = _snoozed_until(desk, id_, answers["until"], is_past=bool(past))
    if answers["until"] == UNTIL_REPLY:
        reason = f"Until the customer replies: {reason}"
    return desk.escalations.snooze.snooze(id_, until, reason, by, past)


def _snoozed_until(desk: Desk, id_: int, wanted: str, *, is_past: bool) -> datetime:
    if wanted == UNTIL_REPLY:
        return desk.escalations.snooze.latest(id_, past_breach=is_past)
    return desk.clock.now() + timedelta(minutes=int(wanted))


def _end_snooze(desk: Desk, id_: int, by: Actor, _answers: Answers) -> Done:
    return desk.escalations.snooze.end_snooze(id_, by)


def _update(desk: Desk, id_: int, by: Actor, answers: Answers) -> Done:
    return desk.escalations.escalation.record_update(id_, answers["text"], by)


def _answered(desk: Desk, id_: int, by: Actor, answers: Answers) -> Done:
    return desk.escalations.escalation.customer_answered(id_, by, answers.get("text", ""))


def _note(desk: Desk, id_: int, by: Actor, answers: Answers) -> Done:
    return desk.escalations.escalation.note(id_, answers["text"], by)


def _page(desk: Desk, id_: int, by: Actor, answers: Answers) -> Done:
    from desktop.services.calling import Calling  # seldom wanted, as the two below

    person_id = _number(answers["person"], "person")
    return Calling(desk.escalations.cases).page(id_, person_id, answers["text"], by)


def _decide(desk: Desk, id_: int, by: Actor, answers: Answers) -> Done:
    from desktop.services.deciding import Deciding

    why = answers.get("reason", "")
    deciding = Deciding(desk.escalations.cases)
    return deciding.record(id_, answers["text"], by, approver=answers["approver"], reason=why)


def _book_debrief(desk: Desk, id_: int, by: Actor, answers: Answers) -> Done:
    from desktop.services.debrief_booking import DebriefBooking

    at, facilitator_id = datetime.fromisoformat(answers["at"]), _number(answers["facilitator"], "facilitator")
    return DebriefBooking(desk.escalations.cases).book(id_, at, facilitator_id, by, answers.get("note", ""))


def _edit(desk: Desk, id_: int, by: Actor, answers: Answers) -> Done:
    changes: dict[str, str | int | None] = dict(answers)
    if "customer_id" in answers:
        changes["customer_id"] = _number(answers["customer_id"], "customer_id")
    return desk.escalations.escalation.edit(id_, changes, by)


def _remind(desk: Desk, id_: int, by: Actor, answers: Answers) -> Done:
    minutes = int(answers["length"])
    length = timedelta(minutes=minutes) if minutes else None
    return desk.escalations.escalation.set_forget_after(id_, length, by)


def _merge(desk: Desk, id_: int, by: Actor, answers: Answers) -> Done:
    return desk.escalations.merging.merge(
        id_, _number(answers["into_id"], "into_id"), by, answers.get("reason", "")
    )


def _set_parent(desk: Desk, id_: int, by: Actor, answers: Answers) -> Done:
    parent_id = _number(answers["parent_id"], "parent_id")
    return family_of(desk).set_parent(id_, parent_id, by, answers.get("reason", ""))


def _clear_parent(desk: Desk, id_: int, by: Actor, _answers: Answers) -> Done:
    return family_of(desk).clear_parent(id_, by)


def family_of(desk: Desk) -> "FamilyService":
    """Who is part of whom."""
    from desktop.services.family import FamilyService  # seldom wanted

    return FamilyService(cases=desk.escalations.cases, search=desk.search)


def _split(desk: Desk, id_: int, by: Actor, answers: Answers) -> Done:
    pieces = [int(piece) for piece in answers["evidence"].split(",") if piece]
    return desk.escalations.merging.split(id_, pieces, answers["title"], by, answers.get("reason", ""))


def _remove_evidence(desk: Desk, _id: int, by: Actor, answers: Answers) -> Done:
    return desk.escalations.attaching.remove(int(answers["evidence"]), by)


def _number(text: str, field: str) -> int:
    try:
        return int(text.removeprefix("SEV").strip())
    except ValueError:
        raise DeskError(f"“{text[:40]}” is not a number.", field=field, hint="Type a whole number.") from None


_CALLS: Mapping[Action, Call] = {
    Action.ACKNOWLEDGE: _acknowledge,
    Action.WORK: _work,
    Action.CONTAIN: _contain,
    Action.RESOLVE: _resolve,
    Action.CLOSE: _close,
    Action.REOPEN: _reopen,
    Action.TO_STANDARD: _to_standard,
    Action.OWN: _own,
    Action.ASSIGN: _assign,
    Action.WATCH: _watch,
    Action.CLASSIFY: _classify,
    Action.SET_SEVERITY: _set_severity,
    Action.OVERRIDE: _override,
    Action.PAUSE: _pause,
    Action.RESUME: _resume,
    Action.SNOOZE: _snooze,
    Action.END_SNOOZE: _end_snooze,
    Action.UPDATE: _update,
    Action.CUSTOMER_ANSWERED: _answered,
    Action.NOTE: _note,
    Action.EDIT: _edit,
    Action.SET_FORGET_AFTER: _remind,
    Action.PAGE: _page,
    Action.DECIDE: _decide,
    Action.BOOK_DEBRIEF: _book_debrief,
    Action.MERGE: _merge,
    Action.SPLIT: _split,
    Action.SET_PARENT: _set_parent,
    Action.CLEAR_PARENT: _clear_parent,
    Action.REMOVE_EVIDENCE: _remove_evidence,
}
