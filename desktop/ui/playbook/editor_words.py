"""The words of the editor of playbooks, and what is typed in it read as values."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from desktop.domain.errors import DeskError
from desktop.domain.message import Stage
from desktop.domain.playbook import Draft, State
from desktop.domain.playbook_rights import Review
from desktop.domain.policy_node import Node
from desktop.domain.wording import one_line
from desktop.ui.text import listed, moment

#: The message that a step of the kind *send* sends.
STAGE_WORDS = {
    Stage.INITIAL: "First message",
    Stage.PERIODIC: "Update",
    Stage.LATE: "Late update",
    Stage.CORRECTION: "Correction",
    Stage.CONTAINMENT: "Contained",
    Stage.RESOLUTION: "Resolved",
    Stage.POST_RESOLUTION: "Cause and prevention",
    Stage.EXECUTIVE_BRIEF: "Executive brief",
    Stage.INTERNAL_BRIEF: "Internal brief",
    Stage.COMMITTEE_REQUEST: "Request for a decision",
    Stage.HANDOFF: "Handoff",
}
_ID_WORDS = 6
_REMARK = 300


def words_for_id(text: str) -> str:
    """The first words of a text: enough for an id that says what it stands for."""
    return " ".join(text.split()[:_ID_WORDS])


def read_span(text: str) -> timedelta | None:
    """The length of time that is typed; a bare number is minutes, nothing is none.

    Raises: ValueError.
    """
    typed = " ".join(text.lower().split())
    if not typed:
        return None
    try:
        return Node(f"{typed} min" if typed.isascii() and typed.isdecimal() else typed, "").span(
            may_be_zero=True
        )
    except DeskError as error:
        raise ValueError(text) from error


def read_date(text: str) -> date | None:
    """The day that is typed as 2026-12-31; nothing is none.

    Raises: ValueError.
    """
    return date.fromisoformat(text.strip()) if text.strip() else None


def kept_words(draft: Draft, now: datetime) -> str:
    """Who began the draft, of what, and when it was kept last."""
    parts = [f"Begun by {one_line(draft.author)}"] if draft.author else []
    if draft.derived_from:
        parts.append(f"from {one_line(draft.derived_from)}")
    elif draft.base:
        parts.append(f"from v{draft.base}")
    begun = " ".join(parts)
    kept = f"Kept {moment(draft.updated_at, now).removeprefix('today ')}"
    return f"{kept} · {begun}" if begun else kept


def state_words(draft: Draft, reviews: Sequence[Review]) -> str:
    """How far the draft has come: "In review, waiting for Leo Marsh"."""
    if draft.state is not State.IN_REVIEW:
        return "Draft, not in review"
    named = [one_line(name) for name in draft.content.reviewers]
    said = {one_line(review.reviewer) for review in reviews if review.is_current}
    waited = [name for name in named if name not in said]
    return f"In review, waiting for {listed(waited)}" if waited else "In review"


def review_words(review: Review, now: datetime) -> str:
    """What somebody said: "Leo Marsh objects, today 14:02: step 3 is missing"."""
    verb = "approves" if review.approves else "objects"
    old = "" if review.is_current else " to earlier words" if not review.approves else " earlier words"
    remark = f": {one_line(review.remark)[:_REMARK]}" if review.remark else ""
    return f"{one_line(review.reviewer)} {verb}{old}, {moment(review.at, now)}{remark}"
