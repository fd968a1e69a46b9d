"""What the review queue asks of the desk."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from desktop.domain.escalation import Bulk
from desktop.domain.person import Actor, Person

if TYPE_CHECKING:  # the services bring the store with them
    from db.queries.signal import SignalFilter
    from desktop.domain.policy import Policy
    from desktop.domain.signal_kept import KeptSignal
    from desktop.services.details import EscalationDetails
    from desktop.services.review_rows import ReviewRow
    from desktop.services.search import Hit, Similar
    from desktop.services.signals import SignalDetails


class Reviews(Protocol):
    """What waits for a person's look, and what a person does about it."""

    def queue(self) -> "tuple[ReviewRow, ...]": ...
    def snoozed(self) -> "tuple[ReviewRow, ...]": ...
    def next_back_at(self) -> datetime | None: ...
    def accept(
        self,
        ids: Sequence[int],
        by: Actor,
        *,
        severity: int | None = None,
        issue_type: str | None = None,
        owner_id: int | None = None,
        proposal_ids: Collection[int] | None = None,
        reason: str = "",
    ) -> Bulk: ...
    def duplicate(self, ids: Sequence[int], of_id: int, by: Actor, reason: str = "") -> Bulk: ...
    def decline(self, ids: Sequence[int], reason: str, by: Actor) -> Bulk: ...
    def snooze(self, ids: Sequence[int], until: datetime, by: Actor, reason: str = "") -> Bulk: ...
    def wake(self, ids: Sequence[int], by: Actor) -> Bulk: ...


class ReadsSignals(Protocol):
    """Signals as they were kept."""

    def recent(
        self, wanted: "SignalFilter | None" = None, *, limit: int = 200, before_id: int = 0
    ) -> "tuple[KeptSignal, ...]": ...
    def details(self, signal_id: int) -> "SignalDetails": ...


class FindsEscalations(Protocol):
    """Finds escalations by words."""

    def similar(
        self, text: str, customer_id: int | None = None, external_ref: str = "", limit: int = 6
    ) -> "Similar": ...
    def find(self, text: str, limit: int = 20) -> "tuple[Hit, ...]": ...


class ReadsEscalations(Protocol):
    """One escalation whole."""

    def details(self, escalation_id: int, by: Actor) -> "EscalationDetails": ...


class KnowsPeople(Protocol):
    """Who works here."""

    def operator(self) -> Person | None: ...
    def all(self, *, inactive: bool = False) -> tuple[Person, ...]: ...


class KnowsPolicy(Protocol):
    """By what it is judged."""

    def active(self) -> "Policy": ...


class KnowsTime(Protocol):
    """The clock of the desk."""

    def now(self) -> datetime: ...


#: The ids of those on call for a team at an instant, by its rota; None where it has no rota.
OnCall = Callable[[str, datetime], Sequence[int] | None]


def no_rota(team: str, at: datetime) -> Sequence[int] | None:
    """The answer of a desk without a rota."""
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class TriageServices:
    """Everything the page asks of the desk, on the worker."""

    reviews: Reviews
    signals: ReadsSignals
    search: FindsEscalations
    details: ReadsEscalations
    people: KnowsPeople
    policy: KnowsPolicy
    clock: KnowsTime
    on_call: OnCall = no_rota
