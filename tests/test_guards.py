"""The guards around every test find what is left behind, and blame only the test that left it."""

import pytest

UNTIDY = """
import sys, threading, traceback
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

kept = []
never = threading.Event()

def test_leaves_a_thread():
    threading.Thread(target=never.wait, daemon=True).start()

def test_leaves_a_timer(qapp):
    kept.append(QTimer())
    kept[-1].start(1000)

def test_leaves_a_window(qapp):
    kept.append(QLabel("still here"))

def test_writes_a_traceback():
    try:
        1 / 0
    except ZeroDivisionError:
        traceback.print_exc()
"""

TIDY = """
import threading
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

def test_a_thread_that_ends():
    threading.Thread(target=print).start()

def test_a_window_in_a_cycle(qapp):
    window = QLabel("gone")
    window.itself = window
    window.show()

def test_a_window_given_to_qtbot(qtbot):
    window = QWidget()
    box = QComboBox(window)
    box.addItems(["P1", "P2"])
    QTimer(window).start(10)
    qtbot.addWidget(window)
    window.show()
    box.showPopup()
"""


def run(pytester: pytest.Pytester, tests: str) -> pytest.RunResult:
    pytester.makeini("[pytest]\nqt_api = pyside6\n")
    pytester.makepyfile(tests)
    return pytester.runpytest_subprocess("-p", "tests.support.guards", "-p", "no:xdist")


def test_what_is_left_behind_fails_the_test_that_left_it(pytester: pytest.Pytester, monkeypatch):
    monkeypatch.setenv("DESK_TESTS_PATIENCE_S", "0.2")
    result = run(pytester, UNTIDY)
    result.assert_outcomes(passed=4, errors=4)
    for what in ("left behind: thread", "running timer", "left behind: window", "wrote a traceback"):
        result.stdout.fnmatch_lines([f"*{what}*"])


def test_what_goes_by_itself_is_no_fault(pytester: pytest.Pytester):
    run(pytester, TIDY).assert_outcomes(passed=3)
