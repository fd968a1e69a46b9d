"""Playbooks as they are kept, into what people read of them; a version is proved by its hash."""

from datetime import timedelta

from db.queries import playbook as queries
from db.queries import playbook_draft as drafts
from db.queries.playbook import Head, IndexRow, VersionRow
from db.queries.playbook_draft import DraftRow
from db.unit_of_work import Session
from desktop.domain.errors import DeskError, NotFound, StoreError, StoreFault
from desktop.domain.instant import from_us, to_us
from desktop.domain.playbook import Content, Draft, Listed, State, Tags, Version
from desktop.domain.playbook_document import content_hash, from_text, text_hash
from desktop.domain.playbook_rights import Review

_AXES = {"area": "areas", "type": "types", "tier": "tiers", "level": "levels"}


def version_of(row: VersionRow) -> Version:
    """The version of a row.

    Raises: StoreError when it is not what was published.
    """
    if text_hash(row.content) != row.hash:
        raise _damaged(row.slug, row.number)
    try:
        content = from_text(row.content)
    except DeskError as fault:
        raise _damaged(row.slug, row.number) from fault
    state = State.PUBLISHED if row.number == row.published else State.SUPERSEDED
    return Version(
        playbook_id=row.playbook_id,
        slug=row.slug,
        number=row.number,
        state=State.RETIRED if row.is_retired else state,
        content=content,
        hash=row.hash,
        change_note=row.change_note,
        author=row.author,
        approved_by=row.approved_by,
        approved_at=from_us(row.approved_us),
        derived_from=row.derived_from,
    )


def draft_of(row: DraftRow) -> Draft:
    """The draft of a row."""
    return Draft(
        playbook_id=row.playbook_id,
        slug=row.slug,
        base=row.base,
        edition=row.edition,
        state=State(row.state),
        content=from_text(row.content),
        author=row.author,
        author_id=row.author_id,
        updated_at=from_us(row.updated_us),
        note=row.note,
        derived_from=row.derived_from,
    )


def listed(session: Session, *, with_retired: bool) -> tuple[Listed, ...]:
    """Every playbook, by title."""
    tags = queries.tags_of(queries.tags(session))
    writing = drafts.heads(session)
    return tuple(
        _listed(row, tags.get(row.id, {}), writing.get(row.id))
        for row in queries.all_heads(session, retired=with_retired)
    )


def head(session: Session, playbook_id: int) -> Head:
    """A playbook that is there.

    Raises: NotFound.
    """
    found = queries.head(session, playbook_id)
    if found is None:
        raise NotFound("There is no such playbook any more.", hint="Look at the list again.")
    return found


def required_draft(session: Session, playbook_id: int) -> DraftRow:
    """The draft of a playbook.

    Raises: NotFound.
    """
    row = drafts.get(session, playbook_id)
    if row is None:
        raise NotFound("Nobody writes on this playbook.", hint="Begin a draft.")
    return row


def reviews_of(session: Session, draft: Draft) -> tuple[Review, ...]:
    """What was said of what is to become the next version, oldest first."""
    now = content_hash(draft.content)
    return tuple(
        Review(row.reviewer, bool(row.approves), row.remark, from_us(row.at_us), row.hash == now)
        for row in drafts.reviews(session, draft.playbook_id, draft.base + 1)
    )


def index(session: Session, row: Head, content: Content) -> None:
    """Let a playbook be found by what it says."""
    parts = (*content.entry, *content.exit, *content.do_not, *(step.text for step in content.steps))
    found = [(axis, key) for axis, name in _AXES.items() for key in getattr(content.tags, name)]
    queries.put_tags(session, row.id, found)
    words = " ".join((*(key for _, key in found), row.slug, content.owner))
    entry = IndexRow(
        row.id, content.title, content.purpose, "\n".join(parts), "\n".join(content.templates), words
    )
    queries.put_index(session, entry)


def review_due_us(content: Content, approved_us: int) -> int | None:
    """When a version has to be looked through again; None for never."""
    if not content.evergreen_days:
        return None
    return to_us(from_us(approved_us) + timedelta(days=content.evergreen_days))


def _listed(row: Head, tags: dict[str, list[str]], draft: drafts.DraftHead | None) -> Listed:
    state = State.PUBLISHED if row.published else State.DRAFT
    return Listed(
        id=row.id,
        slug=row.slug,
        title=row.title,
        tags=Tags(**{name: tuple(tags.get(axis, ())) for axis, name in _AXES.items()}),
        owner=row.owner,
        version=row.published,
        state=State.RETIRED if row.retired_us else state,
        approved_at=from_us(row.approved_us) if row.approved_us else None,
        review_due_at=from_us(row.review_due_us) if row.review_due_us else None,
        draft_state=State(draft.state) if draft else None,
        draft_label=f"{draft.base + 1}-draft{draft.edition}" if draft else "",
        last_used_at=from_us(row.last_used_us) if row.last_used_us else None,
        used_count=row.used_count,
    )


def _damaged(slug: str, number: int) -> StoreError:
    return StoreError(
        f"Version {number} of the playbook “{slug}” is not what was published: its words were changed in the"
        " database.",
        kind=StoreFault.CORRUPT,
        hint="Restore a backup from before that.",
    )
