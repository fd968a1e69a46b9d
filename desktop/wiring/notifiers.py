"""The ways out of the program to this computer's desktop, in the order they are tried."""

import sys

from PySide6.QtCore import QObject

from desktop import paths
from desktop.ui.notice import Notifier

PROGRAM = "Escalation Desk"


def notifiers_of(parent: QObject) -> tuple[Notifier, ...]:
    """The notifiers of this platform."""
    platform: str = sys.platform
    if not platform.startswith("linux"):
        return ()
    from desktop.ui.notify_dbus import DBusNotifier  # speaks a protocol that only Linux has

    return (DBusNotifier(PROGRAM, paths.APP_ID, parent=parent),)
