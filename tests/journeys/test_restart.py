"""Ada leaves in the evening and finds her board in the morning as she left it."""

import pytest

from tests.journeys.person import PersonAtDesk

pytestmark = pytest.mark.journey


def test_filter_and_density_are_kept_over_a_restart(person: PersonAtDesk):
    for title in ("Nobody can pay by card", "The archive is slow"):
        person.colleague_opens(title, severity=4)
    person.start()
    person.wait_for_card("New", "The archive is slow")
    before = person.ask("height")
    person.press("ctrl+k")
    person.type("compact")
    person.press("Return")
    person.desktop.wait_until(lambda: person.ask("height") < before, "compact cards")
    compact = person.ask("height")
    person.press("slash")
    person.type("archive")
    person.desktop.wait_until(lambda: len(person.cards("New")) == 1, "filtered board")
    person.quit()
    person.start()
    person.wait_for_card("New", "The archive is slow")
    assert len(person.cards("New")) == 1
    assert person.ask("height") == compact
    assert person.sees("1 hidden") or person.sees("1 of 2")
