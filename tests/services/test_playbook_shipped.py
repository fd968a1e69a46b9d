"""The playbooks that ship with the program."""

import pytest

from desktop.domain.person import Actor
from desktop.domain.playbook import StepKind
from desktop.domain.playbook_check import faults_to_publish
from desktop.domain.playbook_document import tidy
from desktop.domain.policy_score import Priority
from desktop.services.playbook import PlaybookService
from desktop.services.playbook_markdown import Parsed, to_text
from desktop.services.playbook_shipped import ensure_shipped, shipped_playbooks
from desktop.services.policy import default_policy
from tests.fixtures_desk import CommandDesk

_SHIPPED = shipped_playbooks()
_LIBRARY = Actor.system("Library")


@pytest.fixture
def library(commands: CommandDesk) -> PlaybookService:
    return PlaybookService(store=commands.store, clock=commands.clock, bus=commands.bus)


@pytest.mark.parametrize("found", _SHIPPED.values(), ids=_SHIPPED)
def test_each_can_be_published_and_is_tidy(found: Parsed) -> None:
    assert not faults_to_publish(found.content)
    assert tidy(found.content) == found.content
    assert found.approved_at is not None


@pytest.mark.parametrize("found", _SHIPPED.values(), ids=_SHIPPED)
def test_each_says_what_not_to_do_who_decides_and_shows_an_example(found: Parsed) -> None:
    content = found.content

    assert content.do_not
    assert content.examples
    assert {step.decision for step in content.steps if step.kind is StepKind.DECIDE} == {
        decision.id for decision in content.decisions
    }
    assert all(decision.limit and decision.recorded for decision in content.decisions)


@pytest.mark.parametrize("found", _SHIPPED.values(), ids=_SHIPPED)
def test_each_has_seven_to_fourteen_steps_with_a_role_and_a_time(found: Parsed) -> None:
    assert 7 <= len(found.content.steps) <= 14
    assert all(step.role and step.due_after for step in found.content.steps)
    assert any(step.stage for step in found.content.steps)


@pytest.mark.parametrize("found", _SHIPPED.values(), ids=_SHIPPED)
def test_its_tags_are_known_to_the_shipped_policy(found: Parsed) -> None:
    policy, tags = default_policy(), found.content.tags

    assert set(tags.areas) <= {area.key for area in policy.areas}
    assert set(tags.types) <= {issue.key for area in policy.areas for issue in area.issue_types}
    assert set(tags.tiers) <= {tier.key for tier in policy.tiers}
    assert set(tags.levels) <= set(Priority)


def test_files_are_as_the_desk_would_write_them() -> None:
    assert all(name == found.slug and to_text(found, found.content) for name, found in _SHIPPED.items())


def test_they_come_once(library: PlaybookService) -> None:
    assert ensure_shipped(library) == len(_SHIPPED)
    assert ensure_shipped(library) == 0


def test_one_that_was_retired_stays_so(library: PlaybookService) -> None:
    ensure_shipped(library)
    playbook_id = library.by_slug("charged-twice")
    assert playbook_id is not None
    library.retire(playbook_id, _LIBRARY, "Ours is better")

    assert ensure_shipped(library) == 0
    assert "charged-twice" not in {row.slug for row in library.all()}


def test_ones_own_under_the_same_name_is_left_alone(library: PlaybookService) -> None:
    library.create(_SHIPPED["data-loss"].content, _LIBRARY, "charged-twice")

    assert ensure_shipped(library) == len(_SHIPPED) - 1
