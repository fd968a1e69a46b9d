"""The link in a page: a person's press acknowledges, once; whoever only looks changes nothing."""

import pytest

from desktop.services.page_queue import PATH, VALID_US
from tests.adapters.hearing import Hearing
from tests.services.alarm_desk import P1
from tests.services.paging_desk import PagingDesk, a_token

HOOK = "json://127.0.0.1:9/hook"


class Linked:
    """A desk whose listener answers the links of its pages."""

    def __init__(self, path, store, clock) -> None:
        from desktop.adapters.listener.ack import AckRoom

        self.desk = PagingDesk(store, clock)
        rooms = {PATH: AckRoom(self.desk.acks.look, self.desk.acks.acknowledge).room()}
        self.hearing = Hearing(path, clock, rooms=rooms)
        self.desk.channel(self.desk.leo, HOOK)
        self.escalation = self.desk.open(**P1, owner_id=self.desk.leo.id, title="<b>Checkout</b> fails")
        self.desk.sweep()
        (self.page,) = self.desk.queue.claim(5)
        self.token = a_token(self.page.body)

    def visit(self, method="GET", token=None, **headers):
        return self.hearing.send(PATH + (self.token if token is None else token), None, method, **headers)

    def events(self):
        return self.desk.events(self.escalation, "%acknowledged")


@pytest.fixture
def linked(database_path, store, clock):
    made = Linked(database_path, store, clock)
    with made.hearing:
        yield made


def test_the_button_acknowledges_in_the_name_of_whoever_was_paged(linked):
    answer = linked.visit("POST")
    assert (answer.status, b"ESC-2026-0001 is acknowledged" in answer.body) == (200, True)
    assert linked.events() == ["escalation.acknowledged", "alarm.acknowledged", "oncall.acknowledged"]
    rows = linked.desk.rows("SELECT acknowledged_by FROM escalation")
    assert rows == [("Leo Park",)]


def test_it_acknowledges_once_and_is_then_spent(linked):
    linked.visit("POST")
    again = linked.visit("POST")
    assert (again.status, b"used already" in again.body) == (410, True)
    assert linked.events().count("oncall.acknowledged") == 1


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_scanner_of_links_acknowledges_nothing(linked, method):
    answer = linked.visit(method)
    assert (answer.status, linked.events()) == (200, [])
    assert linked.visit("POST").status == 200


def test_the_page_shows_what_it_is_about_as_plain_words(linked):
    answer = linked.visit()
    assert b"&lt;b&gt;Checkout&lt;/b&gt; fails" in answer.body
    assert b'<form method="post">' in answer.body


def test_the_page_is_kept_by_nobody_and_tells_nobody_where_it_was(linked):
    headers = {name.lower(): value for name, value in linked.visit().headers.items()}
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


def test_a_link_that_has_expired_says_so(linked, clock):
    clock.forward(seconds=VALID_US // 1_000_000)
    answer = linked.visit("POST")
    assert (answer.status, b"has expired" in answer.body, linked.events()) == (410, True, [])


@pytest.mark.parametrize("token", ["", "wrong", "x" * 500, "../../etc", "%00"])
def test_what_is_no_token_finds_nothing(linked, token):
    assert linked.visit("POST", token=token).status == 404
    assert linked.events() == []


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS"])
def test_other_methods_are_refused(linked, method):
    assert linked.visit(method).status == 405


def test_a_name_that_is_not_this_machines_is_refused(linked):
    assert linked.visit("POST", Host="evil.example").status == 421
    assert linked.events() == []


def test_the_log_does_not_name_the_token(linked, caplog):
    caplog.set_level("DEBUG")
    linked.visit("POST")
    assert linked.token not in caplog.text
    assert PATH + "…" in caplog.text


def test_only_the_hash_of_a_token_is_kept(linked):
    assert linked.token not in linked.desk.all_texts()
    assert len(linked.token) >= 43


def test_what_is_acknowledged_at_the_desk_first_is_no_fault_of_the_link(linked):
    linked.desk.alarm.acknowledge(linked.escalation, linked.desk.me, "for Leo")
    assert linked.visit("POST").status == 200


def test_an_attempt_that_failed_leaves_no_valid_link(linked, clock):
    linked.desk.queue.failed(linked.page, "The server answered 503.", temporary=True)
    clock.forward(seconds=15)
    (again,) = linked.desk.queue.claim(5)
    assert linked.visit("POST").status == 404
    assert linked.visit("POST", token=a_token(again.body)).status == 200


def test_whoever_has_left_the_desk_acknowledges_nothing(linked):
    with linked.desk.store.begin() as session:
        changed = (
            "UPDATE person SET active = 0, revision = ? WHERE id = ?",
            (session.revision(), linked.desk.leo.id),
        )
        session.sql(*changed)
    answer = linked.visit("POST")
    assert (answer.status, b"has left the desk" in answer.body) == (409, True)
