"""One round of the desk: maintenance and alarms, and when it wakes next."""

from datetime import timedelta

import pytest

from desktop.domain.instant import to_us
from desktop.domain.maintenance import MaintenanceWindow
from desktop.services.desk import Desk
from desktop.services.maintenance import MaintenanceService
from desktop.services.rounds import Rounds
from tests.services.signal_desk import SignalDesk


@pytest.fixture
def service(desk: SignalDesk) -> MaintenanceService:
    return MaintenanceService(store=desk.store, clock=desk.clock, bus=desk.bus)


@pytest.fixture
def rounds(desk: SignalDesk, service: MaintenanceService, tmp_path) -> Rounds:
    return Rounds(Desk.over(desk.store, tmp_path / "backups", desk.clock).alarm, service)


def plan(desk: SignalDesk, service: MaintenanceService) -> MaintenanceWindow:
    begin = desk.clock.now() + timedelta(hours=2)
    times = (to_us(begin), to_us(begin + timedelta(hours=1)))
    return service.plan(MaintenanceWindow(0, "Database upgrade", *times), desk.lead)


def test_it_wakes_for_the_announcement_of_a_window(desk, service, rounds):
    plan(desk, service)
    assert rounds.make().next_wake_at == desk.clock.now() + timedelta(minutes=90)


def test_it_takes_the_steps_of_a_window(desk, service, rounds):
    plan(desk, service)
    desk.clock.forward(hours=2)
    rounds.make()
    assert [state.window.name for state in service.active()] == ["Database upgrade"]


def test_it_wakes_for_whatever_comes_first(desk, service, rounds):
    plan(desk, service)
    desk.send("Orders stop")
    soonest = rounds.make().next_wake_at
    assert soonest is not None
    assert soonest < desk.clock.now() + timedelta(minutes=90)
