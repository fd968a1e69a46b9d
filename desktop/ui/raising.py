"""Brings a window to the person's notice when they asked for it, or quietly when they did not."""

import os

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

_FLASH_MS = 3000


def come_forward(window: QWidget, token: str = "") -> None:
    """Show the window in front; `token` is what Wayland wants to see before it allows that."""
    if token:
        os.environ["XDG_ACTIVATION_TOKEN"] = token
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()


def flash(window: QWidget) -> None:
    """Mark the window in the task bar; it neither restores itself nor takes the focus."""
    QApplication.alert(window, _FLASH_MS)
