"""The ways out of the program to this computer's desktop, in the order they are tried."""

import sys

from PySide6.QtCore import QObject

from desktop import paths
from desktop.ui.icons import Icons
from desktop.ui.notice import Notifier
from desktop.ui.notify_tray import TrayNotifier

PROGRAM = "Escalation Desk"


def notifiers_of(icons: Icons, parent: QObject) -> tuple[Notifier, TrayNotifier]:
    """This platform's own service, and the tray for where that is not there."""
    platform: str = sys.platform
    if platform.startswith("linux"):
        from desktop.ui.notify_dbus import DBusNotifier  # speaks a protocol that only Linux has

        service = DBusNotifier(PROGRAM, paths.APP_ID, parent=parent)
        # Where the tray is on the bus Qt hands its messages to the same service: without it they go nowhere.
        # A tray of the old kind shows them by itself.
        tray = TrayNotifier(icons, PROGRAM, is_mute=service.has_tray_watcher, parent=parent)
        return service, tray
    from desktop.ui.notify_native import NativeNotifier  # its library is there on Windows and macOS only

    return NativeNotifier(PROGRAM, parent=parent), TrayNotifier(icons, PROGRAM, parent=parent)
