"""The alert health of a real desk."""

import pytest

from desktop.services.health import HealthService
from tests.services.alarm_desk import P1, P2, AlarmDesk


@pytest.fixture
def desk(store, clock):
    return AlarmDesk(store, clock)


def figures(desk, **of):
    health = HealthService(store=desk.store, clock=desk.clock, policy=desk.policies).alert_health(**of)
    return {figure.key: figure for figure in health.figures}


def test_an_idle_desk_is_healthy(desk):
    assert all(figure.ok is not False for figure in figures(desk).values())


def test_what_was_announced_is_counted_per_hour_and_by_priority(desk, clock):
    desk.open(**P1)
    desk.sweep()
    clock.forward(minutes=30)
    found = figures(desk)
    assert found["per_hour"].value == 1.0
    assert found["mix_high"].text == "100 %"


def test_tests_and_other_people_do_not_count(desk):
    desk.open(**P2)
    desk.sweep()
    desk.outbox.test()
    assert figures(desk)["per_hour"].value == 1.0
    assert figures(desk, person_id=desk.leo.id)["per_hour"].value == 0.0


def test_a_prompt_acknowledgement_counts_as_such(desk, clock):
    escalation = desk.open(**P2)
    desk.sweep()
    clock.forward(minutes=4)
    desk.alarm.acknowledge(escalation, desk.me)
    assert figures(desk)["prompt"].value == 1.0
    assert figures(desk)["median"].text == "4.0 min"


def test_repeats_count_as_told_again(desk, clock):
    desk.open(**P2)
    desk.sweep()
    clock.forward(minutes=5)
    desk.calm()
    desk.sweep()
    assert figures(desk)["realarms"].value == 1
