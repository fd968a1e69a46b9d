"""The ledger: what was promised and kept, what was sent, and what waits for a second person."""

from datetime import timedelta

import pytest

from desktop.domain.instant import to_us
from desktop.domain.promise import Kept
from desktop.services.message_ledger import MessageLedger
from tests.factories import a_person_row, a_row
from tests.services.letter_desk import LetterDesk

HOUR = timedelta(hours=1)


class Ledger(LetterDesk):
    """A desk of letters, and the ledger over it."""

    def __init__(self, store, clock):
        super().__init__(store, clock)
        self.ledger = MessageLedger(store=store, clock=clock)

    def promise(self, due_in, state="open", **columns):
        now_us = to_us(self.clock.now())
        due_us = to_us(self.clock.now() + due_in)
        if state in ("kept", "withdrawn"):
            columns = {"settled_at": due_us} | columns
        with self.store.begin() as session:
            return a_row(
                session,
                "promise",
                escalation_id=self.escalation_id,
                kind="next_update",
                made_at=now_us,
                made_by="Ada",
                due_at=due_us,
                state=state,
                **columns,
            )

    def draft(self, author_id, writers="[]", asked_by_id=None):
        now_us = to_us(self.clock.now())
        with self.store.begin() as session:
            a_row(
                session,
                "message_draft",
                escalation_id=self.escalation_id,
                audience="customer",
                stage="initial",
                author="Ada",
                author_id=author_id,
                created_at=now_us,
                updated_at=now_us,
                updated_by="Ada",
                writers=writers,
                asked_by="Ada" if asked_by_id else "",
                asked_by_id=asked_by_id,
                asked_at=now_us if asked_by_id else None,
            )


@pytest.fixture
def desk(store, clock):
    return Ledger(store, clock)


def test_open_promises_come_by_due_time_and_past_ones_by_the_latest(desk):
    later, soon = desk.promise(2 * HOUR), desk.promise(HOUR)
    older, newer = desk.promise(-5 * HOUR, "kept"), desk.promise(-HOUR, "kept")
    found = desk.ledger.promises()
    assert [promise.id for promise in found.open] == [soon, later]
    assert [promise.id for promise in found.past] == [newer, older]


def test_kept_and_broken_are_told_for_each_customer_and_owner(desk, store):
    with store.begin() as session:
        ada = a_person_row(session, "Ada Quist")
    desk.promise(-HOUR, "kept", owner_id=ada)
    desk.promise(-2 * HOUR, "broken", owner_id=ada)
    desk.promise(-3 * HOUR, "kept")
    desk.promise(-4 * HOUR, "withdrawn")
    found = desk.ledger.promises()
    assert found.all == Kept(2, 1)
    assert [(rate.name, rate.kept) for rate in found.owners] == [
        ("Ada Quist", Kept(1, 1)),
        ("Nobody owned it", Kept(1, 0)),
    ]
    assert [rate.kept for rate in found.customers] == [Kept(2, 1)]


def test_what_was_promised_long_ago_is_not_counted(desk):
    desk.promise(-timedelta(days=100), "broken")
    assert desk.ledger.promises().all == Kept(0, 0)


def test_a_message_is_listed_with_what_became_of_each_delivery(desk):
    jo, ops = desk.add("Jo Rey", "jo@example.org"), desk.add("Ops", "ops@example.org")
    desk.record(jo, ops)
    first, second = desk.queue.claim(2)
    desk.queue.sent(first)
    desk.queue.failed(second, "The mail server said 554.", temporary=False)
    (row,) = desk.ledger.sent()
    assert row.state == "failed"
    assert [(one.state, one.can_repeat) for one in row.recipients] == [("sent", False), ("failed", True)]
    assert row.sent.body == "We are working on it."


def test_the_messages_of_one_escalation_are_its_own(desk):
    desk.record(desk.add("Jo Rey", "jo@example.org"))
    assert len(desk.ledger.sent(desk.escalation_id)) == 1
    assert desk.ledger.sent(desk.escalation_id + 1) == ()


def test_a_draft_waits_for_those_who_have_not_written_it(desk, store):
    with store.begin() as session:
        author, writer, other = (a_person_row(session) for _ in range(3))
    desk.draft(author, f"[{writer}]", asked_by_id=author)
    waiting = [desk.ledger.to_release(person) for person in (author, writer, other)]
    assert waiting == [0, 0, 1]


def test_a_draft_that_nobody_asked_for_waits_for_nobody(desk, store):
    with store.begin() as session:
        author, other = a_person_row(session), a_person_row(session)
    desk.draft(author)
    assert desk.ledger.to_release(other) == 0
