"""What comes from outside is on the disk before anybody is told that it is kept."""

import json
from concurrent.futures import wait
from contextlib import closing

import pytest

from db.engine import open_store
from desktop.domain.errors import DeskError
from desktop.domain.events import MessagesKept
from desktop.domain.source import LARGEST_BODY, NewMessage
from desktop.services.receiving import GroupWriter
from tests.services.signal_desk import SignalDesk


def a_message(desk: SignalDesk, body: bytes = b"{}", reference: str = "") -> NewMessage:
    """One message of the source."""
    return NewMessage(desk.probe.id, body, desk.clock.now(), reference=reference)


def test_messages_are_kept_in_their_order(desk: SignalDesk):
    ids = desk.keep({"n": 1}, {"n": 2})
    assert ids == sorted(ids)
    assert desk.receiving.count_waiting() == 2


def test_what_is_kept_is_there_for_another_program(desk: SignalDesk):
    desk.keep({"n": 1})
    with closing(open_store(desk.store.path)) as other, other.read() as session:
        assert session.sql("SELECT count(*) FROM message").fetchone()[0] == 1


def test_the_same_reference_is_kept_once(desk: SignalDesk):
    message = a_message(desk, reference="<1@mail.example>")
    first, again = desk.receiving.keep([message, message])
    assert (first > 0, again) == (True, 0)
    assert desk.receiving.keep([message]) == [0]


def test_equal_bodies_without_reference_are_two_messages(desk: SignalDesk):
    desk.keep({"n": 1}, {"n": 1})
    assert desk.receiving.count_waiting() == 2


def test_one_that_is_too_large_keeps_none_of_its_batch(desk: SignalDesk):
    with pytest.raises(DeskError, match="larger than 1 MiB"):
        desk.receiving.keep([a_message(desk), a_message(desk, b"x" * (LARGEST_BODY + 1))])
    assert desk.receiving.count_waiting() == 0


def test_the_largest_body_is_taken(desk: SignalDesk):
    assert desk.receiving.keep([a_message(desk, b"x" * LARGEST_BODY)])


def test_the_source_shows_when_it_was_last_heard(desk: SignalDesk):
    desk.clock.forward(minutes=3)
    desk.keep({"n": 1})
    assert desk.sources.get(desk.probe.id).last_received_at == desk.clock.now()


def test_readers_hear_how_many_were_kept(desk: SignalDesk):
    message = a_message(desk, reference="r")
    desk.receiving.keep_and_tell([message, message, a_message(desk)])
    assert [event.count for event in desk.told(MessagesKept)] == [2]


def test_a_group_is_kept_and_every_sender_gets_its_own_id(desk: SignalDesk):
    writer = GroupWriter(desk.receiving)
    futures = [writer.submit(a_message(desk, json.dumps({"n": n}).encode())) for n in range(600)]
    writer.close()
    ids = [future.result(0) for future in futures]
    assert (ids, len(set(ids))) == (sorted(ids), 600)


def test_one_bad_message_fails_alone(desk: SignalDesk):
    writer = GroupWriter(desk.receiving)
    bodies = (b"{}", b"x" * (LARGEST_BODY + 1), b"{}")
    good, bad, other = (writer.submit(a_message(desk, body)) for body in bodies)
    wait([good, bad, other])
    writer.close()
    assert isinstance(bad.exception(), DeskError)
    assert good.result() != other.result()


def test_a_flood_is_told_in_few_words(desk: SignalDesk):
    writer = GroupWriter(desk.receiving)
    wait([writer.submit(a_message(desk)) for _ in range(400)])
    writer.close()
    counts = [event.count for event in desk.told(MessagesKept)]
    assert (sum(counts), len(counts) < 100) == (400, True)


def test_a_closed_writer_takes_nothing(desk: SignalDesk):
    writer = GroupWriter(desk.receiving)
    writer.close()
    writer.close()
    with pytest.raises(RuntimeError, match="closed"):
        writer.submit(a_message(desk))
