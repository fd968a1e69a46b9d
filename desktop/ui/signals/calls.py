"""What the signals page asks the worker to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from db.queries.signal import SignalFilter
from desktop.domain.errors import DeskError
from desktop.domain.instant import to_us
from desktop.domain.person import Actor
from desktop.domain.signal import Link
from desktop.domain.signal_kept import KeptSignal
from desktop.domain.signal_preset import SignalPreset
from desktop.domain.source import Source, SourceKind
from desktop.services.signal_preset import presets
from desktop.services.signal_preset import save as save_preset
from desktop.services.source import SourceState
from desktop.ui.signals.ports import ListenerView, NewToken, SignalsServices
from desktop.ui.signals.rows import SourceRow, source_row
from desktop.ui.signals.trying import Trial
from desktop.ui.signals.trying import tried as try_sample
from desktop.ui.verbatim import verbatim

if TYPE_CHECKING:
    from desktop.domain.customer import Customer
    from desktop.domain.policy_taxonomy import Area

MOST = 200
_LONGEST_SAMPLE = 200_000


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
    """The sources, which have a token, where passwords are, the listener, and what a source can be given."""

    rows: tuple[SourceRow, ...]
    with_token: frozenset[int]
    password_notes: Mapping[int, str]
    listener: ListenerView
    customers: "tuple[Customer, ...]"
    areas: "tuple[Area, ...]"

    @property
    def states(self) -> tuple[SourceState, ...]:
        """How it goes with each source."""
        return tuple(row.state for row in self.rows)


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
    view = services.listener.view()
    mailboxes = [state.source for state in states if state.source.kind is SourceKind.MAIL]
    return SourcesNow(
        tuple(
            source_row(state, is_heard=view.is_listening, is_watched=services.places.is_watched(state.source))
            for state in states
        ),
        frozenset(state.source.id for state in states if services.tokens.has(state.source)),
        {source.id: services.places.password_note(source) for source in mailboxes},
        view,
        services.customers.all(),
        tuple(services.policy.active().areas),
    )


def save(services: SignalsServices, source: Source, password: str) -> Saved:
    """Keep a source; a new one that sends over HTTP gets its token.

    A mailbox is watched only once its password is kept.
    """
    by = operator(services)
    services.places.check(source)
    if source.kind is SourceKind.MAIL and not password and not _has_password(services, source):
        raise DeskError("The mailbox has no password.", field="password", hint="Enter it.")
    if source.id:
        kept = services.sources.edit(source, by)
        if password:
            services.places.keep_password(kept, password)
        return Saved(kept, None)
    if source.kind is SourceKind.MAIL:
        return Saved(_added_mailbox(services, source, password, by), None)
    made = services.sources.add(source, by)
    return Saved(made, services.tokens.renew(made) if made.kind.is_pushed else None)


def look_into(services: SignalsServices, source: Source, password: str) -> str:
    """What is in a mailbox; it may take its server some seconds to say."""
    return services.places.look_into(source, password)


def keep_mapping(path: Path, preset: SignalPreset) -> str:
    """Write a mapping into a file; gives what to tell of it."""
    save_preset(path, preset)
    return f"The mapping is saved as {path.name}"


def known_mappings() -> tuple[SignalPreset, ...]:
    """The mappings that ship with the program."""
    return tuple(presets().values())


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
    services.places.forget(source)
    return source


def end_storm(services: SignalsServices, source: Source) -> Source:
    """Let a source open escalations again."""
    services.signals.end_storm(source.id, operator(services))
    return source


def turn_listener(services: SignalsServices, on: bool, port: int) -> ListenerView:
    """Switch the listener on or off."""
    return services.listener.turn(on=on, port=port)


def last_body(services: SignalsServices, source_id: int) -> str:
    """What the source sent last, or its beginning; empty where it has sent nothing."""
    found = services.signals.recent(SignalFilter(source_id), limit=1)
    return verbatim(services.signals.details(found[0].id).body)[:_LONGEST_SAMPLE] if found else ""


def tried(
    services: SignalsServices,
    kind: SourceKind,
    sample: str,
    mapping: Mapping[str, Any] | None,
    known: Sequence[SignalPreset],
) -> Trial:
    """What the desk would make of a sample, and of which of the known tools it looks."""
    return try_sample(kind, sample, mapping, services.separator_of, known)


def _has_password(services: SignalsServices, source: Source) -> bool:
    return source.id > 0 and bool(services.places.password_note(source))


def _added_mailbox(services: SignalsServices, source: Source, password: str, by: Actor) -> Source:
    """A new mailbox, switched on once its password is kept; without that it is none."""
    made = services.sources.add(replace(source, enabled=False), by)
    try:
        services.places.keep_password(made, password)
    except DeskError:
        services.sources.remove(made.id, by)
        raise
    return services.sources.enable(made.id, by, enabled=True)


def operator(services: SignalsServices) -> Actor:
    """Who works at the desk.

    Raises: DeskError before anybody has said so.
    """
    operator = services.people.operator()
    if operator is None:
        raise DeskError("Nobody has said who works at this desk.", hint="Choose yourself in Settings.")
    return operator.actor()
