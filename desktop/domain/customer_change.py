"""What a change of a customer was, and what it does to the customer's open escalations."""

from dataclasses import dataclass

from desktop.domain.customer import Customer
from desktop.domain.escalation import Done
from desktop.domain.policy_score import Priority

_NAMED = 3


@dataclass(frozen=True, slots=True)
class CustomerDone:
    """A change of a customer that was kept; `done` takes it back."""

    customer: Customer
    done: Done


@dataclass(frozen=True, slots=True)
class BandChange:
    """An open escalation that would move to another band."""

    number: str
    before: Priority
    after: Priority


@dataclass(frozen=True, slots=True)
class Rescoring:
    """What a change of a customer would do to its open escalations."""

    open_count: int
    rescored: int
    moved: tuple[BandChange, ...]

    @property
    def sentence(self) -> str:
        """The same in words, for the person about to decide; empty where nothing is open."""
        if not self.open_count:
            return ""
        if not self.rescored:
            return f"No score changes among {_escalations(self.open_count)}."
        if not self.moved:
            verb = "gets" if self.rescored == 1 else "get"
            return f"{self.rescored} of {_escalations(self.open_count)} {verb} another score; none changes band."
        named = [f"{one.number} {one.before} to {one.after}" for one in self.moved[:_NAMED]]
        more = len(self.moved) - len(named)
        verb = "changes" if len(self.moved) == 1 else "change"
        rest = f" and {more} more" if more else ""
        return f"{len(self.moved)} of {_escalations(self.open_count)} {verb} band: {', '.join(named)}{rest}."


def _escalations(count: int) -> str:
    return f"{count} open {'escalation' if count == 1 else 'escalations'}"


def what_weighs(before: Customer, after: Customer) -> str:
    """What of a change weighs in the score, for the timeline: `tier growth -> strategic`; may be empty."""
    parts = []
    if before.tier != after.tier:
        parts.append(f"tier {before.tier or 'unknown'} -> {after.tier or 'unknown'}")
    if before.revenue != after.revenue:
        parts.append(f"revenue {_revenue(before)} -> {_revenue(after)}")
    return ", ".join(parts)


def _revenue(customer: Customer) -> str:
    return "unknown" if customer.revenue is None else f"{customer.revenue:,} {customer.currency}"
