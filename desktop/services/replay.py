"""Plays a log of tickets through a desk of its own: the real commands, on a clock that is moved by hand."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from desktop.domain.clock import ManualClock
from desktop.domain.errors import DeskError, StoreError
from desktop.domain.event_log import Deed, DeedKind, EventLog, deeds
from desktop.domain.event_mapping import EventMapping
from desktop.services.desk import Desk
from desktop.services.outbox import DESKTOP, WINDOW
from desktop.services.replay_deeds import ReplayDeeds
from desktop.services.replay_report import ReplayReport, report_of
from desktop.services.yaml_text import read_yaml

#: Alarms are looked for at most this often; what falls due in between is raised that much late.
SWEEP_EVERY = timedelta(minutes=1)
#: The same where only the report counts: a sweep costs as much as several deeds.
SWEEP_SELDOM = timedelta(minutes=5)


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
        self.starts_at = self._deeds[0].at
        self.ends_at = self._deeds[-1].at
        self.played = Played()
        self._wake_at: datetime | None = None
        self._swept_at = self.starts_at
        self._sweep_every = sweep_every
        clock.set(self.starts_at)
        self._hands = ReplayDeeds(desk, log, self._deeds)

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
            self._hands.do(deed)
            self.played.opened += deed.kind is DeedKind.OPEN
        except StoreError:
            raise
        except DeskError as error:
            sentence = f"{deed.kind.value}: {error.message}"
            self.played.refused[sentence] = self.played.refused.get(sentence, 0) + 1
        # Something changed, so that something else may be due sooner than was known.
        self._wake_at = self._clock.now()
