"""The review queue: what automation could not settle, and what people decide about it, one by one or many."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from db.queries import alert as alerts
from db.queries import review as queries
from db.queries.rule import Firing
from desktop.domain.errors import Conflict, DeskError
from desktop.domain.escalation import Bulk, Done, State
from desktop.domain.instant import from_us, require_utc, to_us
from desktop.domain.person import Actor
from desktop.domain.review import next_back_us, queue
from desktop.domain.rights import Action
from desktop.domain.rule import action_of
from desktop.domain.timeline import EventKind
from desktop.domain.wording import clean, required
from desktop.services import overruling, proposals, review_mark
from desktop.services.case import Case
from desktop.services.classification import must_live
from desktop.services.escalations import Escalations
from desktop.services.grading import classify_first, differences
from desktop.services.overruling import SetBy
from desktop.services.review_rows import ReviewRow, item_of, rows_of
from desktop.services.rule_deeds import set_values
from desktop.services.transition import reach

_DEED = "Review"
_NOT_TAKEN = "not taken"


class ReviewService:
    """What waits for a person's look, and what a person does about it; many at once are one step to undo."""

    def __init__(self, *, escalations: Escalations) -> None:
        self._commands = escalations
        self._cases = escalations.cases

    def queue(self) -> tuple[ReviewRow, ...]:
        """What waits now, the oldest first."""
        return self._rows(snoozed=False)

    def snoozed(self) -> tuple[ReviewRow, ...]:
        """What is put off, the oldest first."""
        return self._rows(snoozed=True)

    def next_back_at(self) -> datetime | None:
        """When the next one that is put off comes back; None where none is."""
        now_us = to_us(self._cases.clock.now())
        with self._cases.store.read() as session:
            back_us = next_back_us(map(item_of, queries.waiting(session)), now_us)
        return None if back_us is None else from_us(back_us)

    def accept(
        self,
        ids: Sequence[int],
        by: Actor,
        *,
        severity: int | None = None,
        issue_type: str | None = None,
        owner_id: int | None = None,
        proposal_ids: Collection[int] | None = None,
        reason: str = "",
    ) -> Bulk:
        """Confirm what they are: classified as said, else as rules propose, else as they stand.

        All that rules propose for them is carried out, or only `proposal_ids`; the rest is declined.
        """
        said = {"severity": severity, "issue_type": issue_type, "owner": owner_id}
        said = {name: value for name, value in said.items() if value is not None}
        return self._many(ids, partial(self._accept, by=by, said=said, chosen=proposal_ids, reason=reason))

    def duplicate(self, ids: Sequence[int], of_id: int, by: Actor, reason: str = "") -> Bulk:
        """Merge them into the one they repeat."""
        merge = self._commands.merging.merge
        return self._many(ids, lambda id_: merge(id_, of_id, by, reason or "duplicate"))

    def decline(self, ids: Sequence[int], reason: str, by: Actor) -> Bulk:
        """Send them to standard support; what has ended already only leaves the queue.

        Raises: DeskError without a reason.
        """
        reason = required(reason, "reason", "Declining needs a reason.", "Say why it is no escalation.")
        return self._many(ids, partial(self._decline, by=by, reason=reason))

    def snooze(self, ids: Sequence[int], until: datetime, by: Actor, reason: str = "") -> Bulk:
        """Put them off; then they stand in their old place again.

        Raises: DeskError for a time that is over.
        """
        until_us = to_us(require_utc(until))
        if until <= self._cases.clock.now():
            raise DeskError("That time is over.", field="until", hint="Choose a later one.")
        return self._many(ids, partial(self._snooze, by=by, until_us=until_us, reason=clean(reason)))

    def wake(self, ids: Sequence[int], by: Actor) -> Bulk:
        """Let what was put off wait again now."""
        return self._many(ids, partial(self._snooze, by=by, until_us=None, reason=""))

    def _rows(self, *, snoozed: bool) -> tuple[ReviewRow, ...]:
        now_us = to_us(self._cases.clock.now())
        with self._cases.store.read() as session:
            waiting = queries.waiting(session)
            now = {item.escalation_id for item in queue(map(item_of, waiting), now_us)}
            return rows_of(session, [row for row in waiting if (row.id in now) is not snoozed], now_us)

    def _many(self, ids: Sequence[int], command: Any) -> Bulk:  # noqa: ANN401
        return self._commands.escalation.many(ids, command)

    def _accept(
        self,
        escalation_id: int,
        by: Actor,
        said: Mapping[str, Any],
        chosen: Collection[int] | None,
        reason: str,
    ) -> Done:
        with self._cases.change(escalation_id, by, Action.CLASSIFY) as case:
            _must_wait(case)
            firings = proposals.waiting(case)
            taken = [firing for firing in firings if chosen is None or firing.id in chosen]
            kinds = {kind for firing in taken for kind, _ in firing.did.get("actions", ())}
            into_id = _attachable(case, taken) if "attach" in kinds else None
            if into_id is None:
                if "attach" in kinds:
                    raise DeskError(
                        "There is nothing open any more to attach it to.",
                        field="proposals",
                        hint="Decline the proposal, or choose what it is a duplicate of.",
                    )
                return _accepted(case, said, taken, clean(reason))
        merged = self._commands.merging.merge(escalation_id, into_id, by, reason or "as a rule proposed")
        with self._cases.change(escalation_id, by, Action.MERGE) as case:
            _settle(case, taken, {}, clean(reason))
            done = case.tell(EventKind.REVIEWED, _DEED, how="accepted", reason=clean(reason))
        return Done(merged.ids, (*merged.seqs, *done.seqs), done.label)

    def _decline(self, escalation_id: int, by: Actor, reason: str) -> Done:
        with self._cases.change(escalation_id, by, Action.TO_STANDARD) as case:
            _must_wait(case)
            _settle(case, (), {}, reason)
            is_open = case.escalation.is_open
            if is_open:
                reach(case, State.STANDARD)
                case.then_tell(EventKind.REVIEWED, {"how": "declined", "reason": reason})
            review_mark.end(case)
            kind = EventKind.MOVED if is_open else EventKind.REVIEWED
            return case.tell(kind, _DEED, how="declined", reason=reason)

    def _snooze(self, escalation_id: int, by: Actor, until_us: int | None, reason: str) -> Done:
        with self._cases.change(escalation_id, by, Action.CLASSIFY) as case:
            _must_wait(case)
            case.set(review_snoozed_until=until_us)
            return case.tell(
                EventKind.REVIEW_SNOOZED, "Review snooze", counts=False, until=until_us, reason=reason
            )


def _must_wait(case: Case) -> None:
    if not case.escalation.needs_review:
        raise Conflict("It needs no review any more.", hint="Somebody has looked at it meanwhile.")


def _accepted(case: Case, said: Mapping[str, Any], taken: Sequence[Firing], reason: str) -> Done:
    must_live(case)
    before = case.escalation
    is_first = before.state is State.NEW
    silenced = next((value for firing in taken for kind, value in _actions(firing) if kind == "suppress"), "")
    if silenced and before.is_open:
        reach(case, State.STANDARD)
        kind, reason = EventKind.MOVED, reason or silenced
    else:
        _classify(case, said, taken)
        kind = EventKind.CLASSIFIED if is_first else EventKind.REVIEWED
    overruling.note(case, reason, said, _overruled(case, said))
    _settle(case, taken, said, reason)
    review_mark.end(case)
    if kind is not EventKind.REVIEWED:
        case.then_tell(EventKind.REVIEWED, {"how": "accepted"})
    if case.escalation.owner_id != before.owner_id:
        owner_ids = [before.owner_id, case.escalation.owner_id]
        was_owned = before.owner_id is not None
        case.then_tell(EventKind.REASSIGNED if was_owned else EventKind.ASSIGNED, {"owner_id": owner_ids})
    return case.tell(kind, _DEED, how="accepted", reason=reason, **differences(before, case.escalation))


def _classify(case: Case, said: Mapping[str, Any], taken: Sequence[Firing]) -> None:
    values = {**_proposed(taken, said), **said}
    if values:
        set_values(case, values)
    for firing in taken:
        proposals.put_marks(case, _actions(firing), firing.rule)
    if case.escalation.state is State.NEW:
        classify_first(case)
        case.set(state=State.TRIAGED.value)


def _proposed(taken: Sequence[Firing], said: Mapping[str, Any]) -> dict[str, Any]:
    """What the proposals say of it by the names of a decision, where the person says nothing.

    Raises: DeskError where two of them say different things.
    """
    values: dict[str, Any] = {}
    by_field: dict[str, tuple[Any, str]] = {}
    for firing in taken:
        for kind, value in _actions(firing):
            known = action_of(kind)
            if not known.touches or known.touches in said:
                continue
            other = by_field.setdefault(known.touches, ((kind, value), firing.rule))
            if other[0] != (kind, value):
                raise DeskError(
                    f"“{other[1]}” and “{firing.rule}” propose different things"
                    f" for the {known.touches.replace('_', ' ')}.",
                    field="proposals",
                    hint="Take one of them.",
                )
            values[known.key] = value
    return values


def _overruled(case: Case, said: Mapping[str, Any]) -> dict[str, tuple[SetBy, Any]]:
    """The fields of which the person says otherwise than a proposal."""
    found: dict[str, tuple[SetBy, Any]] = {}
    for firing in proposals.waiting(case):
        for field, value in proposals.proposed_values(case.work.session, firing, case.work.at).items():
            if field in said and said[field] != value:
                found.setdefault(field, (SetBy(firing.rule_id, firing.version), value))
    return found


def _settle(case: Case, taken: Sequence[Firing], said: Mapping[str, Any], reason: str) -> None:
    """Note of each proposal what became of it; one of which nothing is left was declined."""
    ids = {firing.id for firing in taken}
    for firing in proposals.waiting(case):
        touched = [action_of(kind).touches for kind, _ in _actions(firing)]
        if firing.id in ids and not all(field in said for field in touched):
            fields = [field for field in touched if field and field not in said]
            now = {field: getattr(case.escalation, overruling.column_of(field)) for field in fields}
            proposals.decide(case, firing, proposals.ACCEPTED, reason, now)
        else:
            proposals.decide(case, firing, proposals.DECLINED, reason or _NOT_TAKEN)


def _actions(firing: Firing) -> list[tuple[str, Any]]:
    return [(kind, value) for kind, value in firing.did.get("actions", ())]


def _attachable(case: Case, taken: Sequence[Firing]) -> int | None:
    """The other open escalation that a proposal wants it attached to."""
    session = case.work.session
    ways = [value for firing in taken for kind, value in _actions(firing) if kind == "attach"]
    for way in ways:
        if way == "fingerprint":
            marks = {alert.fingerprint for alert in alerts.of_escalation(session, case.id)}
            for mark in sorted(marks):
                for alert in alerts.like(session, mark, 0):
                    if alert.is_open and alert.escalation_id != case.id:
                        return alert.escalation_id
            continue
        escalation = case.escalation
        found = alerts.open_of_customer(session, escalation.customer_id, escalation.area, but_id=case.id)
        if found is not None:
            return found[0]
    return None
