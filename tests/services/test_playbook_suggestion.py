"""Which playbook fits an escalation, told once when it is classified."""

import pytest

from desktop.domain.playbook import Tags
from desktop.domain.timeline import EventKind
from desktop.services.playbook_suggestion import PlaybookProposing
from tests.factories import a_row
from tests.fixtures_desk import CommandDesk
from tests.services.playbook_desk import PlaybookDesk


@pytest.fixture
def book(commands: CommandDesk) -> PlaybookDesk:
    return PlaybookDesk(commands)


def an_area(book: PlaybookDesk) -> tuple[str, str]:
    area = book.base.policy.active().areas[0]
    return area.key, area.issue_types[0].key


def test_the_best_match_comes_first_with_its_reason(book: PlaybookDesk):
    area, kind = an_area(book)
    book.write(title="By tier", tags=Tags(tiers=("enterprise",)))
    book.write(title="By type", tags=Tags((area,), (kind,)))
    escalation = book.base.open(area=area, issue_type=kind)
    found = book.suggestions.of(escalation.id)
    assert [one.title for one in found] == ["By type", "By tier"]
    policy = book.base.policy.active()
    expected = f"matches {policy.area(area).name} + {policy.issue_type(kind).name}"
    assert found[0].reasons == (expected,)


def test_what_fits_everything_is_not_suggested(book: PlaybookDesk):
    book.write()
    assert book.suggestions.of(book.base.open().id) == ()


def test_what_is_for_something_else_is_not_suggested(book: PlaybookDesk):
    book.write(tags=Tags(("elsewhere",), (), ("enterprise",)))
    area, kind = an_area(book)
    assert book.suggestions.of(book.base.open(area=area, issue_type=kind).id) == ()


def test_what_is_open_on_it_is_not_suggested_again(book: PlaybookDesk):
    playbook_id = book.write(tags=Tags(tiers=("enterprise",)))
    escalation = book.base.open()
    book.runs.open(escalation.id, playbook_id, book.cora)
    assert book.suggestions.of(escalation.id) == ()


def test_a_playbook_that_a_rule_names_comes_first(book: PlaybookDesk):
    book.write(title="By tier", tags=Tags(tiers=("enterprise",)))
    book.write(title="Named")
    escalation = book.base.open()
    with book.store.begin() as session:
        a_row(
            session,
            "mark",
            escalation_id=escalation.id,
            kind="playbook",
            text="named",
            added_at=0,
            added_by="Rule",
        )
    found = book.suggestions.of(escalation.id)
    assert (found[0].title, found[0].reasons[0]) == ("Named", "a rule names it")


def test_what_is_no_longer_valid_is_not_suggested(book: PlaybookDesk):
    book.write(tags=Tags(tiers=("enterprise",)), valid_until=book.clock.now().date().replace(day=1))
    assert book.suggestions.of(book.base.open().id) == ()


def test_the_best_match_is_told_once_when_it_is_classified(book: PlaybookDesk):
    book.write(tags=Tags(tiers=("enterprise",)))
    proposing = PlaybookProposing(book.base.commands.cases)
    proposing.tick()
    escalation = book.base.open()
    proposing.tick()
    book.base.commands.classification.set_severity(escalation.id, 1, "It is worse", book.cora)
    proposing.tick()
    assert book.kinds(escalation.id) == [EventKind.PLAYBOOK_PROPOSED]


def test_another_match_after_another_classification_is_told_too(book: PlaybookDesk):
    area, kind = an_area(book)
    book.write(title="By tier", tags=Tags(tiers=("enterprise",)))
    book.write(title="By type", tags=Tags((), (kind,)))
    proposing = PlaybookProposing(book.base.commands.cases)
    proposing.tick()
    escalation = book.base.open()
    proposing.tick()
    book.base.commands.classification.classify(escalation.id, book.cora, area=area, issue_type=kind)
    proposing.tick()
    bodies = [
        e.body["title"] for e in book.base.events(escalation.id) if e.kind == EventKind.PLAYBOOK_PROPOSED
    ]
    assert bodies == ["By tier", "By type"]


def test_what_was_classified_before_the_desk_was_opened_is_left_alone(book: PlaybookDesk):
    book.write(tags=Tags(tiers=("enterprise",)))
    escalation = book.base.open()
    PlaybookProposing(book.base.commands.cases).tick()
    assert book.kinds(escalation.id) == []
