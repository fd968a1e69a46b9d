"""The timeline as it is stored: appended, linked, read back."""

import pytest

from db.queries import timeline
from db.queries.timeline import NewEvent
from db.unit_of_work import Store
from desktop.domain.audit import verify
from desktop.domain.errors import DeskError, NotFound
from tests.factories import MONDAY, MONDAY_US, an_escalation_row


def note(escalation_id: int | None, text: str) -> NewEvent:
    return NewEvent("note.added", MONDAY_US, "Ada Quist", escalation_id, {"text": text})


def test_events_are_linked_in_order_and_the_head_follows(store: Store):
    with store.begin() as session:
        assert timeline.append_many(session, [note(None, "a"), note(None, "b")]) == [1, 2]
        assert timeline.append_many(session, []) == []
        assert timeline.append_many(session, [note(None, "c")]) == [3]
        head = timeline.head(session)
        links = list(timeline.links(session))
    assert head == (3, links[-1].hash)
    assert verify(links, *head) is None


def test_an_event_is_read_back_as_it_was_written(store: Store):
    with store.begin() as session:
        id_ = an_escalation_row(session)
        seq = timeline.append(
            session,
            kind="note.added",
            at_us=MONDAY_US,
            actor="Ada Quist",
            escalation_id=id_,
            body={"text": "Straße\n\u202e<b>", "n": 2**60},
        )
        event = timeline.get(session, seq)
    assert (event.escalation_id, event.at, event.actor) == (id_, MONDAY, "Ada Quist")
    assert event.body == {"text": "Straße\n\u202e<b>", "n": 2**60}


def test_what_is_not_there_is_said_so(store: Store):
    with store.read() as session, pytest.raises(NotFound, match="no event 4"):
        timeline.get(session, 4)


def test_a_fraction_is_refused_and_nothing_kept(store: Store):
    with store.begin() as session:
        with pytest.raises(DeskError, match=r"body\.share"):
            timeline.append_many(session, [note(None, "a"), note(None, "b")._replace(body={"share": 0.5})])
        assert timeline.head(session)[0] == 0


def test_the_latest_events_of_several_escalations_come_in_order(store: Store):
    with store.begin() as session:
        one, two, other = (an_escalation_row(session) for _ in range(3))
        timeline.append_many(session, [note(id_, str(n)) for n, id_ in enumerate((one, other, two, one))])
        found = timeline.of_escalations(session, [one, two])
        latest = timeline.of_escalations(session, [one, two], limit=2)
    assert [event.body["text"] for event in found] == ["0", "2", "3"]
    assert [event.body["text"] for event in latest] == ["2", "3"]


def test_events_since_a_seq_are_those_of_one_escalation_after_it(store: Store):
    with store.begin() as session:
        one, two = an_escalation_row(session), an_escalation_row(session)
        timeline.append_many(session, [note(id_, str(n)) for n, id_ in enumerate((one, two, one))])
        assert [event.seq for event in timeline.since(session, one, 1)] == [3]
        assert timeline.last_at(session, one, "note.added") == MONDAY_US
        assert timeline.last_at(session, one, "escalation.closed") is None
