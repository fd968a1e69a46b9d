"""Gives escalations owners and watchers."""

from db.queries import person as people
from db.queries import watcher as watchers
from desktop.domain.commitment import Kind
from desktop.domain.errors import DeskError, NotFound
from desktop.domain.escalation import Done, State
from desktop.domain.person import Actor, Person
from desktop.domain.review import Reason
from desktop.domain.rights import Action
from desktop.domain.timeline import EventKind
from desktop.domain.wording import clean
from desktop.services import commitment as commitments
from desktop.services import overruling, review_mark, snooze
from desktop.services.case import Case, Cases


class OwnershipService:
    """Commands about whose an escalation is, and who wants to hear of it."""

    def __init__(self, cases: Cases) -> None:
        self._cases = cases

    def assign(self, escalation_id: int, person_id: int | None, by: Actor, note: str = "") -> Done:
        """Give it to a person, or with None take it from whoever owns it.

        Raises: DeskError when that changes nothing or the person has left; NotAllowed.
        """
        with self._cases.change(escalation_id, by, Action.ASSIGN) as case:
            return _give(case, person_id, note)

    def own(self, escalation_id: int, by: Actor, note: str = "") -> Done:
        """Take it oneself.

        Raises: DeskError when it is one's own already, or the desk does not know who is acting; NotAllowed.
        """
        with self._cases.change(escalation_id, by, Action.OWN) as case:
            return _give(case, _self(by), note)

    def watch(self, escalation_id: int, by: Actor) -> Done:
        """Hear of it without owning it.

        Raises: DeskError when one does already.
        """
        with self._cases.change(escalation_id, by, Action.WATCH) as case:
            if not watchers.add(case.work.session, case.id, _self(by)):
                raise DeskError("You watch it already.")
            return case.tell(EventKind.WATCHER_ADDED, "Watching", counts=False)

    def unwatch(self, escalation_id: int, by: Actor) -> Done:
        """Hear of it no more.

        Raises: DeskError when one did not.
        """
        with self._cases.change(escalation_id, by, Action.WATCH) as case:
            if not watchers.remove(case.work.session, case.id, _self(by)):
                raise DeskError("You do not watch it.")
            return case.tell(EventKind.WATCHER_REMOVED, "End of watching", counts=False)


def _give(case: Case, person_id: int | None, note: str) -> Done:
    before = case.escalation.owner_id
    if case.escalation.state is State.MERGED:
        raise DeskError("The escalation was merged into another.", hint="Assign that one.")
    if person_id == before:
        raise DeskError("It is owned like that already.", field="owner", hint="Choose somebody else.")
    owner = hand_over(case, person_id)
    overruling.note(case, clean(note), ("owner",))
    kind = EventKind.ASSIGNED if before is None else EventKind.REASSIGNED
    return case.tell(
        kind,
        "Assignment",
        note=clean(note),
        owner=owner.name if owner else "nobody",
        owner_id=[before, person_id],
    )


def hand_over(case: Case, person_id: int | None) -> Person | None:
    """Let a person own it from now on, or nobody; the command tells of it. Gives that person.

    Raises: NotFound; DeskError when the person has left.
    """
    owner = None if person_id is None else present(case, person_id)
    case.set(owner_id=person_id)
    if owner is not None:
        commitments.stop(case, (Kind.ASSIGN,))
        review_mark.drop(case, Reason.NO_OWNER)
    snooze.end(case, "the owner changed")
    return owner


def present(case: Case, person_id: int, field: str = "owner") -> Person:
    """Somebody who is at the desk.

    Raises: NotFound; DeskError when the person has left.
    """
    person = people.by_id(case.work.session, person_id)
    if person is None:
        raise NotFound("There is no such person at the desk.", field=field)
    if not person.active:
        raise DeskError(f"{person.name} is no longer at the desk.", field=field, hint="Choose somebody else.")
    return person


def _self(by: Actor) -> int:
    if by.person_id is None:
        raise DeskError(
            "The desk does not know who you are.", field="owner", hint="Choose your name in Settings."
        )
    return by.person_id
