"""The alert health panel: whether alarms stay within what people can bear."""

from dataclasses import dataclass

from db.queries import health as queries
from db.unit_of_work import Store
from desktop.domain.alarm_health import Figure, HealthFacts, figures, period_start_us
from desktop.domain.clock import Clock
from desktop.domain.instant import US_PER_DAY, to_us
from desktop.services.ports import Policies


@dataclass(frozen=True, slots=True)
class AlertHealth:
    """The figures of the last days, of one person or of the desk."""

    days: int
    person_id: int | None
    figures: tuple[Figure, ...]

    @property
    def ok(self) -> bool:
        """Whether every figure that has a target keeps it."""
        return all(figure.ok is not False for figure in self.figures)


class HealthService:
    """Works the figures out from what was announced; keeps nothing of its own."""

    def __init__(self, *, store: Store, clock: Clock, policy: Policies) -> None:
        self._store = store
        self._clock = clock
        self._policy = policy

    def alert_health(self, days: int = 7, person_id: int | None = None) -> AlertHealth:
        """The figures of the last `days`; of the whole desk without a person."""
        now_us = to_us(self._clock.now())
        since_us = period_start_us(now_us, days)
        with self._store.read() as session:
            facts = HealthFacts(
                announced=queries.announced(session, since_us, person_id),
                told=queries.told(session, since_us),
                snoozes=queries.snoozes(session, since_us, person_id),
                standing=queries.standing(session, now_us - US_PER_DAY),
                steps=queries.step_instants(session, since_us),
            )
        return AlertHealth(days, person_id, figures(facts, self._policy.active().budget, since_us, now_us))
