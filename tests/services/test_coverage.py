"""A coming gap is told of in time, once; what the plan leaves open by design is not told every evening."""

import sys
from datetime import timedelta

import pytest

from db.unit_of_work import Store
from desktop.domain.clock import ManualClock
from desktop.domain.time_off import TimeOff
from desktop.services.coverage import Coverage
from desktop.services.roster_values import NewOverride
from desktop.services.settings import SettingsService
from desktop.services.time_off import TimeOffService
from tests.factories import a_row
from tests.services.roster_desk import RosterDesk, a_rota, at


@pytest.fixture
def desk(store: Store, clock: ManualClock) -> RosterDesk:
    return RosterDesk(store, clock)


@pytest.fixture
def coverage(desk: RosterDesk) -> Coverage:
    settings = SettingsService(store=desk.store)
    return Coverage(store=desk.store, clock=desk.clock, bus=desk.bus, settings=settings)


def go_away(desk: RosterDesk, who: str, start: str, end: str) -> None:
    leave = TimeOffService(store=desk.store, clock=desk.clock, bus=desk.bus, read=lambda *_: None)
    leave.add(TimeOff(0, desk.ids[who], at(start), at(end)), desk.by(who))


def look(desk: RosterDesk, coverage: Coverage, when: str) -> list[str]:
    desk.clock.set(at(when))
    desk.forget_told()
    coverage.tick()
    return [body for _, body in desk.told("roster.gap")]


def test_a_hole_is_told_of_two_days_before_and_only_once(desk: RosterDesk, coverage: Coverage):
    desk.scheduled(["Bo Lund"])
    go_away(desk, "Bo", "28 12:00", "28 18:00")
    days = {day: look(desk, coverage, f"{day} 13:00") for day in (24, 25, 26, 27, 28)}
    assert days == {
        24: [],
        25: [],
        26: ["Sat 28 Nov 12:00–18:00 (UTC). Bo Lund is away. Find somebody."],
        27: [],
        28: [],
    }


@pytest.mark.parametrize("end", ["12-20 18:00", "12-31 18:00"])
def test_a_long_absence_is_told_of_once(desk: RosterDesk, coverage: Coverage, end: str):
    desk.scheduled(["Bo Lund"])
    go_away(desk, "Bo", "24 12:00", end)
    days = [look(desk, coverage, f"{day} 13:00") for day in (23, 24, 25, 26)]
    assert [len(told) for told in days] == [1, 0, 0, 0]


def test_a_gap_without_an_end_is_told_of_once(desk: RosterDesk, coverage: Coverage):
    desk.scheduled(["Bo Lund"])
    leave = TimeOffService(store=desk.store, clock=desk.clock, bus=desk.bus, read=lambda *_: None)
    entry = TimeOff(0, desk.ids["Bo"], at("24 12:00"), at("24 12:00") + timedelta(days=900))
    leave.add(entry, desk.by("Bo"))
    assert [len(look(desk, coverage, f"{day} 13:00")) for day in (23, 24, 25)] == [1, 0, 0]


def test_a_gap_that_was_filled_and_opens_again_is_told_of_again(desk: RosterDesk, coverage: Coverage):
    kept = desk.scheduled(["Bo Lund"])
    go_away(desk, "Bo", "24 12:00", "24 18:00")
    look(desk, coverage, "23 10:00")
    stand_in = NewOverride(at("24 12:00"), at("24 18:00"), desk.ids["Cy"])
    cover = desk.roster.add_override(kept, stand_in, desk.by("Cy"))
    assert look(desk, coverage, "23 11:00") == []
    desk.roster.cancel_override(cover, desk.by("Dee"))
    assert len(look(desk, coverage, "23 12:00")) == 1


def test_each_gap_is_told_of(desk: RosterDesk, coverage: Coverage):
    desk.scheduled(["Bo Lund"])
    go_away(desk, "Bo", "24 12:00", "24 18:00")
    assert len(look(desk, coverage, "23 10:00")) == 1
    go_away(desk, "Bo", "25 02:00", "25 04:00")
    assert look(desk, coverage, "23 11:00") == [
        "Wed 25 Nov 02:00–04:00 (UTC). Bo Lund is away. Find somebody."
    ]


def test_the_coordinator_is_told_beyond_the_desk(desk: RosterDesk, coverage: Coverage):
    facts = {"kind": "mail", "label": "", "position": 0, "secret_name": "x"}
    with desk.store.begin() as session:
        a_row(session, "channel", person_id=desk.ids["Dee"], **facts)
    desk.scheduled(["Bo Lund"], [])
    coverage.tick()
    with desk.store.read() as session:
        rows = session.sql("SELECT channel, person_id FROM outbox WHERE reason = 'roster.gap' ORDER BY id")
        assert [tuple(row) for row in rows.fetchall()] == [("desktop", None), ("mail", desk.ids["Dee"])]


def test_where_somebody_stands_in_there_is_nothing_to_tell(desk: RosterDesk, coverage: Coverage):
    kept = desk.scheduled(["Bo Lund"])
    go_away(desk, "Bo", "24 12:00", "24 18:00")
    desk.roster.add_override(kept, NewOverride(at("24 12:00"), at("24 18:00"), desk.ids["Cy"]), desk.by("Cy"))
    assert look(desk, coverage, "23 10:00") == []


def test_what_the_plan_leaves_open_is_told_of_once_for_each_version(desk: RosterDesk, coverage: Coverage):
    hours = [{"from": "09:00", "to": "17:00"}]
    kept = desk.scheduled(["Bo Lund"], restrict=hours)
    assert look(desk, coverage, "23 10:00") == [
        "Mon 23 Nov 17:00 – Tue 24 Nov 09:00 (UTC). "
        "The plan has nobody then. If that is meant, give the team hours."
    ]
    assert [look(desk, coverage, f"{day} 10:00") for day in (24, 25, 26)] == [[], [], []]
    desk.roster.save(kept, a_rota(["Cy Marsh"], restrict=hours), "", desk.by("Ada"))
    assert len(look(desk, coverage, "26 11:00")) == 1


def test_outside_the_hours_of_the_team_nobody_is_missed(desk: RosterDesk, coverage: Coverage):
    week = '{"mon": [["09:00", "17:00"]], "tue": [["09:00", "17:00"]], "wed": [["09:00", "17:00"]]}'
    with desk.store.begin() as session:
        session.sql("INSERT INTO team (name, zone, working_hours) VALUES ('Payments', 'UTC', ?)", (week,))
    desk.scheduled(["Bo Lund"], restrict=[{"from": "09:00", "to": "17:00"}])
    assert look(desk, coverage, "23 10:00") == []


def test_a_gap_is_on_the_timeline(desk: RosterDesk, coverage: Coverage):
    desk.scheduled(["Bo Lund"], [])
    look(desk, coverage, "23 10:00")
    (event,) = desk.events("roster.gap")
    assert (event["name"], event["away"]) == ("Rota 1", [])


def test_a_swap_nobody_answered_in_time_is_over(desk: RosterDesk, coverage: Coverage):
    kept = desk.scheduled(["Bo Lund"], ["Cy Marsh"])
    desk.roster.swaps.ask(kept, desk.ids["Bo"], (at("24 09:00"), at("25 09:00")), desk.by("Cy"))
    look(desk, coverage, "24 10:00")
    assert [swap.state for swap in desk.roster.swaps.recent()] == ["stale"]


def test_it_looks_again_after_ten_minutes_or_a_change(desk: RosterDesk, coverage: Coverage):
    desk.scheduled(["Bo Lund"])
    assert coverage.tick() == at("23 09:10")
    desk.clock.set(at("23 09:05"))
    assert coverage.tick() == at("23 09:10")
    desk.scheduled(["Cy Marsh"])
    assert coverage.tick() == at("23 09:15")


def test_without_a_rota_nothing_is_loaded(
    desk: RosterDesk, coverage: Coverage, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delitem(sys.modules, "desktop.services.roster_coverage", raising=False)
    assert coverage.tick() is None
    assert "desktop.services.roster_coverage" not in sys.modules
