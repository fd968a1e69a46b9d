"""Ada looks at something else; the notification tells her, and its button does what it says."""

import pytest

from tests.journeys.person import PersonAtDesk

pytestmark = pytest.mark.journey


def test_a_notification_is_acknowledged_by_its_button(person: PersonAtDesk):
    person.start()
    person.look_away()
    person.colleague_opens("Nobody can pay by card")
    seen = person.desktop.notifications_on_screen
    person.desktop.wait_until(lambda: seen() == 1, "notification")
    person.desktop.press_notification_button("Acknowledge", summary="Nobody can pay by card")
    acknowledged = "SELECT acknowledged_by FROM escalation WHERE acknowledged_at IS NOT NULL"
    person.desktop.wait_until(lambda: person.rows(acknowledged) == [("Ada Quist",)], "acknowledgement")
    person.desktop.wait_until(lambda: seen() == 0, "notification gone")
    person.come_back()
    person.wait_for_card("Acknowledged", "Nobody can pay by card")
    assert person.cards("New") == []


def test_nothing_leaves_the_window_while_she_looks_at_it(person: PersonAtDesk):
    person.start()
    person.colleague_opens("Nobody can pay by card")
    person.wait_to_see("unacknowledged for")
    assert person.desktop.notifications.displayed == []
