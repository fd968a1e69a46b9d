"""Whether an escalation waits for a person to look at it; every command that bears on that says so here."""

from desktop.domain.instant import to_us
from desktop.domain.review import Reason, why_of, why_text
from desktop.services.case import Case


def want(case: Case, *reasons: Reason) -> None:
    """Let it wait for these reasons too; its age counts from the first of all."""
    why = (*why_of(case.escalation.review_why), *reasons)
    since_at = case.escalation.review_at
    since_us = case.at_us if since_at is None else to_us(since_at)
    case.set(needs_review=1, review_why=why_text(why), review_at=since_us)


def drop(case: Case, *reasons: Reason) -> None:
    """These reasons hold no longer; with none left it waits no more."""
    why = why_of(case.escalation.review_why)
    left = [reason for reason in why if reason not in reasons]
    if len(left) == len(why):
        return
    if left:
        case.set(review_why=why_text(left))
    else:
        end(case)


def end(case: Case) -> None:
    """A person has looked at it, or need not any more."""
    case.set(needs_review=0, review_why="", review_at=None, review_snoozed_until=None)


def graded(case: Case, *, near_edge: bool) -> None:
    """It was classified for the first time: only a score near the edge of a band is a reason now."""
    drop(case, Reason.UNCLASSIFIED, Reason.NEAR_EDGE)
    if near_edge:
        want(case, Reason.NEAR_EDGE)
