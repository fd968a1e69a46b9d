"""Takes back what a person made of signals that were held: they are held again."""

from collections.abc import Sequence
from typing import Any

from db.queries import escalation as escalations
from db.queries import held, timeline
from db.queries.held import Standing
from db.unit_of_work import Session
from desktop.domain.errors import Conflict
from desktop.domain.escalation import Done
from desktop.domain.timeline import EventKind, TimelineEvent
from desktop.services.case import Work
from desktop.services.customer_work import tell_desk

_Groups = list[tuple[Standing, list[int]]]


def undone_since(session: Session, event: TimelineEvent) -> set[int]:
    """The releases taken back since; one whose undoing was itself undone is not among them."""
    undone: set[int] = set()
    for later in reversed(timeline.of_desk_since(session, event.seq)):
        if later.kind == EventKind.SIGNAL_RELEASED and "undoes" in later.body and later.seq not in undone:
            undone.add(int(later.body["undoes"]))
    return undone


def undo(work: Work, event: TimelineEvent) -> Done:
    """Let the signals of a release stand as they stood before it.

    Undoing what this hands back releases them again, in the same way.

    Raises: Conflict when one was decided about since.
    """
    became, was = _groups(event.body["became"]), _groups(event.body["was"])
    for standing, ids in became:
        if held.standings(work.session, ids) != {standing: ids}:
            raise Conflict("Some of these signals were decided about since.", hint="Look at them one by one.")
    for standing, ids in was:
        held.stand(work.session, ids, standing, work.at_us)
    joined = [group for group in became if group[0].disposition == "joined"]
    joins = [group for group in was if group[0].disposition == "joined"]
    of: dict[int, None] = {}
    for standing, ids in (*joined, *joins):
        counted_id = standing.escalation_id or 0
        survivor_id = escalations.survivor(work.session, counted_id)
        of[survivor_id] = None
        if (standing, ids) in joined:
            held.forget_keys(work.session, ids, survivor_id, counted_id)
        else:
            held.keep_keys(work.session, ids, survivor_id, work.at_us)
    seqs = _tell(work, event, tuple(of))
    return Done(tuple(of), seqs, f"Release of {sum(len(ids) for _, ids in was):,} signals")


def _tell(work: Work, event: TimelineEvent, escalation_ids: Sequence[int]) -> tuple[int, ...]:
    for escalation_id in escalation_ids:
        work.case(escalation_id).tell(EventKind.UNDONE, "Joining of signals", undoes=event.seq)
    body: dict[str, Any] = {"how": "undone", "undoes": event.seq, "signals": event.body["signals"]}
    body |= {"was": event.body["became"], "became": event.body["was"]}
    return (tell_desk(work, EventKind.SIGNAL_RELEASED, body),)


def _groups(kept: Sequence[Sequence[Any]]) -> _Groups:
    return [(Standing._make(row[:-1]), list(row[-1])) for row in kept]
