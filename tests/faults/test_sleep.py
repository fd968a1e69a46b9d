"""The computer sleeps under a clock that, unlike a test's, never stands still between two questions."""

from contextlib import closing
from datetime import datetime

import pytest

from desktop.domain.clock import ManualClock
from desktop.domain.intake import Intake
from desktop.services.desk import Desk
from tests.faults.busy_desk import BY, START, furnished


class TickingClock(ManualClock):
    """A millisecond passes whenever somebody looks."""

    def now(self) -> datetime:
        self.forward(milliseconds=1)
        return super().now()


@pytest.fixture
def desk(tmp_path):
    furnished(tmp_path / "desk.sqlite3").close()
    with closing(Desk.open(tmp_path / "desk.sqlite3", tmp_path / "backups", TickingClock(START))) as made:
        yield made


def told(desk):
    """What is handed out for the screen now, by occasion."""
    items = desk.outbox.claim(("desktop", "window"), limit=100)
    for item in items:
        desk.outbox.delivered(item.id)
    return [item.reason for item in items]


@pytest.mark.parametrize("sweeps", [1, 2, 5])
def test_a_night_of_breaches_is_one_digest_in_the_morning(desk, sweeps):
    for severity in (1, 2, 3, 1, 2, 3):
        intake = Intake(1, "Orders stop", severity=severity, business_impact=4, reputational_risk=4)
        desk.escalations.escalation.open(intake, BY)
    for _ in range(sweeps):
        desk.alarm.sweep()
        told(desk)
    desk.clock.jump(hours=8)
    desk.alarm.sweep()
    assert told(desk) == ["digest"]
