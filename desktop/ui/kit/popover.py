"""A panel that floats over the window beside what it is about; Esc or a click elsewhere puts it away."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid


class Popover(QFrame):
    """Floats over a window, holds one widget, gives the focus back when it closes.

    Signals:
        closed: it is gone, done or not.
    """

    closed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setProperty("part", "popover")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._window = window
        self._content: QWidget | None = None
        self._came_from: QWidget | None = None
        self._anchor = QRect()
        self._top = 0
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 1, 1, 1)
        self.hide()

    @property
    def content(self) -> QWidget | None:
        return self._content

    def show_at(self, content: QWidget, anchor: QRect | None = None, *, top: int = 0) -> None:
        """Show a widget beside a rectangle of the window, or in its upper middle, and give it the focus.

        In the middle it stands below `top` where there is room, so that it covers nothing above that.
        """
        self.close_popover()
        self._came_from = QApplication.focusWidget()
        self._content = content
        self._anchor = anchor or QRect()
        self._top = top
        self._column.addWidget(content)
        content.show()
        self._place()
        self.show()
        self.raise_()
        _application().installEventFilter(self)
        first = content
        while (proxy := first.focusProxy()) is not None:
            first = proxy
        if first.focusPolicy() == Qt.FocusPolicy.NoFocus:
            first = first.nextInFocusChain() or first
        first.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_popover(self) -> None:
        """Put it away; its widget is deleted, the focus goes back to where it was."""
        content, self._content = self._content, None
        if content is None:
            return
        _application().removeEventFilter(self)
        focus = QApplication.focusWidget()
        had_focus = focus is not None and self.isAncestorOf(focus)
        self._column.removeWidget(content)
        self.hide()
        content.hide()
        content.deleteLater()
        came_from, self._came_from = self._came_from, None
        if had_focus and came_from is not None and isValid(came_from) and came_from.isVisible():
            came_from.setFocus(Qt.FocusReason.PopupFocusReason)
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_popover()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind is QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            self._close_if_outside(watched, event.globalPosition().toPoint())
        elif (watched, kind) in (
            (self._window, QEvent.Type.Resize),
            (self._content, QEvent.Type.LayoutRequest),
        ):
            self._place()
        return super().eventFilter(watched, event)

    def _close_if_outside(self, watched: QObject, at: QPoint) -> None:
        inside = self.rect().contains(self.mapFromGlobal(at))
        of_ours = isinstance(watched, QWidget) and watched.window() is self.window()
        if of_ours and not inside and QApplication.activePopupWidget() is None:
            self.close_popover()

    def _place(self) -> None:
        window = self._window
        size = self.sizeHint().expandedTo(self.minimumSize()).boundedTo(window.size())
        if self._anchor.isNull():
            top = max(min(90, window.height() // 8), self._top)
            place = QPoint((window.width() - size.width()) // 2, top)
        else:
            place = self._anchor.bottomLeft() + QPoint(0, 4)
            if place.y() + size.height() > window.height() - 8:
                place.setY(max(8, self._anchor.top() - size.height() - 4))
        place.setX(max(8, min(place.x(), window.width() - size.width() - 8)))
        place.setY(max(8, min(place.y(), window.height() - size.height() - 8)))
        self.setGeometry(QRect(place, size))


def top_of_page(window: QWidget) -> int:
    """Where the pages of a window begin, below its bars and what is told above them; 0 without pages."""
    pages = window.findChild(QStackedWidget)
    return pages.mapTo(window, QPoint(0, 8)).y() if pages is not None else 0


def _application() -> QCoreApplication:
    application = QApplication.instance()
    assert application is not None  # a widget cannot be without one
    return application
