"""dunst, a real notification service, with buttons that a test can press."""

import shlex
from pathlib import Path

from jeepney import DBusAddress, Properties, new_method_call
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection

from tests.support.notification_log import SERVICE

CONTROL = DBusAddress("/org/freedesktop/Notifications", SERVICE, interface="org.dunstproject.cmd0")

CONFIGURATION = """\
[global]
    width = 360
    height = 300
    origin = top-right
    offset = 16x16
    font = Inter, DejaVu Sans 10
    markup = full
    format = "<b>%s</b>\\n%b"
    show_age_threshold = -1
    frame_width = 1
    corner_radius = 6
    ignore_dbusclose = false
    mouse_left_click = do_action, close_current
    dmenu = {menu}
[urgency_low]
    background = "#1f2430"
    foreground = "#cbd5e0"
    timeout = 5
[urgency_normal]
    background = "#1f2430"
    foreground = "#f7fafc"
    timeout = 20
[urgency_critical]
    background = "#742a2a"
    foreground = "#ffffff"
    frame_color = "#fc8181"
    timeout = 0
"""

# dunst writes one line "#Label (Summary) [id,app]" per button to its menu program and reads the chosen one.
MENU = """\
#!/bin/sh
grep -F -e "#$(cat {label})" | grep -F -e "$(cat {summary})" | head -n 1
"""


class Dunst:
    """Its files below `folder`; `command` starts it."""

    def __init__(self, folder: Path) -> None:
        self._label, self._summary = folder / "menu-label", folder / "menu-summary"
        menu, self._configuration = folder / "menu.sh", folder / "dunstrc"
        quoted = {"label": shlex.quote(str(self._label)), "summary": shlex.quote(str(self._summary))}
        menu.write_text(MENU.format(**quoted))
        menu.chmod(0o700)
        self._configuration.write_text(CONFIGURATION.format(menu=shlex.quote(str(menu))))

    @property
    def command(self) -> list[str]:
        """The command line that starts it with this configuration."""
        return ["dunst", "-conf", str(self._configuration)]

    def press(self, address: str, label: str, summary: str = "") -> None:
        """Press the button with this label on the notification whose first line holds `summary`."""
        self._label.write_text(label)
        self._summary.write_text(summary)
        with open_dbus_connection(address) as connection:
            connection.send_and_get_reply(new_method_call(CONTROL, "ContextMenuCall"), timeout=10)

    @staticmethod
    def is_ready(address: str) -> bool:
        """Whether a notification service is on the bus."""
        with open_dbus_connection(address) as connection:
            return bool(connection.send_and_get_reply(message_bus.NameHasOwner(SERVICE), timeout=10).body[0])

    def on_screen(self, address: str) -> int:
        """How many notifications it shows at this moment."""
        with open_dbus_connection(address) as connection:
            reply = connection.send_and_get_reply(Properties(CONTROL).get("displayedLength"), timeout=10)
        return int(reply.body[0][1])
