"""The library of playbooks: drafts nobody overwrites, reviews, versions that never change."""

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from db.queries import timeline
from db.unit_of_work import Session
from desktop.domain.errors import Conflict, DeskError, NotAllowed, NotFound, StoreError
from desktop.domain.events import PlaybooksChanged
from desktop.domain.person import Actor, Role
from desktop.domain.playbook import Content, State, Tags, Version
from desktop.domain.playbook_document import content_hash
from desktop.services.playbook import PlaybookService
from tests.domain.playbooks import a_content
from tests.factories import MONDAY
from tests.fixtures_desk import CommandDesk

DESK = Actor.system("Library")


class Answered:
    """Keeps which gaps a version answered."""

    def __init__(self) -> None:
        self.found: list[tuple[int, int, tuple[int, ...]]] = []

    def answer(
        self, session: Session, playbook_id: int, number: int, gap_ids: Sequence[int], by: Actor, at: datetime
    ) -> None:
        self.found.append((playbook_id, number, tuple(gap_ids)))


@pytest.fixture
def gaps() -> Answered:
    return Answered()


@pytest.fixture
def library(commands: CommandDesk, gaps: Answered) -> PlaybookService:
    return PlaybookService(store=commands.store, clock=commands.clock, bus=commands.bus, gaps=gaps)


def published(library: PlaybookService, desk: CommandDesk, **parts: object) -> Version:
    draft = library.create(a_content(**parts), desk.coordinator)
    return library.publish(draft.playbook_id, desk.lead, change_note="The first")


def changed(library: PlaybookService, desk: CommandDesk, version: Version, **parts: object) -> Version:
    draft = library.begin(version.playbook_id, desk.coordinator)
    content = replace(draft.content, **parts)  # type: ignore[arg-type]
    library.save(version.playbook_id, content, desk.coordinator, edition=draft.edition)
    return library.publish(version.playbook_id, desk.lead, change_note="Better")


def test_a_draft_is_kept_and_listed(library: PlaybookService, commands: CommandDesk):
    draft = library.create(a_content(), commands.coordinator)
    assert (draft.slug, draft.label, draft.state) == (
        "customer-was-charged-twice",
        "1-draft1",
        State.DRAFT,
    )
    (row,) = library.all()
    assert (row.title, row.version, row.state, row.draft_label) == (
        draft.content.title,
        0,
        State.DRAFT,
        "1-draft1",
    )
    assert library.get(draft.playbook_id) is None


def test_the_first_version(library: PlaybookService, commands: CommandDesk):
    version = published(library, commands)
    assert (version.number, version.state, version.label) == (1, State.PUBLISHED, "v1")
    assert (version.author, version.approved_by) == ("Cora Lind", "Leo Marsh")
    assert version.hash == content_hash(a_content())
    assert library.draft(version.playbook_id) is None
    (row,) = library.all()
    assert (row.version, row.tags, row.review_due_at) == (
        1,
        Tags(areas=("billing",), types=("double-charge",)),
        MONDAY + timedelta(days=180),
    )


def test_the_next_version_supersedes_it(library: PlaybookService, commands: CommandDesk):
    first = published(library, commands)
    second = changed(library, commands, first, title="Charged twice")
    assert [(one.number, one.state) for one in library.versions(first.playbook_id)] == [
        (2, State.PUBLISHED),
        (1, State.SUPERSEDED),
    ]
    assert library.get(first.playbook_id) == second
    assert library.version(first.playbook_id, 1).content == first.content


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE playbook_version SET content = '{}'",
        "UPDATE playbook_version SET change_note = 'Nothing'",
        "DELETE FROM playbook_version",
        "INSERT OR REPLACE INTO playbook_version SELECT * FROM playbook_version",
    ],
)
def test_what_is_published_never_changes(library: PlaybookService, commands: CommandDesk, statement: str):
    published(library, commands)
    with pytest.raises((sqlite3.Error, StoreError), match="never changes"), commands.store.begin() as session:
        session.sql(statement)


def test_a_version_changed_behind_the_back_of_the_desk_is_not_shown(
    library: PlaybookService, commands: CommandDesk
):
    version = published(library, commands)
    with commands.store.begin() as session:
        session.sql("DROP TRIGGER playbook_version_kept")
        session.sql("UPDATE playbook_version SET content = replace(content, 'not rerun', 'rerun')")
    with pytest.raises(StoreError, match="not what was published"):
        library.get(version.playbook_id)


def test_publishing_says_why(library: PlaybookService, commands: CommandDesk):
    draft = library.create(a_content(), commands.coordinator)
    with pytest.raises(DeskError) as caught:
        library.publish(draft.playbook_id, commands.lead, change_note="  ")
    assert caught.value.field == "change_note"


def test_what_is_not_whole_is_not_published(library: PlaybookService, commands: CommandDesk):
    draft = library.create(Content("Only a title"), commands.coordinator)
    with pytest.raises(DeskError, match="what the playbook is for"):
        library.publish(draft.playbook_id, commands.lead, change_note="x")


def test_nobody_overwrites_what_another_saved(library: PlaybookService, commands: CommandDesk):
    draft = library.create(a_content(), commands.coordinator)
    library.save(draft.playbook_id, a_content(title="Leo's"), commands.lead, edition=1)
    with pytest.raises(Conflict, match="Leo Marsh saved"):
        library.save(draft.playbook_id, a_content(title="Cora's"), commands.coordinator, edition=1)
    kept = library.draft(draft.playbook_id)
    assert kept is not None
    assert (kept.content.title, kept.edition) == ("Leo's", 2)


def test_the_same_words_are_no_new_edition(library: PlaybookService, commands: CommandDesk):
    draft = library.create(a_content(), commands.coordinator)
    again = library.save(draft.playbook_id, a_content(), commands.lead, edition=7)
    assert again.edition == 1


def test_two_cannot_begin_a_draft_of_one_playbook(library: PlaybookService, commands: CommandDesk):
    version = published(library, commands)
    library.begin(version.playbook_id, commands.coordinator)
    with pytest.raises(Conflict, match="Cora Lind has begun"):
        library.begin(version.playbook_id, commands.lead)


def test_an_old_version_is_restored_as_a_draft(library: PlaybookService, commands: CommandDesk):
    first = published(library, commands)
    changed(library, commands, first, purpose="Something else.")
    draft = library.begin(first.playbook_id, commands.coordinator, from_version=1)
    assert (draft.content, draft.base, draft.derived_from) == (first.content, 2, "v1")
    third = library.publish(first.playbook_id, commands.lead, change_note="The first was better")
    assert (third.number, third.hash, third.derived_from) == (3, first.hash, "v1")


def test_a_version_can_be_cloned(library: PlaybookService, commands: CommandDesk):
    first = published(library, commands)
    draft = library.clone(first.playbook_id, 1, "Charged thrice", commands.coordinator)
    assert draft.playbook_id != first.playbook_id
    assert (draft.content.title, draft.slug) == ("Charged thrice", "charged-thrice")
    assert draft.derived_from == "customer-was-charged-twice v1"
    assert draft.content.steps == first.content.steps


def test_a_draft_that_says_the_same_is_not_published(library: PlaybookService, commands: CommandDesk):
    version = published(library, commands)
    library.begin(version.playbook_id, commands.coordinator)
    with pytest.raises(DeskError, match="says what is published already"):
        library.publish(version.playbook_id, commands.lead, change_note="Again")


def test_the_author_is_not_the_only_one_to_approve(library: PlaybookService, commands: CommandDesk):
    draft = library.create(a_content(reviewers=("Sana Ito",)), commands.lead)
    with pytest.raises(NotAllowed, match="cannot be the only one"):
        library.publish(draft.playbook_id, commands.lead, change_note="x")
    library.ask_review(draft.playbook_id, commands.lead)
    library.answer_review(draft.playbook_id, commands.senior, approves=True)
    version = library.publish(draft.playbook_id, commands.lead, change_note="x")
    assert version.approved_by == "Sana Ito"


def test_an_approval_is_for_the_words_that_were_read(library: PlaybookService, commands: CommandDesk):
    draft = library.create(a_content(reviewers=("Sana Ito",)), commands.lead)
    library.ask_review(draft.playbook_id, commands.lead)
    library.answer_review(draft.playbook_id, commands.senior, approves=True)
    later = library.save(
        draft.playbook_id, a_content(reviewers=("Sana Ito",), title="Else"), commands.lead, edition=1
    )
    assert later.state is State.DRAFT
    assert [review.is_current for review in library.reviews(draft.playbook_id)] == [False]
    with pytest.raises(NotAllowed, match="cannot be the only one"):
        library.publish(draft.playbook_id, commands.lead, change_note="x")


def test_an_objection_sends_the_draft_back_and_holds_it(library: PlaybookService, commands: CommandDesk):
    draft = library.create(a_content(reviewers=("Sana Ito",)), commands.coordinator)
    library.ask_review(draft.playbook_id, commands.coordinator)
    with pytest.raises(DeskError, match="what has to change"):
        library.answer_review(draft.playbook_id, commands.senior, approves=False)
    back = library.answer_review(draft.playbook_id, commands.senior, approves=False, remark="Name the batch")
    assert back.state is State.DRAFT
    assert library.reviews(draft.playbook_id)[0].remark == "Name the batch"
    with pytest.raises(NotAllowed, match="Sana Ito objects"):
        library.publish(draft.playbook_id, commands.lead, change_note="x")


def test_nobody_reviews_their_own_words(library: PlaybookService, commands: CommandDesk):
    draft = library.create(a_content(), commands.lead)
    library.ask_review(draft.playbook_id, commands.lead)
    with pytest.raises(NotAllowed, match="wrote themselves"):
        library.answer_review(draft.playbook_id, commands.lead, approves=True)


def test_who_may_do_what(library: PlaybookService, commands: CommandDesk):
    with pytest.raises(NotAllowed):
        library.create(a_content(), commands.on_call)
    draft = library.create(a_content(), commands.coordinator)
    library.ask_review(draft.playbook_id, commands.coordinator)
    for forbidden in (
        lambda: library.publish(draft.playbook_id, commands.coordinator, change_note="x"),
        lambda: library.answer_review(draft.playbook_id, commands.on_call, approves=True),
        lambda: library.discard(draft.playbook_id, commands.on_call),
        lambda: library.retire(draft.playbook_id, commands.coordinator, "x"),
    ):
        with pytest.raises(NotAllowed):
            forbidden()


def test_gaps_are_answered_with_the_version(library: PlaybookService, commands: CommandDesk, gaps: Answered):
    draft = library.create(a_content(), commands.coordinator)
    library.publish(draft.playbook_id, commands.lead, change_note="x", answers=(4, 9))
    assert gaps.found == [(draft.playbook_id, 1, (4, 9))]


def test_what_was_published_elsewhere_keeps_its_number(library: PlaybookService, commands: CommandDesk):
    taken = take_in(library, 3, a_content())
    assert (taken.slug, taken.number, taken.approved_by, taken.approved_at) == ("twice", 3, "Ada", MONDAY)
    assert take_in(library, 3, a_content()) == taken
    with pytest.raises(Conflict, match="Version 3 of “twice”"):
        take_in(library, 3, a_content(title="Else"))
    take_in(library, 2, a_content(title="Before"))
    now = library.get(taken.playbook_id)
    assert now is not None
    assert now.number == 3
    draft = library.begin(taken.playbook_id, commands.coordinator)
    assert draft.label == "4-draft1"


def take_in(library: PlaybookService, number: int, content: Content) -> Version:
    return library.publish_as(
        "twice",
        number,
        content,
        change_note="From elsewhere",
        author="Bea",
        approved_by="Ada",
        approved_at=MONDAY,
        by=DESK,
    )


def test_a_draft_behind_a_version_taken_in_says_so_and_keeps_its_words(
    library: PlaybookService, commands: CommandDesk
):
    taken = take_in(library, 1, a_content())
    library.begin(taken.playbook_id, commands.coordinator)
    library.save(taken.playbook_id, a_content(title="Mine"), commands.coordinator, edition=1)
    take_in(library, 2, a_content(title="Theirs"))
    with pytest.raises(Conflict, match="Version 2 was published since"):
        library.publish(taken.playbook_id, commands.lead, change_note="x")
    assert library.follow(taken.playbook_id, commands.coordinator).content.title == "Mine"
    version = library.publish(taken.playbook_id, commands.lead, change_note="x")
    assert (version.number, version.content.title) == (3, "Mine")


def test_a_retired_playbook_is_listed_only_on_request_and_comes_back(
    library: PlaybookService, commands: CommandDesk
):
    version = published(library, commands)
    with pytest.raises(DeskError, match="why"):
        library.retire(version.playbook_id, commands.lead, "")
    library.retire(version.playbook_id, commands.lead, "The product is gone")
    assert library.all() == ()
    assert [row.state for row in library.all(with_retired=True)] == [State.RETIRED]
    assert indexed(commands) == 0
    library.bring_back(version.playbook_id, commands.lead)
    assert [row.state for row in library.all()] == [State.PUBLISHED]
    assert indexed(commands) == 1


def indexed(desk: CommandDesk) -> int:
    with desk.store.read() as session:
        found = session.sql("SELECT count(*) FROM playbook_search WHERE playbook_search MATCH 'batch'")
        return int(found.fetchone()[0])


def test_a_discarded_first_draft_leaves_nothing_but_its_record(
    library: PlaybookService, commands: CommandDesk
):
    draft = library.create(a_content(), commands.coordinator)
    library.discard(draft.playbook_id, commands.coordinator)
    assert library.all(with_retired=True) == ()
    assert indexed(commands) == 0
    with pytest.raises(NotFound):
        library.get(draft.playbook_id)
    assert library.create(a_content(), commands.coordinator).slug == draft.slug


def test_a_discarded_later_draft_leaves_what_is_published(library: PlaybookService, commands: CommandDesk):
    version = published(library, commands)
    library.begin(version.playbook_id, commands.coordinator)
    library.discard(version.playbook_id, commands.coordinator)
    assert library.get(version.playbook_id) == version


def test_looking_it_through_puts_off_the_next_review(library: PlaybookService, commands: CommandDesk):
    version = published(library, commands)
    commands.clock.forward(timedelta(days=200))
    with pytest.raises(NotAllowed):
        library.confirm(version.playbook_id, commands.on_call)
    library.confirm(version.playbook_id, commands.actor(Role.LEAD))
    assert library.all()[0].review_due_at == MONDAY + timedelta(days=380)


def test_every_change_is_told(library: PlaybookService, commands: CommandDesk):
    heard: list[PlaybooksChanged] = []
    commands.bus.subscribe(PlaybooksChanged, heard.append)
    version = published(library, commands)
    assert [event.ids for event in heard] == [(version.playbook_id,)] * 2
    with commands.store.read() as session:
        event = timeline.of_desk_since(session, 0)[-1]
    assert (event.kind, event.body["what"], event.body["version"]) == ("playbook.changed", "published", 1)
    assert event.body["change_note"] == "The first"


def test_the_text_of_what_is_published_is_found_and_not_that_of_its_draft(
    library: PlaybookService, commands: CommandDesk
):
    version = published(library, commands)
    library.begin(version.playbook_id, commands.coordinator)
    content = replace(version.content, do_not=("Nothing",), steps=version.content.steps[:1])
    library.save(version.playbook_id, content, commands.coordinator, edition=1)
    assert indexed(commands) == 1
    library.publish(version.playbook_id, commands.lead, change_note="x")
    assert indexed(commands) == 0
