"""Which key was pressed, where Qt has more than one for the same wish."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QPushButton


def is_enter(event: QKeyEvent) -> bool:
    """Return or the Enter of the number pad, without any other key."""
    allowed = Qt.KeyboardModifier.KeypadModifier
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~allowed


def press_by_enter(button: QAbstractButton, event: QKeyEvent) -> bool:
    """Press a button by Enter as Space does; False for any other key, and while Enter is held down."""
    if not is_enter(event) or event.isAutoRepeat():
        return False
    if isinstance(button, QPushButton) and button.menu() is not None:
        button.showMenu()
    else:
        button.click()
    return True
