"""People of the desk: who there is, what they may decide, and who works here now."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from db.queries import on_call
from db.queries import person as queries
from db.unit_of_work import Session, Store
from desktop.domain.clock import Clock
from desktop.domain.errors import Conflict, DeskError, NotAllowed, NotFound
from desktop.domain.events import PeopleChanged
from desktop.domain.person import Actor, Person, Role
from desktop.domain.wording import one_line
from desktop.services.bus import Bus
from desktop.services.settings import SettingsService

#: What the first person of a desk may decide: alone, they must be able to do all of the day's work.
FIRST_ROLES = frozenset({Role.COORDINATOR, Role.LEAD, Role.SENIOR_ENGINEER, Role.ON_CALL_LEADER})
_LONGEST_NAME = 120


class PersonService:
    """Keeps the people; only a lead changes them, and there always is one."""

    def __init__(self, *, store: Store, clock: Clock, bus: Bus, settings: SettingsService) -> None:
        self._store = store
        self._clock = clock
        self._bus = bus
        self._settings = settings
        self._seen: tuple[tuple[int, int], tuple[Person, ...]] = ((-1, -1), ())

    def all(self, *, inactive: bool = False) -> tuple[Person, ...]:
        """The people of the desk by name, former ones as well where asked for."""
        return tuple(person for person in self._everybody() if person.active or inactive)

    def get(self, person_id: int) -> Person:
        """One person, also a former one.

        Raises: NotFound.
        """
        with self._store.read() as session:
            return _required(queries.by_id(session, person_id))

    def find(self, name: str) -> Person | None:
        """The person of that name, however it is written; None where there is none."""
        key = one_line(name).casefold()
        return next((person for person in self.all(inactive=True) if person.name.casefold() == key), None)

    def by_role(self, role: Role) -> tuple[Person, ...]:
        """Those at the desk who hold a role, by name."""
        with self._store.read() as session:
            return queries.by_role(session, role)

    def create(self, person: Person, by: Actor) -> Person:
        """Add a person, given without an id (0): `create(Person(0, "Ada Quist", ""), by)`.

        Raises: NotAllowed unless by a lead; Conflict when there is one of that name; DeskError naming the
        field that is wrong.
        """
        _check_right(by)
        return self._keep(_checked(replace(person, id=0)))

    def edit(self, person: Person, by: Actor) -> Person:
        """Keep other values or roles of a person: `edit(replace(person, team="Payments"), by)`.

        Raises: as `create`; NotFound; DeskError when the desk would be left without a lead, or a rota
        without somebody who is to leave.
        """
        _check_right(by)
        return self._keep(_checked(person))

    def operator(self) -> Person | None:
        """Who works at this desk, None before anybody said so or when that person has left."""
        wanted = self._settings.current.operator_id
        return next((person for person in self._everybody() if person.id == wanted and person.active), None)

    def set_operator(self, person_id: int) -> Person:
        """Somebody else works at this desk from now on.

        Raises: NotFound; DeskError for a former person.
        """
        person = self.get(person_id)
        if not person.active:
            raise DeskError(f"{person.name} has left the desk.", field="operator_id", hint="Choose another.")
        self._settings.set("operator_id", person.id)
        return person

    def ensure_first_person(self, name: str, zone: str = "") -> Person | None:
        """Who works at this desk; on one without people, that is a new person of this name with FIRST_ROLES.

        None when there are people and none of them was chosen yet.
        """
        if self.all(inactive=True):
            return self.operator()
        wanted = Person(0, one_line(name) or "Operator", "", zone=zone or "UTC", roles=FIRST_ROLES)
        person = self._keep(_checked(wanted))
        self._settings.set("operator_id", person.id)
        return person

    def _everybody(self) -> tuple[Person, ...]:
        """Former people included; read again only once somebody, here or elsewhere, has changed them."""
        with self._store.read() as session:
            state = queries.state(session)
            seen = self._seen
            if seen[0] != state:
                seen = self._seen = (state, queries.all_people(session))
        return seen[1]

    def _keep(self, person: Person) -> Person:
        with self._store.begin() as session:
            people = queries.all_people(session)
            _check_name_is_free(people, person)
            if person.id:
                before = _required(queries.by_id(session, person.id))
                _check_a_lead_remains(people, person)
                if before.active and not person.active:
                    _check_no_rota_counts_on(session, person.id, self._clock.now())
                queries.update(session, person)
            kept_id = person.id or queries.insert(session, person)
            kept = _required(queries.by_id(session, kept_id))
            revision = session.revision()
        self._bus.publish(PeopleChanged((kept_id,), revision))
        return kept


def initials_of(name: str) -> str:
    """Two letters for a name: of the first and last word, or the first two of a single one."""
    words = [word for word in name.split() if word[0].isalnum()] or name.split()
    letters = words[0][0] + words[-1][0] if len(words) > 1 else words[0][:2]
    return letters.upper()


def _checked(person: Person) -> Person:
    name = one_line(person.name)
    if not name or len(name) > _LONGEST_NAME:
        raise DeskError(
            "The person has no name." if not name else "The name is too long.",
            field="name",
            hint=f"Type a name of at most {_LONGEST_NAME} characters.",
        )
    if (person.quiet_from is None) != (person.quiet_to is None):
        raise DeskError(
            "Quiet hours need a beginning and an end.",
            field="quiet_to" if person.quiet_to is None else "quiet_from",
            hint="Fill in both, or neither.",
        )
    if Role.OWNER in person.roles:
        raise DeskError(
            "Nobody holds the role of owner.", field="roles", hint="Assign an escalation instead."
        )
    return replace(
        person,
        name=name,
        initials=one_line(person.initials)[:3] or initials_of(name),
        email=one_line(person.email),
        team=one_line(person.team),
        zone=_checked_zone(person.zone),
        working_hours=_checked_hours(person),
        phone=one_line(person.phone),
    )


def _checked_hours(person: Person) -> str:
    if not person.working_hours:
        return ""
    from desktop.domain.working_hours import check_hours  # few people have hours of their own

    return check_hours(person.working_hours, _checked_zone(person.zone))


def _checked_zone(zone: str) -> str:
    try:
        return ZoneInfo(zone).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise DeskError(
            f"The time zone {zone!r} is not known.", field="zone", hint="Use a name such as Europe/Berlin."
        ) from None


def _check_right(by: Actor) -> None:
    if Role.LEAD not in by.roles:
        raise NotAllowed(f"{by.name} cannot change people.", hint="Ask a lead to do it.")


def _check_name_is_free(people: tuple[Person, ...], person: Person) -> None:
    for other in people:
        if other.id != person.id and other.name.casefold() == person.name.casefold():
            raise Conflict(
                f"There is a {other.name} already.", field="name", hint="Add something that tells them apart."
            )


def _check_a_lead_remains(people: tuple[Person, ...], person: Person) -> None:
    after = [person if other.id == person.id else other for other in people]
    if not any(other.active and Role.LEAD in other.roles for other in after):
        raise DeskError(
            "The desk would be left without a lead.", field="roles", hint="Make somebody else a lead first."
        )


def _check_no_rota_counts_on(session: Session, person_id: int, now: datetime) -> None:
    if on_call.has_schedule(session):
        from desktop.services.roster_leaving import check_may_leave  # a desk may have no rota

        check_may_leave(session, person_id, now)


def _required(person: Person | None) -> Person:
    if person is None:
        raise NotFound("There is no such person any more.", hint="Choose another one.")
    return person
