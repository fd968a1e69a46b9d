"""Drills that come again by the calendar, and the wheel that draws one.

Writes to the plans alone: that one is due is told on the bus and shown where drills are, not on the timeline.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from db.queries import drill_plan as queries
from db.queries import drill_run, drill_scenario
from db.queries import gap as gaps
from db.queries.drill_plan import NewPlan, PlanRow
from db.unit_of_work import Session, Store
from desktop.domain.clock import Clock
from desktop.domain.drill_calendar import DrillRule, Recurrence, rule_of
from desktop.domain.drill_register import DrillPlan
from desktop.domain.drill_rights import may_train
from desktop.domain.drill_wheel import Drawn, draw
from desktop.domain.errors import DeskError, NotFound
from desktop.domain.events import DrillsChanged
from desktop.domain.instant import from_us, to_us
from desktop.domain.person import Actor
from desktop.domain.wording import one_line
from desktop.services import drill_rows
from desktop.services.bus import Bus

_PLAN = "plan drills"
#: A rule comes at least once within so many of the days that its cron table names.
_MOST_TRIES = 60
_Result = TypeVar("_Result")


class DrillPlans:
    """Keeps plans. One whose time has come is due until somebody takes note of it."""

    def __init__(self, *, store: Store, clock: Clock, bus: Bus) -> None:
        self._store = store
        self._clock = clock
        self._bus = bus

    def all(self) -> tuple[DrillPlan, ...]:
        """Every plan, what comes next first."""
        with self._store.read() as session:
            return tuple(_plan_of(row) for row in queries.all_plans(session))

    def add(self, title: str, slug: str, team: str, rule: DrillRule, zone: str, by: Actor) -> DrillPlan:
        """Let a drill come again; without a scenario the wheel draws one each time.

        Raises: DeskError naming the field; NotFound; NotAllowed.
        """
        may_train(by, _PLAN)
        rule.check()
        now = self._clock.now()
        place = _zone(zone)
        if rule.kind is Recurrence.WEEKS and rule.since.year == 1970:
            # Counted from the week in which it first comes.
            first = next_time(replace(rule, kind=Recurrence.WEEKLY, every=1), zone, now)
            rule = replace(rule, since=(first or now).astimezone(place).date())
        next_at = next_time(rule, zone, now)

        def add(session: Session) -> int:
            known = one_line(title)
            if slug:
                head = drill_rows.head(session, slug)
                found = drill_scenario.version(session, slug, head.published)
                if found is None:
                    raise DeskError("Nothing of this scenario is published.", field="slug")
                known = known or found.title
            new = NewPlan(
                title=known or "Wheel of misfortune",
                slug=slug,
                team=one_line(team),
                rule=rule.text(),
                zone=zone,
                made_us=to_us(now),
                made_by=by.name,
                next_us=None if next_at is None else to_us(next_at),
            )
            return queries.add(session, new)

        return self._plan(self._change(add))

    def remove(self, plan_id: int, by: Actor) -> None:
        """Let a drill come no more.

        Raises: NotFound; NotAllowed.
        """
        may_train(by, _PLAN)

        def remove(session: Session) -> None:
            _required(session, plan_id)
            queries.remove(session, plan_id, to_us(self._clock.now()), by.name)

        self._change(remove)

    def next_of(self, plan: DrillPlan, now: datetime, count: int = 1) -> tuple[datetime, ...]:
        """The next times of a plan after an instant."""
        found: list[datetime] = []
        while len(found) < count:
            at = next_time(plan.rule, plan.zone, found[-1] if found else now)
            if at is None:
                break
            found.append(at)
        return tuple(found)

    def due(self, now: datetime) -> tuple[DrillPlan, ...]:
        """Plans whose time has come and of which nobody has taken note yet, the longest due first."""
        found = [
            replace(plan, due_at=plan.next_at) if plan.next_at is not None and plan.next_at <= now else plan
            for plan in self.all()
        ]
        due = [(plan.due_at, plan.id, plan) for plan in found if plan.due_at is not None]
        return tuple(plan for *_, plan in sorted(due, key=lambda each: each[:2]))

    def note_told(self, plan_id: int) -> None:
        """Take note that a plan is due: it was played, or put off.

        Raises: NotFound.
        """

        def note(session: Session) -> None:
            now = self._clock.now()
            row = _required(session, plan_id)
            if row.next_us is not None and row.next_us <= to_us(now):
                self._come(session, row, now)
            queries.note_told(session, plan_id, to_us(now))

        self._change(note)

    def tick(self) -> datetime | None:
        """Let those come whose time has come, each once; gives when the next one does."""
        now = self._clock.now()
        with self._store.read() as session:
            coming = [row for row in queries.all_plans(session) if row.next_us is not None]
        if not any((row.next_us or 0) <= to_us(now) for row in coming):
            return min((from_us(row.next_us or 0) for row in coming), default=None)

        def come(session: Session) -> datetime | None:
            for row in queries.all_plans(session):
                if row.next_us is not None and row.next_us <= to_us(now):
                    self._come(session, row, now)
            first_us = queries.first_due_us(session)
            return None if first_us is None else from_us(first_us)

        return self._change(come)

    def draw(self, seed: int, by: Actor, *, team: str = "") -> Drawn:
        """Turn the wheel of misfortune; the same seed draws the same while gaps and runs are the same.

        Raises: DeskError where nothing is published; NotAllowed.
        """
        may_train(by, "turn the wheel")
        with self._store.read() as session:
            rows = drill_rows.listed(session, retired=False)
            codes = gaps.open_codes(session, team)
            played = {slug: from_us(at) for slug, at in drill_run.last_played(session, team).items()}
        return draw(rows, codes, played, self._clock.now(), seed)

    def _come(self, session: Session, row: PlanRow, now: datetime) -> None:
        """What came while nobody looked has come once."""
        next_at = next_time(rule_of(row.rule), row.zone, now)
        queries.come(session, row.id, row.next_us or 0, None if next_at is None else to_us(next_at))

    def _plan(self, plan_id: int) -> DrillPlan:
        with self._store.read() as session:
            return _plan_of(_required(session, plan_id))

    def _change(self, change: Callable[[Session], _Result]) -> _Result:
        with self._store.begin() as session:
            result = change(session)
        self._bus.publish(DrillsChanged())
        return result


def next_time(rule: DrillRule, zone: str, after: datetime) -> datetime | None:
    """The next time of a rule after an instant, in UTC; None where there is none.

    Raises: DeskError for a zone that nobody knows.
    """
    # The library that knows cron tables is there when plans are: a desk without them does without it.
    from desktop.services.scheduler import next_by_cron

    place, at = _zone(zone), after
    for _ in range(_MOST_TRIES):
        found = next_by_cron(rule.cron, place, at)
        if found is None:
            return None
        if rule.is_on(found.astimezone(place).date()):
            return found
        at = found
    return None


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise DeskError(
            f"“{name[:60]}” is no time zone.", field="zone", hint="Use one as Europe/Berlin."
        ) from None


def _required(session: Session, plan_id: int) -> PlanRow:
    row = queries.get(session, plan_id)
    if row is None:
        raise NotFound("There is no such plan any more.", hint="Look at the calendar again.")
    return row


def _plan_of(row: PlanRow) -> DrillPlan:
    return DrillPlan(
        id=row.id,
        title=row.title,
        slug=row.slug,
        team=row.team,
        rule=rule_of(row.rule),
        zone=row.zone,
        made_at=from_us(row.made_us),
        made_by=row.made_by,
        next_at=None if row.next_us is None else from_us(row.next_us),
        due_at=None if row.due_us is None or row.told_us is not None else from_us(row.due_us),
    )
