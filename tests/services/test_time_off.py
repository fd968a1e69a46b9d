"""Time off makes holes that are said; calendars are read by UID, again and again to the same end."""

from dataclasses import replace

import pytest

from db.unit_of_work import Store
from desktop.adapters.calendars import read_leave
from desktop.domain.clock import ManualClock
from desktop.domain.errors import Conflict, DeskError, NotAllowed
from desktop.domain.roster_check import Fault
from desktop.domain.time_off import TimeOff
from desktop.services.time_off import TimeOffService
from desktop.services.time_off_import import LeavePlan
from tests.adapters.test_calendars import a_calendar
from tests.services.roster_desk import NOW, RosterDesk, at

HOLIDAY = "UID:a@x|SUMMARY:Holiday|DTSTART:20261124T120000Z|DTEND:20261124T180000Z"


@pytest.fixture
def desk(store: Store, clock: ManualClock) -> RosterDesk:
    """Bo has Monday, Cy Tuesday, Bo Wednesday."""
    desk = RosterDesk(store, clock)
    desk.kept = desk.scheduled(["Bo Lund"], ["Cy Marsh"])
    desk.forget_told()
    return desk


@pytest.fixture
def leave(desk: RosterDesk) -> TimeOffService:
    return TimeOffService(store=desk.store, clock=desk.clock, bus=desk.bus, read=read_leave)


def away(desk: RosterDesk, who: str, start: str, end: str) -> TimeOff:
    return TimeOff(0, desk.ids[who], at(start), at(end), "Dentist")


def test_time_off_leaves_a_hole(desk: RosterDesk, leave: TimeOffService):
    done = leave.add(away(desk, "Cy", "24 12:00", "24 18:00"), desk.by("Cy"))
    assert [(gap.start, gap.end) for gap in done.open] == [(at("24 12:00"), at("24 18:00"))]
    assert desk.roster.on_call("Payments", at("24 13:00")) == ()


def test_the_desk_is_told_what_somebody_has_to_cover(desk: RosterDesk, leave: TimeOffService):
    leave.add(away(desk, "Cy", "24 12:00", "24 18:00"), desk.by("Cy"))
    assert desk.told("roster.open") == [
        (
            "Shifts of Rota 1 are open",
            "Cy Marsh is away: nobody is on call Tue 24 Nov 12:00–18:00 (UTC).",
        )
    ]


def test_it_is_said_before(desk: RosterDesk, leave: TimeOffService):
    entry = away(desk, "Cy", "24 12:00", "24 18:00")
    assert len(leave.preview(LeavePlan(added=(entry,))).open) == 1
    seen = desk.roster.preview(desk.kept, time_off=(entry,))
    assert {found.fault for found in seen.findings} == {Fault.GAP, Fault.ON_LEAVE}
    assert leave.of_person(desk.ids["Cy"]) == ()


def test_where_others_are_on_call_nothing_is_open(desk: RosterDesk, leave: TimeOffService):
    desk.roster.save(
        desk.kept, desk.roster.get(desk.kept).document | {"zone": "Europe/Berlin"}, "", desk.by("Ada")
    )
    assert leave.add(away(desk, "Ada", "24 12:00", "24 18:00"), desk.by("Ada")).open == ()
    assert desk.told("roster.open") == []


def test_everybody_keeps_their_own_and_who_covers_that_of_others(desk: RosterDesk, leave: TimeOffService):
    entry = away(desk, "Cy", "24 12:00", "24 18:00")
    with pytest.raises(NotAllowed):
        leave.add(entry, desk.by("Bo"))
    leave.add(entry, desk.by("Dee"))
    assert [title for title, _ in desk.told()] == ["Shifts of Cy Marsh moved"]


def test_who_is_away_is_not_away_twice(desk: RosterDesk, leave: TimeOffService):
    leave.add(away(desk, "Cy", "24 12:00", "24 18:00"), desk.by("Cy"))
    with pytest.raises(Conflict, match="away then already"):
        leave.add(away(desk, "Cy", "24 13:00", "24 14:00"), desk.by("Cy"))


def test_back_early_the_past_stays(desk: RosterDesk, leave: TimeOffService):
    (entry,) = leave.add(away(desk, "Bo", "23 10:00", "23 18:00"), desk.by("Bo")).plan.added
    desk.clock.set(at("23 14:00"))
    leave.remove(entry, desk.by("Bo"))
    assert desk.plan(desk.kept, days=1) == ["23 09:00 Bo", "23 14:00 Bo"]


def test_what_is_over_stays_as_a_record(desk: RosterDesk, leave: TimeOffService):
    (entry,) = leave.add(away(desk, "Bo", "23 10:00", "23 18:00"), desk.by("Bo")).plan.added
    desk.clock.set(at("24 14:00"))
    with pytest.raises(Conflict, match="stays as a record"):
        leave.remove(entry, desk.by("Bo"))


def test_another_time_opens_another_hole(desk: RosterDesk, leave: TimeOffService):
    (entry,) = leave.add(away(desk, "Cy", "24 12:00", "24 18:00"), desk.by("Cy")).plan.added
    leave.edit(replace(entry, start=at("26 12:00"), end=at("26 18:00")), desk.by("Cy"))
    assert desk.roster.on_call("Payments", at("24 13:00")) != ()
    assert desk.roster.on_call("Payments", at("26 13:00")) == ()


def test_a_time_that_runs_backwards_is_refused(desk: RosterDesk, leave: TimeOffService):
    with pytest.raises(DeskError, match="ends before it begins"):
        leave.add(away(desk, "Cy", "24 12:00", "24 11:00"), desk.by("Cy"))


def test_it_is_on_the_timeline(desk: RosterDesk, leave: TimeOffService):
    leave.add(away(desk, "Cy", "24 12:00", "24 18:00"), desk.by("Cy"))
    (event,) = desk.events("time_off.added")
    assert (event["name"], event["why"]) == ("Cy Marsh", "Dentist")


# ---- from calendars


def read(desk: RosterDesk, leave: TimeOffService, *events: str) -> LeavePlan:
    return leave.take_in(desk.ids["Cy"], a_calendar(*events), desk.by("Cy")).plan


def test_a_calendar_read_again_changes_nothing(desk: RosterDesk, leave: TimeOffService):
    assert len(read(desk, leave, HOLIDAY).added) == 1
    again = read(desk, leave, HOLIDAY)
    assert (bool(again), again.same) == (False, 1)
    assert len(leave.of_person(desk.ids["Cy"])) == 1


def test_an_event_that_moved_moves(desk: RosterDesk, leave: TimeOffService):
    read(desk, leave, HOLIDAY)
    plan = read(desk, leave, HOLIDAY.replace("T180000Z", "T200000Z"))
    assert [entry.end for entry in plan.changed] == [at("24 20:00")]
    assert [entry.end for entry in leave.of_person(desk.ids["Cy"])] == [at("24 20:00")]


def test_an_event_called_off_is_taken_away(desk: RosterDesk, leave: TimeOffService):
    read(desk, leave, HOLIDAY)
    read(desk, leave, f"{HOLIDAY}|STATUS:CANCELLED")
    assert leave.of_person(desk.ids["Cy"]) == ()


def test_what_a_calendar_does_not_mention_stays(desk: RosterDesk, leave: TimeOffService):
    read(desk, leave, HOLIDAY)
    leave.add(away(desk, "Cy", "26 12:00", "26 18:00"), desk.by("Cy"))
    read(desk, leave, "UID:b@x|DTSTART:20261201T090000Z|DURATION:PT8H")
    assert len(leave.of_person(desk.ids["Cy"])) == 3


def test_a_repetition_that_was_left_out_since_is_taken_away(desk: RosterDesk, leave: TimeOffService):
    series = "UID:a@x|DTSTART:20261124T120000Z|DURATION:PT1H|RRULE:FREQ=DAILY;COUNT=3"
    read(desk, leave, series)
    plan = read(desk, leave, f"{series}|EXDATE:20261125T120000Z")
    assert [entry.start for entry in plan.removed] == [at("25 12:00")]
    assert plan.same == 2


def test_two_people_may_have_the_same_event(desk: RosterDesk, leave: TimeOffService):
    read(desk, leave, HOLIDAY)
    leave.take_in(desk.ids["Bo"], a_calendar(HOLIDAY), desk.by("Bo"))
    assert len(leave.between(NOW, at("26 00:00"))) == 2


def test_an_import_says_before_what_it_would_do_and_leave_open(desk: RosterDesk, leave: TimeOffService):
    seen = leave.preview_import(desk.ids["Cy"], a_calendar(HOLIDAY, "SUMMARY:x"))
    assert (len(seen.plan.added), len(seen.open), len(seen.skipped)) == (1, 1, 1)
    assert leave.of_person(desk.ids["Cy"]) == ()


def test_an_import_tells_of_shifts_that_it_leaves_open(desk: RosterDesk, leave: TimeOffService):
    done = leave.take_in(desk.ids["Cy"], a_calendar(HOLIDAY), desk.by("Cy"))
    assert [gap.start for gap in done.open] == [at("24 12:00")]
    assert len(desk.told("roster.open")) == 1
