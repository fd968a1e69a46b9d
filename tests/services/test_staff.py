"""Staff and teams: who works when, who is on call, who may not leave yet, whose accounts they are."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from db.unit_of_work import Store
from desktop.domain.clock import ManualClock
from desktop.domain.customer import Customer
from desktop.domain.errors import Conflict, DeskError, NotAllowed, NotFound
from desktop.domain.team import Team
from desktop.domain.time_off import TimeOff
from desktop.services.customer import CustomerService
from desktop.services.person import PersonService
from desktop.services.policy import PolicyService
from desktop.services.roster_values import NewOverride
from desktop.services.settings import SettingsService
from desktop.services.staff import StaffService
from desktop.services.team import TeamService
from desktop.services.time_off import TimeOffService
from tests.services.roster_desk import NOW, RosterDesk, a_rota, at

WEEK = json.dumps({"mon": [["09:00", "17:00"]], "tue": [["09:00", "12:00"], ["13:00", "17:00"]]})


@pytest.fixture
def desk(store: Store, clock: ManualClock) -> RosterDesk:
    desk = RosterDesk(store, clock)
    parts = {"store": store, "clock": clock, "bus": desk.bus}
    desk.people = PersonService(**parts, settings=SettingsService(store=store))
    policy = PolicyService(**parts)
    policy.ensure_default(desk.by("Ada"))
    desk.customers = CustomerService(**parts, policy=policy)
    desk.teams = TeamService(**parts)
    desk.staff = StaffService(**parts, people=desk.people, customers=desk.customers)
    return desk


def row(desk: RosterDesk, who: str):
    return next(row for row in desk.staff.rows() if row.person.id == desk.ids[who])


def edited(desk: RosterDesk, who: str, **facts: object) -> None:
    desk.people.edit(replace(desk.people.get(desk.ids[who]), **facts), desk.by("Ada"))


# ---- staff


def test_who_is_on_call_now_and_when_next_is_seen(desk: RosterDesk):
    desk.scheduled(["Bo Lund"], ["Cy Marsh"])
    assert (row(desk, "Bo").on_call, row(desk, "Cy").on_call) == (("Rota 1",), ())
    assert [row(desk, who).next_shift.start for who in ("Bo", "Cy")] == [at("25 09:00"), at("24 09:00")]


def test_who_is_away_is_seen(desk: RosterDesk):
    leave = TimeOffService(store=desk.store, clock=desk.clock, bus=desk.bus, read=lambda *_: None)
    leave.add(TimeOff(0, desk.ids["Bo"], NOW - timedelta(hours=1), at("25 09:00")), desk.by("Bo"))
    assert row(desk, "Bo").away.end == at("25 09:00")
    assert row(desk, "Cy").away is None


def test_hours_are_ones_own_or_those_of_the_team(desk: RosterDesk):
    assert (row(desk, "Bo").hours, row(desk, "Bo").is_working) == ("", None)
    desk.teams.keep(Team(0, "Payments", "UTC", working_hours=WEEK), desk.by("Ada"))
    edited(desk, "Cy", working_hours=json.dumps({"mon": [["20:00", "24:00"]]}))
    assert row(desk, "Bo").hours == "mon 09:00–17:00, tue 09:00–12:00 and 13:00–17:00 (UTC)"
    assert (row(desk, "Bo").is_working, row(desk, "Cy").is_working) == (True, False)


def test_hours_and_phone_stay_when_something_else_is_edited(desk: RosterDesk):
    edited(desk, "Cy", working_hours=WEEK, phone="+49  30 1")
    edited(desk, "Cy", email="cy@example.org")
    kept = desk.people.get(desk.ids["Cy"])
    assert (json.loads(kept.working_hours), kept.phone) == (json.loads(WEEK), "+49 30 1")


@pytest.mark.parametrize("hours", ["nonsense", "[]", '{"mon": [["17:00", "09:00"]]}', '{"someday": []}'])
def test_hours_that_cannot_be_are_refused(desk: RosterDesk, hours: str):
    with pytest.raises(DeskError) as caught:
        edited(desk, "Cy", working_hours=hours)
    assert caught.value.field == "working_hours"


# ---- leaving


def test_nobody_leaves_whom_a_rota_counts_on(desk: RosterDesk):
    desk.scheduled(["Bo Lund"], ["Cy Marsh"])
    with pytest.raises(DeskError, match=r"Cy Marsh is on call in Rota 1 Tue 24 Nov 09:00 .* 182 more times"):
        desk.staff.leave_desk(desk.ids["Cy"], desk.by("Ada"))


def test_the_form_of_people_refuses_it_too(desk: RosterDesk):
    desk.scheduled(["Cy Marsh"])
    with pytest.raises(DeskError) as caught:
        edited(desk, "Cy", active=False)
    assert caught.value.field == "active"


def test_a_single_shift_holds_somebody_as_well(desk: RosterDesk):
    kept = desk.scheduled(["Bo Lund"])
    desk.roster.add_override(kept, NewOverride(at("24 09:00"), at("24 10:00"), desk.ids["Cy"]), desk.by("Cy"))
    with pytest.raises(DeskError, match="Tue 24 Nov 09:00–10:00"):
        desk.staff.leave_desk(desk.ids["Cy"], desk.by("Ada"))


def test_taken_out_of_the_rota_they_leave(desk: RosterDesk):
    kept = desk.scheduled(["Bo Lund"], ["Cy Marsh"])
    desk.roster.save(kept, a_rota(["Bo Lund"]), "Cy leaves", desk.by("Ada"))
    assert not desk.staff.leave_desk(desk.ids["Cy"], desk.by("Ada")).active


def test_what_somebody_leaves_behind_is_said_before(desk: RosterDesk):
    kept = desk.scheduled(["Bo Lund"], ["Cy Marsh"])
    desk.customers.add(Customer(0, "Acme", account_owner_id=desk.ids["Cy"]), desk.by("Ada"))
    desk.roster.swaps.ask(kept, desk.ids["Bo"], (at("24 09:00"), at("25 09:00")), desk.by("Cy"))
    ties = desk.staff.ties(desk.ids["Cy"])
    assert (len(ties.shifts), len(ties.swaps), ties.accounts) == (183, 1, ("Acme",))


# ---- accounts


def test_accounts_are_handed_over_together(desk: RosterDesk):
    for name in ("Acme", "Brill"):
        desk.customers.add(Customer(0, name, account_owner_id=desk.ids["Cy"]), desk.by("Ada"))
    moved = desk.staff.hand_accounts_over(desk.ids["Cy"], desk.ids["Bo"], desk.by("Dee"))
    assert [customer.name for customer in moved] == ["Acme", "Brill"]
    assert (row(desk, "Cy").accounts, row(desk, "Bo").accounts) == (0, 2)


# ---- teams


def test_teams_that_people_name_are_there_before_anybody_describes_them(desk: RosterDesk):
    (team,) = desk.teams.all()
    assert (team.team.id, team.team.name, len(team.people)) == (0, "Payments", 4)


def test_people_and_rotas_follow_a_teams_new_name(desk: RosterDesk):
    desk.scheduled(["Bo Lund"])
    team = desk.teams.keep(Team(0, "Payments", lead_id=desk.ids["Ada"]), desk.by("Ada"))
    desk.teams.keep(replace(team, name="Billing"), desk.by("Ada"))
    (kept,) = desk.teams.all()
    assert (kept.team.name, len(kept.people), kept.schedules) == ("Billing", 4, ("Rota 1",))
    assert [person.name for person in desk.roster.on_call("Billing", NOW)] == ["Bo Lund"]


def test_only_a_lead_changes_teams(desk: RosterDesk):
    with pytest.raises(NotAllowed):
        desk.teams.keep(Team(0, "Platform"), desk.by("Dee"))


@pytest.mark.parametrize(
    ("facts", "field"),
    [({"name": " "}, "name"), ({"zone": "Mars"}, "zone"), ({"lead_id": 99}, "lead_id")],
)
def test_what_is_wrong_with_a_team_is_named(desk: RosterDesk, facts: dict[str, object], field: str):
    with pytest.raises(DeskError) as caught:
        desk.teams.keep(replace(Team(0, "Platform"), **facts), desk.by("Ada"))
    assert caught.value.field == field


def test_two_teams_cannot_have_one_name(desk: RosterDesk):
    desk.teams.keep(Team(0, "Platform"), desk.by("Ada"))
    with pytest.raises(Conflict):
        desk.teams.keep(Team(0, "PLATFORM"), desk.by("Ada"))


def test_a_team_in_use_stays(desk: RosterDesk):
    kept = desk.teams.keep(Team(0, "Payments"), desk.by("Ada"))
    with pytest.raises(DeskError, match="4 people are in it"):
        desk.teams.remove(kept.id, desk.by("Ada"))


def test_a_team_of_nobody_can_go(desk: RosterDesk):
    kept = desk.teams.keep(Team(0, "Platform"), desk.by("Ada"))
    desk.teams.remove(kept.id, desk.by("Ada"))
    with pytest.raises(NotFound):
        desk.teams.get(kept.id)
