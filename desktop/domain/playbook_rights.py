"""Who may write, review and publish playbooks, and when a draft is approved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop.domain.errors import NotAllowed
from desktop.domain.person import Actor, Role
from desktop.domain.playbook import Content, Draft

_WRITERS = frozenset({Role.COORDINATOR, Role.LEAD})


@dataclass(frozen=True, slots=True)
class Review:
    """What somebody said of a draft; `is_current` while its words are still those that were reviewed."""

    reviewer: str
    approves: bool
    remark: str
    at: datetime
    is_current: bool = True


def why_not_write(by: Actor) -> str:
    """A sentence that says who writes playbooks; empty when they may."""
    if by.automatic or by.roles & _WRITERS:
        return ""
    return "Only a coordinator or a lead may write playbooks."


def why_not_review(by: Actor, content: Content) -> str:
    """A sentence that says who reviews this draft; empty when they may."""
    if Role.LEAD in by.roles or by.name in content.reviewers:
        return ""
    return "Only a lead or a named reviewer may review this playbook."


def why_not_publish(by: Actor, draft: Draft, reviews: Sequence[Review]) -> str:
    """A sentence that says what is missing before they may publish the draft; empty when nothing is."""
    content = draft.content
    if by.automatic:
        return ""
    if Role.LEAD not in by.roles and by.name not in content.reviewers:
        return "Only a lead or a named reviewer may publish this playbook."
    latest = {review.reviewer: review for review in reviews if review.is_current}
    for review in latest.values():
        if not review.approves:
            return f"{review.reviewer} objects to this draft: change it, or have it approved."
    if content.reviewers and not approvers(by, draft, reviews):
        return "Its author cannot be the only one to approve it: ask a reviewer."
    return ""


def approvers(by: Actor, draft: Draft, reviews: Sequence[Review]) -> tuple[str, ...]:
    """Who else than the author stands for the words of the draft; publishing is approving."""
    latest = {review.reviewer: review.approves for review in reviews if review.is_current}
    latest[by.name] = True
    return tuple(name for name, approves in latest.items() if approves and name != draft.author)


def may_write(by: Actor) -> None:
    """Let pass who writes playbooks.

    Raises: NotAllowed.
    """
    _pass(why_not_write(by))


def may_review(by: Actor, content: Content) -> None:
    """Let pass who reviews this draft.

    Raises: NotAllowed.
    """
    _pass(why_not_review(by, content))


def may_publish(by: Actor, draft: Draft, reviews: Sequence[Review]) -> None:
    """Let pass who publishes this draft.

    Raises: NotAllowed.
    """
    _pass(why_not_publish(by, draft, reviews))


def _pass(sentence: str) -> None:
    if sentence:
        raise NotAllowed(sentence)
