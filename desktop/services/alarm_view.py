"""Alarms and snoozes as people see them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from db.queries import alarm_change as changes
from db.queries.snooze import Snoozed
from db.unit_of_work import Session
from desktop.domain import alarm_text as text
from desktop.domain.alarm import Concern, Told
from desktop.domain.instant import from_us
from desktop.domain.policy_alarm import InApp, Occasion
from desktop.services.alarm_facts import Facts


@dataclass(frozen=True, slots=True)
class AlarmView:
    """One alarm that stands. `told` says how: `alone`, `grouped`, `in digest`, `snoozed`, `held`, `not`, ...

    `text` says what, whose and how long; `what` leaves out whose; `act` says what to do about it;
    `in_app` what the window shows. `due_at` is when the alarm was reached, `clock_at` when its commitment
    falls due.
    """

    id: int
    escalation_id: int
    number: str
    title: str
    customer: str
    severity: int
    priority: str
    kind: str
    occasion: str
    step: int
    due_at: datetime
    clock_at: datetime | None
    raised_at: datetime
    late_s: int
    told: str
    owner: str
    owner_id: int
    in_app: str
    headline: str
    text: str
    what: str
    act: str
    next_told: str
    next_told_at: datetime | None

    @property
    def is_undelivered(self) -> bool:
        """Whether it says that another notification got through nowhere."""
        return self.occasion == Occasion.UNDELIVERED

    @property
    def is_banner(self) -> bool:
        """Whether the window shows a banner for it: it was told, or could not be."""
        was_told = self.told in ("alone", "grouped", "in digest") or self.is_undelivered
        return was_told and self.in_app in (InApp.BANNER, InApp.BANNER_STAYS)


@dataclass(frozen=True, slots=True)
class SnoozeView:
    """A snooze that still lasts."""

    escalation_id: int
    number: str
    title: str
    by: str
    reason: str
    past_breach_reason: str
    started_at: datetime
    until_at: datetime
    left: timedelta
    by_id: int = 0


def views(session: Session, facts: Facts, concerns: Iterable[Concern]) -> tuple[AlarmView, ...]:
    """Alarms as shown, each at its highest step; the worst occasion first, then the one due first."""
    highest: dict[tuple[str, str], Concern] = {}
    for concern in concerns:
        held = highest.get((concern.subject, concern.threshold))
        if held is None or concern.step > held.step:
            highest[concern.subject, concern.threshold] = concern
    ordered = sorted(highest.values(), key=lambda c: (c.rank, -c.alarm_id), reverse=True)
    cards = {row.escalation_id: row for row in changes.by_id(session, _ids(ordered))}
    return tuple(_view(facts, concern, cards[concern.escalation_id]) for concern in ordered)


def snooze_view(row: Snoozed, now_us: int) -> SnoozeView:
    """A snooze as listed."""
    return SnoozeView(
        escalation_id=row.escalation_id,
        number=row.number,
        title=text.plain(row.title, text.BODY_MOST),
        by=row.by,
        reason=row.reason,
        past_breach_reason=row.past_breach_reason,
        started_at=from_us(row.started_us),
        until_at=from_us(row.until_us),
        left=timedelta(microseconds=max(0, row.until_us - now_us)),
        by_id=row.by_id,
    )


def _ids(concerns: Iterable[Concern]) -> list[int]:
    return list(dict.fromkeys(concern.escalation_id for concern in concerns))


def _view(facts: Facts, concern: Concern, card: changes.Changed) -> AlarmView:
    announcement = facts.announcement(concern)
    owner = facts.owner_name(concern)
    return AlarmView(
        id=concern.alarm_id,
        escalation_id=concern.escalation_id,
        number=concern.number,
        title=text.plain(concern.title, text.BODY_MOST),
        customer=text.plain(concern.customer, text.BODY_MOST),
        severity=concern.severity,
        priority=concern.priority,
        kind=concern.kind,
        occasion=concern.occasion.value,
        step=concern.step,
        due_at=from_us(concern.due_us),
        clock_at=from_us(concern.commitment_due_us) if concern.commitment_due_us else None,
        raised_at=from_us(concern.raised_us),
        late_s=concern.late_s,
        told=Told(concern.told).name.lower().replace("_", " "),
        owner=owner,
        owner_id=concern.owner_id,
        in_app=announcement.in_app.value,
        headline=text.title(concern),
        text=text.body(concern, facts.now_us, owner),
        what=text.what(concern, facts.now_us),
        act=announcement.act,
        next_told=card.next_told,
        next_told_at=from_us(card.next_told_us) if card.next_told_us else None,
    )
