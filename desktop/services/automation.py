"""How it goes with automation: one cheap look, which imports nothing of signals and rules are made of."""

from dataclasses import dataclass

from db.queries import automation as queries
from db.queries import source as sources
from db.unit_of_work import Store
from desktop.domain.clock import Clock
from desktop.domain.instant import to_us
from desktop.services.switch import Stopped, stopped


@dataclass(frozen=True, slots=True)
class AutomationState:
    """Whether automation is stopped, and what a fail-safe holds back.

    `waiting` are the signals and messages that came while it was stopped; `storms` the names of braked
    sources, `tripped` those of rules that only propose, `maintenance` those of windows that are open.
    """

    stopped: Stopped | None = None
    waiting: int = 0
    storms: tuple[str, ...] = ()
    tripped: tuple[str, ...] = ()
    maintenance: tuple[str, ...] = ()


class AutomationService:
    """Tells whether there is anything for automation to do, and what keeps it from that."""

    def __init__(self, *, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def state(self) -> AutomationState:
        """How it goes now."""
        with self._store.read() as session:
            found = queries.held_back(session, to_us(self._clock.now()))
            halt = stopped(session)
        waiting = found.waiting if halt is not None else 0
        return AutomationState(halt, waiting, found.storms, found.tripped, found.maintenance)

    def held_by_stop(self) -> tuple[int, ...]:
        """The ids of the signals that wait because automation was stopped, oldest first."""
        with self._store.read() as session:
            return queries.held_by_stop(session)

    def has_unread(self) -> bool:
        """Whether a message waits to be read."""
        with self._store.read() as session:
            return queries.has_unread(session)

    def has_maintenance(self) -> bool:
        """Whether a maintenance window is planned or lasts."""
        with self._store.read() as session:
            return queries.has_maintenance(session)

    def has_watched(self) -> bool:
        """Whether a source that is on is a mailbox or a folder, which somebody has to look into."""
        with self._store.read() as session:
            return sources.is_any_watched(session)
