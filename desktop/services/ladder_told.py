"""Who would be told of an alarm, when and how, if it were raised at an instant; nothing is told by asking."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from db.queries import channel as channels
from db.unit_of_work import Store
from desktop.domain.channel import PageChannel
from desktop.domain.clock import Clock
from desktop.domain.instant import to_us
from desktop.domain.ladder import Reach, Rung, first_targets, reach, rungs_of
from desktop.domain.page import PagePlan, PageTerms, plan_pages
from desktop.domain.person import Person
from desktop.domain.policy import Policy
from desktop.domain.policy_alarm import LadderStep, Occasion, Urgency
from desktop.domain.policy_node import span_text
from desktop.domain.policy_score import Priority
from desktop.domain.quiet import quiet_until
from desktop.services.ladder_roster import LadderRoster
from desktop.services.ports import People, Policies

_HOUR = timedelta(hours=1)
_US = timedelta(microseconds=1)
AT_ONCE = "nobody can be reached: the next step is taken at once"


@dataclass(frozen=True, slots=True)
class ToldRow:
    """One telling. `step` 0 is the alarm itself, `repeat` how often it was told before.

    `channels` say how each person is reached, in the order of `people`; `why` says what is out of the
    ordinary: nobody on call, no channel, quiet hours, paged too often.
    """

    at: datetime
    step: int
    repeat: int
    targets: tuple[str, ...]
    people: tuple[str, ...]
    channels: tuple[str, ...]
    why: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """The alarm that is thought of: its priority, occasion, commitment (`contain`, empty for none), owner."""

    priority: Priority
    occasion: Occasion = Occasion.BREACHED
    kind: str = "acknowledge"
    owner_id: int = 0


class LadderForecast:
    """Goes through the ladder as it stands or as it would be."""

    def __init__(self, *, store: Store, clock: Clock, policy: Policies, people: People) -> None:
        self._store = store
        self._clock = clock
        self._policy = policy
        self._people = people

    def who_would_be_told(
        self, case: Case, at: datetime, steps: Sequence[LadderStep] | None = None
    ) -> tuple[ToldRow, ...]:
        """Every telling until the ladder ends, if nobody acknowledges; `steps` instead of the policy's.

        Once the next step is taken, the one below it is repeated no more.
        """
        policy = self._policy.active()
        ladder = policy.ladder.get(case.priority, ()) if steps is None else tuple(steps)
        announcement = policy.announce[case.occasion]
        look = _Look(self, policy, case)
        rungs = rungs_of(case.occasion, case.kind, announcement, ladder)
        first = Rung(0, first_targets(case.occasion, case.kind, announcement, ladder), 0, 0)
        found = look.rows(at, 0, first, rungs, _before_climb(announcement.repeat_at, first, rungs))
        before_us, is_reached = 0, True
        for i, rung in enumerate(rungs, start=1):
            at = at + (rung.delay_us - before_us) * _US if is_reached else at
            spans = tuple((n + 1) * rung.repeat_us * _US for n in range(rung.repeats))
            repeats = _before_climb(spans, rung, rungs[i:])
            rows = look.rows(at, i, rung, rungs[i:], repeats)
            is_reached = bool(rows[0].people) or i == len(rungs)
            before_us = rung.delay_us
            found += rows if is_reached else rows[:1]
        return tuple(found)

    def dry_run(self, case: Case, at: datetime, steps: Sequence[LadderStep] | None = None) -> tuple[str, ...]:
        """The same as sentences, times as lengths since the alarm: `after 5 min: Leo Park by Mail`."""
        rows = self.who_would_be_told(case, at, steps)
        return tuple(_sentence(row, at) for row in rows)

    def channels_at(self, at: datetime) -> tuple[dict[int, list[PageChannel]], dict[int, int]]:
        """Everybody's channels, and the pages of the last hour where the instant is about now."""
        now = self._clock.now()
        with self._store.read() as session:
            usable = channels.usable(session)
            is_now = abs(at - now) < _HOUR
            counts = channels.page_counts(session, to_us(now - _HOUR)) if is_now else {}
        return usable, counts

    def reach(self, targets: Sequence[str], owner_id: int, at: datetime) -> tuple[Reach, int]:
        """The people behind targets at an instant, and who sits here."""
        people = {person.id: person for person in self._people.all()}
        operator = self._people.operator()
        operator_id = operator.id if operator is not None else 0
        roster = LadderRoster(self._store, at)
        return reach(targets, owner_id, people, operator_id, roster), operator_id


class _Look:
    """One case under one policy."""

    def __init__(self, forecast: LadderForecast, policy: Policy, case: Case) -> None:
        self._forecast = forecast
        self._policy = policy
        self._case = case
        self._passes_quiet = policy.quiet.passes(case.priority, case.occasion)
        urgency = policy.announce[case.occasion].urgency
        self._is_paged = urgency in (Urgency.NORMAL, Urgency.CRITICAL)

    def rows(
        self, at: datetime, step: int, rung: Rung, above: Sequence[Rung], repeats: Sequence[timedelta]
    ) -> list[ToldRow]:
        """A step and its repeats."""
        instants = [at, *(at + after for after in repeats)]
        return [self._row(instant, step, i, rung, above) for i, instant in enumerate(instants)]

    def _row(self, at: datetime, step: int, repeat: int, rung: Rung, above: Sequence[Rung]) -> ToldRow:
        reached, operator_id = self._forecast.reach(rung.targets, self._case.owner_id, at)
        here = [person for person in reached.people if person.id == operator_id]
        others = [person for person in reached.people if person.id != operator_id]
        plan = self._plan(others, above, rung, at)
        people = [person.name for person in here] + [one.person.name for one in plan.paged]
        ways = ["this desk" for _ in here] + [one.channel.label or one.channel.kind for one in plan.paged]
        why = _why(reached, plan)
        if step and above and not people:
            why = f"{why}; {AT_ONCE}" if why else AT_ONCE
        return ToldRow(at, step, repeat, rung.targets, tuple(people), tuple(ways), why)

    def _plan(self, others: Sequence[Person], above: Sequence[Rung], rung: Rung, at: datetime) -> PagePlan:
        usable, counts = self._forecast.channels_at(at)
        terms = PageTerms(
            channels=usable if self._is_paged else {},
            counts=counts,
            most_per_hour=self._policy.budget.limit_per_hour,
            quiet_until=lambda person: None if self._passes_quiet else quiet_until(person, at),
            wanted=rung.channels,
            may_exceed=self._case.priority is Priority.P1 and self._case.occasion is Occasion.BREACHED,
        )
        groups = (self._forecast.reach(one.targets, self._case.owner_id, at)[0].people for one in above)
        return plan_pages(others, groups, terms)


def _before_climb(spans: Sequence[timedelta], rung: Rung, above: Sequence[Rung]) -> Sequence[timedelta]:
    if not above:
        return spans
    return [span for span in spans if span < (above[0].delay_us - rung.delay_us) * _US]


def _why(reached: Reach, plan: PagePlan) -> str:
    parts = [f"nobody for {target}" for target in reached.empty]
    parts += [f"{one.person.name}: {one.why}" for one in plan.spared]
    parts += [f"{one.person.name} instead of {one.instead}" for one in plan.paged if one.instead]
    return "; ".join(parts)


def _sentence(row: ToldRow, began_at: datetime) -> str:
    after = row.at - began_at
    when = f"After {span_text(after)}" if after else "At once"
    told = [f"{name} by {way}" for name, way in zip(row.people, row.channels, strict=True)]
    again = " again" if row.repeat else ""
    why = f" ({row.why})" if row.why else ""
    return f"{when}{again}: {', '.join(told) or 'nobody'}{why}"
