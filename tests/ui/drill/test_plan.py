"""The calendar of recurring drills and the wheel, over a real desk."""

import pytest

from desktop.domain.person import Role
from desktop.ui.drill.plan import PlanTab
from desktop.wiring.drill_calendar import DeskPlans
from tests.ui.drill.library_stand import stand, words_of

__all__ = ["stand"]
CHARGED = "drl-charged-again"


class Planner:
    """Somebody at the calendar."""

    def __init__(self, stand):
        self.stand = stand
        stand.played.drills.library.ensure_shipped()
        self.tab = stand.show(PlanTab(DeskPlans(stand.desk), stand.around))

    def add(self, rule="weekly", slug=CHARGED, **more):
        (self.tab.add if self.tab.add.isVisible() else self.tab.empty.button).click()
        form = self.tab.form
        form.what.set_value(slug)
        form.rule.set_value(rule)
        form.team.setEditText(more.get("team", "Billing"))
        for name, value in more.items():
            if name in ("nth", "weekday"):
                getattr(form, name).set_value(value)
        form.submit()
        self.stand.settle()

    def rows(self):
        return self.tab.table.model().rows


@pytest.fixture
def planner(stand):
    return Planner(stand)


def test_an_empty_calendar_says_what_to_do(planner):
    assert "No drill recurs" in planner.tab.empty.sentence


def test_a_weekly_drill_stands_with_its_next_times(planner):
    planner.add()
    row = planner.rows()[0]
    assert row.title == "Charged again and again"
    assert row.rule == "every Thursday at 14:00"
    assert len(row.next_at) == 3
    assert (row.next_at[1] - row.next_at[0]).days == 7


def test_the_last_weekday_of_a_month_can_be_meant(planner):
    planner.add("monthly", nth=5, weekday=4)
    assert planner.rows()[0].rule == "every last Friday of the month at 14:00"


def test_every_few_weeks_asks_how_many(planner):
    planner.tab.empty.button.click()
    assert not planner.tab.form.every.isVisible()
    planner.tab.form.rule.set_value("weeks")
    planner.tab.form.rule.activated.emit(1)
    assert planner.tab.form.every.isVisible()


def test_what_is_removed_recurs_no_more(planner):
    planner.add()
    planner.tab.remove.click()
    planner.stand.settle()
    assert not planner.rows()
    assert planner.tab.empty.isVisible()


def test_it_is_set_up_from_the_calendar(planner):
    wanted = planner.stand.heard(planner.tab.start_requested)
    planner.add()
    planner.tab.start.click()
    assert wanted == [(CHARGED,)]


def test_the_wheel_draws_with_reasons_and_the_seed_draws_the_same_again(planner):
    wheel = planner.tab.wheel
    wheel.draw.click()
    planner.stand.settle()
    first, seed = wheel.name.text(), wheel._drawn.seed
    assert f"Seed {seed}" in words_of(wheel)
    assert wheel._drawn.why
    assert DeskPlans(planner.stand.desk).draw("", seed).title in first


def test_what_the_wheel_drew_may_be_played_or_drawn_again(planner):
    wheel = planner.tab.wheel
    wanted = planner.stand.heard(planner.tab.start_requested)
    wheel.draw.click()
    planner.stand.settle()
    seed = wheel._drawn.seed
    wheel.draw.click()
    planner.stand.settle()
    assert wheel._drawn.seed == seed + 1
    wheel.accept.click()
    assert wanted == [(wheel._drawn.slug,)]


def test_a_plan_without_a_scenario_turns_the_wheel(planner):
    planner.add(slug="")
    planner.tab.start.click()
    planner.stand.settle()
    assert planner.tab.wheel.name.isVisible()


def test_whoever_is_no_trainer_plans_nothing_and_is_told_why(stand):
    stand.real.act_as(Role.COORDINATOR)
    planner = Planner(stand)
    assert not planner.tab.empty.button.isVisible()
    planner.tab.wheel.draw.click()
    stand.settle()
    assert "Only a trainer or a lead" in planner.tab.fault.text()
