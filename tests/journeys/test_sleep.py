"""The computer sleeps through a night of deadlines; waking, Ada gets one digest and no storm."""

import pytest

from tests.journeys.person import PersonAtDesk

pytestmark = pytest.mark.journey


def test_after_a_sleep_there_is_one_digest_and_no_storm(person: PersonAtDesk):
    for number in range(12):
        person.colleague_opens(f"Problem {number}", severity=1 + number % 3)
    person.start()
    person.look_away()
    before = len(person.desktop.notifications.displayed)
    person.ask("sleep", 8 * 3600)
    told = person.desktop.wait_until(
        lambda: person.desktop.notifications.displayed[before:], "digest", seconds=45
    )
    person.pause(8.0)  # a storm would be here by now
    told = person.desktop.notifications.displayed[before:]
    assert ["away" in f"{shown.summary} {shown.body}".lower() for shown in told] == [True]
    late = person.rows("SELECT count(*) FROM alarm WHERE threshold = 'breached'")
    assert late[0][0] > 12
