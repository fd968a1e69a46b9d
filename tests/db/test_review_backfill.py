"""What needed review before there was a queue stands in it afterwards."""

from contextlib import closing
from pathlib import Path

import pytest

from db.engine import open_store
from db.migrate import downgrade, upgrade
from db.queries import review
from tests.factories import MONDAY_US, an_escalation_row

pytestmark = pytest.mark.migration


def test_what_needed_review_before_waits_since_it_was_opened(database_path: Path):
    with closing(open_store(database_path)) as store, store.begin() as session:
        an_escalation_row(session, needs_review=1)
        an_escalation_row(session, needs_review=1, priority="P2", score=60)
        an_escalation_row(session)
    downgrade(database_path, to=3)
    upgrade(database_path)
    with closing(open_store(database_path)) as store, store.read() as session:
        found = [(row.why, row.since_us) for row in review.waiting(session)]
    assert found == [("unclassified", MONDAY_US), ("near_edge", MONDAY_US)]
