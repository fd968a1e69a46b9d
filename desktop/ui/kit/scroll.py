"""A column that scrolls."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget
from shiboken6 import isValid

_MARGIN = 12


class ScrollColumn(QScrollArea):
    """Scrolls a widget up and down, never sideways; no frame of its own. Follows the focus."""

    def __init__(self, widget: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._column = widget
        self.setWidget(widget)
        self.viewport().setAutoFillBackground(False)
        widget.setAutoFillBackground(False)
        widget.installEventFilter(self)
        self._to_reveal: QWidget | None = None
        # What has just opened gets its place with the next layout; only then can it be scrolled to.
        self._after_layout = QTimer(self)
        self._after_layout.setSingleShot(True)
        self._after_layout.timeout.connect(self._scroll_there)
        self._fit()

    def reveal(self, widget: QWidget) -> None:
        """Bring a part of the column into sight, as much of it as there is room for."""
        self._to_reveal = widget
        self._after_layout.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize) and watched is self._column:
            self._fit()
        return super().eventFilter(watched, event)

    def _scroll_there(self) -> None:
        widget, self._to_reveal = self._to_reveal, None
        if widget is not None and isValid(widget) and widget.isVisibleTo(self._column):
            self.ensureWidgetVisible(widget, 0, _MARGIN)

    def _fit(self) -> None:
        """Never narrower than what is in it needs, so that nothing is cut off at the side."""
        bar = self.verticalScrollBar().sizeHint().width()
        self.setMinimumWidth(self._column.minimumSizeHint().width() + bar)
