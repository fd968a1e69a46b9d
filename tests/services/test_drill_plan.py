"""Recurring drills: their times over a change of the clocks, due once, and the wheel that draws one."""

from datetime import UTC, date, datetime, time

import pytest

from desktop.domain.drill_calendar import DrillRule, Recurrence
from desktop.domain.drill_register import DrillPlan
from desktop.domain.errors import DeskError, NotAllowed, NotFound
from desktop.services.drill_plan import next_time
from desktop.services.drill_plan_watch import DrillPlanWatch
from tests.factories import MONDAY
from tests.services.drill_desk import CHARGED, MISSED, DrillDesk

BERLIN = "Europe/Berlin"
WEEKLY = DrillRule(Recurrence.WEEKLY, 2, time(10, 0))


def times(rule: DrillRule, after: datetime, count: int, zone: str = BERLIN) -> list[str]:
    found = []
    at: datetime | None = after
    for _ in range(count):
        assert at is not None
        at = next_time(rule, zone, at)
        assert at is not None
        found.append(at.strftime("%m-%d %H:%M"))
    return found


def planned(drills: DrillDesk, rule: DrillRule = WEEKLY, slug: str = "", zone: str = "UTC") -> DrillPlan:
    return drills.plans.add("Wednesday drill", slug, "Billing", rule, zone, drills.trainer)


def watch(drills: DrillDesk) -> DrillPlanWatch:
    return DrillPlanWatch(store=drills.desk.store, clock=drills.desk.clock, bus=drills.desk.bus)


def test_a_wall_time_stays_one_over_the_change_of_the_clocks():
    after = datetime(2026, 10, 20, tzinfo=UTC)
    assert times(WEEKLY, after, 2) == ["10-21 08:00", "10-28 09:00"]


def test_a_time_that_the_clocks_leap_over_still_comes_that_week_or_the_next():
    rule = DrillRule(Recurrence.WEEKLY, 6, time(2, 30))
    found = next_time(rule, BERLIN, datetime(2026, 3, 28, tzinfo=UTC))
    assert found is not None
    assert found <= datetime(2026, 4, 5, 1, 0, tzinfo=UTC)


def test_every_third_week():
    rule = DrillRule(Recurrence.WEEKS, 2, time(10, 0), 3, date(2026, 12, 2))
    assert times(rule, datetime(2026, 11, 24, tzinfo=UTC), 3, "UTC") == [
        "12-02 10:00",
        "12-23 10:00",
        "01-13 10:00",
    ]


def test_the_second_tuesday_and_the_last_friday_of_the_month():
    after = datetime(2026, 11, 24, tzinfo=UTC)
    second = DrillRule(Recurrence.MONTHLY, 1, time(9, 0), 2)
    last = DrillRule(Recurrence.MONTHLY, 4, time(9, 0), 5)
    assert times(second, after, 2, "UTC") == ["12-08 09:00", "01-12 09:00"]
    assert times(last, after, 2, "UTC") == ["11-27 09:00", "12-25 09:00"]


def test_the_next_time_is_later_than_the_instant_itself():
    at = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
    assert times(WEEKLY, at, 1, "UTC") == ["12-02 10:00"]
    assert times(WEEKLY, at.replace(hour=9, minute=59, second=59, microsecond=999_999), 1, "UTC") == [
        "11-25 10:00"
    ]


def test_a_plan_is_kept_with_its_next_times(drills: DrillDesk):
    plan = planned(drills)
    assert drills.plans.all() == (plan,)
    assert plan.next_at == MONDAY.replace(hour=10, minute=0) + (date(2026, 1, 3) - date(2026, 1, 1))
    first, second = drills.plans.next_of(plan, MONDAY, 2)
    assert (first, (second - first).days) == (plan.next_at, 7)


def test_every_two_weeks_begins_with_the_first_that_comes(drills: DrillDesk):
    plan = planned(drills, DrillRule(Recurrence.WEEKS, 0, time(7, 0), 2))
    first, second = drills.plans.next_of(plan, MONDAY, 2)
    assert (first - MONDAY).days == 6
    assert (second - first).days == 14


def test_only_trainers_and_leads_plan(drills: DrillDesk):
    with pytest.raises(NotAllowed):
        drills.plans.add("x", "", "", WEEKLY, "UTC", drills.desk.coordinator)


@pytest.mark.parametrize(("slug", "zone", "error"), [("none", "UTC", NotFound), ("", "Mars/Base", DeskError)])
def test_what_is_not_there_is_not_planned(drills: DrillDesk, slug: str, zone: str, error: type[DeskError]):
    with pytest.raises(error):
        planned(drills, slug=slug, zone=zone)


def test_a_plan_is_named_by_its_scenario_or_the_wheel(drills: DrillDesk):
    drills.library.ensure_shipped()
    named = drills.plans.add("", CHARGED, "", WEEKLY, "UTC", drills.trainer)
    assert named.title == "Charged again and again"
    assert drills.plans.add(" ", "", "", WEEKLY, "UTC", drills.trainer).title == "Wheel of misfortune"


def test_what_has_come_is_due_until_somebody_takes_note(drills: DrillDesk):
    plan = planned(drills)
    assert drills.plans.due(drills.desk.clock.now()) == ()
    drills.desk.clock.forward(days=3)
    assert [each.id for each in drills.plans.due(drills.desk.clock.now())] == [plan.id]
    watch(drills).tick()
    (due,) = drills.plans.due(drills.desk.clock.now())
    assert due.due_at == plan.next_at
    drills.plans.note_told(plan.id)
    assert drills.plans.due(drills.desk.clock.now()) == ()


def test_taking_note_before_the_desk_looked_is_enough(drills: DrillDesk):
    plan = planned(drills)
    drills.desk.clock.forward(days=3)
    drills.plans.note_told(plan.id)
    watch(drills).tick()
    assert drills.plans.due(drills.desk.clock.now()) == ()


def test_the_desk_is_told_once_and_wakes_for_the_next(drills: DrillDesk):
    plan = planned(drills)
    assert watch(drills).tick() == plan.next_at
    drills.desk.clock.forward(days=3)
    drills.told.clear()
    wake_at = watch(drills).tick()
    assert watch(drills).tick() == wake_at
    assert len(drills.told) == 1
    assert wake_at == drills.plans.next_of(plan, drills.desk.clock.now())[0]


def test_what_came_five_times_while_nobody_looked_is_due_once(drills: DrillDesk):
    planned(drills)
    drills.desk.clock.forward(days=33)
    watch(drills).tick()
    assert len(drills.plans.due(drills.desk.clock.now())) == 1


def test_a_desk_without_plans_is_asked_one_question(drills: DrillDesk):
    asked: list[str] = []
    with drills.desk.store.read() as session:
        session._driver.set_trace_callback(asked.append)
    assert watch(drills).tick() is None
    assert len([each for each in asked if each.startswith("SELECT")]) == 1


def test_a_removed_plan_comes_no_more(drills: DrillDesk):
    plan = planned(drills)
    drills.plans.remove(plan.id, drills.trainer)
    drills.desk.clock.forward(days=30)
    assert watch(drills).tick() is None
    assert drills.plans.due(drills.desk.clock.now()) == ()
    with pytest.raises(NotFound):
        drills.plans.remove(plan.id, drills.trainer)


def test_a_plan_that_is_due_writes_nothing_on_the_timeline(drills: DrillDesk):
    planned(drills)
    drills.desk.clock.forward(days=3)
    revision = drills.desk.store.revision()
    watch(drills).tick()
    assert drills.desk.store.revision() == revision


def test_the_wheel_looks_at_gaps_and_runs_of_the_team(drills: DrillDesk):
    run, score = drills.played(acts=MISSED)
    (gap,) = drills.gaps.propose_from(run.id, score, drills.trainer)
    before = [drills.plans.draw(seed, drills.trainer, team="Billing") for seed in range(40)]
    drills.gaps.confirm(gap.id, drills.trainer)
    after = [drills.plans.draw(seed, drills.trainer, team="Billing") for seed in range(40)]
    assert {each.total for each in before} != {each.total for each in after}
    assert after == [drills.plans.draw(seed, drills.trainer, team="Billing") for seed in range(40)]
    (why,) = {each.why for each in after if each.slug == CHARGED}
    assert why == (
        "Exercises an open gap: DA2 signal or dashboard missing or contradictory.",
        "Last played today.",
    )


def test_the_wheel_of_another_team_is_not_moved_by_these(drills: DrillDesk):
    drills.library.ensure_shipped()
    before = drills.plans.draw(3, drills.trainer, team="Network")
    drills.played(acts=MISSED)
    assert drills.plans.draw(3, drills.trainer, team="Network") == before


def test_a_retired_scenario_is_not_drawn(drills: DrillDesk):
    drills.library.ensure_shipped()
    for row in drills.library.all()[1:]:
        drills.library.retire(row.slug, drills.trainer, "Enough")
    (left,) = drills.library.all()
    assert {drills.plans.draw(seed, drills.trainer).slug for seed in range(9)} == {left.slug}
