"""Needs review: why a person should look at an escalation, and in which order."""

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # a desk without rules decides nothing
    from desktop.domain.rule_decision import Decision


class Reason(StrEnum):
    """Why something needs review, the gravest first."""

    DISPUTED = "disputed"
    UNCLASSIFIED = "unclassified"
    NO_CUSTOMER = "no_customer"
    NO_OWNER = "no_owner"
    ASKED = "asked"
    PROPOSAL = "proposal"
    NEAR_EDGE = "near_edge"
    CAME_BACK = "came_back"

    @property
    def sentence(self) -> str:
        """As the queue shows it."""
        return _SENTENCES[self]


_SENTENCES = {
    Reason.DISPUTED: "Rules dispute what to do",
    Reason.UNCLASSIFIED: "No rule classifies it",
    Reason.NO_CUSTOMER: "It names no customer the desk knows",
    Reason.NO_OWNER: "Whom a rule wants to own it cannot be found",
    Reason.ASKED: "A rule asks for a person",
    Reason.PROPOSAL: "A rule proposes something",
    Reason.NEAR_EDGE: "The score lies close to the edge of a band",
    Reason.CAME_BACK: "It came back",
}


class ReviewItem(NamedTuple):
    """One escalation in the queue; `snoozed_us` is until when it is put off, 0 for not at all."""

    escalation_id: int
    since_us: int
    snoozed_us: int
    why: str


def reasons(
    decision: "Decision | None",
    *,
    is_classified: bool = False,
    near_edge: bool = False,
    came_back: bool = False,
    no_customer: bool = False,
    no_owner: bool = False,
) -> tuple[Reason, ...]:
    """Why an escalation needs review, the gravest reason first; empty when it does not.

    `decision` is None where no rule was asked; `is_classified`: a person or a form said what it is, whatever
    rules did. `near_edge` is of its score, `came_back` of a snooze in the queue that ended or of a problem
    that was thought over; `no_customer` and `no_owner`: it names none the desk knows.
    """
    classified = is_classified or (decision is not None and decision.is_classified)
    found = {
        Reason.DISPUTED: decision is not None and bool(decision.disputed),
        Reason.UNCLASSIFIED: not classified,
        Reason.NO_CUSTOMER: no_customer,
        Reason.NO_OWNER: no_owner,
        Reason.ASKED: decision is not None and bool(decision.asks),
        Reason.PROPOSAL: decision is not None and bool(decision.proposals),
        Reason.NEAR_EDGE: near_edge,
        Reason.CAME_BACK: came_back,
    }
    return tuple(reason for reason in Reason if found[reason])


def sentences(decision: "Decision | None", why: Iterable[Reason]) -> tuple[str, ...]:
    """The reasons in full, with what disputes, asks and proposals say."""
    lines: list[str] = []
    for reason in why:
        said = _said(reason, decision) if decision is not None else []
        lines += said or [f"{reason.sentence}."]
    return tuple(lines)


def why_text(why: Iterable[Reason]) -> str:
    """Reasons as they are kept: "disputed near_edge", empty for none."""
    given = set(why)
    return " ".join(reason for reason in Reason if reason in given)


def why_of(text: str) -> tuple[Reason, ...]:
    """The reasons of `why_text`; words this version does not know are left out."""
    words = set(text.split())
    return tuple(reason for reason in Reason if reason in words)


def queue(items: Iterable[ReviewItem], now_us: int) -> list[ReviewItem]:
    """What waits for a person now, the oldest first; what is put off comes back in its old place."""
    waiting = [item for item in items if item.snoozed_us <= now_us]
    return sorted(waiting, key=lambda item: (item.since_us, item.escalation_id))


def next_back_us(items: Iterable[ReviewItem], now_us: int) -> int | None:
    """When the next item that is put off comes back; None where none is."""
    return min((item.snoozed_us for item in items if item.snoozed_us > now_us), default=None)


def age_us(item: ReviewItem, now_us: int) -> int:
    """How long it has waited; never less than nothing, whatever the clock did."""
    return max(0, now_us - item.since_us)


def _said(reason: Reason, decision: "Decision") -> list[str]:
    if reason is Reason.DISPUTED:
        return [dispute.sentence for dispute in decision.disputed]
    if reason is Reason.ASKED:
        return [f"Rule “{rule.name}” asks a person to look: {why}" for why, rule in decision.asks]
    if reason is Reason.PROPOSAL:
        return [f"Rule “{rule.name}” {words}" for rule in decision.proposals for words in rule.words]
    return []
