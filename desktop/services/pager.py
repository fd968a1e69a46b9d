"""Pages about alarms: for people the desk reaches only beyond itself, planned at one look.

Made only on a desk that sends; a drill has none.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from db.queries import channel as channels
from db.queries import on_call
from db.queries.outbox import NewRow
from db.unit_of_work import Session, Store
from desktop.domain.alarm import Concern
from desktop.domain.instant import US_PER_SECOND, from_us
from desktop.domain.page import Paged, PagePlan, PageTerms, plan_pages
from desktop.domain.person import Person
from desktop.domain.policy import Policy
from desktop.domain.policy_alarm import Occasion, Urgency
from desktop.domain.policy_score import Priority
from desktop.domain.quiet import quiet_until

_HOUR_US = 3600 * US_PER_SECOND
#: (people of the steps above, one step after the other)
Above = Iterable[Sequence[Person]]


class Pager:
    """Plans the pages of one look; what it has planned counts towards the hour's limit at once."""

    def __init__(self, session: Session, now_us: int, policy: Policy) -> None:
        self._now_us = now_us
        self._quiet = policy.quiet
        self._most_per_hour = policy.budget.limit_per_hour
        self._channels = channels.usable(session)
        self._counts = channels.page_counts(session, now_us - _HOUR_US) if self._channels else {}

    def can_reach(self, person: Person) -> bool:
        """Whether the person has any channel."""
        return person.id in self._channels

    def plan(
        self, concern: Concern, people: Sequence[Person], above: Above, wanted: Sequence[str]
    ) -> PagePlan:
        """Whom to page about an alarm, and whom not."""
        is_grave = concern.band is Priority.P1 and concern.threshold == Occasion.BREACHED
        return self._planned(people, above, self._terms(concern, wanted, may_exceed=is_grave))

    def plan_together(self, people: Sequence[Person], concerns: Sequence[Concern]) -> PagePlan:
        """Whom to page about many alarms at once: somebody whose quiet hours let one of them pass."""
        worst = max(concerns, key=lambda concern: (-int(concern.band[1:]), concern.rank))
        return self.plan(worst, people, (), ())

    def row(
        self,
        one: Paged,
        *,
        key: str,
        escalation_id: int | None,
        alarm_id: int | None,
        reason: str,
        step: int,
        urgency: Urgency,
        title: str,
        body: str,
    ) -> NewRow:
        """The outbox row of a page; `key` says about what, at which step and how often."""
        return NewRow(
            key=f"{key}|{step}|{one.person.id}|page:{one.channel.id}",
            escalation_id=escalation_id,
            alarm_id=alarm_id,
            reason=reason,
            step=step,
            person_id=one.person.id,
            channel=one.channel.kind,
            urgency=urgency.value,
            title=title,
            body=body,
            sound=0,
            created_us=self._now_us,
            channel_id=one.channel.id,
        )

    def _planned(self, people: Sequence[Person], above: Above, terms: PageTerms) -> PagePlan:
        plan = plan_pages(people, above, terms)
        for one in plan.paged:
            self._counts[one.person.id] = self._counts.get(one.person.id, 0) + 1
        return plan

    def _terms(self, concern: Concern, wanted: Sequence[str], *, may_exceed: bool) -> PageTerms:
        passes = self._quiet.passes(concern.band, concern.occasion)
        return PageTerms(
            channels=self._channels,
            counts=self._counts,
            most_per_hour=self._most_per_hour,
            quiet_until=_never if passes else self._quiet_until,
            wanted=wanted,
            may_exceed=may_exceed,
        )

    def _quiet_until(self, person: Person) -> datetime | None:
        return quiet_until(person, from_us(self._now_us))


class PagerSource:
    """Makes the pager of each look; None while nobody has a channel."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __call__(self, now_us: int, policy: Policy) -> Pager | None:
        """The pager as things stand."""
        with self._store.read() as session:
            return Pager(session, now_us, policy) if on_call.has_channel(session) else None


def _never(person: Person) -> datetime | None:
    return None
