"""Ada logs an escalation without touching the mouse (ux.md 7.2, task 1): twelve keys and two texts."""

import pytest

from tests.journeys.person import PersonAtDesk

pytestmark = pytest.mark.journey


def test_an_escalation_is_logged_by_keyboard_alone(person: PersonAtDesk):
    person.start()
    person.press("ctrl+n")
    person.type("north")
    person.wait_to_see("Northwind Traders")
    person.press("Return", "Tab")
    person.type("Nobody can pay by card")
    person.press("Tab", "Tab", "Tab", "1", "Tab", "5", "Tab", "4")
    person.wait_to_see("P1")
    person.press("ctrl+Return")
    card = person.wait_for_card("New", "Nobody can pay by card")
    assert "Northwind Traders" in card
    assert "SEV1, P1" in card
    ((state, severity, priority, running),) = person.rows(
        "SELECT e.state, e.severity, e.priority, count(c.id) FROM escalation e"
        " JOIN commitment c ON c.escalation_id = e.id AND c.stopped_at IS NULL GROUP BY e.id"
    )
    assert (state, severity, priority, running) == ("new", 1, "P1", 5)
