"""Reading of signals on the worker, slice by slice."""

from concurrent.futures import Future

from desktop.domain.events import MessagesKept
from desktop.services.bus import Bus
from desktop.wiring.reading import Reading


class Queue:
    """A worker that works when told to."""

    def __init__(self):
        self.waiting = []
        self.is_closed = False

    def submit(self, work):
        if self.is_closed:
            raise RuntimeError("closed")
        future = Future()
        self.waiting.append((work, future))
        return future

    def step(self):
        work, future = self.waiting.pop(0)
        try:
            future.set_result(work())
        except OSError as error:
            future.set_exception(error)


class Slices:
    """Has so many slices to read."""

    def __init__(self, left):
        self.left = left
        self.read = 0
        self.meanwhile = None
        self.fault = None

    def read_one(self):
        if self.fault is not None:
            raise self.fault
        self.read += 1
        self.left -= 1
        if self.meanwhile is not None:
            self.meanwhile()
        return self.left > 0


def reading(left=1):
    bus, queue, slices = Bus(), Queue(), Slices(left)
    return Reading(slices.read_one, queue.submit, bus), bus, queue, slices


def test_it_goes_on_until_nothing_remains():
    made, _, queue, slices = reading(3)
    made.look()
    while queue.waiting:
        queue.step()
    assert slices.read == 3


def test_however_often_it_is_told_one_slice_is_queued():
    made, bus, queue, _ = reading()
    made.look()
    for _ in range(5):
        bus.publish(MessagesKept(7))
    assert len(queue.waiting) == 1


def test_what_comes_while_a_slice_is_read_is_read_after_it():
    made, bus, queue, slices = reading()
    slices.meanwhile = lambda: bus.publish(MessagesKept(1))
    made.look()
    queue.step()
    slices.meanwhile = None
    assert len(queue.waiting) == 1
    queue.step()
    assert (slices.read, queue.waiting) == (2, [])


def test_a_fault_ends_it_until_it_is_told_again(caplog):
    made, _, queue, slices = reading()
    slices.fault = OSError("disk")
    made.look()
    queue.step()
    assert queue.waiting == []
    slices.fault = None
    made.look()
    queue.step()
    assert slices.read == 1


def test_closed_it_hears_nothing_more():
    made, bus, queue, _ = reading()
    made.close()
    bus.publish(MessagesKept(1))
    made.look()
    assert queue.waiting == []


def test_a_worker_that_is_closed_is_no_fault():
    made, _, queue, _ = reading()
    queue.is_closed = True
    made.look()
    made.look()
    assert queue.waiting == []
