"""One look at everything that time brings about."""

from datetime import datetime, timedelta

import pytest

from desktop.services.alarm import SweepResult
from desktop.services.sweeping import Sweeping
from tests.factories import MONDAY

SOON, LATER = MONDAY + timedelta(minutes=1), MONDAY + timedelta(hours=1)


@pytest.mark.parametrize(
    ("alarms", "other", "first"),
    [(LATER, SOON, SOON), (SOON, LATER, SOON), (None, SOON, SOON), (SOON, None, SOON), (None, None, None)],
)
def test_the_first_of_all_to_come_wakes_it(
    alarms: datetime | None, other: datetime | None, first: datetime | None
):
    sweeping = Sweeping(lambda: SweepResult(next_wake_at=alarms), (lambda: other,))
    assert sweeping.sweep().next_wake_at == first


def test_alarms_come_first():
    order: list[str] = []

    def alarms() -> SweepResult:
        order.append("alarms")
        return SweepResult()

    Sweeping(alarms, (lambda: order.append("maintenance"),)).sweep()
    assert order == ["alarms", "maintenance"]
