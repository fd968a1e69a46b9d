"""Whom to call about an escalation: the rota's answer, and beside it who is the least tired.

Nothing is decided here: a person reads both and assigns.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from db.queries import commitment as commitments
from db.queries import escalation as escalations
from db.queries import person as people
from db.queries.schedule import ScheduleRow
from db.unit_of_work import Session, Store
from desktop.domain.burden import Weights
from desktop.domain.clock import Clock
from desktop.domain.escalation import Escalation
from desktop.domain.instant import from_us, to_us
from desktop.domain.person import Actor, Person, Role
from desktop.domain.rights import Action, may
from desktop.domain.roster_suggest import Suggestion, suggest
from desktop.services.bus import Bus
from desktop.services.call_facts import CallFacts
from desktop.services.load import Final
from desktop.services.policy import PolicyService
from desktop.services.roster import RosterService
from desktop.services.roster_read import named_in, of_team
from desktop.services.roster_view import merged

#: How far ahead the rota is asked who comes next.
_AHEAD = timedelta(days=28)
#: Days in a row may have begun that long ago.
_BEFORE = timedelta(weeks=5)
_MOMENT = timedelta(microseconds=1)
#: A week on call that stayed quiet weighs less than a night's sleep: else the desk would wake somebody off
#: duty to spare somebody who is up and on call.
_WEIGHTS = Weights(day_in_a_row=0.25)
#: Who is called where no rota says who.
_CALLED = frozenset({Role.ON_CALL, Role.ON_CALL_LEADER, Role.SENIOR_ENGINEER})


class OnCallNow(NamedTuple):
    """Somebody on call now, by which schedule and which of its layers, until when."""

    person: Person
    schedule: str
    layer: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Called:
    """Somebody who could be called; their place in the order with the reasons."""

    person: Person
    suggestion: Suggestion


@dataclass(frozen=True, slots=True)
class Whom:
    """Both answers for one escalation: `rota` is empty where nobody is on call, or there is no rota.

    `order` has whoever is best called first.
    """

    escalation: Escalation
    at: datetime
    has_rota: bool
    rota: tuple[OnCallNow, ...]
    order: tuple[Called, ...]

    @property
    def suggested(self) -> Called | None:
        """The first of those who can be called."""
        return next((one for one in self.order if one.suggestion.is_possible), None)


class CallSuggestion:
    """Answers whom to call. `final` gives the shifts of all schedules as they were worked."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        policy: PolicyService,
        final: Final | None = None,
        weights: Weights = _WEIGHTS,
    ) -> None:
        self._store = store
        self._clock = clock
        self._policy = policy
        # The roster is only read here: there is nothing to publish.
        self._final = final or RosterService(store=store, clock=clock, bus=Bus()).worked
        self._weights = weights

    def for_escalation(self, escalation_id: int, by: Actor) -> Whom:
        """Who is on call for its team, and everybody who could be called, the least tired first.

        Those are the people of the team's rota; without a rota the people of the team who take calls. How
        often somebody was paged is told to leads only.

        Raises: NotFound; NotAllowed unless by somebody who may assign it.
        """
        now = self._clock.now()
        most_per_hour = self._policy.active().budget.limit_per_hour
        worked = tuple(self._final(now - _BEFORE, now + _MOMENT))
        with self._store.read() as session:
            escalation = escalations.get(session, escalation_id)
            may(by, Action.ASSIGN, escalation.owner_id)
            known = {person.id: person for person in people.all_people(session) if person.active}
            rows = of_team(session, escalation.team)
            rota, places = _by_the_rota(session, rows, known, now)
            if not places:
                places = dict.fromkeys(_of_team(known, escalation.team))
            facts = CallFacts.read(session, now, worked, most_per_hour)
            due_at = _next_due(session, escalation_id, now)
        found = suggest(
            [facts.candidate(known[one], place) for one, place in places.items()],
            now=now,
            due_at=due_at,
            weights=self._weights,
            with_figures=Role.LEAD in by.roles,
        )
        order = tuple(Called(known[int(one.person)], one) for one in found)
        return Whom(escalation, now, bool(rows), rota, order)


def _by_the_rota(
    session: Session, rows: Sequence[ScheduleRow], known: Mapping[int, Person], now: datetime
) -> tuple[tuple[OnCallNow, ...], dict[int, int | None]]:
    """Who is on call now, and everybody in the rota with their place: 0 now, then as their turns come."""
    rota: dict[int, OnCallNow] = {}
    coming: dict[int, int | None] = {}
    for shift in merged(session, rows, now, now + _AHEAD):
        for one in shift.people:
            if one not in known:
                continue
            if shift.start <= now:
                rota.setdefault(one, OnCallNow(known[one], shift.schedule, shift.layer, shift.end))
            elif one not in rota:
                coming.setdefault(one, len(coming) + 1)
    places: dict[int, int | None] = {**dict.fromkeys(rota, 0), **coming}
    for row in rows:
        for name in named_in(row.document):
            if name.isdecimal() and int(name) in known:
                places.setdefault(int(name), None)
    return tuple(rota.values()), places


def _of_team(known: Mapping[int, Person], team: str) -> list[int]:
    """Those of a team who take calls, by name; of all teams where none is named."""
    key = team.casefold()
    return [
        person.id
        for person in sorted(known.values(), key=lambda person: person.name)
        if person.roles & _CALLED and (not key or person.team.casefold() == key)
    ]


def _next_due(session: Session, escalation_id: int, now: datetime) -> datetime | None:
    """When the next promise that runs falls due; None where none does any more."""
    now_us = to_us(now)
    due = [
        row.due_us
        for row in commitments.of_escalation(session, escalation_id)
        if row.is_running and row.paused_us is None and row.due_us > now_us
    ]
    return from_us(min(due)) if due else None
