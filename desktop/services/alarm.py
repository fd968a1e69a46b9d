"""Alarms: a sweep asks what has been reached and nobody was told of; people see and acknowledge them.

A desk reaches whoever sits at it through its notifications and its window. It shows them every alarm that
is told. Others whom a ladder step names are paged, if this desk sends pages and they have a channel; of the
rest it writes down that they have none, and the notification says whom to call; the step counts as taken. A
step that names nobody, or on a desk that pages nobody who can be reached, is written down, and the next one
is taken at once.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from db.queries import alarm as alarms
from db.queries import alarm_change as changes
from db.queries import alarm_state
from db.queries import snooze as snoozes
from db.unit_of_work import Store
from desktop.domain.clock import Clock
from desktop.domain.escalation import Done
from desktop.domain.events import AlarmsChanged, EscalationChanged, OutboxFilled
from desktop.domain.instant import US_PER_SECOND, from_us, to_us
from desktop.domain.person import Actor
from desktop.domain.policy import Policy
from desktop.services.alarm_claim import Claimed, claim
from desktop.services.alarm_end import acknowledged
from desktop.services.alarm_facts import Facts
from desktop.services.alarm_next import next_told, refresh_next_told
from desktop.services.alarm_settle import SEEN, settle
from desktop.services.alarm_tell import attend
from desktop.services.alarm_together import tell_together
from desktop.services.alarm_view import AlarmView, SnoozeView, snooze_view, views
from desktop.services.bus import Bus
from desktop.services.ladder_roster import LadderRoster
from desktop.services.outbox import UNCLAIMED_US, OutboxService
from desktop.services.ports import Keeper, People, Policies

if TYPE_CHECKING:  # a desk that pages nobody does without it
    from desktop.services.pager import Pager

_CLAIMED_AT_ONCE = 2_000
_ATTENDED_AT_ONCE = 500
_SETTLED_AT_ONCE = 500
_ROUNDS = 40
_SWEPT = "swept"
# Written down at most so often: it tells a sleep of minutes from one of seconds.
_SWEPT_EVERY_US = 20 * US_PER_SECOND


@dataclass
class SweepResult:
    """What one sweep did, as counts; `next_wake_at` is when something is due next, None for nothing known."""

    raised: int = 0
    late: int = 0
    climbed: int = 0
    repeated: int = 0
    returned: int = 0
    pauses_ended: int = 0
    snoozes_ended: int = 0
    withdrawn: int = 0
    digests: int = 0
    notified: int = 0
    next_wake_at: datetime | None = None


class AlarmService:
    """Raises, tells and ends the alarms of one desk.

    `announces_from` says from when on anybody may be told outside the window; None for always. `pager` makes
    what pages people at each look; it is set where the desk sends pages, which a drill never does.
    """

    pager: "Callable[[int, Policy], Pager | None] | None" = None

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        bus: Bus,
        policy: Policies,
        people: People,
        upkeep: Keeper,
        outbox: OutboxService,
        announces_from: Callable[[], datetime | None] | None = None,
    ) -> None:
        self._store = store
        self._clock = clock
        self._bus = bus
        self._policy = policy
        self._people = people
        self._upkeep = upkeep
        self._outbox = outbox
        self._announces_from = announces_from

    def sweep(self) -> SweepResult:
        """Do everything that is due: what has been reached and nobody was told of, however long ago.

        Each step is a transaction of its own, so that a crash in between loses and repeats nothing.
        """
        result = SweepResult()
        last_look_us = self._last_look_us()
        changed: dict[int, None] = {}
        # First what the time has brought, without delay; then once more what the rest has made due.
        self._claim(result, last_look_us)
        self._keep_up(result)
        self._settle(result, changed, last_look_us)
        self._claim(result, last_look_us)
        self._attend(result, changed, last_look_us)
        self._upkeep.refresh_clocks()
        self._outbox.expire()
        self._policy.notice_change()
        self._note_look()
        self._publish(result, changed)
        result.next_wake_at = self.next_wake_at()
        return result

    def claim_due(self) -> Claimed:
        """Raise alarms for the thresholds that have come, durably, without telling anybody yet."""
        last_look_us = self._last_look_us()
        result = SweepResult()
        self._claim(result, last_look_us)
        return Claimed(result.raised, result.raised, result.late)

    def next_wake_at(self) -> datetime | None:
        """When something is due next."""
        with self._store.read() as session:
            instants = changes.next_instants(session, self._now_us(), UNCLAIMED_US)
        return from_us(min(instants)) if instants else None

    def open_alarms(self, limit: int = 500) -> tuple[AlarmView, ...]:
        """The alarms that stand, the worst first; the latest `limit` where there are more."""
        facts = self._facts(0)
        with self._store.read() as session:
            return views(session, facts, alarms.raised(session, limit))

    def alarms_of(self, escalation_id: int) -> tuple[AlarmView, ...]:
        """The alarms of one escalation that stand, the worst first."""
        facts = self._facts(0)
        with self._store.read() as session:
            return views(session, facts, alarms.raised_of(session, [escalation_id]))

    def acknowledge(self, escalation_id: int, by: Actor, note: str = "") -> Done | None:
        """Somebody has seen it: repeats and ladder stop; the escalation is acknowledged if it wants that.

        Raises: NotAllowed, DeskError as acknowledging the escalation does.
        """
        done = self._upkeep.acknowledge(escalation_id, by, note)
        now_us = self._now_us()
        with self._store.begin() as session:
            is_any = acknowledged(session, escalation_id, by, now_us, note)
            revision = session.revision() if is_any else 0
        if is_any:
            self._bus.publish(AlarmsChanged((escalation_id,), revision))
            self._bus.publish(EscalationChanged((escalation_id,), revision))
        return done

    def next_told(self, escalation_ids: Iterable[int]) -> dict[int, tuple[datetime, str]]:
        """Who is told next about each of these escalations, and when; without those of whom nobody is to be.

        As things are now: a rotation may have turned since the card was written.
        """
        facts = self._facts(0)
        found: dict[int, tuple[datetime, str]] = {}
        with self._store.read() as session:
            for row in changes.by_id(session, escalation_ids):
                who, at_us = next_told(session, facts, row)
                if at_us:
                    found[row.escalation_id] = (from_us(at_us), who)
        return found

    def snoozed(self) -> tuple[SnoozeView, ...]:
        """Escalations whose alarms are held back, with the time left; the first to return leads."""
        now_us = self._now_us()
        with self._store.read() as session:
            return tuple(snooze_view(row, now_us) for row in snoozes.running(session))

    def _keep_up(self, result: SweepResult) -> None:
        result.pauses_ended = len(self._upkeep.end_overdue_pauses())
        result.snoozes_ended = len(self._upkeep.end_due_snoozes())
        with self._store.read() as session:
            forgotten = changes.forgotten(session, self._now_us(), _SETTLED_AT_ONCE)
        for escalation_id, _ in forgotten:
            if self._upkeep.remind_or_return(escalation_id) is not None:
                result.returned += 1

    def _settle(self, result: SweepResult, changed: dict[int, None], last_look_us: int) -> None:
        with self._store.read() as session:
            if not alarm_state.has_changes(session, SEEN):
                return
        for _ in range(_ROUNDS):
            with self._store.begin() as session:
                settled = settle(session, self._facts(last_look_us), _SETTLED_AT_ONCE)
            result.raised += settled.raised
            result.withdrawn += settled.withdrawn
            changed.update(dict.fromkeys(settled.changed))
            if settled.seen < _SETTLED_AT_ONCE:
                return

    def _claim(self, result: SweepResult, last_look_us: int) -> None:
        for _ in range(_ROUNDS):
            now_us = self._now_us()
            with self._store.read() as session:
                if not alarms.is_threshold_due(session, now_us):
                    return
            with self._store.begin() as session:
                claimed = claim(session, now_us, last_look_us, _CLAIMED_AT_ONCE)
            result.raised += claimed.raised
            result.late += claimed.late
            if claimed.seen < _CLAIMED_AT_ONCE:
                return

    def _attend(self, result: SweepResult, changed: dict[int, None], last_look_us: int) -> None:
        facts = self._facts(last_look_us)
        with self._store.read() as session:
            if not alarms.is_anything_due(session, facts.now_us):
                return
        for _ in range(_ROUNDS):
            with self._store.begin() as session:
                done = attend(session, facts, _ATTENDED_AT_ONCE)
            result.climbed += done.climbed
            result.repeated += done.repeated
            result.notified += done.notified
            changed.update(dict.fromkeys(done.changed))
            if not done.seen:
                break
        with self._store.begin() as session:
            together = tell_together(session, facts)
            refresh_next_told(session, facts, {**changed, **dict.fromkeys(together.changed)})
        result.digests += together.digests
        result.notified += together.notified
        changed.update(dict.fromkeys(together.changed))

    def _facts(self, last_look_us: int) -> Facts:
        now_us, active = self._now_us(), self._policy.active()
        return Facts(
            now_us=now_us,
            last_look_us=last_look_us,
            people={person.id: person for person in self._people.all()},
            operator=self._people.operator(),
            active=active,
            policy_of=self._policy.version,
            first_until_us=self._first_until_us(),
            roster=LadderRoster(self._store, from_us(now_us)),
            pager=self.pager(now_us, active) if self.pager is not None else None,
        )

    def _first_until_us(self) -> int:
        announces_from = self._announces_from() if self._announces_from is not None else None
        return 0 if announces_from is None else to_us(announces_from)

    def _last_look_us(self) -> int:
        """When this desk, or another on its database, last swept; now, where none ever did."""
        with self._store.read() as session:
            return alarm_state.get(session, _SWEPT).get("at_us", self._now_us())

    def _note_look(self) -> None:
        now_us = self._now_us()
        with self._store.read() as session:
            noted_us = alarm_state.get(session, _SWEPT).get("at_us", 0)
        if 0 < now_us - noted_us < _SWEPT_EVERY_US:
            return
        with self._store.begin() as session:
            alarm_state.put(session, _SWEPT, {"at_us": now_us})

    def _publish(self, result: SweepResult, changed: dict[int, None]) -> None:
        if changed:
            ids, revision = tuple(changed), self._store.revision()
            self._bus.publish(AlarmsChanged(ids, revision))
            self._bus.publish(EscalationChanged(ids, revision))
        if result.notified:
            self._bus.publish(OutboxFilled(result.notified))

    def _now_us(self) -> int:
        return to_us(self._clock.now())
