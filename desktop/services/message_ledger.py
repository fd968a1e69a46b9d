"""The ledger of messages: what was sent to whom and arrived, and what was promised and kept."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from db.queries import ledger as queries
from db.queries import promise as promises
from db.queries import recipient as recipients
from db.queries import sent as messages
from db.queries.recipient import RecipientRow
from db.unit_of_work import Session, Store
from desktop.domain.clock import Clock
from desktop.domain.instant import from_us, to_us
from desktop.domain.message import Sent
from desktop.domain.promise import Kept, Promise, kept_of

#: Kept and broken are told of so many days.
PERIOD = timedelta(days=90)
_PAGE = 100
_NONE = Kept(0, 0)
_WORST = ("failed", "unsure", "sending", "waiting", "held_back")


@dataclass(frozen=True, slots=True)
class Rate:
    """How many promises were kept to a customer, or by an owner."""

    name: str
    kept: Kept


@dataclass(frozen=True, slots=True)
class PromisesFound:
    """What was promised outside: open ones by due time, those of the last weeks, how many were kept."""

    open: tuple[Promise, ...] = ()
    past: tuple[Promise, ...] = ()
    customers: tuple[Rate, ...] = ()
    owners: tuple[Rate, ...] = ()
    all: Kept = _NONE


@dataclass(frozen=True, slots=True)
class Recipient:
    """One recipient of a message, and what became of it; `state` as in the database."""

    id: int
    name: str
    address: str
    reach: str
    state: str
    at: datetime
    why: str = ""

    @property
    def can_repeat(self) -> bool:
        """Whether a person may send it once more."""
        return self.state in ("failed", "unsure")


@dataclass(frozen=True, slots=True)
class SentRow:
    """A message that left the desk, of which escalation, and how each delivery stands."""

    sent: Sent
    number: str = ""
    title: str = ""
    customer: str = ""
    recipients: tuple[Recipient, ...] = ()

    @property
    def state(self) -> str:
        """How it stands as a whole: the worst of its deliveries."""
        states = [one.state for one in self.recipients]
        return next((each for each in _WORST if each in states), "sent" if states else self.sent.state)


class MessageLedger:
    """Reads the ledger; changes nothing."""

    def __init__(self, *, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def promises(self) -> PromisesFound:
        """What is open, what has come due in the last 90 days, and how many were kept to whom, by whom."""
        now = self._clock.now()
        with self._store.read() as session:
            waiting = promises.waiting(session)
            due = promises.due_between(session, to_us(now - PERIOD), to_us(now))
        past = tuple(promise for promise in due if promise.settled_at is not None)
        return PromisesFound(
            waiting,
            past,
            _rates(due, lambda promise: promise.customer),
            _rates(due, lambda promise: promise.owner or "Nobody owned it"),
            kept_of(due),
        )

    def to_release(self, person_id: int) -> int:
        """How many messages wait for somebody's release."""
        with self._store.read() as session:
            return queries.to_release(session, person_id)

    def promises_of(self, escalation_id: int) -> tuple[Promise, ...]:
        """All that was promised about one escalation, the latest first."""
        with self._store.read() as session:
            return promises.of_escalation(session, escalation_id)

    def sent(self, escalation_id: int | None = None, before_id: int | None = None) -> tuple[SentRow, ...]:
        """What left the desk, the latest first, at most a hundred; or all about one escalation."""
        with self._store.read() as session:
            found = (
                messages.latest(session, _PAGE, before_id)
                if escalation_id is None
                else messages.of_escalation(session, escalation_id)
            )
            return _rows(session, found)


def _rows(session: Session, found: Sequence[Sent]) -> tuple[SentRow, ...]:
    names = queries.names(session, [sent.escalation_id for sent in found])
    told: dict[int, list[Recipient]] = defaultdict(list)
    for row in recipients.of_sent(session, [sent.id for sent in found]):
        told[row.sent_id].append(_recipient(row))
    return tuple(SentRow(sent, *names[sent.escalation_id], tuple(told[sent.id])) for sent in found)


def _recipient(row: RecipientRow) -> Recipient:
    return Recipient(row.id, row.name, row.address, row.reach, row.state, from_us(row.state_us), row.why)


def _rates(due: Sequence[Promise], name: Callable[[Promise], str]) -> tuple[Rate, ...]:
    """The fewest kept first: there somebody has to do something."""
    by_name: dict[str, list[Promise]] = defaultdict(list)
    for promise in due:
        by_name[name(promise)].append(promise)
    rates = [Rate(key, kept_of(each)) for key, each in by_name.items()]
    told = [rate for rate in rates if rate.kept.total]
    return tuple(sorted(told, key=lambda rate: (rate.kept.share or 0.0, -rate.kept.total, rate.name)))
