"""The calendar of drills, the wheel and trends of a desk, in the operator's name; for the worker."""

from datetime import date, time

from desktop.domain.drill_calendar import DrillRule, Recurrence
from desktop.domain.drill_register import DrillPlan
from desktop.domain.errors import DeskError
from desktop.options import local_zone
from desktop.services.desk import Desk
from desktop.services.drill_library import DrillLibrary
from desktop.services.drill_plan import DrillPlans
from desktop.services.drill_trend import Trends
from desktop.ui.drill.ports import Drawn, PlanFound, Planned, PlanWish, TrendFound
from desktop.wiring.drills import teams_of, why_not_write
from desktop.wiring.switching import operator_of

_SHOWN = 3
_SINCE = date(1970, 1, 1)  # from the week in which it first comes


class DeskPlans:
    """What the tab of the plan asks for."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._plans = DrillPlans(store=desk.store, clock=desk.clock, bus=desk.bus)
        self._library = DrillLibrary(store=desk.store, clock=desk.clock, bus=desk.bus)

    def found(self) -> PlanFound:
        """All that recurs."""
        rows = [row for row in self._library.all() if row.published]
        titles = {row.slug: row.title for row in rows}
        due = {plan.id for plan in self._plans.due(self._desk.clock.now())}
        return PlanFound(
            planned=tuple(self._planned(plan, titles, is_due=plan.id in due) for plan in self._plans.all()),
            scenarios=tuple(titles.items()),
            teams=teams_of(self._desk),
            zone=local_zone(),
            why_not_write=why_not_write(self._desk),
        )

    def add(self, wish: PlanWish) -> None:
        """One more."""
        kind = Recurrence(wish.rule)
        every = {Recurrence.WEEKLY: 1, Recurrence.WEEKS: wish.every, Recurrence.MONTHLY: wish.nth}[kind]
        try:
            at = time.fromisoformat(wish.time)
        except ValueError:
            raise DeskError(f"“{wish.time}” is no time of day.", field="time", hint="As 14:30.") from None
        rule = DrillRule(kind, wish.weekday, at, every, _SINCE)
        self._plans.add(wish.title, wish.slug, wish.team, rule, wish.zone, operator_of(self._desk))

    def remove(self, plan_id: int) -> None:
        """Let it recur no more."""
        self._plans.remove(plan_id, operator_of(self._desk))

    def draw(self, team: str, seed: int) -> Drawn:
        """What the wheel draws with a seed."""
        drawn = self._plans.draw(seed, operator_of(self._desk), team=team)
        return Drawn(drawn.slug, drawn.title, drawn.why, seed, team)

    def _planned(self, plan: DrillPlan, titles: dict[str, str], *, is_due: bool) -> Planned:
        scenario = titles.get(plan.slug, "out of use") if plan.slug else "drawn by the wheel"
        times = self._plans.next_of(plan, self._desk.clock.now(), _SHOWN)
        return Planned(plan.id, plan.title, plan.slug, scenario, plan.team, plan.rule.words, times, is_due)


class DeskTrends:
    """What the tab of trends asks for."""

    def __init__(self, desk: Desk) -> None:
        self._trends = Trends(store=desk.store, clock=desk.clock, bus=desk.bus)

    def found(self, team: str) -> TrendFound:
        """One team's; the first one's without a name."""
        teams = self._trends.teams()
        chosen = team or next(iter(teams), "")
        if not chosen:
            return TrendFound()
        out = self._trends.left_out(chosen)
        return TrendFound(chosen, teams, self._trends.of_team(chosen), out.practice, out.forks)
