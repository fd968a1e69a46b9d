"""One thread, one piece of work after another."""

import threading
from collections.abc import Iterator

import pytest

from desktop.domain.errors import DeskError
from desktop.services.worker import Worker


@pytest.fixture
def worker() -> Iterator[Worker]:
    made = Worker("test worker")
    yield made
    made.close()


def test_work_is_done_in_order_on_one_other_thread(worker: Worker):
    done: list[tuple[int, int]] = []
    for number in range(50):
        worker.submit(lambda n: done.append((n, threading.get_ident())), number)
    worker.close()
    assert [number for number, _ in done] == list(range(50))
    assert {thread for _, thread in done} - {threading.get_ident()} == {done[0][1]}


def test_a_result_comes_back_by_its_future(worker: Worker):
    assert worker.submit(divmod, 7, 2).result() == (3, 1)


def test_what_a_piece_raises_is_raised_by_its_future_and_stops_nothing(worker: Worker):
    def fail() -> None:
        raise DeskError("No.")

    failed, after = worker.submit(fail), worker.submit(int, "7")
    with pytest.raises(DeskError, match="No"):
        failed.result()
    assert after.result() == 7


def test_closing_finishes_what_was_asked(worker: Worker):
    gate, done = threading.Event(), threading.Event()
    worker.submit(gate.wait)
    last = worker.submit(done.set)
    worker.close(wait=False)
    gate.set()
    last.result()
    assert done.is_set()


def test_a_closed_worker_takes_no_more(worker: Worker):
    worker.close()
    worker.close()
    with pytest.raises(RuntimeError):
        worker.submit(print)
