"""Sources of signals: who may speak to the desk, and how it goes with each."""

from dataclasses import dataclass, replace
from datetime import timedelta

from db.queries import customer as customers
from db.queries import message as messages
from db.queries import signal as signals
from db.queries import source as queries
from db.queries import storm as storms
from db.queries import timeline
from db.unit_of_work import Session, Store
from desktop.domain.clock import Clock
from desktop.domain.errors import DeskError, NotAllowed
from desktop.domain.events import SourcesChanged
from desktop.domain.instant import to_us
from desktop.domain.person import Actor, Role
from desktop.domain.source import Source, checked
from desktop.domain.timeline import EventKind
from desktop.domain.wording import clean
from desktop.services.bus import Bus
from desktop.services.policy import PolicyService

_MAY_EDIT = frozenset({Role.LEAD, Role.COORDINATOR})


@dataclass(frozen=True, slots=True)
class SourceState:
    """How it goes with a source: its signals of the last minute, hour and day, and those held."""

    source: Source
    last_minute: int
    last_hour: int
    last_day: int
    held: int
    is_braked: bool


class SourceService:
    """Keeps the sources. A removed one stays in the history of what it sent."""

    def __init__(self, *, store: Store, clock: Clock, bus: Bus, policy: PolicyService) -> None:
        self._store = store
        self._clock = clock
        self._bus = bus
        self._policy = policy

    def all(self) -> tuple[Source, ...]:
        """Every source, by name."""
        with self._store.read() as session:
            return queries.all_sources(session)

    def get(self, source_id: int) -> Source:
        """One source.

        Raises: NotFound.
        """
        with self._store.read() as session:
            return queries.get(session, source_id)

    def states(self) -> tuple[SourceState, ...]:
        """How it goes with each source, by name."""
        now = self._clock.now()
        with self._store.read() as session:
            found = queries.all_sources(session)
            minute, hour, day = (
                signals.counts_by_source(session, to_us(now - span))
                for span in (timedelta(minutes=1), timedelta(hours=1), timedelta(days=1))
            )
            held = signals.held_counts(session)
            braked = {storm.source_id for storm in storms.raging(session)}
        return tuple(
            SourceState(
                source,
                minute.get(source.id, 0),
                hour.get(source.id, 0),
                day.get(source.id, 0),
                held.get(source.id, 0),
                source.id in braked,
            )
            for source in found
        )

    def is_any_watched(self) -> bool:
        """Whether a source that is on is a mailbox or a folder."""
        with self._store.read() as session:
            return queries.is_any_watched(session)

    def count_waiting(self) -> int:
        """How many messages are kept but not read yet."""
        with self._store.read() as session:
            return messages.count_waiting(session)

    def add(self, source: Source, by: Actor) -> Source:
        """Let a source speak; its key is made of its name and never given again.

        Raises: DeskError naming the field at fault; NotAllowed.
        """
        _check_right(by)
        source = self._checked(source)
        with self._store.begin() as session:
            source = replace(source, key=_free_key(session, source.key))
            source = replace(source, id=queries.insert(session, source))
            self._tell(session, source, by, "added")
        self._bus.publish(SourcesChanged(self._store.revision()))
        return source

    def edit(self, source: Source, by: Actor) -> Source:
        """Change a source; its key and kind stay.

        Raises: NotFound; DeskError naming the field at fault; NotAllowed.
        """
        _check_right(by)
        with self._store.begin() as session:
            before = queries.get(session, source.id)
            source = self._checked(replace(source, key=before.key, kind=before.kind))
            queries.update(session, source)
            what = "switched on" if source.enabled else "switched off"
            self._tell(session, source, by, "changed" if source.enabled == before.enabled else what)
        self._bus.publish(SourcesChanged(self._store.revision()))
        return source

    def enable(self, source_id: int, by: Actor, *, enabled: bool) -> Source:
        """Switch a source on or off; what a source that is off sends is refused.

        Raises: NotFound; NotAllowed.
        """
        return self.edit(replace(self.get(source_id), enabled=enabled), by)

    def remove(self, source_id: int, by: Actor) -> None:
        """Take a source away.

        Raises: NotFound; NotAllowed.
        """
        _check_right(by)
        with self._store.begin() as session:
            source = queries.get(session, source_id)
            queries.remove(session, source_id, to_us(self._clock.now()))
            self._tell(session, source, by, "removed")
        self._bus.publish(SourcesChanged(self._store.revision()))

    def note_error(self, source_id: int, sentence: str) -> None:
        """Note what went wrong with a source, for people to see; an empty sentence: it works again."""
        with self._store.begin() as session:
            queries.note_error(session, source_id, clean(sentence)[:500], to_us(self._clock.now()))
        self._bus.publish(SourcesChanged(self._store.revision()))

    def _checked(self, source: Source) -> Source:
        source = checked(source)
        if source.area:
            self._policy.active().area(source.area)
        if source.customer_id is not None:
            with self._store.read() as session:
                if customers.by_id(session, source.customer_id) is None:
                    raise DeskError("There is no such customer.", field="customer_id", hint="Choose another.")
        return source

    def _tell(self, session: Session, source: Source, by: Actor, what: str) -> None:
        timeline.append(
            session,
            kind=EventKind.SOURCE_CHANGED,
            at_us=to_us(self._clock.now()),
            actor=by.name,
            escalation_id=None,
            body={"source": source.key, "name": source.name, "what": what},
        )


def _check_right(by: Actor) -> None:
    if not by.automatic and not by.roles & _MAY_EDIT:
        raise NotAllowed("Only a coordinator or a lead may change sources.", field="source")


def _free_key(session: Session, wanted: str) -> str:
    key, n = wanted, 2
    while queries.is_taken(session, key):
        key, n = f"{wanted}-{n}", n + 1
    return key
