"""A rule that wants whoever is on call asks the rota; nobody there is an alarm, not somebody else."""

from dataclasses import replace

import pytest

from desktop.domain.person import Role
from desktop.services.person import PersonService
from desktop.services.roster import RosterService
from desktop.services.settings import SettingsService
from tests.services.roster_desk import a_rota
from tests.services.signal_desk import SignalDesk, do


@pytest.fixture
def roster(desk: SignalDesk) -> RosterService:
    """Onno holds the role and is of Payments; the rota of Payments is to be made."""
    people = PersonService(
        store=desk.store, clock=desk.clock, bus=desk.bus, settings=SettingsService(store=desk.store)
    )
    people.edit(replace(desk.base.staff[Role.ON_CALL], team="Payments"), desk.lead)
    desk.rule(do("open"), do("assign_on_call", "Payments"))
    return RosterService(store=desk.store, clock=desk.clock, bus=desk.bus)


def owner(desk: SignalDesk) -> int | None:
    return desk.escalation(desk.send("db")).owner_id


def notices(desk: SignalDesk) -> list[str]:
    with desk.store.read() as session:
        rows = session.sql("SELECT title FROM outbox WHERE reason = 'nobody' ORDER BY id")
        return [row[0] for row in rows.fetchall()]


def test_the_rota_says_who_is_on_call_whatever_roles_are_held(desk: SignalDesk, roster: RosterService):
    roster.create("Rota", "Payments", a_rota(["Sana Ito"]), desk.lead)
    assert owner(desk) == desk.base.staff[Role.SENIOR_ENGINEER].id


def test_the_rota_of_that_instant_counts(desk: SignalDesk, roster: RosterService):
    roster.create("Rota", "Payments", a_rota(["Sana Ito"], ["Theo Wynn"]), desk.lead)
    desk.clock.forward(minutes=24 * 60)
    assert owner(desk) == desk.base.staff[Role.TRAINER].id


def test_nobody_on_the_rota_is_nobody_and_said(desk: SignalDesk, roster: RosterService):
    roster.create("Rota", "Payments", a_rota([], ["Sana Ito"]), desk.lead)
    assert (owner(desk), notices(desk)) == (None, ["Nobody is on call for Payments"])


def test_a_team_without_a_rota_is_asked_for_who_holds_the_role(desk: SignalDesk, roster: RosterService):
    roster.create("Rota", "Platform", a_rota(["Sana Ito"]), desk.lead)
    assert owner(desk) == desk.base.staff[Role.ON_CALL].id


def test_a_rota_put_away_does_not_count(desk: SignalDesk, roster: RosterService):
    kept = roster.create("Rota", "Payments", a_rota(["Sana Ito"]), desk.lead)
    roster.set_facts(kept.id, desk.lead, name="Rota", team="Payments", is_active=False)
    assert owner(desk) == desk.base.staff[Role.ON_CALL].id
