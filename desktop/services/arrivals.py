"""What came from outside for one escalation: messages, and the links and pieces of logs that they name."""

from dataclasses import dataclass
from datetime import datetime

from db.queries import arrival as queries
from db.queries import maintenance as hosts
from db.queries import message as messages
from db.queries import signal as signals
from db.queries.signal import SignalFilter
from db.unit_of_work import Session, Store
from desktop.domain.errors import DeskError
from desktop.domain.link_host import host_of
from desktop.domain.signal import Link, LinkKind, links
from desktop.domain.signal_excerpt import Excerpt, excerpts
from desktop.domain.signal_kept import KeptSignal
from desktop.domain.source import Message

#: Of a flood the last this many are listed.
_MOST_MESSAGES = 300
_MOST_SIGNALS = 300
_MOST_NAMED = 200


@dataclass(frozen=True, slots=True)
class Arrived:
    """A message with the name of its source."""

    message: Message
    source: str


@dataclass(frozen=True, slots=True)
class NamedLink:
    """An address that a signal names; `host` as it is allowed, empty where it cannot be asked at all."""

    link: Link
    source: str
    received_at: datetime
    host: str
    is_allowed: bool

    @property
    def can_fetch(self) -> bool:
        """Whether a person may ever have it fetched: never where to follow it confirms something."""
        return bool(self.host) and self.link.kind is not LinkKind.CONFIRM


@dataclass(frozen=True, slots=True)
class NamedExcerpt:
    """A piece of a log that a signal brought."""

    excerpt: Excerpt
    source: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Arrivals:
    """What came, in order; `left_out` is how many earlier messages are not listed.

    Each address and each text stands there once, with the signal that named it last.
    """

    escalation_id: int
    messages: tuple[Arrived, ...] = ()
    left_out: int = 0
    links: tuple[NamedLink, ...] = ()
    excerpts: tuple[NamedExcerpt, ...] = ()


class ArrivalsService:
    """Reads what came for an escalation; nothing is fetched by that."""

    def __init__(self, *, store: Store) -> None:
        self._store = store

    def arrivals(self, escalation_id: int) -> Arrivals:
        """What came for one escalation and for what was merged into it."""
        with self._store.read() as session:
            found = queries.messages_for(session, escalation_id, _MOST_MESSAGES)
            wanted = SignalFilter(escalation_id=escalation_id)
            kept = signals.recent(session, wanted, limit=_MOST_SIGNALS)
            return Arrivals(
                escalation_id,
                tuple(Arrived(message, source) for message, source in found),
                queries.count_for(session, escalation_id) - len(found),
                _links(session, kept),
                _excerpts(kept),
            )

    def body(self, message_id: int) -> bytes:
        """A message byte for byte.

        Raises: NotFound.
        """
        with self._store.read() as session:
            return messages.body(session, message_id)


def _links(session: Session, kept: tuple[KeptSignal, ...]) -> tuple[NamedLink, ...]:
    allowed = {host for host, _, _ in hosts.allowed_hosts(session)}
    found: dict[str, NamedLink] = {}
    for signal in kept:
        for link in links(signal.signal):
            before = found.get(link.url)
            if before is None:
                host = _host(link.url)
                found[link.url] = NamedLink(link, signal.source, signal.received_at, host, host in allowed)
            elif link.kind is LinkKind.CONFIRM:
                # Whoever names it harmlessly: somebody says that to follow it confirms something.
                found[link.url] = NamedLink(
                    link, before.source, before.received_at, before.host, before.is_allowed
                )
    order = {kind: place for place, kind in enumerate(LinkKind)}
    return tuple(sorted(found.values(), key=lambda one: order[one.link.kind])[:_MOST_NAMED])


def _excerpts(kept: tuple[KeptSignal, ...]) -> tuple[NamedExcerpt, ...]:
    found: dict[str, NamedExcerpt] = {}
    for signal in kept:
        for excerpt in excerpts(signal.signal):
            found.setdefault(excerpt.text, NamedExcerpt(excerpt, signal.source, signal.received_at))
    return tuple(found.values())[:_MOST_NAMED]


def _host(url: str) -> str:
    try:
        return host_of(url)
    except DeskError:
        return ""
