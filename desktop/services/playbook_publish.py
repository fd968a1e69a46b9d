"""What is done to playbooks within one transaction: kept as drafts, published, told on the timeline."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from db.queries import playbook as queries
from db.queries import playbook_draft as drafts
from db.queries import timeline
from db.queries.playbook import Head, NewVersion
from db.queries.playbook_draft import DraftRow
from db.unit_of_work import Session
from desktop.domain.errors import Conflict, DeskError, NotAllowed
from desktop.domain.instant import to_us
from desktop.domain.person import Actor, Role
from desktop.domain.playbook import Content, State, Version
from desktop.domain.playbook_check import (
    Fault,
    check,
    faults_to_keep,
    faults_to_publish,
    is_id,
    slug_of,
)
from desktop.domain.playbook_document import content_hash, text_hash, tidy, to_text
from desktop.domain.playbook_rights import approvers, may_publish, may_review
from desktop.domain.timeline import EventKind
from desktop.domain.wording import required
from desktop.services import playbook_rows as rows


class Gaps(Protocol):
    """What people missed in playbooks, so that a version can answer it."""

    def answer(
        self, session: Session, playbook_id: int, number: int, gap_ids: Sequence[int], by: Actor, at: datetime
    ) -> None:
        """Note that a version answers these, in the transaction that publishes it."""
        ...


@dataclass(frozen=True, slots=True)
class Approval:
    """Who stands for a version since when, and why it is there."""

    change_note: str
    author: str
    approved_by: str
    approved_at: datetime


@dataclass(frozen=True, slots=True)
class PlaybookWork:
    """One change of playbooks: its transaction, when, and by whom."""

    session: Session
    at: datetime
    by: Actor

    @property
    def at_us(self) -> int:
        """The same instant in microseconds."""
        return to_us(self.at)

    def tell(self, row: Head, what: str, **more: object) -> None:
        """Write on the timeline of the desk what was done to a playbook."""
        body = {"title": row.title, "playbook_id": row.id, "slug": row.slug, "what": what, **more}
        timeline.append(
            self.session,
            kind=EventKind.PLAYBOOK_CHANGED,
            at_us=self.at_us,
            actor=self.by.name,
            escalation_id=None,
            body=body,
        )


def kept(content: Content) -> Content:
    """The content as it is kept.

    Raises: DeskError naming the field at fault.
    """
    content = tidy(content)
    check(faults_to_keep(content))
    return content


def make(work: PlaybookWork, slug: str, content: Content) -> Head:
    """A new playbook without any words yet."""
    title = content.title or "Untitled playbook"
    playbook_id = queries.insert(work.session, slug, title, content.owner, work.at_us, work.by.name)
    return rows_head(work.session, playbook_id, slug, title, content.owner)


def rows_head(session: Session, playbook_id: int, slug: str, title: str, owner: str) -> Head:
    """The head of a playbook that has neither draft nor version yet."""
    return Head(playbook_id, slug, title, owner, 0, None, None, 0, None, None, "", "")


def put_draft(work: PlaybookWork, row: Head, content: Content, derived_from: str = "") -> None:
    """Begin a draft, to follow what is published."""
    draft = DraftRow(
        playbook_id=row.id,
        slug=row.slug,
        base=row.published,
        edition=1,
        state="draft",
        content=to_text(content),
        author=work.by.name,
        author_id=work.by.person_id,
        saved_by=work.by.name,
        updated_us=work.at_us,
        note="",
        derived_from=derived_from,
        asked_by="",
    )
    drafts.insert(work.session, draft)
    show_unpublished(work, row, content)


def show_unpublished(work: PlaybookWork, row: Head, content: Content) -> None:
    """Let a playbook be listed and found as its draft while nothing of it is published."""
    if row.published:
        return
    title = content.title or "Untitled playbook"
    queries.set_title(work.session, row.id, title, content.owner)
    rows.index(work.session, row, content)


def publish_draft(work: PlaybookWork, playbook_id: int, change_note: str, answers: Sequence[int]) -> Version:
    """Let the draft become the published version.

    Raises: DeskError naming the field at fault; NotAllowed; NotFound; Conflict when another version was
    published since the draft was begun.
    """
    row = rows.head(work.session, playbook_id)
    draft = rows.draft_of(rows.required_draft(work.session, playbook_id))
    reviews = rows.reviews_of(work.session, draft)
    may_publish(work.by, draft, reviews)
    if draft.base != row.published:
        raise Conflict(
            f"Version {row.published} was published since this draft was begun.",
            hint="Compare them, then let the draft follow it.",
        )
    check(faults_to_publish(draft.content))
    if row.published:
        before = rows.version_of(_required_version(work.session, playbook_id, row.published))
        if before.content == draft.content:
            raise DeskError("The draft says what is published already.", hint="Change it or throw it away.")
    approved_by = ", ".join(approvers(work.by, draft, reviews)) or work.by.name
    approval = Approval(change_note, draft.author, approved_by, work.at)
    drafts.delete(work.session, playbook_id)
    more: dict[str, object] = {"answers": list(answers)} if answers else {}
    return put_version(work, row, row.published + 1, draft.content, approval, draft.derived_from, more)


def put_version(
    work: PlaybookWork,
    row: Head,
    number: int,
    content: Content,
    approval: Approval,
    derived_from: str = "",
    told: dict[str, object] | None = None,
) -> Version:
    """Keep a version; it is the published one unless a newer is."""
    text = to_text(content)
    version = NewVersion(
        playbook_id=row.id,
        number=number,
        content=text,
        hash=text_hash(text),
        change_note=approval.change_note,
        author=approval.author,
        approved_by=approval.approved_by,
        approved_us=to_us(approval.approved_at),
        published_us=work.at_us,
        published_by=work.by.name,
        derived_from=derived_from,
    )
    queries.add_version(work.session, version)
    if number > row.published:
        row = row._replace(title=content.title, owner=content.owner)
        due_us = rows.review_due_us(content, version.approved_us)
        queries.set_published(work.session, row, number, version.approved_us, due_us)
        if row.retired_us is None:
            rows.index(work.session, row, content)
    work.tell(
        row, "published", version=number, change_note=approval.change_note, hash=version.hash, **(told or {})
    )
    return rows.version_of(_required_version(work.session, row.id, number))


def answer_draft(work: PlaybookWork, *, playbook_id: int, approves: bool, remark: str) -> None:
    """Keep what a reviewer says of a draft; it goes back to its author with an objection.

    Raises: as `PlaybookService.answer_review`.
    """
    by, draft = work.by, rows.draft_of(rows.required_draft(work.session, playbook_id))
    may_review(by, draft.content)
    if by.name == draft.author:
        raise NotAllowed("Nobody reviews what they wrote themselves.", hint="Ask another reviewer.")
    if draft.state is not State.IN_REVIEW:
        raise DeskError("This draft is not up for review.", hint="Look at what changed in it.")
    said = remark.strip()
    if not approves:
        said = required(remark, "remark", "Say what has to change.")
    review = drafts.ReviewRow(
        content_hash(draft.content), by.name, by.person_id, int(approves), said, work.at_us
    )
    drafts.add_review(work.session, playbook_id, draft.base + 1, review)
    if not approves:
        drafts.send_back(work.session, playbook_id)
    row = rows.head(work.session, playbook_id)
    work.tell(row, "approved in review" if approves else "sent back in review", remark=said)


def take_in(work: PlaybookWork, *, slug: str, number: int, content: Content, approval: Approval) -> Version:
    """Keep a version that was published elsewhere.

    Raises: as `PlaybookService.publish_as`.
    """
    if not work.by.automatic and Role.LEAD not in work.by.roles:
        raise NotAllowed("Only a lead may take in published playbooks.")
    content = tidy(content)
    check(faults_to_publish(content))
    required(approval.change_note, "change_note", "The version does not say why it is there.")
    if number < 1:
        raise DeskError(f"{number} is no number of a version.", field="number")
    playbook_id = queries.by_slug(work.session, slug)
    if playbook_id is None:
        check_slug(slug, frozenset())
        row = make(work, slug or slug_of(content.title, queries.slugs(work.session)), content)
    else:
        row = rows.head(work.session, playbook_id)
    there = queries.version(work.session, row.id, number)
    if there is None:
        return put_version(work, row, number, content, approval)
    if there.hash != text_hash(to_text(content)):
        raise Conflict(f"Version {number} of “{slug}” is there already and says something else.")
    return rows.version_of(there)


def check_slug(slug: str, taken: frozenset[str]) -> None:
    """Let a short name pass that can be used; an empty one is made later.

    Raises: DeskError; Conflict when it is taken.
    """
    if slug and not is_id(slug):
        check([Fault("slug", f"“{slug[:70]}” is no short name: use a-z, 0-9 and dashes, 60 at most.")])
    if slug in taken:
        raise Conflict(f"The short name “{slug}” is taken.", field="slug")


def _required_version(session: Session, playbook_id: int, number: int) -> queries.VersionRow:
    row = queries.version(session, playbook_id, number)
    assert row is not None
    return row
