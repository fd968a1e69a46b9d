"""Shifts in people's calendars: whose they are, under addresses that can be taken back."""

import icalendar
import pytest

from db.queries import setting
from db.unit_of_work import Store
from desktop.adapters.calendars import write_shifts
from desktop.domain.clock import ManualClock
from desktop.domain.errors import DeskError, NotAllowed, NotFound
from desktop.services.roster_calendar import RosterCalendar
from tests.services.roster_desk import RosterDesk, at


@pytest.fixture
def desk(store: Store, clock: ManualClock) -> RosterDesk:
    desk = RosterDesk(store, clock)
    desk.kept = desk.scheduled(["Bo Lund", "Cy Marsh"], ["Cy Marsh"])
    return desk


@pytest.fixture
def calendar(desk: RosterDesk) -> RosterCalendar:
    return RosterCalendar(store=desk.store, clock=desk.clock, write=write_shifts)


def events(data: bytes | None) -> list[icalendar.Event]:
    assert data is not None
    return icalendar.Calendar.from_ical(data).walk("VEVENT")


def test_a_person_sees_their_own_shifts_and_who_is_with_them(desk: RosterDesk, calendar: RosterCalendar):
    found = events(calendar.of_person(desk.ids["Bo"]))
    first = next(event for event in found if event["DTSTART"].dt == at("23 09:00"))
    assert first["DTEND"].dt == at("24 09:00")
    assert str(first["SUMMARY"]) == "On call: Rota 1"
    assert str(first["DESCRIPTION"]) == "Layer: primary. Together with Cy Marsh."


def test_shifts_of_a_drill_say_so(desk: RosterDesk, calendar: RosterCalendar):
    with desk.store.begin() as session:
        setting.put(session, "drill_mark", '"DRILL"')
    found = events(calendar.of_person(desk.ids["Bo"])) + events(calendar.of_team("Payments"))
    assert all(str(event["SUMMARY"]).startswith("DRILL: ") for event in found)


def test_a_team_sees_everybodys(desk: RosterDesk, calendar: RosterCalendar):
    found = {str(event["SUMMARY"]) for event in events(calendar.of_team("Payments"))}
    assert found == {"Bo Lund, Cy Marsh on call: Rota 1", "Cy Marsh on call: Rota 1"}


def test_overrides_are_in_it(desk: RosterDesk, calendar: RosterCalendar):
    desk.roster.take(desk.kept, at("24 12:00"), at("24 15:00"), desk.by("Dee"))
    (event,) = events(calendar.of_person(desk.ids["Dee"]))
    assert event["DTSTART"].dt == at("24 12:00")


def test_the_same_shift_is_the_same_event_in_each_export(desk: RosterDesk, calendar: RosterCalendar):
    first = {str(event["UID"]) for event in events(calendar.of_team("Payments"))}
    desk.clock.forward(minutes=5)
    assert {str(event["UID"]) for event in events(calendar.of_team("Payments"))} >= first


def test_an_address_gives_its_calendar_until_it_is_ended(desk: RosterDesk, calendar: RosterCalendar):
    token = calendar.add_link(desk.by("Bo"), person_id=desk.ids["Bo"])
    assert events(calendar.under(token))
    (link,) = calendar.links()
    calendar.end_link(link.id, desk.by("Bo"))
    assert (calendar.under(token), calendar.links()) == (None, ())


def test_the_database_does_not_know_the_token(desk: RosterDesk, calendar: RosterCalendar):
    token = calendar.add_link(desk.by("Ada"), team="Payments")
    with desk.store.read() as session:
        (row,) = session.sql("SELECT * FROM calendar_link").fetchall()
    assert token not in map(str, row)


def test_a_wrong_token_gives_nothing(calendar: RosterCalendar):
    assert calendar.under("nothing" * 6) is None


def test_who_left_the_desk_is_read_by_nobody(desk: RosterDesk, calendar: RosterCalendar):
    token = calendar.add_link(desk.by("Dee"), person_id=desk.ids["Dee"])
    with desk.store.begin() as session:
        session.sql("UPDATE person SET active = 0 WHERE id = ?", (desk.ids["Dee"],))
    assert calendar.under(token) is None


@pytest.mark.parametrize(("by", "whose", "team"), [("Bo", "Cy", ""), ("Bo", "", "Payments")])
def test_nobody_opens_the_calendar_of_others(desk: RosterDesk, calendar, by: str, whose: str, team: str):
    with pytest.raises(NotAllowed):
        calendar.add_link(desk.by(by), person_id=desk.ids.get(whose, 0), team=team)


def test_an_address_is_for_one_person_or_one_team(desk: RosterDesk, calendar: RosterCalendar):
    with pytest.raises(DeskError, match="one person's or one team's"):
        calendar.add_link(desk.by("Ada"))


def test_a_team_without_a_rota_has_no_calendar(calendar: RosterCalendar):
    with pytest.raises(NotFound):
        calendar.of_team("Platform")
