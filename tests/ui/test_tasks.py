import gc

import pytest
from PySide6.QtCore import QObject

from desktop.domain.errors import DeskError
from desktop.services.worker import Worker
from desktop.ui.tasks import TaskRunner
from tests.fixtures_screens import AtOnce


class Screen(QObject):
    def __init__(self):
        super().__init__()
        self.got = []
        self.errors = []

    def take(self, result):
        self.got.append(result)

    def refuse(self, error):
        self.errors.append(error)


@pytest.fixture
def runner(qtbot):
    return TaskRunner(AtOnce())


def done(runner, qtbot):
    qtbot.waitUntil(lambda: runner.pending == 0)


def test_a_result_comes_back_from_the_worker(qtbot):
    worker, screen = Worker("test"), Screen()
    runner = TaskRunner(worker)
    runner.run(lambda: 6 * 7, screen.take, owner=screen)
    done(runner, qtbot)
    worker.close()
    assert screen.got == [42]


def test_nothing_is_called_before_the_caller_has_returned(runner, qtbot):
    screen = Screen()
    runner.run(lambda: 1, screen.take, owner=screen)
    assert screen.got == []
    done(runner, qtbot)
    assert screen.got == [1]


def test_a_screen_that_is_gone_is_not_called(runner, qtbot):
    screen = Screen()
    got = screen.got
    runner.run(lambda: 1, screen.take, owner=screen)
    del screen
    gc.collect()
    done(runner, qtbot)
    assert got == []


def test_a_screen_deleted_by_qt_is_not_called(runner, qtbot):
    screen, parent = Screen(), QObject()
    screen.setParent(parent)
    runner.run(lambda: 1, screen.take, owner=screen)
    parent.deleteLater()
    qtbot.waitUntil(lambda: runner.pending == 0)
    assert screen.got in ([], [1])  # whichever of the two events came first, nothing broke


def refuse_work():
    raise DeskError("Full.", hint="Make room.")


def test_a_refusal_goes_to_who_asked_for_it(runner, qtbot):
    screen = Screen()
    runner.run(refuse_work, screen.take, screen.refuse, owner=screen)
    done(runner, qtbot)
    assert (screen.got, [str(error) for error in screen.errors]) == ([], ["Full. Make room."])


def test_a_refusal_nobody_handles_is_for_the_window(runner, qtbot):
    screen = Screen()
    with qtbot.waitSignal(runner.error_raised) as raised:
        runner.run(refuse_work, screen.take, owner=screen)
    assert raised.args[0].message == "Full."


def test_a_refusal_is_told_even_when_its_screen_is_gone(qtbot):
    worker, screen = Worker("test"), Screen()
    runner = TaskRunner(worker)
    with qtbot.waitSignal(runner.error_raised) as raised:
        runner.run(refuse_work, screen.take, screen.refuse, owner=screen)
        del screen
        gc.collect()
    worker.close()
    assert raised.args[1] is None


def test_a_bug_is_told_as_a_bug_and_logged(runner, qtbot, caplog):
    screen = Screen()
    with qtbot.waitSignal(runner.bug_found) as found:
        runner.run(lambda: 1 // 0, screen.take, screen.refuse, owner=screen)
    assert isinstance(found.args[0], ZeroDivisionError)
    assert "a task failed" in caplog.text
    assert screen.errors == []
