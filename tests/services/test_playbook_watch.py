"""What the sweep does for playbooks."""

from datetime import timedelta

import pytest

from desktop.domain.playbook import Tags
from desktop.domain.timeline import EventKind
from desktop.services.playbook_watch import PlaybookWatch
from tests.factories import MONDAY
from tests.fixtures_desk import CommandDesk
from tests.services.playbook_desk import PlaybookDesk


@pytest.fixture
def book(commands: CommandDesk) -> PlaybookDesk:
    return PlaybookDesk(commands)


def test_a_desk_without_playbooks_waits_for_nothing(book: PlaybookDesk):
    assert PlaybookWatch(cases=book.base.commands.cases).tick() is None


def test_it_proposes_and_wakes_for_the_next_review(book: PlaybookDesk):
    book.write(tags=Tags(tiers=("enterprise",)))
    watch = PlaybookWatch(cases=book.base.commands.cases)
    assert watch.tick() == MONDAY + timedelta(days=180)
    escalation = book.base.open()
    watch.tick()
    assert book.kinds(escalation.id) == [EventKind.PLAYBOOK_PROPOSED]
