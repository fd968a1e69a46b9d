"""Who moved is told: a notification for each person whose shifts are others than before."""

from collections.abc import Mapping
from typing import Any

from db.queries import on_call, outbox
from db.unit_of_work import Session
from desktop.domain.instant import span_us
from desktop.domain.person import Actor, Person
from desktop.domain.policy_alarm import Urgency
from desktop.domain.roster_difference import Difference, Span
from desktop.services.desk_notice import cut_body, cut_title
from desktop.services.outbox import DESKTOP
from desktop.services.roster_words import moved_text

#: Why a row about moved shifts is in the outbox, and one about a swap.
MOVED, SWAP = "roster.changed", "roster.swap"


def tell_moved(
    session: Session,
    name: str,
    change: Difference,
    known: Mapping[str, Person],
    *,
    now_us: int,
    by: Actor,
) -> int:
    """Tell everybody whose shifts in a schedule moved, but for whoever did it; gives how many."""
    told = 0
    for moved in change.people:
        person = known.get(moved.person)
        if person is None or not person.active or person.id == by.person_id:
            continue
        body = f"{name}: {moved_text(moved, person.zone)} Changed by {by.name}."
        told += tell_person(session, person, MOVED, f"Shifts of {person.name} moved", body, now_us)
    return told


def tell_person(session: Session, person: Person, reason: str, title: str, body: str, now_us: int) -> int:
    """Tell one person at the desk and, where they have a channel, beyond it; gives how many rows that is."""
    row = _row(person, reason, title, body, now_us, DESKTOP)
    at_desk = row._replace(title=cut_title(title), body=cut_body(body))
    return int(outbox.put_one(session, at_desk) != 0) + tell_beyond(
        session, person, reason, title, body, now_us
    )


def tell_beyond(session: Session, person: Person, reason: str, title: str, body: str, now_us: int) -> int:
    """Tell one person by the quietest of their channels, where they have any; gives how many rows that made.

    Nobody has to act on it at once: it counts towards no limit of pages, and waits for quiet hours to end.
    """
    if not on_call.has_channel(session):
        return 0
    from desktop.services.page_notice import page_person  # a desk without channels does without it

    return int(page_person(session, person, reason=reason, title=title, body=body, now_us=now_us))


def _row(person: Person, reason: str, title: str, body: str, now_us: int, channel: str) -> outbox.NewRow:
    return outbox.NewRow(
        key=f"{reason}:{person.id}|{now_us}:{title}:{body}|0|{person.id}|{channel}",
        escalation_id=None,
        alarm_id=None,
        reason=reason,
        step=0,
        person_id=person.id,
        channel=channel,
        urgency=Urgency.NORMAL.value,
        title=title,
        body=body,
        sound=0,
        created_us=now_us,
    )


def moved_facts(change: Difference) -> list[dict[str, Any]]:
    """For the timeline: whose shifts moved, in microseconds gained and lost, with the first of each."""
    return [
        {
            "person": moved.person,
            "gained_us": _total(moved.gained),
            "lost_us": _total(moved.lost),
            "first": (moved.gained or moved.lost)[0][0].isoformat(),
        }
        for moved in change.people
    ]


def _total(spans: tuple[Span, ...]) -> int:
    return sum(span_us(end - start) for start, end in spans)
