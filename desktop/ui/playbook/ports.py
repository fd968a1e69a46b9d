"""What the library of playbooks asks of the desk; every call is for the worker and in the operator's name."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from desktop.domain.playbook import Content, Draft, Listed, Version
from desktop.domain.playbook_rights import Review

Choice = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen in a playbook, each with its key and words."""

    areas: tuple[Choice, ...] = ()
    types: tuple[Choice, ...] = ()
    tiers: tuple[Choice, ...] = ()
    levels: tuple[Choice, ...] = ()
    people: tuple[str, ...] = ()
    templates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Library:
    """Every playbook; why the operator may not write, and not take out of use; empty where they may."""

    rows: tuple[Listed, ...] = ()
    choices: Choices = Choices()
    why_not_write: str = ""
    why_not_retire: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """One playbook: what is published, what is being written and said of that, every version newest first."""

    row: Listed
    versions: tuple[Version, ...] = ()
    draft: Draft | None = None
    reviews: tuple[Review, ...] = ()
    why_not_review: str = ""
    why_not_publish: str = ""

    @property
    def published(self) -> Version | None:
        """What is published; None while nothing is."""
        return next((version for version in self.versions if version.number == self.row.version), None)


@dataclass(frozen=True, slots=True)
class Answerable:
    """A gap or proposal that a version may answer."""

    id: int
    sentence: str


class KeepsPlaybooks(Protocol):
    """The library of one desk. Every command raises DeskError with what is wrong and what to do."""

    def library(self) -> Library:
        """All of them."""
        ...

    def opened(self, playbook_id: int) -> Opened:
        """One of them."""
        ...

    def create(self, title: str) -> Draft:
        """Begin a new one."""
        ...

    def begin(self, playbook_id: int, from_version: int | None) -> Draft:
        """Begin a draft of what is published, or of an earlier version."""
        ...

    def clone(self, playbook_id: int, number: int, title: str) -> Draft:
        """Begin another one with the words of a version."""
        ...

    def save(self, playbook_id: int, content: Content, edition: int) -> Draft:
        """Keep a draft; `edition` is the one that was changed."""
        ...

    def discard(self, playbook_id: int) -> None:
        """Throw the draft away."""
        ...

    def ask_review(self, playbook_id: int) -> Draft:
        """Put the draft before its reviewers."""
        ...

    def answer_review(self, playbook_id: int, approves: bool, remark: str) -> Draft:
        """Approve it or object to it."""
        ...

    def answerable(self, playbook_id: int) -> tuple[Answerable, ...]:
        """What the next version may answer."""
        ...

    def publish(self, playbook_id: int, change_note: str, answers: Sequence[int]) -> Version:
        """Let the draft become the published version."""
        ...

    def follow(self, playbook_id: int) -> Draft:
        """Let the draft follow the version that was published since it was begun."""
        ...

    def retire(self, playbook_id: int, reason: str) -> None:
        """Take it out of use."""
        ...

    def bring_back(self, playbook_id: int) -> None:
        """Take it into use again."""
        ...

    def confirm(self, playbook_id: int) -> None:
        """It was looked through and is still true."""
        ...

    def drills_of(self, slug: str) -> tuple[str, ...]:
        """The titles of the drills that exercise a playbook."""
        ...

    def find(self, number: str) -> int:
        """The escalation of a number."""
        ...
