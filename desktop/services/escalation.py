"""Opens escalations, and keeps what is known and said of them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from db.queries import customer as customers
from db.queries import escalation as escalations
from db.queries import person as people
from db.unit_of_work import Session
from desktop.domain.customer import Customer
from desktop.domain.errors import DeskError, NotFound, StoreError
from desktop.domain.escalation import Bulk, Done, Opened, Refusal
from desktop.domain.forgotten import checked_length
from desktop.domain.history import Past, recall
from desktop.domain.intake import Intake
from desktop.domain.opening import Opening, build
from desktop.domain.person import Actor
from desktop.domain.policy import Policy
from desktop.domain.review import Reason
from desktop.domain.rights import Action, may
from desktop.domain.timeline import EventKind
from desktop.domain.wording import clean, one_line, required
from desktop.services import opening as openings
from desktop.services import overruling, review_mark, snooze
from desktop.services.case import Case, Cases
from desktop.services.changes import Value
from desktop.services.grading import rescore
from desktop.services.pausing import end_waiting_on_customer

if TYPE_CHECKING:
    from desktop.services.preview import Preview

#: What may be told of an escalation inside the transaction that opens it.
OpenedHook = Callable[[Session, Opened], None]

_ONE_LINE = frozenset(("title", "team", "reporter", "source", "external_source", "external_ref", "next_step"))
_EDITABLE = _ONE_LINE | {"description", "customer_id"}


class EscalationService:
    """Opening, notes, edits, the customer's and the desk's word."""

    def __init__(self, cases: Cases) -> None:
        self._cases = cases
        self.on_opened: list[OpenedHook] = []

    def open(self, intake: Intake, by: Actor) -> Opened:
        """Open an escalation with all that it promises.

        Raises: DeskError naming the field at fault; Conflict when its reference has one already; NotAllowed.
        """
        may(by, Action.OPEN)
        with self._cases.work(by) as work:
            policy = work.policies.active(work.session)
            customer = _customer(work.session, intake.customer_id)
            _check_owner(work.session, intake.owner_id)
            opening = self.build(intake, customer, policy, work.at, by)
            opened = openings.store(work.session, opening, by)
            for hook in self.on_opened:
                hook(work.session, opened)
            work.ids[opened.id] = None
        return opened

    @staticmethod
    def build(intake: Intake, customer: Customer, policy: Policy, at: datetime, by: Actor) -> Opening:
        """All rows of an opening, worked out without touching the store."""
        return build(intake, customer, policy, at, by)

    @staticmethod
    def store_past(
        session: Session, pasts: Sequence[tuple[Opening, Past]], policy: Policy, by: Actor
    ) -> list[Opened]:
        """Write many openings with what was done about them before, in the caller's transaction.

        Nobody hears of them through the hooks; the caller publishes that there is something new.
        """
        return openings.store_past(session, [recall(opening, past, policy) for opening, past in pasts], by)

    def preview(self, intake: Intake, by: Actor) -> "Preview":
        """What opening this now would promise, and who would be told.

        Raises: DeskError naming the field at fault.
        """
        from desktop.services.preview import preview_of  # only the form of a new escalation asks

        policy = self._cases.policies.active()
        with self._cases.store.read() as session:
            customer = _customer(session, intake.customer_id)
            return preview_of(session, build(intake, customer, policy, self._cases.clock.now(), by), policy)

    def note(self, escalation_id: int, text: str, by: Actor) -> Done:
        """Write a note on the timeline.

        Raises: DeskError for an empty one.
        """
        with self._cases.change(escalation_id, by, Action.NOTE) as case:
            text = required(text, "text", "The note is empty.", "Type what others should know.")
            return case.tell(EventKind.NOTE_ADDED, "Note", text=text)

    def edit(self, escalation_id: int, changes: Mapping[str, str | int | None], by: Actor) -> Done:
        """Change what is known of it: title, description, customer, team, reporter, source, next step.

        Another customer changes the score.

        Raises: DeskError naming the field at fault, or when nothing changes; NotAllowed.
        """
        with self._cases.change(escalation_id, by, Action.EDIT) as case:
            before = case.escalation
            case.set(**_edited(case, changes))
            after = case.escalation
            if after == before:
                raise DeskError("Nothing was changed.")
            if after.customer_id != before.customer_id:
                rescore(case)
                snooze.end_if_graver(case, before)
                review_mark.drop(case, Reason.NO_CUSTOMER)
            overruling.note(case, "", ("team", "customer"))
            fields = [name for name in sorted(changes) if getattr(after, name) != getattr(before, name)]
            return case.tell(EventKind.EDITED, "Edit", fields=fields)

    def record_update(self, escalation_id: int, text: str, by: Actor) -> Done:
        """Record what the customer was told, word for word: that promise is kept and the next one begins.

        Raises: DeskError for an empty text; NotAllowed.
        """
        from desktop.services.message_recording import Told, record  # a window starts without messages

        with self._cases.change(escalation_id, by, Action.UPDATE) as case:
            return record(case, Told(text))[1]

    def customer_answered(self, escalation_id: int, by: Actor, text: str = "") -> Done:
        """Record that the customer answered: clocks that waited for it run again, and alarms return."""
        with self._cases.change(escalation_id, by, Action.CUSTOMER_ANSWERED) as case:
            resumed = end_waiting_on_customer(case)
            snooze.end(case, "the customer answered")
            return case.tell(
                EventKind.CUSTOMER_ANSWERED, "Customer's answer", text=clean(text), resumed=resumed
            )

    def set_forget_after(self, escalation_id: int, length: timedelta | None, by: Actor) -> Done:
        """Set after how much time without any event its owner is reminded; None for the policy's time.

        Raises: DeskError for less than a minute, or when nothing changes; NotAllowed.
        """
        with self._cases.change(escalation_id, by, Action.SET_FORGET_AFTER) as case:
            if length is not None and length < timedelta(minutes=1):
                raise DeskError(
                    "That is too short for a reminder.", field="length", hint="Choose a minute or more."
                )
            if length == case.escalation.forget_after:
                raise DeskError("It is reminded like that already.", field="length")
            case.set(forget_after_s=checked_length(length))
            return case.tell(EventKind.EDITED, "Reminder", fields=["forget_after"])

    def find(self, number: str) -> tuple[int, ...]:
        """The escalations a number stands for: old numbers keep resolving, after a split to several."""
        with self._cases.store.read() as session:
            return tuple(escalations.with_number(session, one_line(number).upper()))

    def many(self, ids: Sequence[int], command: Callable[[int], Done]) -> Bulk:
        """Carry out a command on each escalation; those that refuse keep the others from nothing."""
        done: list[Done] = []
        refused: list[Refusal] = []
        for escalation_id in ids:
            try:
                done.append(command(escalation_id))
            except StoreError:
                raise  # the next one would meet the same
            except DeskError as error:
                refused.append(Refusal(escalation_id, self._number(escalation_id), str(error)))
        return Bulk(tuple(done), tuple(refused))

    def _number(self, escalation_id: int) -> str:
        with self._cases.store.read() as session:
            try:
                return escalations.get(session, escalation_id).number
            except NotFound:
                return ""


def _edited(case: Case, changes: Mapping[str, str | int | None]) -> dict[str, Value]:
    if unknown := sorted(set(changes) - _EDITABLE):
        raise DeskError(f"This cannot be edited: {', '.join(unknown)}.", field=unknown[0])
    columns: dict[str, Value] = {}
    for name, value in changes.items():
        if name == "customer_id":
            columns[name] = _customer(case.work.session, int(value or 0)).id
        elif name.startswith("external_"):
            columns[name] = one_line(str(value or "")) or None
        else:
            columns[name] = one_line(str(value or "")) if name in _ONE_LINE else clean(str(value or ""))
    if columns.get("title", "x") == "":
        raise DeskError(
            "The escalation has no title.", field="title", hint="Say in a few words what is wrong."
        )
    _check_reference(case, columns)
    return columns


def _check_reference(case: Case, columns: Mapping[str, Value]) -> None:
    source = columns.get("external_source", case.escalation.external_source)
    reference = columns.get("external_ref", case.escalation.external_ref)
    if reference:
        source = None if source is None else str(source)
        number = escalations.number_of_reference(case.work.session, source, str(reference))
        if number not in ("", case.escalation.number):
            raise DeskError(f"{number} stands for the reference {reference} already.", field="external_ref")


def _customer(session: Session, customer_id: int) -> Customer:
    customer = customers.by_id(session, customer_id)
    if customer is None:
        raise NotFound(
            "The escalation needs a customer.", field="customer", hint="Choose one, or add a new one."
        )
    return customer


def _check_owner(session: Session, owner_id: int | None) -> None:
    owner = None if owner_id is None else people.by_id(session, owner_id)
    if owner_id is not None and (owner is None or not owner.active):
        raise DeskError(
            "The owner is not at the desk.", field="owner", hint="Choose somebody else, or nobody."
        )
