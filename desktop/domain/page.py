"""Who is paged: the people of a step, spared where they were paged too often, and then the next ones."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from desktop.domain.channel import PageChannel, in_turn
from desktop.domain.person import Person

NO_CHANNEL = "no channel"


class Paged(NamedTuple):
    """Somebody who is paged, and by which channel first; `instead` names whom they are asked for."""

    person: Person
    channel: PageChannel
    instead: str = ""


class Spared(NamedTuple):
    """Somebody who is not paged, and why; with `until` later instead, by that channel."""

    person: Person
    why: str
    until: datetime | None = None
    channel: PageChannel | None = None


@dataclass(frozen=True, slots=True)
class PagePlan:
    """Whom a page goes to and whom not."""

    paged: tuple[Paged, ...] = ()
    spared: tuple[Spared, ...] = ()

    @property
    def ids(self) -> frozenset[int]:
        """Who is paged."""
        return frozenset(one.person.id for one in self.paged)


@dataclass(frozen=True, slots=True)
class PageTerms:
    """What decides about pages: channels by person, pages of the last hour, and how many may be.

    `quiet_until` gives when the quiet hours of a person end that hold this page back, None where none do.
    With `may_exceed` nobody is spared where nobody else is left: a breach of P1.
    """

    channels: Mapping[int, Sequence[PageChannel]]
    counts: Mapping[int, int]
    most_per_hour: int
    quiet_until: Callable[[Person], datetime | None] = lambda person: None
    wanted: Sequence[str] = ()
    may_exceed: bool = False


def plan_pages(people: Sequence[Person], above: Iterable[Sequence[Person]], terms: PageTerms) -> PagePlan:
    """Page these people; where the hour's limit spares all of them, the first above who can be.

    `above` are the people of the steps that follow.
    """
    paged, spared, tired = _look(people, terms)
    if paged or not tired:
        return PagePlan(tuple(paged), (*spared, *_too_many(tired, terms)))
    names = ", ".join(person.name for person in tired)
    asked = {person.id for person in people}
    for group in above:
        others = [person for person in group if person.id not in asked]
        asked |= {person.id for person in others}
        found, _, _ = _look(others, terms)
        if found:
            instead = tuple(one._replace(instead=names) for one in found)
            return PagePlan(instead, (*spared, *_too_many(tired, terms)))
    if terms.may_exceed:
        return PagePlan(tuple(Paged(person, _first(person, terms)) for person in tired), tuple(spared))
    return PagePlan((), (*spared, *_too_many(tired, terms)))


def _look(people: Sequence[Person], terms: PageTerms) -> tuple[list[Paged], list[Spared], list[Person]]:
    paged: list[Paged] = []
    spared: list[Spared] = []
    tired: list[Person] = []
    for person in people:
        if not terms.channels.get(person.id):
            spared.append(Spared(person, NO_CHANNEL))
        elif (until := terms.quiet_until(person)) is not None:
            spared.append(Spared(person, "quiet hours", until, _first(person, terms)))
        elif terms.counts.get(person.id, 0) >= terms.most_per_hour:
            tired.append(person)
        else:
            paged.append(Paged(person, _first(person, terms)))
    return paged, spared, tired


def _first(person: Person, terms: PageTerms) -> PageChannel:
    return in_turn(terms.channels[person.id], terms.wanted)[0]


def _too_many(people: Iterable[Person], terms: PageTerms) -> tuple[Spared, ...]:
    return tuple(
        Spared(person, f"paged {terms.counts.get(person.id, 0)} times within the hour") for person in people
    )
