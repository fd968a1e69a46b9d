"""The reminder that a playbook is due to be looked through."""

from datetime import timedelta

import pytest

from desktop.services.playbook_upkeep import PlaybookUpkeep
from tests.factories import MONDAY
from tests.fixtures_desk import CommandDesk
from tests.services.playbook_desk import STEPS, PlaybookDesk

HALF_A_YEAR = timedelta(days=180)


@pytest.fixture
def book(commands: CommandDesk) -> PlaybookDesk:
    return PlaybookDesk(commands)


def notices(book: PlaybookDesk) -> list[str]:
    with book.store.read() as session:
        rows = session.sql("SELECT title FROM outbox WHERE reason = 'playbook_due'").fetchall()
    return [row[0] for row in rows]


def test_the_owner_is_reminded_once_for_each_due_date(book: PlaybookDesk):
    playbook_id = book.write()
    upkeep = PlaybookUpkeep(book.base.commands.cases)
    assert upkeep.tick() == MONDAY + HALF_A_YEAR
    book.clock.forward(HALF_A_YEAR)
    upkeep.tick()
    book.clock.forward(timedelta(days=3))
    upkeep.tick()
    assert notices(book) == ["Leo Marsh: look through “Payments fail”"]
    with book.store.begin() as session:
        session.sql("UPDATE playbook SET review_due_at = review_due_at + 1000000, reminded_at = NULL")
    upkeep.tick()
    assert len(notices(book)) == 2
    assert playbook_id


def test_what_is_retired_or_due_later_reminds_nobody(book: PlaybookDesk):
    book.write()
    with book.store.begin() as session:
        session.sql("UPDATE playbook SET retired_at = 1")
    book.improve(book.write(), STEPS)
    book.clock.forward(HALF_A_YEAR - timedelta(seconds=1))
    PlaybookUpkeep(book.base.commands.cases).tick()
    assert notices(book) == []
