from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.services.automation import AutomationState
from desktop.services.switch import Stopped
from desktop.ui.automation_bar import AutomationBar
from desktop.ui.automation_words import storm_words, tripped_words

NOW = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)
HALT = Stopped("Wrong severities", "Mira Kos", NOW)


@pytest.fixture
def bar(stage, qtbot):
    made = AutomationBar(stage.icons, stage.announcer)
    qtbot.addWidget(made)
    made.resize(900, 120)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def told(bar):
    heard = []
    bar.stop_requested.connect(heard.append)
    bar.resume_requested.connect(heard.append)
    return heard


def test_nothing_is_seen_while_automation_runs(bar):
    bar.show_state(AutomationState(), NOW)
    assert bar.reason_line.isHidden()
    assert bar.stopped_line.isHidden()


def test_enter_stops_with_the_reason(bar, told, qtbot):
    bar.ask_reason()
    qtbot.keyClicks(bar.reason_line.reason, " Wrong severities ")
    qtbot.keyClick(bar.reason_line.reason, Qt.Key.Key_Return)
    assert told == ["Wrong severities"]


def test_without_a_reason_nothing_is_stopped(bar, told, qtbot):
    bar.ask_reason()
    qtbot.keyClick(bar.reason_line.reason, Qt.Key.Key_Return)
    assert (told, bar.reason_line.error.text()) == ([], "Stopping needs a reason.")


def test_escape_leaves_automation_running_and_gives_the_focus_back(stage, qtbot):
    window, field, bar = QWidget(), QLineEdit(), AutomationBar(stage.icons, stage.announcer)
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.addWidget(field)
    column.addWidget(bar)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    field.setFocus()
    bar.ask_reason()
    qtbot.keyClick(bar.reason_line.reason, Qt.Key.Key_Escape)
    assert bar.reason_line.isHidden()
    assert field.hasFocus()


def test_the_line_says_who_stopped_it_and_why_and_how_many_wait(bar):
    bar.show_state(AutomationState(HALT, waiting=12), NOW)
    text = bar.stopped_line.accessibleName()
    assert "Mira Kos stopped it today" in text
    assert "Wrong severities" in text
    assert "12 signals wait to be decided" in text


def test_resuming_asks_nothing_while_nothing_waits(bar, told):
    bar.show_state(AutomationState(HALT), NOW)
    bar.stopped_line.resume_button.click()
    assert told == [False]


def test_resuming_asks_what_becomes_of_what_waited(bar, told):
    bar.show_state(AutomationState(HALT, waiting=2), NOW)
    bar.ask_resume()
    assert told == []
    bar.stopped_line.decide_button.click()
    assert told == [True]


def test_what_waited_may_be_left_to_people(bar, told):
    bar.show_state(AutomationState(HALT, waiting=2), NOW)
    bar.ask_resume()
    bar.stopped_line.leave_button.click()
    assert told == [False]


def test_the_line_goes_when_automation_goes_on(bar):
    bar.show_state(AutomationState(HALT), NOW)
    bar.show_state(AutomationState(), NOW)
    assert bar.stopped_line.isHidden()


def test_a_reason_that_is_asked_for_is_asked_no_more_once_somebody_stopped_it(bar):
    bar.ask_reason()
    bar.show_state(AutomationState(HALT), NOW)
    assert bar.reason_line.isHidden()


def test_many_names_are_told_by_three():
    assert storm_words(list("abcde")).startswith("a, b, c and 2 more sources send")
    assert tripped_words(["One"]).startswith("The rule “One” fired abnormally often and only proposes")
