"""Boxes and dots to tick that can be hit anywhere in their line, not on the letters alone."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton


class CheckBox(QCheckBox):
    """A box to tick."""

    def hitButton(self, pos: QPoint) -> bool:
        return _line(self).contains(pos)


class RadioButton(QRadioButton):
    """A dot to choose one of several."""

    def hitButton(self, pos: QPoint) -> bool:
        return _line(self).contains(pos)


def _line(button: QAbstractButton) -> QRect:
    """As high as the button and as wide as its words."""
    wide = min(button.width(), button.sizeHint().width())
    is_mirrored = button.layoutDirection() is Qt.LayoutDirection.RightToLeft
    return QRect(button.width() - wide if is_mirrored else 0, 0, wide, button.height())
