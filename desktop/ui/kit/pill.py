"""Pills: a word or a number in a rounded box."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.theme import Theme

#: tone: (fill, text, edge)
_TONES = {
    "neutral": ("chip.badge", "chip.badge_text", "chip.badge_edge"),
    "primary": ("primary.tint", "text.link", "primary.edge"),
    "danger": ("surface.danger", "text.danger", "text.danger"),
    "warning": ("surface.warning", "text.warning", "text.warning"),
    "success": ("surface.success", "text.success", "text.success"),
    "count": ("chip.count", "chip.count_text", "chip.count"),
}


class Pill(QWidget):
    """A few words in a tone: neutral, primary, danger, warning, success, count, or the token of a step."""

    def __init__(
        self, theme: Theme, text: str = "", tone: str = "neutral", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._text = ""
        self._tone = tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.theme_changed.connect(self._resize)
        self.set_text(text, tone)

    def set_text(self, text: str, tone: str = "") -> None:
        """Other words, and another tone where given."""
        self._text = " ".join(text[:200].split())
        self._tone = tone or self._tone
        self.setAccessibleName(self._text)
        self._resize()

    @property
    def text(self) -> str:
        return self._text

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._theme.font("small_strong"))
        height = metrics.height() + 4
        return QSize(max(metrics.horizontalAdvance(self._text) + 14, height), height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        fill, text, edge = self._colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._theme.colour(edge))
        painter.setBrush(self._theme.colour(fill))
        radius = self.height() / 2 if self._tone == "count" else 5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.setFont(self._theme.font("small_strong"))
        painter.setPen(self._theme.colour(text))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self._text)

    def _colours(self) -> tuple[str, str, str]:
        if self._tone in _TONES:
            return _TONES[self._tone]
        return (f"{self._tone}.tint", f"{self._tone}.word", f"{self._tone}.edge")

    def _resize(self) -> None:
        self.updateGeometry()
        self.update()
