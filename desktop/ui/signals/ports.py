"""What the signals page asks of the desk."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from desktop.domain.person import Actor, Person
from desktop.domain.source import Source

if TYPE_CHECKING:  # the services bring the store with them
    from db.queries.signal import SignalFilter
    from desktop.domain.customer import Customer
    from desktop.domain.policy import Policy
    from desktop.domain.signal_kept import KeptSignal
    from desktop.services.sandbox import Sandbox
    from desktop.services.search import Hit
    from desktop.services.signal_release import SignalRelease
    from desktop.services.signals import SignalDetails
    from desktop.services.source import SourceState


class Signals(Protocol):
    """Signals as they were kept, and those that wait for a person."""

    def recent(
        self, wanted: "SignalFilter | None" = None, *, limit: int = 200, before_id: int = 0
    ) -> "tuple[KeptSignal, ...]": ...
    def held(self, source_id: int | None = None) -> "tuple[KeptSignal, ...]": ...
    def details(self, signal_id: int) -> "SignalDetails": ...
    @property
    def releases(self) -> "SignalRelease": ...
    def end_storm(self, source_id: int, by: Actor) -> None: ...


class Sources(Protocol):
    """Who may speak to the desk."""

    def states(self) -> "tuple[SourceState, ...]": ...
    def add(self, source: Source, by: Actor) -> Source: ...
    def edit(self, source: Source, by: Actor) -> Source: ...
    def enable(self, source_id: int, by: Actor, *, enabled: bool) -> Source: ...
    def remove(self, source_id: int, by: Actor) -> None: ...


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token to be shown once, and where it is kept."""

    token: str
    note: str


class TokenDesk(Protocol):
    """The tokens by which sources are known."""

    def has(self, source: Source) -> bool:
        """Whether the source has one."""
        ...

    def renew(self, source: Source) -> NewToken:
        """Give the source a new one; an earlier one counts no more."""
        ...

    def forget(self, source: Source) -> None:
        """The source is gone."""
        ...


class Places(Protocol):
    """The mailboxes and folders that the desk watches by itself."""

    def check(self, source: Source) -> None:
        """Raises: DeskError naming the option because of which it cannot be watched."""
        ...

    def is_watched(self, source: Source) -> bool:
        """Whether it was looked at, and nothing was wrong with it."""
        ...

    def password_note(self, source: Source) -> str:
        """Where its password is kept; empty for none."""
        ...

    def keep_password(self, source: Source, password: str) -> None:
        """Keep it, and watch with it from now on."""
        ...

    def forget(self, source: Source) -> None:
        """The source is gone."""
        ...

    def look_into(self, source: Source, password: str) -> str:
        """What is found in a mailbox with this password, or with the one that is kept.

        Raises: DeskError saying why it cannot be read.
        """
        ...


@dataclass(frozen=True, slots=True)
class ListenerView:
    """How the listener stands; `is_wanted` is the person's wish, `why_not` why it does not listen."""

    is_wanted: bool
    is_listening: bool
    url: str
    port: int
    why_not: str = ""
    requests: int = 0
    refused: int = 0


class ListenerDesk(Protocol):
    """What hears HTTP."""

    def view(self) -> ListenerView:
        """How it stands now."""
        ...

    def turn(self, *, on: bool, port: int) -> ListenerView:
        """Switch it on at a port, or off; waits until it is so.

        Raises: DeskError where it cannot listen there.
        """
        ...


class KnowsPeople(Protocol):
    """Who works here."""

    def operator(self) -> Person | None: ...


class KnowsPolicy(Protocol):
    """By what it is judged."""

    def active(self) -> "Policy": ...


class KnowsCustomers(Protocol):
    """Whose problems there are."""

    def all(self) -> "tuple[Customer, ...]": ...


class FindsEscalations(Protocol):
    """Finds escalations by words."""

    def find(self, text: str, limit: int = 20) -> "tuple[Hit, ...]": ...


class KnowsTime(Protocol):
    """The clock of the desk."""

    def now(self) -> datetime: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalsServices:
    """Everything the page asks of the desk, on the worker. `separator_of` finds that of a table's text.

    Without a `sandbox` nothing is replayed.
    """

    signals: Signals
    sources: Sources
    tokens: TokenDesk
    listener: ListenerDesk
    places: Places
    separator_of: Callable[[str], str]
    people: KnowsPeople
    policy: KnowsPolicy
    customers: KnowsCustomers
    search: FindsEscalations
    clock: KnowsTime
    sandbox: "Sandbox | None" = None
