"""Takes commands back: by a compensating event, never by deleting one."""

from collections.abc import Container, Sequence
from typing import Any

from db.queries import timeline
from desktop.domain.errors import Conflict, DeskError, NotAllowed
from desktop.domain.escalation import OPENING, Done, State
from desktop.domain.events import CustomersChanged, SignalsDecided
from desktop.domain.person import Actor, Role
from desktop.domain.timeline import EventKind, TimelineEvent
from desktop.services import customer_work, overruling
from desktop.services.case import Case, Cases, Work
from desktop.services.changes import Entry, barring, put_back, standing, touched
from desktop.services.transition import reach

_FOR_OTHERS = frozenset({Role.COORDINATOR, Role.LEAD})


class UndoService:
    """Undo, and redo as the undoing of an undo."""

    def __init__(self, cases: Cases) -> None:
        self._cases = cases

    def undo(self, seqs: Sequence[int], by: Actor) -> Done:
        """Take back what these events changed, the latest first, all of it or nothing.

        Undoing the seqs of what this hands back does it again. An opening is taken back by sending the
        escalation to standard support: it was opened by mistake.

        Raises: Conflict naming what changed meanwhile; DeskError when there is nothing to take back;
            NotAllowed.
        """
        done: list[Done] = []
        with self._cases.work(by) as work:
            events = [timeline.get(work.session, seq) for seq in sorted(seqs, reverse=True)]
            of_customers = [event for event in events if customer_work.is_of_customer(event)]
            for event in events:
                if event not in of_customers and _is_undoable(event):
                    _check(work, event, by, _undone(work, event))
                    # What a customer's change brought about is scored anew where it has changed since.
                    done.append(_undo(work, event, is_strict=not of_customers))
            released = [_undo_release(work, event, by) for event in events if _is_release(event)]
            done += released
            for event in of_customers:
                _check(work, event, by, customer_work.undone_since(work.session, event))
                done = [customer_work.undo(work, event, done)]
            if not done:
                raise DeskError("There is nothing in it to undo.")
        if of_customers:
            self._cases.publish(CustomersChanged((), self._cases.store.revision()))
        if released:
            self._cases.publish(SignalsDecided(self._cases.store.revision()))
        ids = dict.fromkeys(id_ for one in done for id_ in one.ids)
        return Done(tuple(ids), tuple(seq for one in done for seq in one.seqs), _label(released or done))


def _is_undoable(event: TimelineEvent) -> bool:
    return bool(event.body.get("changes")) or event.kind == EventKind.OPENED


def _is_release(event: TimelineEvent) -> bool:
    return event.kind == EventKind.SIGNAL_RELEASED and "was" in event.body


def _undo_release(work: Work, event: TimelineEvent, by: Actor) -> Done:
    from desktop.services import signal_undo  # few desks release signals

    _check(work, event, by, signal_undo.undone_since(work.session, event))
    return signal_undo.undo(work, event)


def _check(work: Work, event: TimelineEvent, by: Actor, undone: Container[int]) -> None:
    is_own = event.body.get("by_id") == by.person_id if by.person_id is not None else event.actor == by.name
    if not is_own and not by.roles & _FOR_OTHERS:
        raise NotAllowed(
            f"{event.actor} did that: only they, a coordinator or a lead may take it back.",
            hint="Ask one of them.",
        )
    if event.seq in undone:
        raise Conflict("That was undone already.")


def _undone(work: Work, event: TimelineEvent) -> set[int]:
    """The events taken back since; one whose undoing was itself undone is not among them."""
    if event.escalation_id is None:
        return set()
    undone: set[int] = set()
    for later in reversed(timeline.since(work.session, event.escalation_id, event.seq)):
        if later.kind == EventKind.UNDONE and later.seq not in undone:
            undone.add(int(later.body["undoes"]))
    return undone


def _undo(work: Work, event: TimelineEvent, *, is_strict: bool) -> Done:
    if event.escalation_id is None:
        raise DeskError("Only what was done to an escalation or a customer can be undone.")
    if event.kind == EventKind.OPENED:
        return _undo_opening(work, event, event.escalation_id)
    entries: list[Entry] = standing(work.session, event.body["changes"])
    for entry in entries if is_strict else ():
        if names := barring(work.session, entry):
            raise _conflict(work, event, entry, names)
    others = [id_ for id_ in touched(work.session, entries) if id_ != event.escalation_id]
    case = work.case(event.escalation_id)
    for entry in reversed(entries):
        if before := put_back(work.session, entry):
            case.changes.set(entry["table"], entry["id"], **before)
    # Seen before the rows were put back, evidence and watchers may have stood with another escalation.
    others += [id_ for id_ in touched(work.session, entries) if id_ not in (*others, event.escalation_id)]
    case.reload()
    if event.kind == EventKind.RULE_APPLIED:
        overruling.note(case, "undone")
    deed = str(event.body.get("deed", "Change"))
    done = case.tell(EventKind.UNDONE, deed, undoes=event.seq)
    for other_id in others:
        _tell_other(work.case(other_id), event, deed)
    return Done((done.escalation_id, *others), done.seqs, done.label)


def _undo_opening(work: Work, event: TimelineEvent, escalation_id: int) -> Done:
    """Numbers are never given back: what was opened by mistake goes to standard support, and says why."""
    case = work.case(escalation_id)
    undone = _undone(work, event)
    for later in reversed(timeline.since(work.session, escalation_id, event.seq)):
        is_undoing = later.kind == EventKind.UNDONE
        if later.body.get("changes") and not is_undoing and later.seq not in undone:
            deed = str(later.body.get("deed", "a change")).lower()
            raise Conflict(f"{later.actor} has gone on with it since: {deed}.", hint="Undo that first.")
    reach(case, State.STANDARD)
    return case.tell(EventKind.UNDONE, OPENING, undoes=event.seq, reason="opened by mistake")


def _tell_other(case: Case, event: TimelineEvent, deed: str) -> None:
    case.tell(EventKind.UNDONE, deed, undoes=event.seq, at=event.escalation_id)


def _conflict(work: Work, event: TimelineEvent, entry: Entry, names: list[str]) -> Conflict:
    """The refusal, naming the latest event that changed the same."""
    if event.escalation_id is not None:
        for later in reversed(timeline.since(work.session, event.escalation_id, event.seq)):
            if _changed(later.body.get("changes", ()), entry, names):
                deed = str(later.body.get("deed", "a change")).lower()
                return Conflict(f"{later.actor} has changed it since: {deed}.", hint="Undo that first.")
    return Conflict("It has been changed since.", hint="Look at the timeline.")


def _changed(entries: Sequence[Any], entry: Entry, names: list[str]) -> bool:
    return any(
        later["table"] == entry["table"]
        and later["id"] == entry["id"]
        and any(n in later["columns"] for n in names)
        for later in entries
    )


def _label(done: Sequence[Done]) -> str:
    if len(done) == 1:
        return done[0].label
    return f"{done[0].label.split(' of ')[0]} of {len(done)} escalations"
