"""Walks what a screen reader and a pointer find in a window, as far as it can be seen.

What counts, for the checks of names: everything a person can operate (buttons, fields, boxes, tabs, lists,
tables, menu titles). Lines of lists and cells of tables are data and may say the same twice; the line to type
in of a box is the box. Two elements have the same name if they are of one role and stand in one window in
sight together: whoever calls a name by voice, or hears one, must know which is meant.
"""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QLabel,
    QPushButton,
    QRadioButton,
    QTabBar,
    QToolButton,
    QWidget,
)

from desktop.ui.bridge import Bridge
from desktop.ui.kit.label import ElidedLabel
from tests.support.real_window import RealWindow

Role = QAccessible.Role
OPERATED = frozenset(
    {
        Role.Button,
        Role.ButtonMenu,
        Role.CheckBox,
        Role.RadioButton,
        Role.ComboBox,
        Role.EditableText,
        Role.SpinBox,
        Role.Slider,
        Role.PageTab,
        Role.Link,
        Role.List,
        Role.Table,
        Role.Tree,
        Role.MenuItem,
        Role.HotkeyField,
    }
)
_DATA = frozenset({Role.List, Role.Table, Role.Tree, Role.ComboBox, Role.SpinBox})
_LEAST = 24
#: What a layout gives its room; what paints itself leaves out the less important words by itself.
_LAID_OUT = (QPushButton, QToolButton, QCheckBox, QRadioButton, QLabel, QTabBar)


class Element(NamedTuple):
    """One thing a person can operate; `of` names the widget behind it."""

    role: QAccessible.Role
    name: str
    place: QRect
    of: str

    def __str__(self) -> str:
        size = f"{self.place.width()}x{self.place.height()}"
        return f"{self.role.name} “{self.name}” {size} ({self.of})"


def elements(window: QWidget) -> list[Element]:
    """What can be operated in a window now."""
    root = QAccessible.queryAccessibleInterface(window)
    return list(_below(root))


def _below(found: QAccessibleInterface) -> Iterator[Element]:
    for at in range(found.childCount()):
        child = found.child(at)
        if not child.isValid() or _is_hidden(child):
            continue
        role = child.role()
        if role in OPERATED and not child.state().disabled:
            name = child.text(QAccessible.Text.Name)
            yield Element(role, name, _target(child), _origin(child))
        if role not in _DATA:
            yield from _below(child)


def _is_hidden(found: QAccessibleInterface) -> bool:
    behind = found.object()
    if isinstance(behind, QWidget):
        return not behind.isVisible() or behind.isWindow()
    return bool(found.state().invisible)


def _target(found: QAccessibleInterface) -> QRect:
    """Where it can be hit; a box to tick takes clicks in a part of its room only."""
    behind, place = found.object(), found.rect()
    if isinstance(behind, QCheckBox | QRadioButton):
        x = 10 if behind.layoutDirection() is Qt.LayoutDirection.LeftToRight else behind.width() - 10
        place.setHeight(sum(behind.hitButton(QPoint(x, y)) for y in range(behind.height())))
    return place


def _origin(found: QAccessibleInterface) -> str:
    behind: object = found.object()  # a tab, for one, has none of its own
    return type(behind).__name__ if behind is not None else "part"


def unnamed(window: QWidget) -> list[str]:
    """What has no name."""
    return [str(each) for each in elements(window) if not each.name.strip()]


def twice_named(window: QWidget) -> list[str]:
    """What cannot be told apart by role and name."""
    found = elements(window)
    counts = Counter((each.role, each.name) for each in found)
    return [str(each) for each in found if counts[each.role, each.name] > 1]


def too_small(window: QWidget) -> list[str]:
    """What is harder to hit than 24 × 24 px."""
    return [str(each) for each in elements(window) if min(each.place.width(), each.place.height()) < _LEAST]


def clipped(window: QWidget) -> list[str]:
    """Buttons, tabs and words with less room than they ask for, or cut off by what they stand in."""
    return [line for line in map(_fault, window.findChildren(QWidget)) if line]


def _fault(widget: QWidget) -> str:
    if not widget.isVisible() or not isinstance(widget, _LAID_OUT):
        return ""
    words = str(widget.property("text") or widget.accessibleName())[:60]
    wanted, has = widget.sizeHint(), widget.size()
    if not widget.property("text") and isinstance(widget, QAbstractButton):
        wanted = widget.iconSize()  # a picture alone
    if isinstance(widget, QLabel) and (widget.wordWrap() or not widget.text()):
        wanted = QSize(0, widget.heightForWidth(has.width()) if widget.text() else 0)
    if isinstance(widget, ElidedLabel):
        wanted.setWidth(0)  # what outsiders wrote is cut with a mark, and told whole elsewhere
    if has.width() < wanted.width() or has.height() < wanted.height():
        asked = f"{wanted.width()}x{wanted.height()}"
        return f"{type(widget).__name__} “{words}” has {has.width()}x{has.height()} of {asked}"
    return _cut_off(widget, words)


def _cut_off(widget: QWidget, words: str) -> str:
    parent = widget.parentWidget()
    while parent is not None and not widget.isWindow():
        left = widget.mapTo(parent, QPoint(0, 0)).x()
        if left < 0 or left + widget.width() > parent.width():
            return f"{type(widget).__name__} “{words}” is cut off by {type(parent).__name__}"
        if parent.isWindow():
            break
        parent = parent.parentWidget()
    return ""


def tab_ring(window: QWidget, most: int = 300) -> list[QWidget]:
    """What Tab leads to, from where the focus is until it comes back there.

    Raises: AssertionError when it never does: it is caught somewhere.
    """
    first = QApplication.focusWidget()
    assert first is not None, "nothing has the focus"
    ring = [first]
    for _ in range(most):
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        here = QApplication.focusWidget()
        assert here is not None, f"Tab leads nowhere after {ring[-1]}"
        if here is first:
            return ring
        assert here not in ring, f"Tab goes round without {first}: it is caught at {here}"
        ring.append(here)
    raise AssertionError(f"Tab does not come back within {most} steps")


def come_to_rest(desk: RealWindow) -> None:
    """Let the window tell what it has put off for a moment, so that a test leaves nothing under way."""
    desk.settle()
    timers = [each for bridge in desk.window.findChildren(Bridge) for each in bridge.findChildren(QTimer)]
    timers += [
        each for each in desk.window.findChildren(QTimer) if each.isSingleShot() and 0 < each.interval() < 500
    ]
    desk.until(lambda: not any(each.isActive() for each in timers), "rest")
    desk.settle()
