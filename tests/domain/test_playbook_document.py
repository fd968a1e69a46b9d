"""A playbook as a document: nothing lost, faults named by their place, one hash for the same words."""

from dataclasses import replace

import pytest
from hypothesis import given

from desktop.domain.errors import DeskError
from desktop.domain.playbook import Content
from desktop.domain.playbook_document import (
    content_hash,
    from_mapping,
    from_text,
    tidy,
    to_mapping,
    to_text,
)
from tests.domain.playbooks import CONTENTS, a_content


@given(CONTENTS)
def test_nothing_is_lost_on_the_way_there_and_back(content: Content):
    content = tidy(content)
    assert from_mapping(to_mapping(content)) == content
    assert from_text(to_text(content)) == content


@given(CONTENTS)
def test_tidying_twice_changes_nothing_more(content: Content):
    assert tidy(tidy(content)) == tidy(content)


@given(CONTENTS, CONTENTS)
def test_other_words_have_another_hash(one: Content, other: Content):
    assert (content_hash(one) == content_hash(other)) == (tidy(one) == tidy(other))


def test_the_hash_does_not_care_for_spaces_around_the_words():
    assert content_hash(a_content(title="  Charged   twice ")) == content_hash(
        a_content(title="Charged twice")
    )


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"steps": [{"id": "a"}, {"id": "b", "kind": "dance"}]}, "steps[1].kind"),
        ({"steps": [{"id": "a", "due_after": "soon"}]}, "steps[0].due_after"),
        ({"steps": [{"text": "no id"}]}, "steps[0].id"),
        ({"tags": {"colour": ["red"]}}, "tags.colour"),
        ({"valid_until": "Christmas"}, "valid_until"),
        ({"evergreen_days": -1}, "evergreen_days"),
        ({"do_not": [7]}, "do_not[0]"),
        ({"surprise": 1}, "surprise"),
    ],
)
def test_a_fault_names_its_place(change: dict[str, object], field: str):
    with pytest.raises(DeskError) as caught:
        from_mapping(to_mapping(a_content()) | change)
    assert caught.value.field == field


@pytest.mark.parametrize("text", ["", "[]", "null", "{", '{"purpose": "no title"}'])
def test_what_is_no_playbook_is_refused(text: str):
    with pytest.raises(DeskError):
        from_text(text)


def test_what_is_empty_takes_no_room():
    empty = replace(Content("A title"), evergreen_days=0)
    assert to_mapping(empty) == {"title": "A title", "evergreen_days": 0}
