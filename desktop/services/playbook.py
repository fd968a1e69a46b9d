"""The library of playbooks: drafts, reviews, versions that never change, and what is taken out of use."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TypeVar

from db.queries import playbook as queries
from db.queries import playbook_draft as drafts
from db.unit_of_work import Store
from desktop.domain.clock import Clock
from desktop.domain.errors import Conflict, DeskError, NotAllowed, NotFound
from desktop.domain.events import PlaybooksChanged
from desktop.domain.instant import require_utc
from desktop.domain.person import Actor, Role
from desktop.domain.playbook import Content, Draft, State, Version
from desktop.domain.playbook_check import check, faults_to_publish, slug_of
from desktop.domain.playbook_document import to_text
from desktop.domain.playbook_rights import may_write
from desktop.domain.wording import required
from desktop.services import playbook_rows as rows
from desktop.services.bus import Bus
from desktop.services.playbook_library import PlaybookReading
from desktop.services.playbook_publish import (
    Approval,
    Gaps,
    PlaybookWork,
    answer_draft,
    check_slug,
    kept,
    make,
    publish_draft,
    put_draft,
    show_unpublished,
    take_in,
)

_Result = TypeVar("_Result")


class PlaybookService(PlaybookReading):
    """Keeps playbooks. One draft each is written by all together; who saved since is never overwritten."""

    def __init__(self, *, store: Store, clock: Clock, bus: Bus, gaps: Gaps | None = None) -> None:
        """`gaps` takes note of what a version answers."""
        super().__init__(store)
        self._clock = clock
        self._bus = bus
        self._gaps = gaps

    def create(self, content: Content, by: Actor, slug: str = "") -> Draft:
        """Begin a new playbook; its short name is made of the title unless given.

        Raises: DeskError naming the field at fault; Conflict when the short name is taken; NotAllowed.
        """
        may_write(by)
        content = kept(content)

        def create(work: PlaybookWork) -> int:
            taken = queries.slugs(work.session)
            check_slug(slug, taken)
            row = make(work, slug or slug_of(content.title, taken), content)
            put_draft(work, row, content)
            work.tell(row, "begun")
            return row.id

        return self._drafted(self._change(by, create))

    def save(self, playbook_id: int, content: Content, by: Actor, *, edition: int) -> Draft:
        """Keep a draft as it is now; `edition` is the one that was changed. The same words change nothing.

        Raises: Conflict when somebody saved another since; DeskError naming the field; NotFound; NotAllowed.
        """
        may_write(by)
        content = kept(content)

        def save(work: PlaybookWork) -> None:
            row = rows.required_draft(work.session, playbook_id)
            text = to_text(content)
            if text == row.content:
                return
            if edition != row.edition:
                raise Conflict(
                    f"{row.saved_by} saved this draft since you began to change it.",
                    hint="Compare the two, then keep one of them.",
                )
            drafts.save(work.session, playbook_id, text, work.at_us, by.name)
            show_unpublished(work, rows.head(work.session, playbook_id), content)

        self._change(by, save, playbook_id)
        return self._drafted(playbook_id)

    def begin(self, playbook_id: int, by: Actor, *, from_version: int | None = None) -> Draft:
        """Begin a draft of what is published, or restore an earlier version as one.

        Raises: Conflict when there is a draft already; NotFound; NotAllowed.
        """
        may_write(by)

        def begin(work: PlaybookWork) -> None:
            row = rows.head(work.session, playbook_id)
            there = drafts.get(work.session, playbook_id)
            if there is not None:
                raise Conflict(
                    f"{there.author} has begun a draft of this playbook.", hint="Go on with it or discard it."
                )
            version = self.version(playbook_id, from_version or row.published)
            is_restored = version.number != row.published
            put_draft(work, row, version.content, f"v{version.number}" if is_restored else "")
            if is_restored:
                work.tell(row, "restored as a draft", version=version.number)

        self._change(by, begin, playbook_id)
        return self._drafted(playbook_id)

    def clone(self, playbook_id: int, number: int, title: str, by: Actor) -> Draft:
        """Begin another playbook with the words of a version.

        Raises: DeskError naming the field at fault; NotFound; NotAllowed.
        """
        may_write(by)
        title = required(title, "title", "Give the copy a title of its own.")
        version = self.version(playbook_id, number)
        content = kept(replace(version.content, title=title))

        def clone(work: PlaybookWork) -> int:
            row = make(work, slug_of(content.title, queries.slugs(work.session)), content)
            origin = f"{version.slug} {version.label}"
            put_draft(work, row, content, origin)
            work.tell(row, "begun as a copy", of=origin)
            return row.id

        return self._drafted(self._change(by, clone))

    def ask_review(self, playbook_id: int, by: Actor) -> Draft:
        """Put the draft before its reviewers.

        Raises: DeskError naming what is missing; NotFound; NotAllowed.
        """
        may_write(by)

        def ask(work: PlaybookWork) -> None:
            draft = rows.draft_of(rows.required_draft(work.session, playbook_id))
            check(faults_to_publish(draft.content))
            if draft.state is not State.IN_REVIEW:
                drafts.ask(work.session, playbook_id, work.at_us, by.name)
                row = rows.head(work.session, playbook_id)
                work.tell(row, "put up for review", reviewers=list(draft.content.reviewers))

        self._change(by, ask, playbook_id)
        return self._drafted(playbook_id)

    def answer_review(self, playbook_id: int, by: Actor, *, approves: bool, remark: str = "") -> Draft:
        """Approve the words of the draft, or object to them; it goes back to its author then.

        Raises: DeskError without a reason to object, or when its review was not asked for; NotAllowed for
        others than reviewers, and for the author; NotFound.
        """

        self._change(
            by, partial(answer_draft, playbook_id=playbook_id, approves=approves, remark=remark), playbook_id
        )
        return self._drafted(playbook_id)

    def publish(
        self, playbook_id: int, by: Actor, *, change_note: str, answers: Sequence[int] = ()
    ) -> Version:
        """Let the draft become the published version, for good; `answers` are the gaps it closes.

        Raises: DeskError naming what is missing; NotAllowed; NotFound; Conflict when another version was
        published since the draft was begun (see `follow`).
        """
        note = required(change_note, "change_note", "Say why this version is there.")

        def publish(work: PlaybookWork) -> Version:
            version = publish_draft(work, playbook_id, note, answers)
            if answers and self._gaps is not None:
                self._gaps.answer(work.session, playbook_id, version.number, answers, by, work.at)
            return version

        return self._change(by, publish, playbook_id)

    def publish_as(
        self,
        slug: str,
        number: int,
        content: Content,
        *,
        change_note: str,
        author: str,
        approved_by: str,
        approved_at: datetime,
        by: Actor,
    ) -> Version:
        """Keep a version that was published elsewhere, under its number there; twice is as good as once.

        A draft of it stays as it is.

        Raises: Conflict when the number is there with other words; DeskError naming the fault; NotAllowed.
        """
        approval = Approval(change_note, author, approved_by, require_utc(approved_at))
        return self._change(
            by, partial(take_in, slug=slug, number=number, content=content, approval=approval)
        )

    def follow(self, playbook_id: int, by: Actor) -> Draft:
        """Let the draft follow the version that was published since it was begun; its words stay.

        Raises: NotFound; NotAllowed.
        """
        may_write(by)

        def follow(work: PlaybookWork) -> None:
            rows.required_draft(work.session, playbook_id)
            drafts.set_base(work.session, playbook_id, rows.head(work.session, playbook_id).published)

        self._change(by, follow, playbook_id)
        return self._drafted(playbook_id)

    def retire(self, playbook_id: int, by: Actor, reason: str) -> None:
        """Take a playbook out of use; its versions stay, and what runs on escalations goes on.

        Raises: DeskError without a reason or when nothing of it is published; NotFound; NotAllowed.
        """
        _lead(by)
        why = required(reason, "reason", "Say why the playbook is not to be used any more.")

        def retire(work: PlaybookWork) -> None:
            row = rows.head(work.session, playbook_id)
            if not row.published:
                raise DeskError("Nothing of this playbook is published.", hint="Discard its draft instead.")
            if row.retired_us is None:
                queries.set_retired(work.session, playbook_id, work.at_us, by.name, why)
                queries.drop_index(work.session, playbook_id)
                work.tell(row, "retired", reason=why)

        self._change(by, retire, playbook_id)

    def bring_back(self, playbook_id: int, by: Actor) -> None:
        """Take a retired playbook into use again.

        Raises: NotFound; NotAllowed.
        """
        _lead(by)

        def bring_back(work: PlaybookWork) -> None:
            row = rows.head(work.session, playbook_id)
            if row.retired_us is not None:
                queries.set_retired(work.session, playbook_id, None)
                rows.index(work.session, row, self.version(playbook_id, row.published).content)
                work.tell(row, "taken into use again")

        self._change(by, bring_back, playbook_id)

    def confirm(self, playbook_id: int, by: Actor) -> None:
        """Note that the published version was looked through and is still true, until it is due again.

        Raises: NotFound; NotAllowed for others than leads, its owner and its reviewers.
        """

        def confirm(work: PlaybookWork) -> None:
            row = rows.head(work.session, playbook_id)
            content = self.version(playbook_id, row.published).content
            if Role.LEAD not in by.roles and by.name not in (row.owner, *content.reviewers):
                raise NotAllowed("Only a lead, its owner or a reviewer may confirm a playbook.")
            queries.set_review_due(work.session, playbook_id, rows.review_due_us(content, work.at_us))
            work.tell(row, "looked through: still true", version=row.published)

        self._change(by, confirm, playbook_id)

    def discard(self, playbook_id: int, by: Actor) -> None:
        """Throw the draft away; a playbook that was never published goes with it.

        Raises: NotAllowed for others than its author and leads; NotFound.
        """

        def discard(work: PlaybookWork) -> None:
            draft = rows.required_draft(work.session, playbook_id)
            if not by.automatic and Role.LEAD not in by.roles and by.name != draft.author:
                raise NotAllowed(f"Only {draft.author} or a lead may discard this draft.")
            row = rows.head(work.session, playbook_id)
            drafts.delete(work.session, playbook_id)
            if not row.published:
                queries.forget(work.session, playbook_id)
                queries.put_tags(work.session, playbook_id, ())
                queries.drop_index(work.session, playbook_id)
            work.tell(row, "draft discarded")

        self._change(by, discard, playbook_id)

    def _drafted(self, playbook_id: int) -> Draft:
        draft = self.draft(playbook_id)
        if draft is None:
            raise NotFound("This draft is gone.", hint="Look at the list again.")
        return draft

    def _change(
        self, by: Actor, change: Callable[[PlaybookWork], _Result], playbook_id: int | None = None
    ) -> _Result:
        with self._store.begin() as session:
            result = change(PlaybookWork(session, self._clock.now(), by))
            revision = session.revision()
        if playbook_id is None:
            playbook_id = result.playbook_id if isinstance(result, Version) else None
        if playbook_id is None and isinstance(result, int):
            playbook_id = result
        ids = () if playbook_id is None else (playbook_id,)
        self._bus.publish(PlaybooksChanged(ids, revision))
        return result


def _lead(by: Actor) -> None:
    if not by.automatic and Role.LEAD not in by.roles:
        raise NotAllowed("Only a lead may take playbooks out of use or back into it.")
