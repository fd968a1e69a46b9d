"""Where Tab goes in forms whose rows come and go: in the order in which they are laid out."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QSplitter,
    QWidget,
)

_WHOLE = (QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit)
_TAB = Qt.FocusPolicy.TabFocus.value


def stops_of(widget: QWidget) -> Iterator[QWidget]:
    """What Tab stops at within a widget that is seen, from first to last."""
    if not widget.isVisible() or not widget.isEnabled():
        return
    if widget.focusPolicy().value & _TAB and widget.focusProxy() is None and _is_stop(widget):
        yield widget
    if isinstance(widget, _WHOLE):
        return
    if isinstance(widget, QScrollArea):
        inner = widget.widget()
        if inner is not None:
            yield from stops_of(inner)
    elif isinstance(widget, QSplitter):
        for at in range(widget.count()):
            if (part := widget.widget(at)) is not None:
                yield from stops_of(part)
    elif (layout := widget.layout()) is not None:
        yield from _in_layout(layout)


def go_on(home: QWidget, *, forward: bool) -> bool:
    """Let Tab go to the next stop in a widget, or from its last one out of it; False: Qt decides."""
    focus = QApplication.focusWidget()
    stops = list(stops_of(home))
    at = next((i for i, stop in enumerate(stops) if focus is not None and _holds(stop, focus)), -1)
    if at < 0:
        return False
    to = at + (1 if forward else -1)
    wanted = stops[to] if 0 <= to < len(stops) else _outside(home, stops, forward=forward)
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    wanted.setFocus(reason)
    return True


def _outside(home: QWidget, stops: list[QWidget], *, forward: bool) -> QWidget:
    """The next stop of the window that is not within; the first or last one where there is none."""
    widget: QWidget | None = home
    while widget is not None:
        widget = widget.nextInFocusChain() if forward else widget.previousInFocusChain()
        if widget is None or widget is home:
            break
        is_stop = bool(widget.focusPolicy().value & _TAB) and widget.isVisible() and widget.isEnabled()
        if is_stop and not home.isAncestorOf(widget) and _is_stop(widget):
            return widget
    return stops[0 if forward else -1]


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    for at in range(layout.count()):
        item = layout.itemAt(at)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield from stops_of(widget)
        elif inner is not None:
            yield from _in_layout(inner)


def _holds(stop: QWidget, focus: QWidget) -> bool:
    return stop is focus or (isinstance(stop, _WHOLE) and stop.isAncestorOf(focus))


def _is_stop(widget: QWidget) -> bool:
    """Of buttons that exclude one another, the one that is on."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    if group is None or not group.exclusive() or not isinstance(widget, QAbstractButton):
        return True
    return widget.isChecked()
