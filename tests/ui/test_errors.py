import sys
import threading

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QWidget

from desktop.domain.errors import DeskError
from desktop.paths import resource
from desktop.ui.errors import ErrorReporter
from desktop.ui.theme import Theme, ThemeChoice


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def reporter(window):
    made = ErrorReporter(lambda: window)
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


@pytest.mark.parametrize("choice", list(ThemeChoice)[1:])
def test_the_dialog_wears_the_theme_of_its_window_and_changes_with_it(reporter, window, choice):
    theme = Theme(resource("themes"), resource("desk.qss"), ThemeChoice.LIGHT)
    theme.prepare()
    theme.dress(window)
    reporter.report(ValueError("the wheel came off"))
    theme.choose(choice)
    picture = reporter.dialog.grab().toImage()
    assert picture.pixelColor(4, 4) == theme.colour("surface.panel")
    field = reporter.dialog.findChild(QPlainTextEdit)
    inside = field.mapTo(reporter.dialog, field.rect().center())
    assert picture.pixelColor(inside) == theme.colour("surface.field")


def test_a_bug_is_told_even_where_no_window_is(qtbot):
    reporter = ErrorReporter(lambda: None)
    reporter.report(ValueError("first"))
    assert reporter.dialog.isVisible()
    reporter.dialog.close()
    qtbot.waitUntil(lambda: reporter.dialog is None)
