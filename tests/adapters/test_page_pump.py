"""The pump: takes only what it can send, repeats when it is time, and outlives what goes wrong."""

import threading

import pytest

from desktop.adapters.page_pump import PagePump
from desktop.adapters.paging import Outcome
from desktop.domain.clock import SystemClock
from desktop.domain.errors import DeskError, StoreError
from desktop.services.page_queue import Page

PATIENCE_S = 20


class Pages:
    """An outbox of one test; `waiting` are its rows, `heard` what became of them."""

    def __init__(self, *waiting):
        self.waiting = list(waiting)
        self.heard = []
        self.changed = threading.Condition()
        self.errors = []
        self.broke_down = threading.Event()
        self.most_at_once = 0

    def claim(self, limit):
        with self.changed:
            if self.errors:
                self.broke_down.set()
                raise self.errors.pop()
            self.most_at_once = max(self.most_at_once, limit)
            taken, self.waiting = self.waiting[:limit], self.waiting[limit:]
            return tuple(taken)

    def next_at(self):
        return None

    def sent(self, page):
        self._hear("sent", page)

    def failed(self, page, why, *, temporary):
        self._hear(f"{'put off' if temporary else 'failed'}: {why}", page)

    def unsure(self, page, why):
        self._hear("unsure", page)

    def _hear(self, what, page):
        with self.changed:
            self.heard.append((page.id, what))
            self.changed.notify_all()

    def wait_for(self, count):
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.heard) >= count, PATIENCE_S)
        return sorted(self.heard)


def a_page(id_, secret="a secret's name"):
    return Page(id_, 1, 1, "mail", secret, "Mail", 1, "Title", "Text")


def ran(pages, send=lambda *_: Outcome(True), address=lambda name: "json://host", hands=2):
    return PagePump(pages=pages, send=send, address=address, clock=SystemClock(), hands=hands)


@pytest.fixture
def pumps():
    made = []
    yield made.append
    for pump in made:
        pump.stop()


def test_what_waits_is_sent_at_the_start(pumps):
    pages = Pages(a_page(1), a_page(2), a_page(3))
    pump = ran(pages)
    pumps(pump)
    pump.start()
    assert pages.wait_for(3) == [(1, "sent"), (2, "sent"), (3, "sent")]
    assert pages.most_at_once <= 2


def test_a_poke_sends_what_came_later(pumps):
    pages = Pages()
    pump = ran(pages)
    pumps(pump)
    pump.start()
    with pages.changed:
        pages.waiting.append(a_page(7))
    pump.poke()
    assert pages.wait_for(1) == [(7, "sent")]


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (Outcome(False, "No.", is_temporary=True), "put off: No."),
        (Outcome(False, "No."), "failed: No."),
        (Outcome(False, "Who knows.", is_unsure=True), "unsure"),
    ],
)
def test_what_became_of_a_page_is_said(pumps, outcome, said):
    pages = Pages(a_page(1))
    pump = ran(pages, send=lambda *_: outcome)
    pumps(pump)
    pump.start()
    assert pages.wait_for(1) == [(1, said)]


def no_address(name):
    raise DeskError("The file of secrets cannot be read.")


@pytest.mark.parametrize(
    ("page", "address", "said"),
    [
        (a_page(1, ""), None, "failed: The channel was removed."),
        (a_page(1), lambda name: None, "put off: Its address is not on this computer: enter it again."),
        (a_page(1), no_address, "put off: Its address cannot be read: see the log."),
    ],
)
def test_without_an_address_nothing_is_sent(pumps, page, address, said):
    pages = Pages(page)
    pump = ran(pages, address=address)
    pumps(pump)
    pump.start()
    assert pages.wait_for(1) == [(1, said)]


@pytest.mark.parametrize("error", [StoreError("The database is busy."), ZeroDivisionError("a bug")])
def test_a_fault_in_between_does_not_end_it(pumps, error):
    pages = Pages(a_page(1))
    pages.errors.append(error)
    pump = ran(pages)
    pumps(pump)
    pump.start()
    assert pages.broke_down.wait(PATIENCE_S)
    pump.poke()
    assert pages.wait_for(1) == [(1, "sent")]


def test_a_fault_in_sending_is_logged_without_its_words(pumps, caplog):
    def break_down(*_):
        raise ValueError("json://s3cr3t")

    pages = Pages(a_page(1), a_page(2))
    pump = ran(pages, send=break_down)
    pumps(pump)
    pump.start()
    pump.stop()
    assert "ValueError" in caplog.text
    assert "s3cr3t" not in caplog.text


def test_stopping_waits_for_what_is_being_sent():
    pages, may_go, begun = Pages(a_page(1)), threading.Event(), threading.Event()

    def slowly(*_):
        begun.set()
        may_go.wait(PATIENCE_S)
        return Outcome(True)

    pump = ran(pages, send=slowly)
    pump.start()
    assert begun.wait(PATIENCE_S)
    may_go.set()
    pump.stop()
    pump.stop()
    assert pages.heard == [(1, "sent")]
