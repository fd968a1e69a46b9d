"""A thin bar: how much of its maximum something has."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.theme import Theme


class Meter(QWidget):
    """A share of a whole, 0 to 1, in the colour of a token; its words are for screen readers."""

    def __init__(self, theme: Theme, token: str = "primary.bar", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._token = token
        self._share = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.theme_changed.connect(self.update)

    def set_share(self, share: float, words: str, token: str = "") -> None:
        """Show that share, in the colour of another token if one is given; `words` say it: "12 of 15"."""
        self._token = token or self._token
        self._share = min(max(share, 0.0), 1.0)
        self.setAccessibleName(words)
        self.update()

    @property
    def share(self) -> float:
        return self._share

    def sizeHint(self) -> QSize:
        return QSize(120, max(8, round(8 * self._theme.text_scale)))

    def minimumSizeHint(self) -> QSize:
        return QSize(40, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        height = self.height()
        painter.setBrush(self._theme.colour("chip.track"))
        painter.drawRoundedRect(QRectF(0, 0, self.width(), height), height / 2, height / 2)
        if self._share:
            painter.setBrush(self._theme.colour(self._token))
            painter.drawRoundedRect(QRectF(0, 0, self.width() * self._share, height), height / 2, height / 2)
