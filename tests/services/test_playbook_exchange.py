"""Playbooks in and out as files."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from desktop.domain.playbook import Content, Version
from desktop.domain.playbook_exchange import Incoming, Kind, Way
from desktop.services.playbook import PlaybookService
from desktop.services.playbook_exchange import PlaybookExchange, file_of
from desktop.services.playbook_markdown import Parsed, to_text
from tests.domain.playbooks import a_content
from tests.factories import MONDAY
from tests.fixtures_desk import CommandDesk

_SLUG = "customer-was-charged-twice"


class Shelf:
    """A library with the exchange, and files as somebody else would write them."""

    def __init__(self, desk: CommandDesk) -> None:
        self.desk = desk
        self.library = PlaybookService(store=desk.store, clock=desk.clock, bus=desk.bus)
        self.exchange = PlaybookExchange(self.library)

    def published(self) -> Version:
        draft = self.library.create(a_content(), self.desk.coordinator)
        return self.library.publish(draft.playbook_id, self.desk.lead, change_note="The first")

    def file(self, number: int, **parts: object) -> str:
        content = replace(a_content(), **parts)  # type: ignore[arg-type]
        note, who = ("Why", "Ida Berg") if number else ("", "")
        at = MONDAY if number else None
        return to_text(Parsed(_SLUG, number, content, note, who, who, at), content)

    def one(self, text: str) -> Incoming:
        (found,) = self.exchange.compare({"v.md": text}).incoming
        return found

    def take(self, entry: Incoming, way: Way) -> str:
        (outcome,) = self.exchange.take([(entry, way)], self.desk.lead)
        return outcome.words


@pytest.fixture
def shelf(commands: CommandDesk) -> Shelf:
    return Shelf(commands)


def test_the_file_of_a_version_says_the_same(shelf: Shelf) -> None:
    made = file_of(shelf.published())
    found = shelf.exchange.compare({made.path: made.text})

    assert (found.incoming, found.outgoing, found.same) == ((), (), 1)


def test_what_is_not_there_would_go_out(shelf: Shelf) -> None:
    shelf.published()
    (found,) = shelf.exchange.compare({}, "playbooks").outgoing

    assert (found.path, found.conflict) == (f"playbooks/{_SLUG}/v1.md", "")


def test_a_new_playbook_is_taken_as_it_is(shelf: Shelf) -> None:
    entry = shelf.one(shelf.file(3))
    shelf.take(entry, Way.TAKE)

    found = shelf.library.get(shelf.library.by_slug(_SLUG) or 0)
    assert entry.kind is Kind.NEW
    assert found is not None
    assert (found.number, found.author, found.change_note) == (3, "Ida Berg", "Why")


def test_a_newer_version_is_shown_beside_the_published_one(shelf: Shelf) -> None:
    before = shelf.published()
    entry = shelf.one(shelf.file(2, purpose="Better"))

    assert (entry.kind, entry.before) == (Kind.NEWER, before.content)
    assert entry.after is not None
    assert entry.after.purpose == "Better"


def test_the_same_number_with_other_words_is_a_conflict_and_overwrites_nothing(shelf: Shelf) -> None:
    before = shelf.published()
    entry = shelf.one(shelf.file(1, purpose="Other"))

    assert (entry.kind, entry.ways) == (Kind.CONFLICT, (Way.LEAVE, Way.AS_DRAFT))
    assert "cannot be taken" in shelf.take(entry, Way.TAKE)
    assert shelf.library.get(before.playbook_id) == before


def test_a_conflict_can_become_a_draft(shelf: Shelf) -> None:
    before = shelf.published()
    shelf.take(shelf.one(shelf.file(1, purpose="Other")), Way.AS_DRAFT)

    draft = shelf.library.draft(before.playbook_id)
    assert draft is not None
    assert (draft.base, draft.content.purpose) == (1, "Other")
    assert shelf.library.get(before.playbook_id) == before


def test_where_somebody_writes_already_it_becomes_a_playbook_of_its_own(shelf: Shelf) -> None:
    before = shelf.published()
    draft = shelf.library.begin(before.playbook_id, shelf.desk.coordinator)
    words = shelf.take(shelf.one(shelf.file(1, purpose="Other")), Way.AS_DRAFT)

    assert "has one already" in words
    assert shelf.library.draft(before.playbook_id) == draft
    assert len(shelf.library.all()) == 2


def test_both_changed_it_is_named_and_the_draft_stays(shelf: Shelf) -> None:
    before = shelf.published()
    draft = shelf.library.begin(before.playbook_id, shelf.desk.coordinator)
    mine = shelf.library.save(
        before.playbook_id, a_content(purpose="Mine"), shelf.desk.coordinator, edition=draft.edition
    )
    entry = shelf.one(shelf.file(2, purpose="Theirs"))
    shelf.take(entry, Way.TAKE)

    assert (entry.kind, entry.ways[0]) == (Kind.BOTH, Way.LEAVE)
    assert shelf.library.draft(before.playbook_id) == mine
    assert shelf.library.version(before.playbook_id, 2).content.purpose == "Theirs"


def test_a_file_without_a_number_becomes_a_draft(shelf: Shelf) -> None:
    entry = shelf.one(shelf.file(0))
    shelf.take(entry, Way.AS_DRAFT)

    assert (entry.kind, entry.ways) == (Kind.DRAFT, (Way.AS_DRAFT, Way.LEAVE))
    assert shelf.library.draft(shelf.library.by_slug(_SLUG) or 0) is not None


def test_drafts_of_both_sides_are_told_apart(shelf: Shelf) -> None:
    shelf.library.create(a_content(purpose="Mine"), shelf.desk.coordinator, _SLUG)

    assert shelf.one(shelf.file(0, purpose="Theirs")).kind is Kind.BOTH
    assert shelf.exchange.compare({"v.md": shelf.file(0, purpose="Mine")}).same == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text.replace("change_note: Why\n", ""), "It does not say why it was published"),
        (lambda text: text.replace("author: Ida Berg\n", "", 1), "It does not say who wrote it"),
        (lambda text: text.partition("## Steps")[0], "The playbook has no steps."),
    ],
)
def test_what_cannot_be_published_can_become_a_draft(
    shelf: Shelf, change: Callable[[str], str], said: str
) -> None:
    entry = shelf.one(change(shelf.file(2)))

    assert (entry.kind, entry.ways) == (Kind.DRAFT, (Way.AS_DRAFT, Way.LEAVE))
    assert entry.words.startswith(said)


def test_an_earlier_version_fills_the_history_and_publishes_nothing(shelf: Shelf) -> None:
    shelf.take(shelf.one(shelf.file(3)), Way.TAKE)
    entry = shelf.one(shelf.file(2, purpose="Before"))
    shelf.take(entry, Way.TAKE)

    found = shelf.library.get(shelf.library.by_slug(_SLUG) or 0)
    assert entry.kind is Kind.EARLIER
    assert found is not None
    assert found.number == 3


def test_a_damaged_file_is_told_with_its_line_and_harms_no_other(shelf: Shelf) -> None:
    damaged = shelf.file(1).replace("version: 1", "version: one")
    found = shelf.exchange.compare({"a.md": damaged, "b.md": shelf.file(2), "README.md": "# Hello"}).incoming

    assert [(each.path, each.kind) for each in found] == [("b.md", Kind.NEW), ("a.md", Kind.DAMAGED)]
    assert found[1].words.startswith("Line 4: version is not a whole number")


def test_two_files_of_the_same_version_are_told(shelf: Shelf) -> None:
    found = shelf.exchange.compare({"a.md": shelf.file(1), "b.md": shelf.file(1, purpose="Other")}).incoming

    assert "a.md is the same version." in found[1].words


def test_what_was_left_is_proposed_to_be_left_again(shelf: Shelf) -> None:
    text = shelf.file(1)
    entry = shelf.one(text)
    (again,) = shelf.exchange.compare({"v.md": text}, left=frozenset({(_SLUG, 1, entry.hash)})).incoming

    assert (entry.ways[0], again.ways[0]) == (Way.TAKE, Way.LEAVE)


def test_a_retired_one_does_not_go_out(shelf: Shelf) -> None:
    version = shelf.published()
    shelf.library.retire(version.playbook_id, shelf.desk.lead, "Old")

    assert shelf.exchange.compare({}).outgoing == ()


def test_only_a_lead_takes_published_versions_but_writers_take_drafts(shelf: Shelf) -> None:
    entry = shelf.one(shelf.file(1))
    (refused,) = shelf.exchange.take([(entry, Way.TAKE)], shelf.desk.coordinator)
    (drafted,) = shelf.exchange.take([(entry, Way.AS_DRAFT)], shelf.desk.coordinator)

    assert (refused.is_done, drafted.is_done) == (False, True)


def test_another_file_in_its_place_is_not_overwritten(shelf: Shelf) -> None:
    made = file_of(shelf.published())
    (found,) = shelf.exchange.compare({made.path: "# Something else"}).outgoing

    assert found.conflict == f"Another file lies at {made.path}."


def test_words_stay_as_they_are_on_the_way(shelf: Shelf) -> None:
    content = Content("Ä <b>\u202e", "x", owner="o", entry=("# no",), exit=("- no",), steps=a_content().steps)
    text = to_text(Parsed("a", 1, content, "n", "a", "b", MONDAY), content)

    assert shelf.one(text).after == content
