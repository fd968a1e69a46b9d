"""What the signals page asks the worker to do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from db.queries.signal import SignalFilter
from desktop.domain.errors import DeskError
from desktop.domain.instant import to_us
from desktop.domain.person import Actor
from desktop.domain.signal import Link, parse
from desktop.domain.signal_kept import KeptSignal
from desktop.domain.source import Source, SourceKind
from desktop.services.source import SourceState
from desktop.ui.signals.ports import ListenerView, NewToken, SignalsServices
from desktop.ui.verbatim import verbatim

if TYPE_CHECKING:
    from desktop.domain.customer import Customer
    from desktop.domain.policy_taxonomy import Area

MOST = 200
_LONGEST_SHOWN = 300


class Wanted(NamedTuple):
    """Which signals are wanted; `within` is how far back, None for all there are."""

    source_id: int | None = None
    disposition: str = ""
    text: str = ""
    within: timedelta | None = None

    @property
    def is_filtered(self) -> bool:
        """Whether anything is left out."""
        return self != Wanted()


@dataclass(frozen=True, slots=True)
class Body:
    """A signal in full: its message as text, by which hash it is known, and the links it names."""

    signal: KeptSignal
    text: str
    sha256: str
    sender: str
    size: int
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class SourcesNow:
    """The sources, which of them have a token, how the listener stands, and what a source can be given."""

    states: tuple[SourceState, ...]
    with_token: frozenset[int]
    listener: ListenerView
    customers: "tuple[Customer, ...]"
    areas: "tuple[Area, ...]"


@dataclass(frozen=True, slots=True)
class Saved:
    """A source that was kept, with the token it was given, if any."""

    source: Source
    token: NewToken | None


def recent(services: SignalsServices, wanted: Wanted, before_id: int = 0) -> tuple[KeptSignal, ...]:
    """The newest that are wanted."""
    since_us = to_us(services.clock.now() - wanted.within) if wanted.within is not None else 0
    chosen = SignalFilter(wanted.source_id, wanted.disposition, None, wanted.text.strip(), since_us)
    return services.signals.recent(chosen, limit=MOST, before_id=before_id)


def held(services: SignalsServices) -> tuple[KeptSignal, ...]:
    """Those that wait, oldest first."""
    return services.signals.held()


def body(services: SignalsServices, signal_id: int) -> Body:
    """One signal in full."""
    found = services.signals.details(signal_id)
    message = found.message
    return Body(found.signal, verbatim(found.body), message.sha256, message.sender, message.size, found.links)


def sources(services: SignalsServices) -> SourcesNow:
    """Everything the sources' tab shows."""
    states = services.sources.states()
    return SourcesNow(
        states,
        frozenset(state.source.id for state in states if services.tokens.has(state.source)),
        services.listener.view(),
        services.customers.all(),
        tuple(services.policy.active().areas),
    )


def save(services: SignalsServices, source: Source) -> Saved:
    """Keep a source; a new one that sends over HTTP gets its token."""
    by = operator(services)
    if source.id:
        return Saved(services.sources.edit(source, by), None)
    made = services.sources.add(source, by)
    return Saved(made, services.tokens.renew(made) if made.kind.is_pushed else None)


def renew(services: SignalsServices, source: Source) -> Saved:
    """A new token; only who may change sources gets one."""
    by = operator(services)
    kept = services.sources.edit(source, by)
    return Saved(kept, services.tokens.renew(kept))


def enable(services: SignalsServices, source: Source) -> Source:
    """Switch a source off, or on again."""
    return services.sources.enable(source.id, operator(services), enabled=not source.enabled)


def remove(services: SignalsServices, source: Source) -> Source:
    """Take a source and its token away."""
    services.sources.remove(source.id, operator(services))
    services.tokens.forget(source)
    return source


def end_storm(services: SignalsServices, source: Source) -> Source:
    """Let a source open escalations again."""
    services.signals.end_storm(source.id, operator(services))
    return source


def turn_listener(services: SignalsServices, on: bool, port: int) -> ListenerView:
    """Switch the listener on or off."""
    return services.listener.turn(on=on, port=port)


def last_body(services: SignalsServices, source_id: int) -> str:
    """What the source sent last; empty where it has sent nothing."""
    found = services.signals.recent(SignalFilter(source_id), limit=1)
    return verbatim(services.signals.details(found[0].id).body) if found else ""


def tried(kind: SourceKind, sample: str, mapping: Mapping[str, Any] | None) -> str:
    """What the desk would make of a sample, in words."""
    try:
        signals = parse(kind.value, sample.encode(), mapping)
    except DeskError as fault:
        where = f" (at {fault.field})" if fault.field else ""
        return f"It cannot be read: {fault}{where}"
    lines = [
        f"{one.action.value}: {one.title or 'without a title'}"
        f" · key {one.dedup_key or 'none'} · severity {one.severity_hint or 'not said'}"
        for one in signals[:5]
    ]
    return "\n".join(line[:_LONGEST_SHOWN] for line in lines) or "It holds no signal."


def operator(services: SignalsServices) -> Actor:
    """Who works at the desk.

    Raises: DeskError before anybody has said so.
    """
    operator = services.people.operator()
    if operator is None:
        raise DeskError("Nobody has said who works at this desk.", hint="Choose yourself in Settings.")
    return operator.actor()
