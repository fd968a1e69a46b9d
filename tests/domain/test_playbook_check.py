"""What hinders keeping and publishing a playbook, and short names."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import DeskError
from desktop.domain.playbook import Content, Decision, Step, StepKind, Tags
from desktop.domain.playbook_check import (
    check,
    faults_to_keep,
    faults_to_publish,
    is_id,
    slug_of,
    unknown_tags,
)
from tests.domain.playbooks import a_content


def test_a_whole_playbook_has_no_fault():
    assert faults_to_publish(a_content()) == ()


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        ({"title": ""}, "title"),
        ({"purpose": ""}, "purpose"),
        ({"owner": ""}, "owner"),
        ({"entry": ()}, "entry"),
        ({"exit": ()}, "exit"),
        ({"steps": ()}, "steps"),
        ({"steps": (Step("a", ""),)}, "steps[0].text"),
        ({"steps": (Step("a", "x", StepKind.DECIDE, decision="else"),)}, "steps[0].decision"),
        ({"steps": (Step("a", "x", StepKind.SEND, stage="poem"),)}, "steps[0].stage"),
        ({"decisions": (Decision("halt", "", "Lead"),)}, "decisions[0]"),
        ({"valid_from": date(2026, 2, 1), "valid_until": date(2026, 1, 1)}, "valid_until"),
    ],
)
def test_what_is_missing_is_named(parts: dict[str, object], field: str):
    assert field in [fault.field for fault in faults_to_publish(a_content(**parts))]


@pytest.mark.parametrize(
    "parts",
    [
        {"steps": (Step("a", "x"), Step("a", "y"))},
        {"steps": (Step("Not an id", "x"),)},
        {"title": "x" * 161},
        {"purpose": "x" * 20_001},
        {"steps": tuple(Step(f"s{n}", "x") for n in range(101))},
        {"do_not": ("x",) * 201},
    ],
)
def test_what_cannot_even_be_kept(parts: dict[str, object]):
    with pytest.raises(DeskError):
        check(faults_to_keep(a_content(**parts)))


def test_an_empty_draft_can_be_kept():
    assert faults_to_keep(Content("")) == ()


@given(st.text(max_size=200), st.sets(st.just("playbook")))
def test_every_title_gives_a_short_name_that_is_free(title: str, taken: set[str]):
    slug = slug_of(title, taken)
    assert is_id(slug)
    assert slug not in taken


def test_short_names_of_the_same_title_are_counted():
    assert slug_of("Über-Charge!", {"uber-charge"}) == "uber-charge-2"


def test_tags_that_the_policy_does_not_know_are_named():
    content = a_content(tags=Tags(areas=("billing", "gone"), levels=("P9",)))
    assert unknown_tags(content, {"areas": {"billing"}, "levels": {"P1"}}) == ("gone", "P9")
