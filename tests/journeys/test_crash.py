"""The plug is pulled while Ada types and while she saves; she starts again and goes on."""

import pytest

from tests.journeys.person import PersonAtDesk

pytestmark = pytest.mark.journey

EARLIER, LATER = "Nobody can pay by card", " and nobody knows why"


def fill_in(person: PersonAtDesk) -> None:
    person.press("ctrl+n")
    person.type("north")
    person.wait_to_see("Northwind Traders")
    person.press("Return", "Tab")
    person.type(EARLIER)


def test_at_most_two_seconds_of_typing_are_lost(person: PersonAtDesk):
    person.start()
    fill_in(person)
    person.pause(2.0)
    person.type(LATER)
    person.pull_the_plug()
    person.start()
    person.press("ctrl+n")
    person.desktop.wait_until(lambda: person.field("Title"), "draft")
    assert person.field("Title").startswith(EARLIER)
    assert person.field("Customer") == "Northwind Traders"


@pytest.mark.parametrize("delay_s", [0.0, 0.02, 0.06])
def test_killed_while_saving_it_is_there_whole_or_still_a_draft(person: PersonAtDesk, delay_s: float):
    person.start()
    fill_in(person)
    person.press("Tab", "Tab", "Tab", "1")
    person.pause(2.0)
    person.press("ctrl+Return")
    person.pause(delay_s)
    person.pull_the_plug()
    person.start()
    saved = person.rows("SELECT title FROM escalation")
    if saved:
        assert saved == [(EARLIER,)]
        assert person.rows("SELECT count(*) FROM commitment") == [(5,)]
        person.wait_for_card("New", EARLIER)
    else:
        person.press("ctrl+n")
        person.desktop.wait_until(lambda: person.field("Title") == EARLIER, "draft")
