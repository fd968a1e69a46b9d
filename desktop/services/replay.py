"""Plays a log of tickets through a desk of its own: the real commands, on a clock that is moved by hand."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from db.queries import customer as customers
from db.queries import importing, replay
from db.queries.customer import NewCustomer
from db.unit_of_work import Session
from desktop.domain.clock import ManualClock
from desktop.domain.commitment import Kind
from desktop.domain.customer import name_key
from desktop.domain.errors import DeskError, StoreError
from desktop.domain.escalation import Opened
from desktop.domain.event_log import Deed, DeedKind, EventLog, LogEvent, deeds
from desktop.domain.event_mapping import EventMapping
from desktop.domain.instant import to_us
from desktop.domain.intake import Intake
from desktop.domain.person import Actor, Person, Role
from desktop.domain.ticket import Ticket
from desktop.services.classification import UNCHANGED
from desktop.services.clocks import settle
from desktop.services.desk import Desk
from desktop.services.outbox import DESKTOP, WINDOW
from desktop.services.person import initials_of
from desktop.services.replay_report import ReplayReport, report_of
from desktop.services.yaml_text import read_yaml

#: Alarms are looked for at most this often; what falls due in between is raised that much late.
SWEEP_EVERY = timedelta(minutes=1)
#: The same where only the report counts: a sweep costs as much as several deeds.
SWEEP_SELDOM = timedelta(minutes=5)
#: What no log of tickets tells of is not promised in a replay.
NOT_TOLD = (Kind.CONTAIN, Kind.UPDATE)

_SYSTEM = "Replay"
_NOBODY = "Customer not stated"
_SET_UP = Actor("Replay", None, frozenset({Role.COORDINATOR, Role.LEAD}))
#: Whoever acts in the log had the right to: it did happen.
_RIGHTS = frozenset({Role.COORDINATOR, Role.SENIOR_ENGINEER, Role.ON_CALL})
_STAFF = (("Coordinator", Role.COORDINATOR), ("On-call leader", Role.ON_CALL_LEADER), ("Lead", Role.LEAD))


def mappings_of(files: Sequence[Path]) -> tuple[EventMapping, ...]:
    """The mappings in these YAML files.

    Raises: DeskError naming the file at fault.
    """
    found = []
    for path in files:
        try:
            found.append(EventMapping.from_mapping(read_yaml(path.read_text(encoding="utf-8"))))
        except (OSError, DeskError) as error:
            raise DeskError(f"{path} cannot be used: {error}", hint="Install the program again.") from error
    return tuple(found)


@dataclass
class Played:
    """What was played so far; `refused` are deeds that the desk's rules do not allow, by their sentence."""

    deeds: int = 0
    opened: int = 0
    alarms: int = 0
    announced: int = 0
    sweeps: int = 0
    refused: dict[str, int] = field(default_factory=dict)


class ReplayPlayer:
    """One log on one desk, which must be a new one with this clock; one thread at a time may use it.

    Time moves only by `advance` and `step`; `starts_at` is the first deed, `ends_at` the last.
    """

    def __init__(
        self,
        desk: Desk,
        clock: ManualClock,
        log: EventLog,
        *,
        start: datetime | None = None,
        end: datetime | None = None,
        sweep_every: timedelta = SWEEP_EVERY,
    ) -> None:
        """Raises: DeskError when nothing happens in that period."""
        self._desk = desk
        self._clock = clock
        self._log = log
        self._deeds = deeds(log.events, start, end)
        if not self._deeds:
            raise DeskError("Nothing in the log happens in that period.", hint="Choose another one.")
        self._firsts = {event.reference: event for event in reversed(log.events)}
        self.starts_at = self._deeds[0].at
        self.ends_at = self._deeds[-1].at
        self.played = Played()
        self._ids: dict[str, int] = {}
        self._people: dict[str, int] = {}
        self._customers: dict[str, int] = {}
        self._wake_at: datetime | None = None
        self._swept_at = self.starts_at
        self._sweep_every = sweep_every
        self._commands = self._command_table()
        clock.set(self.starts_at)
        self._set_up()

    @property
    def desk(self) -> Desk:
        """The desk it plays on."""
        return self._desk

    @property
    def clock(self) -> ManualClock:
        """The desk's clock, which this moves."""
        return self._clock

    @property
    def now(self) -> datetime:
        """Where the replay stands."""
        return self._clock.now()

    @property
    def total(self) -> int:
        """How many deeds there are."""
        return len(self._deeds)

    @property
    def is_over(self) -> bool:
        """Whether every deed is done; alarms may still fall due."""
        return self.played.deeds >= len(self._deeds)

    @property
    def next_at(self) -> datetime | None:
        """When the next deed is done, None after the last."""
        return None if self.is_over else self._deeds[self.played.deeds].at

    def step(self) -> Played:
        """Move to the next deed, do it, and look for alarms."""
        if self.next_at is not None:
            self.advance(self.next_at, most=1)
        return self.played

    def advance(self, to: datetime, most: int | None = None) -> Played:
        """Do everything up to an instant, or the next `most` deeds of that; time stands where it came to.

        Raises: StoreError.
        """
        left = most
        while not self.is_over and self._deeds[self.played.deeds].at <= to:
            if left == 0:
                return self.played
            deed = self._deeds[self.played.deeds]
            self._look_until(deed.at)
            self._move_to(deed.at)
            self._do(deed)
            self.played.deeds += 1
            left = None if left is None else left - 1
        if left != 0 or self.is_over:
            self._look_until(to)
            self._move_to(to)
        return self.played

    def report(self) -> ReplayReport:
        """How the desk fared so far, beside what the log itself says."""
        with self._desk.store.read() as session:
            return report_of(session, self._log, self.played.announced, self.starts_at, self.now)

    def _look_until(self, to: datetime) -> None:
        """Look for alarms whenever something falls due before `to`, but not more often than was asked for."""
        if self._wake_at is None and to - self._swept_at < self._sweep_every:
            return
        while True:
            earliest = self._swept_at + self._sweep_every
            wake_at = earliest if self._wake_at is None else max(self._wake_at, earliest)
            if wake_at > to:
                return
            self._move_to(wake_at)
            self._sweep()
            if self._wake_at is None:
                return

    def _sweep(self) -> None:
        result = self._desk.alarm.sweep()
        self._swept_at = self._clock.now()
        self._wake_at = result.next_wake_at
        self.played.sweeps += 1
        self.played.alarms += result.raised
        if result.notified:
            self._deliver()

    def _deliver(self) -> None:
        # To nobody: otherwise each would count as undelivered, which is an alarm of its own.
        while items := self._desk.outbox.claim((DESKTOP, WINDOW), limit=100):
            for item in items:
                self._desk.outbox.delivered(item.id, "replay")
            self.played.announced += len(items)

    def _move_to(self, at: datetime) -> None:
        if at > self._clock.now():
            self._clock.set(at)

    def _do(self, deed: Deed) -> None:
        try:
            self._commands[deed.kind](deed)
        except StoreError:
            raise
        except DeskError as error:
            sentence = f"{deed.kind.value}: {error.message}"
            self.played.refused[sentence] = self.played.refused.get(sentence, 0) + 1
        # Something changed, so that something else may be due sooner than was known.
        self._wake_at = self._clock.now()

    def _command_table(self) -> Mapping[DeedKind, Callable[[Deed], None]]:
        return {
            DeedKind.OPEN: self._open,
            DeedKind.ASSIGN: self._assign,
            DeedKind.REGRADE: self._regrade,
            DeedKind.ACKNOWLEDGE: self._acknowledge,
            DeedKind.WORK: self._work,
            DeedKind.PAUSE: self._pause,
            DeedKind.RESUME: self._resume,
            DeedKind.RESOLVE: self._resolve,
            DeedKind.REOPEN: self._reopen,
            DeedKind.CLOSE: self._close,
        }

    def _open(self, deed: Deed) -> None:
        event = self._firsts[deed.reference]
        intake = _intake(deed, event, self._log.tickets.get(deed.reference), self._customers)
        opened = self._desk.escalations.escalation.open(intake, _SET_UP)
        self._ids[deed.reference] = opened.id
        self.played.opened += 1

    def _assign(self, deed: Deed) -> None:
        self._desk.escalations.ownership.assign(
            self._ids[deed.reference], self._people[deed.owner.casefold()], self._by(deed)
        )

    def _regrade(self, deed: Deed) -> None:
        self._desk.escalations.classification.classify(
            self._ids[deed.reference],
            self._by(deed),
            severity=UNCHANGED if deed.severity is None else deed.severity,
            business_impact=deed.business_impact,
            reason="as in the log",
        )

    def _acknowledge(self, deed: Deed) -> None:
        self._desk.escalations.transition.acknowledge(
            self._ids[deed.reference], self._by(deed), "as in the log"
        )

    def _work(self, deed: Deed) -> None:
        self._desk.escalations.transition.work(self._ids[deed.reference], self._by(deed))

    def _pause(self, deed: Deed) -> None:
        self._desk.escalations.pausing.pause(self._ids[deed.reference], deed.reason, self._by(deed))

    def _resume(self, deed: Deed) -> None:
        self._desk.escalations.pausing.resume(self._ids[deed.reference], self._by(deed))

    def _resolve(self, deed: Deed) -> None:
        self._desk.escalations.transition.resolve(self._ids[deed.reference], self._by(deed))

    def _reopen(self, deed: Deed) -> None:
        escalation_id = self._ids[deed.reference]
        self._desk.escalations.transition.reopen(escalation_id, self._by(deed), "as in the log")
        with self._desk.store.begin() as session:
            self._leave_out(session, escalation_id)

    def _close(self, deed: Deed) -> None:
        self._desk.escalations.transition.close(self._ids[deed.reference], self._by(deed))

    def _by(self, deed: Deed) -> Actor:
        if not deed.owner:
            return Actor("Desk of the log", None, _RIGHTS)
        return Actor(deed.owner, self._people[deed.owner.casefold()], _RIGHTS)

    def _set_up(self) -> None:
        """The people and customers of the log, and those whom the ladder of alarms asks for."""
        for name, role in _STAFF:
            made = self._desk.person.create(Person(0, name, "", roles=frozenset({role})), _SET_UP)
            self._people[name.casefold()] = made.id
        self._desk.person.set_operator(self._people["coordinator"])
        owners = {deed.owner.casefold(): deed.owner for deed in self._deeds if deed.owner}
        names = {
            name_key(name): name
            for reference in {deed.reference for deed in self._deeds}
            if (name := _customer(self._firsts[reference], self._log.tickets.get(reference)))
        }
        currency = self._desk.policy.active().currency
        with self._desk.store.begin() as session:
            importing.insert_unroled_people(
                session,
                [(name, initials_of(name)) for key, name in owners.items() if key not in self._people],
            )
            self._people = importing.people_by_name(session)
            known = customers.ids_by_key(session)
            customers.insert_many(
                session,
                [
                    NewCustomer(name, key, None, None, currency, "", None)
                    for key, name in names.items()
                    if key not in known
                ],
            )
            self._customers = customers.ids_by_key(session)
        self._desk.escalations.escalation.on_opened.append(self._on_opened)

    def _on_opened(self, session: Session, opened: Opened) -> None:
        self._leave_out(session, opened.id)

    def _leave_out(self, session: Session, escalation_id: int) -> None:
        at_us = to_us(self._clock.now())
        replay.call_off(session, escalation_id, [kind.value for kind in NOT_TOLD], at_us)
        settle(session, escalation_id, at_us, self._desk.policy.version)


def _customer(event: LogEvent, ticket: Ticket | None) -> str:
    return (ticket.customer if ticket else "") or event.customer or _NOBODY


def _intake(deed: Deed, event: LogEvent, ticket: Ticket | None, customer_ids: Mapping[str, int]) -> Intake:
    known = ticket or Ticket(deed.reference, "", "", deed.at)
    return Intake(
        customer_id=customer_ids[name_key(_customer(event, ticket))],
        title=known.title or event.title or f"Ticket {deed.reference}",
        description=known.description,
        severity=deed.severity,
        business_impact=deed.business_impact,
        reporter=known.reporter,
        source=known.source or _SYSTEM,
        external_source=_SYSTEM,
        external_ref=deed.reference,
        team=event.team or known.team,
    )
