"""A week at a desk, moved by hand: people can bear what they are told, a night away is one digest."""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from desktop.domain.errors import DeskError
from desktop.services.health import HealthService
from tests.services.alarm_desk import P1, P2, P3, P4, AlarmDesk

DAYS = 7
OPENED_A_DAY = 30
FLOOD_DAY, FLOOD_OF = 3, 40
STEP = timedelta(minutes=5)


@dataclass
class Week:
    """What was told: when and why; in the first sweep of each morning; during the flood."""

    told: list[tuple[datetime, str]] = field(default_factory=list)
    mornings: list[list[str]] = field(default_factory=list)
    flood: list[str] = field(default_factory=list)
    health: dict = field(default_factory=dict)


class Players:
    """Who works there: most is owned and acknowledged within minutes, and resolved mostly in time."""

    def __init__(self, desk) -> None:
        self.desk = desk
        self.chance = random.Random(20261123)
        self.plans: list[tuple[datetime, str, int]] = []

    def open(self, at: datetime) -> None:
        fields = self.chance.choices((P1, P2, P3, P4), weights=(4, 14, 40, 42))[0]
        escalation = self.desk.open(f"Customer {self.chance.randrange(20)}", **fields)
        after = at
        for deed, typical in (("own", 4), ("acknowledge", 4), ("contain", 50), ("resolve", 120)):
            after += timedelta(minutes=typical * self.chance.uniform(0.3, 2.0))
            self.plans.append((after, deed, escalation))

    def act(self, now: datetime) -> None:
        due = sorted(plan for plan in self.plans if plan[0] <= now)
        self.plans = [plan for plan in self.plans if plan[0] > now]
        for _, deed, escalation in due:
            self._do(deed, escalation)

    def _do(self, deed: str, escalation: int) -> None:
        senior = self.desk.people.get(self.desk.maya.id).actor()
        try:
            if deed == "own":
                self.desk.do.ownership.own(escalation, senior)
            elif deed == "acknowledge":
                self.desk.alarm.acknowledge(escalation, senior, "seen")
            else:
                getattr(self.desk.do.transition, deed)(escalation, self.desk.amara.actor())
                if deed == "contain":
                    self.desk.do.escalation.record_update(escalation, "Contained.", senior)
        except DeskError:
            pass  # two plans met: somebody else was quicker


@pytest.fixture(scope="module")
def week(tmp_path_factory, _empty_database):
    import shutil

    from db.engine import open_store
    from desktop.domain.clock import ManualClock
    from tests.factories import MONDAY

    path = shutil.copy(_empty_database, tmp_path_factory.mktemp("week") / "desk.sqlite3")
    clock = ManualClock(MONDAY)
    store = open_store(path)
    played = play(AlarmDesk(store, clock), clock)
    store.close()
    return played


def play(desk, clock) -> Week:
    week, players = Week(), Players(desk)
    for day in range(DAYS):
        opening = clock.now()
        instants = sorted(players.chance.uniform(0, 15.5 * 3600) for _ in range(OPENED_A_DAY))
        week.mornings.append([item.reason for item in tell(desk, clock, week)] if day else [])
        while clock.now() < opening + timedelta(hours=16):
            while instants and clock.now() >= opening + timedelta(seconds=instants[0]):
                instants.pop(0)
                players.open(clock.now())
            if day == FLOOD_DAY and clock.now() == opening + timedelta(hours=5):
                week.flood += flood(desk, clock, week)
            players.act(clock.now())
            tell(desk, clock, week)
            clock.forward(STEP)
        clock.jump(hours=8)
    service = HealthService(store=desk.store, clock=desk.clock, policy=desk.policies)
    week.health = {figure.key: figure for figure in service.alert_health(days=7).figures}
    return week


def tell(desk, clock, week):
    desk.alarm.sweep()
    items = desk.deliver()
    week.told += [(clock.now(), item.reason) for item in items]
    return items


def flood(desk, clock, week) -> list[str]:
    """Forty escalations within ten minutes: an outage that everybody reports, sent away when it is over."""
    opened, reasons = [], []
    for _ in range(10):
        opened += [desk.open(f"Outage {len(opened) + i}", **P2) for i in range(FLOOD_OF // 10)]
        reasons += [item.reason for item in tell(desk, clock, week)]
        clock.forward(minutes=1)
    for escalation in opened:
        desk.do.transition.to_standard(escalation, desk.me, "Known question with a written answer")
    clock.set(clock.now() + STEP * (clock.now().minute % 5 > 0) - timedelta(minutes=clock.now().minute % 5))
    return reasons


def test_people_are_told_six_times_an_hour_at_most(week):
    hours = DAYS * 16
    assert 0 < len(week.told) / hours <= 6


def test_outside_a_flood_nobody_is_told_more_than_twelve_times_in_an_hour(week):
    told = sorted(at for at, reason in week.told if not _is_in_flood(at, week))
    hours = [sum(first <= at < first + timedelta(hours=1) for at in told) for first in told]
    assert max(hours) <= 12


def _is_in_flood(at, week):
    floods = [told_at for told_at, reason in week.told if reason == "flood"]
    return any(abs(at - told_at) <= timedelta(minutes=30) for told_at in floods)


def test_an_outage_that_forty_report_is_a_handful_of_notices(week):
    assert len(week.flood) <= 12
    assert "flood" in week.flood


def test_a_night_away_ends_in_one_digest_at_most_and_replays_nothing(week):
    assert [reasons for reasons in week.mornings if reasons not in ([], ["digest"])] == []
    assert ["digest"] in week.mornings


def test_the_panel_counts_the_same_week_as_healthy(week):
    assert week.health["per_hour"].ok
    assert week.health["chattering"].ok
    assert week.health["past_breach"].ok
