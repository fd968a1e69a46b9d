import sys
import threading

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from desktop.domain.errors import DeskError
from desktop.ui.errors import ErrorReporter


@pytest.fixture
def reporter(qtbot):
    made = ErrorReporter()
    yield made
    made.uninstall()
    if made.dialog is not None:
        made.dialog.close()


def broken():
    raise ValueError("the wheel came off")


def test_a_bug_is_shown_with_its_trace_and_can_be_copied(reporter):
    try:
        broken()
    except ValueError as error:
        reporter.report(error)
    assert "the wheel came off" in reporter.dialog.trace
    copy = next(
        b for b in reporter.dialog.findChildren(QPushButton) if b.accessibleName() == "Copy the details"
    )
    copy.click()
    assert "in broken" in QGuiApplication.clipboard().text()


def test_one_dialog_at_a_time(reporter):
    reporter.report(ValueError("first"))
    first = reporter.dialog
    reporter.report(ValueError("second"))
    assert reporter.dialog is first


def test_a_desk_error_is_a_matter_for_the_banner(reporter, qtbot):
    with qtbot.waitSignal(reporter.desk_error_raised) as raised:
        reporter.report(DeskError("Full."))
    assert raised.args[0].message == "Full."
    assert reporter.dialog is None


def test_an_error_in_another_thread_is_shown_here(reporter, qtbot, caplog):
    reporter.install()
    thread = threading.Thread(target=broken)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: reporter.dialog is not None)
    assert "an error nobody handled" in caplog.text


def test_the_hooks_are_given_back(reporter):
    reporter.install()
    assert sys.excepthook is not sys.__excepthook__
    reporter.uninstall()
    assert sys.excepthook is sys.__excepthook__
