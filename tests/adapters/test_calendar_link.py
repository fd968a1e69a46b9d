"""A calendar program reads shifts from the listener, by the address alone."""

import icalendar
import pytest

from desktop.adapters.listener.calendar_room import PATH
from desktop.wiring.calendars import add_calendars, roster_calendar
from tests.adapters.hearing import Hearing
from tests.services.roster_desk import RosterDesk


class Shared:
    """A desk with a rota whose listener gives calendars."""

    def __init__(self, path, store, clock) -> None:
        self.roster = RosterDesk(store, clock)
        self.roster.scheduled(["Bo Lund"], ["Cy Marsh"])
        rooms = {}
        self.hearing = Hearing(path, clock, rooms=rooms)
        add_calendars(rooms, self.hearing.desk)
        self.calendar = roster_calendar(self.hearing.desk)
        self.token = self.calendar.add_link(self.roster.by("Ada"), team="Payments")

    def visit(self, place=None, method="GET", **headers):
        return self.hearing.send(
            PATH + (f"{self.token}.ics" if place is None else place), None, method, **headers
        )


@pytest.fixture
def shared(database_path, store, clock):
    made = Shared(database_path, store, clock)
    with made.hearing:
        yield made


def test_the_calendar_is_there(shared):
    answer = shared.visit()
    assert (answer.status, answer.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    assert icalendar.Calendar.from_ical(answer.body).walk("VEVENT")


def test_only_the_head_may_be_asked_for(shared):
    answer = shared.visit(method="HEAD")
    assert (answer.status, answer.body) == (200, b"")


def test_an_address_that_was_ended_is_as_none_at_all(shared):
    (link,) = shared.calendar.links()
    shared.calendar.end_link(link.id, shared.roster.by("Ada"))
    ended, wrong = shared.visit(), shared.visit("x" * 43 + ".ics")
    assert (ended.status, ended.body) == (wrong.status, wrong.body)
    assert ended.status == 404


@pytest.mark.parametrize("place", ["", ".ics", "../v1/signal", "a/b.ics", "x" * 5000 + ".ics", "%00.ics"])
def test_what_is_no_token_is_not_looked_up(shared, place):
    assert shared.visit(place).status == 404


def test_nothing_is_changed_there(shared):
    assert shared.visit(method="POST").status == 405
