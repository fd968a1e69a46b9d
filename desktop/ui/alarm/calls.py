"""What the alarms page asks of the desk, and how: each call runs on the worker."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from desktop.domain.digest import Digest
from desktop.domain.errors import DeskError
from desktop.domain.escalation import Done
from desktop.domain.person import Actor, Person
from desktop.domain.snooze import SnoozeLoad
from desktop.services.alarm_view import SnoozeView
from desktop.services.health import AlertHealth
from desktop.ui.alarm.health_tab import MeasuresHealth


class KnowsAlarms(Protocol):
    """The alarms beyond those that stand."""

    def snoozed(self) -> tuple[SnoozeView, ...]:
        """What is held back."""
        ...

    def next_wake_at(self) -> datetime | None:
        """When a clock comes to its next step."""
        ...


class KnowsDigests(Protocol):
    """What was told late."""

    def missed_while_away(self) -> Digest | None:
        """Because nobody was there."""
        ...

    def held_in_quiet_hours(self) -> Digest | None:
        """Because of quiet hours."""
        ...


class EndsSnoozes(Protocol):
    """Lets alarms return."""

    def end_snooze(self, escalation_id: int, by: Actor) -> Done:
        """Before its time."""
        ...


class KnowsOperator(Protocol):
    """Who works here."""

    def operator(self) -> Person | None:
        """The person at this desk."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmPageServices:
    """What the page asks of the desk, on the worker."""

    alarms: KnowsAlarms
    digests: KnowsDigests
    health: MeasuresHealth
    snooze: EndsSnoozes
    people: KnowsOperator


@dataclass(frozen=True, slots=True)
class Lists:
    """Everything but the alarms that stand, as of one moment."""

    snoozed: tuple[SnoozeView, ...]
    missed: Digest | None
    held: Digest | None
    next_at: datetime | None
    load: SnoozeLoad


def lists(services: AlarmPageServices) -> Lists:
    """Snoozes and digests."""
    digests, snoozed, operator = services.digests, services.alarms.snoozed(), services.people.operator()
    mine = sum(operator is not None and snooze.by_id == operator.id for snooze in snoozed)
    return Lists(
        snoozed,
        digests.missed_while_away(),
        digests.held_in_quiet_hours(),
        services.alarms.next_wake_at(),
        SnoozeLoad(mine, len(snoozed)),
    )


def health(services: AlarmPageServices, days: int, is_mine: bool) -> AlertHealth:
    """The figures of the desk, or of who works here."""
    operator = services.people.operator() if is_mine else None
    return services.health.alert_health(days, operator.id if operator is not None else None)


def end_snooze(services: AlarmPageServices, escalation_id: int) -> Done:
    """Let an escalation alarm again, in the name of who works here."""
    operator = services.people.operator()
    if operator is None:
        raise DeskError("Nobody has said who works at this desk.", hint="Choose yourself in Settings.")
    return services.snooze.end_snooze(escalation_id, operator.actor())
