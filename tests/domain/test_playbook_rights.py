"""Who writes, reviews and publishes playbooks, and whose word counts for a draft."""

from datetime import UTC, datetime
from typing import Any

import pytest

from desktop.domain.errors import NotAllowed
from desktop.domain.person import Actor, Role
from desktop.domain.playbook import Draft, State
from desktop.domain.playbook_rights import (
    Review,
    approvers,
    may_write,
    why_not_publish,
    why_not_review,
    why_not_write,
)
from tests.domain.playbooks import a_content

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
LEAD = Actor("Leo Marsh", 1, frozenset({Role.LEAD}))
CORA = Actor("Cora Lind", 2, frozenset({Role.COORDINATOR}))
SANA = Actor("Sana Ito", 3, frozenset({Role.SENIOR_ENGINEER}))


def a_draft(author: Actor, **parts: Any) -> Draft:
    return Draft(1, "twice", 0, 1, State.DRAFT, a_content(**parts), author.name, author.person_id, NOW)


def said(by: Actor, *, approves: bool, is_current: bool = True) -> Review:
    return Review(by.name, approves, "", NOW, is_current)


@pytest.mark.parametrize("by", [LEAD, CORA, Actor.system("Library")])
def test_coordinators_leads_and_the_desk_write(by: Actor):
    assert why_not_write(by) == ""


def test_others_read():
    with pytest.raises(NotAllowed, match="coordinator or a lead"):
        may_write(SANA)


def test_a_named_reviewer_reviews_and_publishes_without_being_a_lead():
    draft = a_draft(CORA, reviewers=("Sana Ito",))
    assert why_not_review(SANA, draft.content) == why_not_publish(SANA, draft, ()) == ""


def test_who_is_not_named_does_neither():
    draft = a_draft(CORA)
    assert why_not_review(SANA, draft.content)
    assert why_not_publish(SANA, draft, ())


def test_a_lead_publishes_their_own_where_nobody_is_named():
    assert why_not_publish(LEAD, a_draft(LEAD), ()) == ""


def test_where_somebody_is_named_the_word_of_the_author_is_not_enough():
    draft = a_draft(LEAD, reviewers=("Sana Ito",))
    assert why_not_publish(LEAD, draft, ())
    assert why_not_publish(LEAD, draft, [said(LEAD, approves=True)])
    assert why_not_publish(LEAD, draft, [said(SANA, approves=True)]) == ""


def test_who_approved_other_words_has_not_approved_these():
    draft = a_draft(LEAD, reviewers=("Sana Ito",))
    assert why_not_publish(LEAD, draft, [said(SANA, approves=True, is_current=False)])


def test_an_objection_holds_until_the_same_person_takes_it_back():
    draft, objected = a_draft(CORA), said(SANA, approves=False)
    assert why_not_publish(LEAD, draft, [objected]).startswith("Sana Ito objects")
    assert why_not_publish(LEAD, draft, [objected, said(CORA, approves=True)])
    assert why_not_publish(LEAD, draft, [objected, said(SANA, approves=True)]) == ""


def test_an_objection_to_other_words_does_not_hold_these():
    assert why_not_publish(LEAD, a_draft(CORA), [said(SANA, approves=False, is_current=False)]) == ""


def test_those_who_stand_for_it_are_all_but_the_author():
    draft = a_draft(CORA)
    reviews = [said(SANA, approves=True), said(CORA, approves=True)]
    assert approvers(LEAD, draft, reviews) == ("Sana Ito", "Leo Marsh")
