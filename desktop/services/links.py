"""The hosts that may be asked, and what a person fetches from them as evidence."""

from collections.abc import Callable
from urllib.parse import urlsplit

from db.queries import maintenance as queries
from db.queries import signal as signals
from db.queries import timeline
from db.queries.signal import SignalFilter
from db.unit_of_work import Session, Store
from desktop.domain.clock import Clock
from desktop.domain.errors import DeskError, NotAllowed
from desktop.domain.escalation import Done
from desktop.domain.evidence import clean_name
from desktop.domain.instant import from_us, to_us
from desktop.domain.intake import NewEvidence
from desktop.domain.link_host import AllowedHost, Fetched, checked_host, host_of
from desktop.domain.person import Actor, Role
from desktop.domain.rights import Action, allowed
from desktop.domain.signal import LinkKind, Signal, SignalAction, links
from desktop.domain.timeline import EventKind
from desktop.services.escalations import Escalations

_MAY_ALLOW = frozenset({Role.LEAD, Role.COORDINATOR})
_MOST_SIGNALS = 500


class LinkService:
    """Fetches only what a person asks for, only from hosts that a person has allowed."""

    def __init__(
        self, *, store: Store, clock: Clock, escalations: Escalations, fetch: Callable[[str], Fetched]
    ) -> None:
        self._store = store
        self._clock = clock
        self._escalations = escalations
        self._fetch = fetch

    def allowed(self) -> tuple[AllowedHost, ...]:
        """The hosts that may be asked, by name."""
        with self._store.read() as session:
            return tuple(
                AllowedHost(host, from_us(at_us), by) for host, at_us, by in queries.allowed_hosts(session)
            )

    def allow(self, host: str, by: Actor) -> str:
        """Let a host be asked; gives it as it is kept.

        Raises: DeskError for what is no host; NotAllowed.
        """
        _check_right(by)
        host = checked_host(host)
        with self._store.begin() as session:
            queries.allow_host(session, host, to_us(self._clock.now()), by.name)
            self._tell(session, host, by, "may be fetched from")
        return host

    def forbid(self, host: str, by: Actor) -> None:
        """Let a host be asked no longer.

        Raises: DeskError for what is no host; NotAllowed.
        """
        _check_right(by)
        host = checked_host(host)
        with self._store.begin() as session:
            queries.forbid_host(session, host)
            self._tell(session, host, by, "may not be fetched from any more")

    def fetch(self, url: str, escalation_id: int, by: Actor) -> Done:
        """Fetch what an address gives and keep it with the escalation, as text whatever it claims to be.

        May take ten seconds and more: for a worker.

        Raises: DeskError for a host that is not allowed, an address that confirms something, or no answer;
            NotAllowed.
        """
        if not allowed(by, Action.ATTACH):
            raise NotAllowed("Your roles do not let you attach evidence.")
        host = host_of(url)
        if host not in {one.host for one in self.allowed()}:
            raise DeskError(
                f"{host} is not among the hosts that may be asked.",
                field="url",
                hint="A coordinator or a lead can allow it.",
            )
        if self._confirms(url, escalation_id):
            raise DeskError(
                "To follow this address would confirm something, so the program never does.",
                field="url",
                hint="Open it in a browser if you mean to.",
            )
        found = self._fetch(url)
        name = clean_name(f"{host.replace(':', '-')} {urlsplit(url).path.rstrip('/').rpartition('/')[2]}.txt")
        done = self._escalations.attaching.attach(
            escalation_id, NewEvidence(name, found.data, "text/plain"), by
        )
        note = f"{name} was fetched from {url} ({found.media_type or 'of no stated type'})."
        self._escalations.escalation.note(escalation_id, note, by)
        return done

    def _confirms(self, url: str, escalation_id: int) -> bool:
        alone = Signal(SignalAction.INFO, None, "", "", None, {"link": url})
        with self._store.read() as session:
            kept = signals.recent(session, SignalFilter(escalation_id=escalation_id), limit=_MOST_SIGNALS)
        named = [*links(alone), *(link for one in kept for link in links(one.signal) if link.url == url)]
        return any(link.kind is LinkKind.CONFIRM for link in named)

    def _tell(self, session: Session, host: str, by: Actor, what: str) -> None:
        timeline.append(
            session,
            kind=EventKind.SOURCE_CHANGED,
            at_us=to_us(self._clock.now()),
            actor=by.name,
            escalation_id=None,
            body={"source": "", "name": host, "what": what},
        )


def why_not_allow(by: Actor) -> str:
    """A sentence that says who may allow hosts; empty when the actor may."""
    return "" if by.roles & _MAY_ALLOW else "Only a coordinator or a lead may say which hosts are asked."


def _check_right(by: Actor) -> None:
    if sentence := why_not_allow(by):
        raise NotAllowed(sentence, field="host")
