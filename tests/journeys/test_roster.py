"""Ada builds a rota that follows the sun, swaps a shift and goes on leave, without touching the mouse."""

from contextlib import closing

import pytest

from desktop.domain.clock import SystemClock
from desktop.domain.person import Person
from desktop.domain.team import Team
from desktop.services.bus import Bus
from desktop.services.desk import Desk
from desktop.services.roster import RosterService
from desktop.services.team import TeamService
from tests.journeys.person import COLLEAGUE, EVERYBODY, PersonAtDesk

pytestmark = pytest.mark.journey

TEAMS = (("Osaka", "Asia/Tokyo"), ("London", "Europe/London"), ("Austin", "America/Chicago"))
PEOPLE = (("Jun Sato", "Osaka"), ("Mei Ando", "Osaka"), ("Bo Ek", "London"), ("Liv Roy", "Austin"))


@pytest.fixture
def staffed(person: PersonAtDesk):
    """Three teams; Ada and Bo are London."""
    with closing(_desk(person)) as desk:
        teams = TeamService(store=desk.store, clock=desk.clock, bus=desk.bus)
        for name, zone in TEAMS:
            teams.keep(Team(0, name, zone), COLLEAGUE)
        for name, team in PEOPLE:
            desk.person.create(Person(0, name, name[0], team=team, roles=EVERYBODY), COLLEAGUE)
        ada = desk.person.operator()
        desk.person.edit(Person(ada.id, ada.name, ada.initials, team="London", roles=EVERYBODY), COLLEAGUE)
    return person


def _desk(person: PersonAtDesk) -> Desk:
    return Desk.open(person.database, person.database.parent / "desk-backups", SystemClock())


def _bo_agrees(person: PersonAtDesk) -> None:
    with closing(_desk(person)) as desk:
        roster = RosterService(store=desk.store, clock=desk.clock, bus=Bus())
        bo = next(each for each in desk.person.all() if each.name == "Bo Ek")
        (swap,) = roster.swaps.recent()
        roster.swaps.answer(swap.id, bo.actor(), accepts=True)


def test_a_rota_is_built_a_shift_swapped_and_leave_taken_by_keyboard_alone(staffed: PersonAtDesk):
    person = staffed
    person.start()
    person.press("ctrl+9")
    person.wait_to_see("No rota yet")
    person.press("Tab", "Tab", "Return")
    person.wait_to_see("Coverage 100%")
    person.press("ctrl+Return")
    person.wait_to_see("Follow the sun counts from now on")
    ((layers,),) = person.rows("SELECT json_array_length(document, '$.layers') FROM schedule_version")
    assert layers == 3

    person.wait_to_see("On call: ")
    person.press("s")
    person.wait_to_see("Ask for a swap")
    person.press("Tab")
    person.type("Bo")
    person.wait_to_see("Bo Ek gains it")
    person.press("Return")
    person.wait_to_see("Bo Ek is asked")
    _bo_agrees(person)
    assert person.rows("SELECT state FROM swap") == [("accepted",)]
    ((kind,),) = person.rows("SELECT DISTINCT kind FROM shift_override")
    assert kind == "swap"

    person.press("Down", "Page_Down", "l")
    person.wait_to_see("Enter time off")
    person.press("Tab", "Tab", "Tab")
    person.type("Holiday")
    person.press("Return")
    query = "SELECT reason, source FROM time_off"
    person.desktop.wait_until(lambda: person.rows(query) == [("Holiday", "typed")], "time off of Ada")
    person.wait_to_see("Undo")
