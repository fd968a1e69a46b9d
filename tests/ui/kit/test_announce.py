"""What is said to a screen reader, and how often."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.clock import ManualClock
from desktop.ui.kit.announce import Announcer


class Listener:
    """Hears what is said, and lets time pass."""

    def __init__(self, clock: ManualClock, widget: QWidget) -> None:
        self.clock = clock
        self.widget = widget
        self.announcer = Announcer(clock)
        self.heard: list[str] = []
        self.announcer.said.connect(self.heard.append)

    def say(self, text: str, about: str = "", *, once: bool = False) -> None:
        self.announcer.say(self.widget, text, about=about, once=once)

    def wait(self, seconds: float) -> None:
        self.clock.forward(seconds=seconds)
        self.announcer.tick()


@pytest.fixture
def listener(clock: ManualClock, qtbot: QtBot) -> Listener:
    widget = QWidget()
    qtbot.addWidget(widget)
    return Listener(clock, widget)


def test_the_first_is_said_at_once(listener: Listener):
    listener.say("Moved ESC-0192 to Working")
    assert listener.heard == ["Moved ESC-0192 to Working"]


def test_no_two_are_said_within_two_seconds(listener: Listener):
    listener.say("one")
    listener.say("two")
    listener.wait(1.9)
    assert listener.heard == ["one"]


def test_what_came_meanwhile_is_said_together(listener: Listener):
    for text in ("one", "two", "three"):
        listener.say(text)
    listener.wait(2)
    assert listener.heard == ["one", "two. three"]


def test_of_a_filter_that_is_typed_only_the_last_count_is_said(listener: Listener):
    for count in ("12 of 54", "3 of 54", "1 of 54"):
        listener.say(count, about="filter")
    listener.wait(2)
    assert listener.heard == ["12 of 54", "1 of 54"]


def test_what_two_parts_have_noticed_is_said_once(listener: Listener):
    listener.say("Breached: ESC-0192", "escalation:12", once=True)
    listener.wait(2)
    listener.say("ESC-0192 breached. Owner nobody", "escalation:12", once=True)
    listener.wait(2)
    assert listener.heard == ["Breached: ESC-0192"]


def test_very_many_at_once_are_counted(listener: Listener):
    for number in range(9):
        listener.say(f"{number}")
    listener.wait(2)
    assert listener.heard[-1] == "1. 2. 3. 4. and 4 more"
