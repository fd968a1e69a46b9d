"""A desk killed at any instant while it sends: what was confirmed is on record, nothing was sent twice."""

import random
from contextlib import closing

import pytest

from db.engine import open_store
from db.unit_of_work import Session
from desktop.domain.clock import ManualClock
from desktop.services.desk import Desk
from tests.faults.busy_desk import START
from tests.faults.sending_desk import prepare
from tests.faults.test_kill import Killer, Said, numbers

LONGEST_S = 0.4


@pytest.fixture(params=[10, pytest.param(150, marks=pytest.mark.thorough)])
def kills(request):
    return request.param


def killed(path, times: int) -> Said:
    instants = random.Random(20261124)
    with Killer(path, "tests.faults.sending_desk") as killer:
        return [line for _ in range(times) for line in killer.kill_after(instants.random() * LONGEST_S)]


def test_a_desk_killed_while_it_sends_loses_and_repeats_nothing(tmp_path, kills):
    path = tmp_path / "desk.sqlite3"
    prepare(path)
    said = killed(path, kills)
    confirmed = numbers(said, "sent")
    assert len(confirmed) > kills / 2
    assert numbers(said, "twice") == set()
    with closing(open_store(path)) as store, store.read() as session:
        check(session, confirmed)
    with closing(Desk.open(path, tmp_path / "backups", ManualClock(START))) as desk:
        report = desk.escalations.audit.verify()
        assert report.ok, report.sentence


def check(session: Session, confirmed: set[int]) -> None:
    """Each message was sent once, with its event and its promise, and no draft is left of it."""
    batches = [row[0] for row in session.sql("SELECT batch FROM sent_message")]
    sent = {int(batch.removeprefix("draft:")) for batch in batches}
    assert len(batches) == len(sent)
    assert confirmed <= sent
    assert sent.isdisjoint(row[0] for row in session.sql("SELECT id FROM message_draft"))
    events = session.sql("SELECT count(*) FROM timeline WHERE kind = 'update.sent'").fetchone()[0]
    assert events == len(sent)
    assert session.sql("SELECT count(*) FROM promise").fetchone()[0] == len(sent)
    waiting = session.sql("SELECT count(*) FROM promise WHERE state = 'open' GROUP BY escalation_id")
    assert {row[0] for row in waiting} <= {1}
