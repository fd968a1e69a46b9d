"""Many escalations with a past of their own, written at once."""

from datetime import timedelta

from db.queries import search
from desktop.domain.customer import Customer
from desktop.domain.escalation import Opened, State
from desktop.domain.history import Past
from tests.factories import MONDAY, an_intake
from tests.fixtures_desk import CommandDesk

NORTHWIND = Customer(1, "Northwind", "enterprise", 2_000_000)


def days_ago(count: float) -> timedelta:
    return MONDAY - timedelta(days=count)


def stored(commands: CommandDesk, *pasts: tuple[float, Past]) -> list[Opened]:
    """Escalations opened so many days ago, each with its past."""
    policy, escalation = commands.policy.active(), commands.commands.escalation
    openings = [
        (escalation.build(an_intake(), NORTHWIND, policy, days_ago(days), commands.coordinator), past)
        for days, past in pasts
    ]
    with commands.store.begin() as session:
        return escalation.store_past(session, openings, policy, commands.coordinator)


def closed(days: float) -> Past:
    return Past(State.CLOSED, resolved_at=days_ago(days - 0.1), closed_at=days_ago(days - 0.2), made_sla=True)


def test_each_gets_a_number_of_the_year_it_was_opened_in(commands: CommandDesk):
    commands.open()
    opened = stored(commands, (400, closed(400)), (1, closed(1)), (401, closed(401)))
    assert [one.number for one in opened] == ["ESC-2025-0001", "ESC-2026-0002", "ESC-2025-0002"]
    assert commands.open().number == "ESC-2026-0003"


def test_they_stand_as_their_past_left_them(commands: CommandDesk):
    (opened,) = stored(commands, (10, closed(10)))
    escalation = commands.get(opened.id)
    assert (escalation.state, escalation.closed_at) == (State.CLOSED, days_ago(9.8))
    assert commands.running(opened.id) == set()
    assert commands.outcomes(opened.id)["resolve"] == "met"


def test_their_past_is_told_at_its_own_instants(commands: CommandDesk):
    (opened,) = stored(commands, (10, closed(10)))
    assert [(event.kind, event.at) for event in commands.events(opened.id)] == [
        ("escalation.opened", days_ago(10)),
        ("escalation.resolved", days_ago(9.9)),
        ("escalation.closed", days_ago(9.8)),
    ]
    assert all(event.body["imported"] for event in commands.events(opened.id))
    assert commands.commands.audit.verify().ok


def test_they_are_found_by_their_words(commands: CommandDesk):
    opened = stored(commands, (10, closed(10)), (9, closed(9)))
    with commands.store.read() as session:
        found = search.newest(session, "payment", scanned=10, limit=10, is_open=False)
    assert {hit.id for hit in found} == {one.id for one in opened}


def test_an_open_one_is_worked_on_like_any_other(commands: CommandDesk):
    (opened,) = stored(commands, (0.01, Past(State.ACKNOWLEDGED, acknowledged_at=days_ago(0.005))))
    commands.commands.transition.resolve(opened.id, commands.senior)
    assert commands.outcomes(opened.id) == {
        "assign": "met",
        "acknowledge": "met",
        "contain": "met",
        "resolve": "met",
        "update": "cancelled",
    }


def test_none_is_none(commands: CommandDesk):
    assert stored(commands) == []
