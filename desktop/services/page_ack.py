"""Acknowledging a page from outside, by the token it came with: once, and only while it is valid."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from db.queries import escalation as escalations
from db.queries import page as tokens
from db.queries import person as people
from db.queries import timeline
from db.queries.page import PageToken
from db.unit_of_work import Session, Store
from desktop.domain.clock import Clock
from desktop.domain.errors import DeskError
from desktop.domain.instant import to_us
from desktop.domain.person import Actor, Person, Role
from desktop.domain.timeline import EventKind
from desktop.services.page_queue import hash_of

LINK, MAIL = "link", "mail"
_LONGEST_TOKEN = 200


class Answer(StrEnum):
    """How it stands with a link."""

    OPEN = "open"
    DONE = "done"
    SPENT = "spent"
    EXPIRED = "expired"
    UNKNOWN = "unknown"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class AckView:
    """A page as its link shows it; empty where the token is unknown. `why` says why it was refused."""

    answer: Answer
    number: str = ""
    title: str = ""
    who: str = ""
    why: str = ""


class PageAcks:
    """Looks up and spends tokens. `acknowledge` does it for the escalation: (id, by whom, note)."""

    def __init__(
        self, *, store: Store, clock: Clock, acknowledge: Callable[[int, Actor, str], object]
    ) -> None:
        self._store = store
        self._clock = clock
        self._acknowledge = acknowledge

    def look(self, token: str) -> AckView:
        """How it stands; nothing is changed by looking, as scanners of links do."""
        now_us = to_us(self._clock.now())
        with self._store.read() as session:
            found = _found(session, token)
            return AckView(Answer.UNKNOWN) if found is None else _view(session, found, now_us)

    def acknowledge(self, token: str) -> AckView:
        """Acknowledge in the name of whoever was paged; the second time it is spent."""
        now_us = to_us(self._clock.now())
        with self._store.begin() as session:
            found = _found(session, token)
            if found is None:
                return AckView(Answer.UNKNOWN)
            view = _view(session, found, now_us)
            if view.answer is not Answer.OPEN or not tokens.spend(session, found.outbox_id, now_us):
                return view
            person = people.by_id(session, found.person_id)
            # It may have been merged since: then the one it lives on in is meant.
            escalation_id = escalations.survivor(session, found.escalation_id)
        try:
            self._acknowledge(escalation_id, actor_of(person), "by the link in the page")
        except DeskError as error:
            with self._store.begin() as session:
                tokens.give_back(session, found.outbox_id, now_us)
            return replace(view, answer=Answer.REFUSED, why=str(error))
        with self._store.begin() as session:
            note(session, found, person, now_us, LINK)
        return replace(view, answer=Answer.DONE)


def actor_of(person: Person | None) -> Actor:
    """Whoever was paged, who is on call by that.

    Raises: DeskError for somebody who has left.
    """
    if person is None or not person.active:
        raise DeskError("Whoever was paged has left the desk.", hint="Somebody else acknowledges it.")
    actor = person.actor()
    return replace(actor, roles=actor.roles | {Role.ON_CALL})


def note(session: Session, token: PageToken, person: Person | None, now_us: int, way: str) -> None:
    """On the timeline: the page was answered, by whom and how."""
    timeline.append(
        session,
        kind=EventKind.ONCALL_ACKNOWLEDGED,
        at_us=now_us,
        actor=person.name if person is not None else "",
        escalation_id=token.escalation_id,
        body={"outbox": token.outbox_id, "by": way, "channel": token.label, "by_id": token.person_id},
    )


def _found(session: Session, token: str) -> PageToken | None:
    if not 0 < len(token) <= _LONGEST_TOKEN:
        return None
    return tokens.find(session, hash_of(token), LINK)


def _view(session: Session, found: PageToken, now_us: int) -> AckView:
    person = people.by_id(session, found.person_id)
    who = person.name if person is not None else ""
    if found.used_us is not None:
        return AckView(Answer.SPENT, found.number, "", who)
    if found.expires_us <= now_us:
        return AckView(Answer.EXPIRED, found.number, "", who)
    return AckView(Answer.OPEN, found.number, found.title, who)
