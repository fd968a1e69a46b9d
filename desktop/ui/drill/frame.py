"""What makes a window unmistakably one of a drill: its title, those of its dialogs, and a striped border."""

from PySide6.QtCore import QEvent, QMargins, QObject, QRect, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QRegion, QWindow
from PySide6.QtWidgets import QApplication, QWidget

from desktop.domain.drill_mark import marked_title
from desktop.ui.drill.hatch import draw_hatch
from desktop.ui.kit.dialogs import MARK
from desktop.ui.theme import Theme

BORDER = 6


def put_mark(window: QWidget, mark: str, theme: Theme) -> "DrillFrame":
    """Mark a window and whatever opens over it."""
    window.setProperty(MARK, mark)
    window.setWindowTitle(marked_title(window.windowTitle(), mark))
    return DrillFrame(window, mark, theme)


class DrillFrame(QWidget):
    """A striped border around a window; the mouse goes through it, and nothing of the window lies below."""

    def __init__(self, window: QWidget, mark: str, theme: Theme) -> None:
        super().__init__(window)
        self._mark = mark
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(mark)
        margins = window.contentsMargins()
        window.setContentsMargins(*(side + BORDER for side in _sides(margins)))
        window.installEventFilter(self)
        theme.theme_changed.connect(self.update)
        application = QApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self._mark_dialog)
        self._fit(window)
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, QWidget) and watched is self.parent():
            if event.type() is QEvent.Type.Resize:
                self._fit(watched)
            elif event.type() is QEvent.Type.ChildAdded:
                self.raise_()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        wide, high = self.width(), self.height()
        for box in (
            QRectF(0, 0, wide, BORDER),
            QRectF(0, high - BORDER, wide, BORDER),
            QRectF(0, 0, BORDER, high),
            QRectF(wide - BORDER, 0, BORDER, high),
        ):
            draw_hatch(painter, box, self._theme, is_narrow=True)

    def _fit(self, window: QWidget) -> None:
        whole = QRect(0, 0, window.width(), window.height())
        self.setGeometry(whole)
        inner = whole.adjusted(BORDER, BORDER, -BORDER, -BORDER)
        self.setMask(QRegion(whole) - QRegion(inner))
        self.raise_()

    def _mark_dialog(self, _window: QWindow | None) -> None:
        """A dialog of this window has come to the front: its title says the word too."""
        dialog = QApplication.activeWindow()
        window = self.parentWidget()
        if dialog is None or dialog is window:
            return
        around = dialog.parentWidget()
        while around is not None and around is not window:
            around = around.parentWidget()
        if around is window:
            dialog.setWindowTitle(marked_title(dialog.windowTitle(), self._mark))


def _sides(margins: QMargins) -> tuple[int, int, int, int]:
    return margins.left(), margins.top(), margins.right(), margins.bottom()
