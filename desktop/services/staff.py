"""Staff at a glance: who is there now, who is on call, who is away; who looks after which customers."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from db.queries import channel as channels
from db.queries import customer as customers
from db.queries import person as people
from db.queries import schedule as schedules
from db.queries import team as teams
from db.queries import time_off as leave
from db.unit_of_work import Session, Store
from desktop.domain.clock import Clock
from desktop.domain.customer import Customer
from desktop.domain.errors import DeskError, NotFound
from desktop.domain.instant import to_us
from desktop.domain.person import Actor, Person
from desktop.domain.time_off import TimeOff
from desktop.domain.working_hours import hours_words
from desktop.services.bus import Bus
from desktop.services.customer import CustomerService
from desktop.services.person import PersonService
from desktop.services.roster_leaving import Ties, ties_of
from desktop.services.roster_read import on_call_in
from desktop.services.roster_values import RosterShift
from desktop.services.roster_view import hours_of_person, merged

_AHEAD = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class StaffRow:
    """One person now: working (None where no hours are known), on call where, away until when, next shift.

    `hours` are in words, those of the team where the person has none of their own.
    """

    person: Person
    hours: str
    is_working: bool | None
    on_call: tuple[str, ...]
    away: TimeOff | None
    next_shift: RosterShift | None
    is_reachable: bool
    accounts: int


class StaffService:
    """What the desk knows of its people; people themselves are kept by `PersonService`."""

    def __init__(
        self, *, store: Store, clock: Clock, bus: Bus, people: PersonService, customers: CustomerService
    ) -> None:
        self._store = store
        self._clock = clock
        self._bus = bus
        self._people = people
        self._customers = customers

    def rows(self, team: str = "") -> tuple[StaffRow, ...]:
        """Everybody at the desk, or in a team, by name."""
        now = self._clock.now()
        with self._store.read() as session:
            on_call = _on_call(session, now)
            coming = merged(session, schedules.all_schedules(session), now, now + _AHEAD)
            away = {entry.person_id: entry for entry in leave.between(session, to_us(now), to_us(now) + 1)}
            accounts = _accounts(session)
            reachable = channels.usable(session)
            return tuple(
                StaffRow(
                    person=person,
                    hours=_hours(session, person),
                    is_working=_is_working(session, person, now),
                    on_call=on_call.get(person.id, ()),
                    away=away.get(person.id),
                    next_shift=next((s for s in coming if person.id in s.people and s.start > now), None),
                    is_reachable=person.id in reachable,
                    accounts=len(accounts.get(person.id, ())),
                )
                for person in people.all_people(session)
                if person.active and (not team or person.team == team)
            )

    def accounts(self, person_id: int) -> tuple[Customer, ...]:
        """The customers whose account somebody owns, by name."""
        with self._store.read() as session:
            return _accounts(session).get(person_id, ())

    def hand_accounts_over(self, person_id: int, to_id: int | None, by: Actor) -> tuple[Customer, ...]:
        """Give all of somebody's accounts to another person, or to nobody; gives the customers.

        Each is a change of that customer which can be undone.

        Raises: NotAllowed unless by a coordinator or lead; NotFound.
        """
        if to_id is not None and not self._people.get(to_id).active:
            raise NotFound("The other person has left the desk.", hint="Choose somebody else.")
        moved = self.accounts(person_id)
        return tuple(
            self._customers.edit(replace(customer, account_owner_id=to_id), by).customer for customer in moved
        )

    def ties(self, person_id: int) -> Ties:
        """What somebody would leave behind: shifts, swaps and accounts that others must take first.

        Raises: NotFound.
        """
        with self._store.read() as session:
            if people.by_id(session, person_id) is None:
                raise NotFound("There is no such person any more.", hint="Choose another one.")
            return ties_of(session, person_id, self._clock.now())

    def leave_desk(self, person_id: int, by: Actor) -> Person:
        """Somebody works here no more; refused while a rota counts on them.

        Raises: NotAllowed unless by a lead; NotFound; DeskError naming the shifts that others must take, or
        when the desk would be left without a lead.
        """
        person = self._people.get(person_id)
        if not person.active:
            raise DeskError(f"{person.name} has left the desk already.", hint="Nothing was changed.")
        return self._people.edit(replace(person, active=False), by)


def _on_call(session: Session, now: datetime) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for row in schedules.all_schedules(session):
        for person in on_call_in(session, row, now):
            found[person.id] = (*found.get(person.id, ()), row.name)
    return found


def _accounts(session: Session) -> dict[int, tuple[Customer, ...]]:
    found: dict[int, tuple[Customer, ...]] = {}
    for customer in customers.all_customers(session):
        if customer.account_owner_id is not None and customer.archived_at is None:
            found[customer.account_owner_id] = (*found.get(customer.account_owner_id, ()), customer)
    return found


def _hours(session: Session, person: Person) -> str:
    if person.working_hours:
        return hours_words(person.working_hours)
    team = teams.by_name(session, person.team) if person.team else None
    return f"{hours_words(team.working_hours)} ({team.zone})" if team and team.working_hours else ""


def _is_working(session: Session, person: Person, now: datetime) -> bool | None:
    hours = hours_of_person(session, person)
    return None if hours is None else hours.is_open(now)
