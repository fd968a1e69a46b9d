import pytest

from desktop.domain.errors import Conflict
from desktop.domain.escalation import Done
from desktop.ui.tasks import TaskRunner
from desktop.ui.undo import UndoHistory
from tests.fixtures_screens import AtOnce


class FakeUndoing:
    def __init__(self):
        self.asked = []
        self.fault = None

    def undo(self, seqs):
        self.asked.append(tuple(seqs))
        if self.fault is not None:
            raise self.fault
        return Done((1,), tuple(seq + 100 for seq in seqs), "Undo")


@pytest.fixture
def service(qtbot):
    return FakeUndoing()


@pytest.fixture
def history(service, qtbot):
    runner = TaskRunner(AtOnce())
    made = UndoHistory(service, runner)
    made.settle = lambda: qtbot.waitUntil(lambda: runner.pending == 0)
    return made


def done(*seqs, label="Move of ESC-2026-0412"):
    return Done((1,), seqs, label)


def test_the_menu_names_what_would_be_taken_back(history):
    history.push(done(7))
    assert history.undo_text == "Move of ESC-2026-0412"


def test_doing_again_takes_the_taking_back_back(history, service):
    history.push(done(7, 8))
    history.undo()
    history.settle()
    history.redo()
    history.settle()
    history.undo()
    history.settle()
    assert service.asked == [(7, 8), (107, 108), (207, 208)]


def test_pushing_does_nothing_by_itself(history, service):
    history.push(done(7))
    assert service.asked == []


def test_what_cannot_be_taken_back_is_told_and_leaves_the_history(history, service, qtbot):
    history.push(done(6, label="Note"))
    history.push(done(7))
    service.fault = Conflict("Leo changed it meanwhile.")
    with qtbot.waitSignal(history.failed) as failed:
        history.undo()
    assert failed.args[0].message == "Leo changed it meanwhile."
    assert (history.undo_text, history.redo_text) == ("Note", "")


def test_a_second_undo_waits_for_the_first(history, service):
    history.push(done(6))
    history.push(done(7))
    history.undo()
    history.undo()
    history.settle()
    assert service.asked == [(7,)]


def test_a_hundred_steps_can_be_taken_back(history, service):
    for seq in range(1, 101):
        history.push(done(seq))
    for _ in range(100):
        history.undo()
        history.settle()
    assert service.asked == [(seq,) for seq in range(100, 0, -1)]
    assert history.undo_text == ""
