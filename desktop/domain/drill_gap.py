"""Gaps that a drill proposes, and how one lives until a later drill has shown that it is closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.drill_grade import ExpectationScore
from desktop.domain.drill_score import DrillScore
from desktop.domain.drill_words import GAPS, Status, gap_title
from desktop.domain.errors import DeskError


class GapState(StrEnum):
    """How far a gap has come."""

    PROPOSED = "proposed"
    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    ACTION_LINKED = "action_linked"
    VERIFIED = "verified"
    CLOSED = "closed"


_NEXT: dict[GapState, tuple[GapState, ...]] = {
    GapState.PROPOSED: (GapState.OPEN, GapState.DECLINED),
    GapState.OPEN: (GapState.ACCEPTED, GapState.DECLINED),
    GapState.ACCEPTED: (GapState.ACTION_LINKED, GapState.VERIFIED),
    GapState.ACTION_LINKED: (GapState.VERIFIED,),
    GapState.VERIFIED: (GapState.CLOSED,),
    GapState.DECLINED: (GapState.OPEN,),
    GapState.CLOSED: (GapState.OPEN,),
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A gap the engine proposes: which expectation showed it, why, and the log's entries that prove it."""

    code: str
    category: str
    title: str
    expectation: str
    why: str
    severity: int
    evidence: tuple[int, ...]


def proposals(score: DrillScore) -> tuple[Proposal, ...]:
    """One gap for every expectation that names one and was late, missed, violated or done badly."""
    return tuple(
        Proposal(
            code=each.gap,
            category=next(category for category, codes in GAPS.items() if each.gap in codes),
            title=gap_title(each.gap),
            expectation=each.id,
            why=why,
            severity=3 if each.critical else 2 if not each.score else 1,
            evidence=each.evidence,
        )
        for each in score.expectations
        if each.gap and (why := _why(each))
    )


def _why(each: ExpectationScore) -> str:
    if each.status in (Status.LATE, Status.MISSED, Status.VIOLATED):
        return each.status.value
    if each.score is None:
        return ""
    failed = [check.text for check in each.checks if check.is_ok is False]
    if failed:
        return f"not shown: {'; '.join(failed)}"
    return f"rated {each.rating}" if each.rating in ("M", "U") else ""


def codes_passed(scores: DrillScore) -> frozenset[str]:
    """The codes that this drill exercised and did not propose: it verifies such gaps of earlier ones."""
    exercised = {each.gap for each in scores.expectations if each.gap and each.score is not None}
    return frozenset(exercised - {proposal.code for proposal in proposals(scores)})


def must_follow(before: GapState, after: GapState, *, run_passed: bool = False, waiver: str = "") -> None:
    """Let pass what may become of a gap.

    Raises: DeskError for a leap, and for closing one that no later drill has passed and no lead has waived.
    """
    if after is GapState.VERIFIED and not run_passed and not waiver.strip():
        raise DeskError(
            "A gap is closed by a later drill that exercises it and passes.",
            hint="Run one, or let a lead write a waiver.",
        )
    if after not in _NEXT[before]:
        known = " or ".join(each.value.replace("_", " ") for each in _NEXT[before])
        raise DeskError(
            f"A gap that is {before.value.replace('_', ' ')} becomes {known} next.", field="state"
        )


def recurrences(code: str, places: frozenset[str], earlier: Sequence[tuple[str, frozenset[str]]]) -> int:
    """How often a gap has come with this one: same code, and a product area or role in common."""
    return 1 + sum(other == code and bool(places & where) for other, where in earlier)
