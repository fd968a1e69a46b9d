"""Playbooks: how the desk handles a kind of problem, written down as versions that never change."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum


class State(StrEnum):
    """How far one version of a playbook has come; exactly one version of a playbook is published."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    RETIRED = "retired"


class StepKind(StrEnum):
    """What a step asks of whoever does it."""

    CHECK = "check"
    DECIDE = "decide"
    SEND = "send"
    PAGE = "page"
    HAND_OVER = "hand over"


@dataclass(frozen=True, slots=True)
class Step:
    """One step; `id` is unique in its playbook and stays the same over versions (`a-z 0-9 -`, at most 60).

    `due_after` counts from the opening of the playbook on an escalation. `stage` names the message a step of
    the kind *send* sends (`message.Stage`), `decision` the id of the decision that a *decide* step takes.
    """

    id: str
    text: str
    kind: StepKind = StepKind.CHECK
    role: str = ""
    due_after: timedelta | None = None
    stage: str = ""
    decision: str = ""
    evidence: str = ""
    is_optional: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision right: who may decide what, who stands in, up to which limit, and how it is recorded."""

    id: str
    what: str
    who: str
    delegate: str = ""
    limit: str = ""
    recorded: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A real escalation, or a drill, that shows the playbook in use; `link` is a number or an address."""

    text: str
    link: str = ""
    is_drill: bool = False


@dataclass(frozen=True, slots=True)
class Tags:
    """What a playbook is for: keys of the policy; an empty axis fits everything.

    `areas` are product areas, `types` issue types, `tiers` customer tiers, `levels` priorities.
    """

    areas: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    tiers: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """What a version says; two versions with the same content have the same hash."""

    title: str
    purpose: str = ""
    tags: Tags = Tags()
    owner: str = ""
    reviewers: tuple[str, ...] = ()
    evergreen_days: int = 180
    valid_from: date | None = None
    valid_until: date | None = None
    entry: tuple[str, ...] = ()
    exit: tuple[str, ...] = ()
    do_not: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    decisions: tuple[Decision, ...] = ()
    templates: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class Version:
    """A published version; nothing of it ever changes but `state`, which follows from its successors."""

    playbook_id: int
    slug: str
    number: int
    state: State
    content: Content
    hash: str
    change_note: str
    author: str
    approved_by: str
    approved_at: datetime
    derived_from: str = ""

    @property
    def label(self) -> str:
        """What it is called: "v4"."""
        return f"v{self.number}"


@dataclass(frozen=True, slots=True)
class Draft:
    """What may become the next version; `base` is the number it was begun from, 0 for none."""

    playbook_id: int
    slug: str
    base: int
    edition: int
    state: State
    content: Content
    author: str
    author_id: int | None
    updated_at: datetime
    note: str = ""
    derived_from: str = ""

    @property
    def label(self) -> str:
        """What it is called: "4-draft2", the second edition of what is to become version 4."""
        return f"{self.base + 1}-draft{self.edition}"


@dataclass(frozen=True, slots=True)
class Listed:
    """A playbook in a list: what is published of it, and what is being written.

    `version` is 0 and `approved_at` None before the first is published; then `title` is the draft's.
    `review_due_at` is when it has to be looked through again; `draft_state` None where nobody writes.
    """

    id: int
    slug: str
    title: str
    tags: Tags
    owner: str
    version: int
    state: State
    approved_at: datetime | None
    review_due_at: datetime | None
    draft_state: State | None
    draft_label: str
    last_used_at: datetime | None
    used_count: int
