"""People of the desk and who works at it."""

from dataclasses import replace
from datetime import time

import pytest

from db.unit_of_work import Store
from desktop.domain.clock import ManualClock
from desktop.domain.errors import Conflict, DeskError, NotAllowed, NotFound
from desktop.domain.events import PeopleChanged
from desktop.domain.person import Person, Role
from desktop.services.bus import Bus
from desktop.services.person import FIRST_ROLES, PersonService, initials_of
from desktop.services.settings import SettingsService
from tests.factories import MONDAY, an_actor

LEAD = an_actor(Role.LEAD)


@pytest.fixture
def bus() -> Bus:
    return Bus()


@pytest.fixture
def people(store: Store, bus: Bus) -> PersonService:
    return PersonService(
        store=store, clock=ManualClock(MONDAY), bus=bus, settings=SettingsService(store=store)
    )


def test_a_desk_of_one_person_can_do_all_of_the_days_work(people: PersonService):
    first = people.ensure_first_person("Ada Quist", "Europe/Berlin")
    assert first is not None
    assert (first.name, first.initials, first.zone, first.roles) == (
        "Ada Quist",
        "AQ",
        "Europe/Berlin",
        FIRST_ROLES,
    )
    assert people.operator() == first


def test_a_desk_with_people_gets_no_other_first_person(people: PersonService):
    people.create(Person(0, "Ada Quist", "", roles=frozenset({Role.LEAD})), LEAD)
    assert people.ensure_first_person("Somebody Else") is None
    assert [person.name for person in people.all()] == ["Ada Quist"]


def test_a_person_is_kept_with_quiet_hours_and_roles(people: PersonService):
    wanted = Person(
        0,
        "Noor  Bakr",
        "",
        email="noor@example.org",
        team="Payments",
        zone="Asia/Tokyo",
        quiet_from=time(22),
        quiet_to=time(6, 30),
        roles=frozenset({Role.ON_CALL, Role.LEAD}),
    )
    kept = people.create(wanted, LEAD)
    assert kept == replace(wanted, id=kept.id, name="Noor Bakr", initials="NB")
    assert people.get(kept.id) == kept


def test_people_are_found_by_role_and_by_name(people: PersonService):
    for name, role in (("Zoe", Role.ON_CALL), ("Abe", Role.ON_CALL), ("Lea", Role.LEAD)):
        people.create(Person(0, name, "", roles=frozenset({role})), LEAD)
    assert [person.name for person in people.by_role(Role.ON_CALL)] == ["Abe", "Zoe"]
    found = people.find(" ZOE ")
    assert found is not None
    assert found.name == "Zoe"


def test_somebody_who_left_is_kept_but_not_listed(people: PersonService):
    people.create(Person(0, "Lea", "", roles=frozenset({Role.LEAD})), LEAD)
    abe = people.create(Person(0, "Abe", "", roles=frozenset({Role.ON_CALL})), LEAD)
    people.set_operator(abe.id)
    people.edit(replace(abe, active=False), LEAD)
    assert [person.name for person in people.all()] == ["Lea"]
    assert [person.name for person in people.all(inactive=True)] == ["Abe", "Lea"]
    assert people.by_role(Role.ON_CALL) == ()
    assert people.operator() is None
    with pytest.raises(DeskError, match="has left"):
        people.set_operator(abe.id)


def test_only_a_lead_changes_people(people: PersonService):
    with pytest.raises(NotAllowed, match="Ask a lead"):
        people.create(Person(0, "Abe", ""), an_actor(Role.COORDINATOR))


@pytest.mark.parametrize("change", [{"active": False}, {"roles": frozenset({Role.COORDINATOR})}])
def test_the_last_lead_stays_a_lead(people: PersonService, change: dict[str, object]):
    lea = people.create(Person(0, "Lea", "", roles=frozenset({Role.LEAD})), LEAD)
    with pytest.raises(DeskError, match="without a lead"):
        people.edit(replace(lea, **change), LEAD)


def test_two_people_cannot_have_one_name(people: PersonService):
    people.create(Person(0, "Abe", ""), LEAD)
    with pytest.raises(Conflict):
        people.create(Person(0, "ABE", ""), LEAD)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"name": " "}, "name"),
        ({"zone": "Mars/Olympus"}, "zone"),
        ({"zone": "../etc/passwd"}, "zone"),
        ({"zone": ""}, "zone"),
        ({"quiet_from": time(22)}, "quiet_to"),
        ({"quiet_to": time(22)}, "quiet_from"),
        ({"roles": frozenset({Role.OWNER})}, "roles"),
    ],
)
def test_what_is_wrong_with_a_person_is_named(people: PersonService, facts: dict[str, object], field: str):
    with pytest.raises(DeskError) as error:
        people.create(replace(Person(0, "Abe", ""), **facts), LEAD)
    assert error.value.field == field


def test_a_change_of_people_is_told(people: PersonService, bus: Bus):
    told: list[PeopleChanged] = []
    bus.subscribe(PeopleChanged, told.append)
    abe = people.create(Person(0, "Abe", ""), LEAD)
    assert [event.ids for event in told] == [(abe.id,)]


def test_nobody_is_not_found(people: PersonService):
    with pytest.raises(NotFound):
        people.get(7)
    assert people.operator() is None


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Ada Quist", "AQ"), ("Cher", "CH"), ("Ludwig van B.", "LB"), ("李 明", "李明"), ("X", "X")],
)
def test_initials_are_of_the_first_and_last_word(name: str, initials: str):
    assert initials_of(name) == initials


def test_what_another_program_changes_is_seen_at_once(people: PersonService, store: Store, bus: Bus):
    ada = people.create(Person(0, "Ada Quist", "", roles=frozenset({Role.LEAD})), LEAD)
    people.set_operator(ada.id)
    other = PersonService(
        store=store, clock=ManualClock(MONDAY), bus=bus, settings=SettingsService(store=store)
    )
    assert people.all() == other.all() == (ada,)
    other.edit(replace(ada, roles=ada.roles | {Role.COORDINATOR}), LEAD)
    assert people.operator().roles == {Role.LEAD, Role.COORDINATOR}
    other.create(Person(0, "Ben Oduya", ""), LEAD)
    assert [person.name for person in people.all()] == ["Ada Quist", "Ben Oduya"]
