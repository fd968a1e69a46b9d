"""Finding playbooks: words, facets, ranking, and what is kept when nothing is found."""

from datetime import timedelta

import pytest

from desktop.domain.playbook import State, Tags
from desktop.domain.playbook_heat import ProposalKind
from desktop.domain.playbook_match import Axis, Target
from desktop.domain.timeline import EventKind
from desktop.services.playbook_search import Facets, PlaybookSearch
from tests.fixtures_desk import CommandDesk
from tests.services.playbook_desk import PlaybookDesk

BILLING = Target("billing", "double_charge", "enterprise", "P2")


@pytest.fixture
def book(commands: CommandDesk) -> PlaybookDesk:
    return PlaybookDesk(commands)


def titles(search: PlaybookSearch, query: str = "", **how: object) -> list[str]:
    search.refresh()
    return [hit.title.text for hit in search.find(query, **how).hits]  # type: ignore[arg-type]


def test_words_are_found_in_steps_and_shown_where_they_stand(book: PlaybookDesk):
    book.write()
    book.search.refresh()
    (hit,) = book.search.find("second prov").hits
    assert hit.line.text == "Decide whether to switch to the second provider"
    assert [hit.line.text[begin:end] for begin, end in hit.line.spans] == ["second", "prov"]
    assert (hit.version, hit.owner, hit.state) == (1, "Leo Marsh", State.PUBLISHED)


def test_what_fits_the_escalation_comes_before_what_fits_the_words(book: PlaybookDesk):
    book.write(title="Money money", purpose="money")
    book.write(title="Charged twice", purpose="about money", tags=Tags(types=("double_charge",)))
    assert titles(book.search, "money", target=BILLING) == ["Charged twice", "Money money"]
    assert titles(book.search, "money") == ["Money money", "Charged twice"]


def test_what_is_published_comes_before_what_is_being_written(book: PlaybookDesk):
    book.write(title="B published")
    with book.store.begin() as session:
        session.sql("UPDATE playbook SET published = 0")
        session.sql(
            "INSERT INTO playbook_draft (playbook_id, content, author, saved_by, updated_at)"
            " VALUES (1, '{}', 'Cora', 'Cora', 0)"
        )
    book.write(title="C published")
    assert titles(book.search) == ["C published", "B published"]
    book.search.refresh()
    assert book.search.find("").hits[1].state is State.DRAFT


def test_what_was_used_lately_comes_before_what_was_not(book: PlaybookDesk):
    book.write(title="Alpha", purpose="refund refund refund")
    used = book.write(title="Beta", purpose="one refund")
    book.runs.open(book.base.open().id, used, book.cora)
    assert titles(book.search, "refund") == ["Beta", "Alpha"]


def test_the_reason_for_a_place_is_told_in_the_policys_words(book: PlaybookDesk):
    words = book.search.words()
    area = next(iter(words.known[Axis.AREA]))
    book.write(tags=Tags((area,), (), ("enterprise",)))
    book.search.refresh()
    (hit,) = book.search.find("", Target(area, "", "enterprise", "")).hits
    tier = words.word(Axis.TIER, "enterprise")
    assert hit.why == f"matches {words.word(Axis.AREA, area)} + {tier}"


def test_facets_narrow_the_list_and_what_is_open_on_an_axis_stays(book: PlaybookDesk):
    book.write(title="Billing", tags=Tags(("billing",)))
    book.write(title="Login", tags=Tags(("login",)))
    book.write(title="Anything")
    facets = Facets({Axis.AREA: frozenset({"login"})})
    assert sorted(titles(book.search, facets=facets)) == ["Anything", "Login"]


def test_retired_ones_are_found_only_when_asked_for(book: PlaybookDesk):
    book.write()
    with book.store.begin() as session:
        session.sql("UPDATE playbook SET retired_at = 1")
        session.revision()
    assert titles(book.search) == []
    assert titles(book.search, facets=Facets(states=frozenset({State.RETIRED}))) == ["Payments fail"]


def test_a_playbook_past_its_review_date_is_stale(book: PlaybookDesk):
    book.write()
    book.search.refresh()
    assert not book.search.find("").hits[0].is_stale
    book.clock.forward(timedelta(days=181))
    assert book.search.find("").hits[0].is_stale


def test_whatever_is_typed_is_words_and_never_a_query(book: PlaybookDesk):
    book.write()
    for text in ('"', "NOT", "pay*", "title:", "a OR b", "(", "\x00", "💥", "title : ("):
        book.search.find(text)


def test_what_was_missed_is_kept_once_a_day_and_on_the_timeline(book: PlaybookDesk):
    escalation_id = book.base.open().id
    for _ in range(2):
        book.search.miss("certificate expired", escalation_id, book.cora)
    missed, _ = book.pulse.missing()
    assert [(gap.text, gap.escalation_id) for gap in missed] == [("certificate expired", escalation_id)]
    assert book.kinds(escalation_id) == [EventKind.PLAYBOOK_MISSED]


def test_a_letter_or_two_is_nothing_missed(book: PlaybookDesk):
    assert book.search.miss("ce", None, book.cora) is None


def test_two_misses_of_the_same_propose_a_playbook(book: PlaybookDesk):
    book.search.miss("certificate expired", None, book.cora)
    book.search.miss("database full", None, book.cora)
    assert book.pulse.missing()[1] == ()
    book.search.miss("expired certificate login", book.base.open().id, book.cora)
    (proposal,) = book.pulse.missing()[1]
    assert (proposal.kind, len(proposal.evidence)) == (ProposalKind.MISSING, 2)


def test_a_stub_has_the_words_as_title_and_the_tags_of_the_escalation(book: PlaybookDesk):
    escalation = book.base.open()
    target = book.search.target(escalation.id)
    draft = book.search.create_stub("certificate  expired", escalation.id, book.cora)
    assert draft.content.title == "Certificate expired"
    assert draft.content.tags == target.tags
    assert "enterprise" in draft.content.tags.tiers
    assert len(book.pulse.missing()[0]) == 1
