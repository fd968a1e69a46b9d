"""The desktop that the journeys run on: hands, eyes and a real notification service."""

import sys
from pathlib import Path

import pytest
from jeepney import MatchRule, new_method_call
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import Proxy, open_dbus_connection

from tests.support.notification_log import OBJECT
from tests.support.virtual_desktop import VirtualDesktop

pytestmark = pytest.mark.journey

ECHO = """
import sys
from PySide6.QtWidgets import QApplication, QLineEdit
app = QApplication([])
line = QLineEdit()
line.setWindowTitle("Echo")
line.returnPressed.connect(lambda: (print(line.text(), flush=True), app.quit()))
line.show()
app.exec()
"""


def test_a_window_hears_the_keyboard(virtual_desktop: VirtualDesktop):
    program = virtual_desktop.start(sys.executable, "-c", ECHO)
    virtual_desktop.focus(virtual_desktop.wait_for_window("^Echo$"))
    virtual_desktop.type_text("Overdue: 5 < 6 & 7 > 3")
    virtual_desktop.press_keys("Return")
    assert program.wait(20) == 0
    assert virtual_desktop.log(sys.executable).strip() == "Overdue: 5 < 6 & 7 > 3"


def test_a_notification_is_seen_and_its_button_works(virtual_desktop: VirtualDesktop, tmp_path: Path):
    with open_dbus_connection(virtual_desktop.bus_address) as client:
        rule = MatchRule(type="signal", interface=OBJECT.interface, member="ActionInvoked")
        Proxy(message_bus, client).AddMatch(rule)
        actions = ["ack", "Acknowledge", "snooze", "Snooze 15 minutes"]
        body = ("Escalation Desk", 0, "", "ESC-2026-0001", "12 m over", actions, {"urgency": ("y", 2)}, 0)
        sent = client.send_and_get_reply(new_method_call(OBJECT, "Notify", "susssasa{sv}i", body), timeout=10)
        virtual_desktop.wait_until(lambda: virtual_desktop.notifications_on_screen() == 1, "notification")
        assert virtual_desktop.screenshot(tmp_path / "screen.png").stat().st_size > 1000
        with client.filter(rule) as heard:
            virtual_desktop.press_notification_button("Snooze", summary="ESC-2026-0001")
            assert client.recv_until_filtered(heard, timeout=10).body == (sent.body[0], "snooze")
    assert [shown.summary for shown in virtual_desktop.notifications.displayed] == ["ESC-2026-0001"]
