"""The icon in the tray, where a tray is pretended."""

import pytest
from PySide6.QtWidgets import QSystemTrayIcon

from desktop.ui.notice import Notice
from desktop.ui.notify_tray import TrayNotifier
from desktop.ui.theme import ThemeChoice
from tests.ui.alarm_support import dressed

# The offscreen platform has no tray to ask.
pytestmark = pytest.mark.qt_log_ignore("systemTrayWindowChanged", extend=True)


@pytest.fixture
def tray(qapp):
    made = TrayNotifier(dressed()[1], "Escalation Desk", is_there=lambda: True)
    yield made
    made.close()


def test_without_a_tray_it_is_not_available(qapp):
    tray = TrayNotifier(dressed()[1], "Escalation Desk")
    assert not tray.is_available
    assert tray.state == "not available: the desktop has no tray either"


def test_a_tray_that_would_be_mute_is_not_available(qapp):
    tray = TrayNotifier(dressed()[1], "Escalation Desk", is_there=lambda: True, is_mute=lambda: True)
    assert not tray.is_available


def test_the_icon_is_there_only_if_wanted_and_while_alarms_stand(tray):
    tray.set_count(3)
    assert tray.icon is None
    tray.set_wanted(True)
    assert tray.icon.isVisible()
    assert tray.icon.toolTip() == "Escalation Desk: 3 alarms"
    tray.set_count(0)
    assert not tray.icon.isVisible()


def test_a_message_is_told_for_what_it_is(qtbot, tray):
    with qtbot.waitSignal(tray.shown) as shown:
        tray.show(Notice(7, "escalation:12", "Breached", "…"))
    assert shown.args == [7, "tray; nobody knows whether it was seen"]


def test_a_click_on_a_message_opens_its_escalation(qtbot, tray):
    tray.show(Notice(7, "escalation:12", "Breached", "…"))
    with qtbot.waitSignal(tray.acted) as acted:
        tray.icon.messageClicked.emit()
    assert acted.args == ["escalation:12", "default", ""]


def test_a_press_on_the_icon_wants_the_window(qtbot, tray):
    tray.set_wanted(True)
    tray.set_count(1)
    with qtbot.waitSignal(tray.window_requested):
        tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)


def test_its_menu_wears_the_theme_and_changes_with_it(qapp):
    theme, icons = dressed()
    tray = TrayNotifier(icons, "Escalation Desk", is_there=lambda: True)
    tray.set_wanted(True)
    tray.set_count(1)
    theme.choose(ThemeChoice.DARK)
    assert tray.menu.styleSheet() == theme.style_sheet()
    tray.close()
