"""The system's own notifications, with a library made by hand in place of the real one."""

from types import SimpleNamespace

import pytest

from desktop.ui.notice import BUTTONS, Notice
from desktop.ui.notify_native import NativeNotifier

BREACHED = Notice(7, "escalation:12", "Breached", "5 < 6", "critical", 2, BUTTONS)


class Library:
    """What is used of desktop-notifier."""

    DEFAULT_SOUND = "default"
    Urgency = SimpleNamespace(Low="low", Normal="normal", Critical="critical")
    Button = SimpleNamespace

    def __init__(self):
        self.sent, self.cleared, self.is_allowed, self.takes = [], [], True, True

    def DesktopNotifier(self, app_name):
        return self

    async def request_authorisation(self):
        return self.is_allowed

    async def send(self, **values):
        self.sent.append(SimpleNamespace(**values))
        if self.takes:
            values["on_dispatched"]()
        return str(len(self.sent))

    async def clear(self, identifier):
        self.cleared.append(identifier)


@pytest.fixture
def library():
    return Library()


@pytest.fixture
def notifier(qtbot, library):
    made = NativeNotifier("Escalation Desk", load=lambda: library)
    yield made
    made.close()


def start(qtbot, notifier):
    with qtbot.waitSignal(notifier.state_changed):
        notifier.start()


def test_a_notice_is_shown_with_its_buttons(qtbot, notifier, library):
    start(qtbot, notifier)
    with qtbot.waitSignal(notifier.shown) as shown:
        notifier.show(BREACHED)
    assert shown.args == [7, "desktop"]
    (sent,) = library.sent
    assert [button.title for button in sent.buttons] == ["Acknowledge", "Snooze 15 min"]
    assert (sent.urgency, sent.sound) == ("critical", "default")


def test_a_press_comes_back_to_the_windows_thread(qtbot, notifier, library):
    start(qtbot, notifier)
    with qtbot.waitSignal(notifier.shown):
        notifier.show(BREACHED)
    with qtbot.waitSignal(notifier.acted) as acted:
        library.sent[0].buttons[0].on_pressed()
    assert acted.args == ["escalation:12", "acknowledge", ""]


def test_what_the_system_did_not_take_is_refused(qtbot, notifier, library):
    library.takes = False
    start(qtbot, notifier)
    with qtbot.waitSignal(notifier.refused) as refused:
        notifier.show(BREACHED)
    assert refused.args == [7, "the system did not take it", True]


def test_news_clears_the_old_one(qtbot, notifier, library):
    start(qtbot, notifier)
    for row in (1, 2):
        with qtbot.waitSignal(notifier.shown):
            notifier.show(Notice(row, "escalation:12", "x", "y"))
    assert library.cleared == ["1"]
    notifier.withdraw("escalation:12")
    qtbot.waitUntil(lambda: library.cleared == ["1", "2"])


def test_a_system_that_does_not_allow_it_is_said(qtbot, notifier, library):
    library.is_allowed = False
    start(qtbot, notifier)
    assert not notifier.is_available
    assert "does not allow" in notifier.state


def test_without_the_library_it_is_said(qtbot):
    def load():
        raise ImportError("No module named 'desktop_notifier'")

    notifier = NativeNotifier("Escalation Desk", load=load)
    start(qtbot, notifier)
    assert "cannot be used" in notifier.state
    notifier.close()
