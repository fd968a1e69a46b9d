"""Chips: small rounded choices with a swatch and a count."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QStylePainter, QWidget

from desktop.ui.kit.keys import press_by_enter
from desktop.ui.theme import Theme

_PAD, _GAP, _SWATCH = 10, 6, 9


class Chip(QPushButton):
    """A choice that is on or off; `swatch` is the token of its colour mark."""

    def __init__(
        self,
        text: str,
        theme: Theme,
        *,
        swatch: str = "",
        checkable: bool = True,
        opens: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._label = text
        self._swatch = swatch
        self._opens = opens
        self._count: int | None = None
        self.setCheckable(checkable)
        self.setProperty("kind", "chip")
        self._say()

    @property
    def label(self) -> str:
        """Its words without the count."""
        return self._label

    def set_label(self, text: str) -> None:
        """Other words."""
        if text != self._label:
            self._label = text
            self._say()

    @property
    def count(self) -> int | None:
        """The number beside its words."""
        return self._count

    def set_count(self, count: int | None) -> None:
        """The number beside its words; None shows none."""
        if count != self._count:
            self._count = count
            self._say()

    def sizeHint(self) -> QSize:
        label, strong = self._metrics()
        width = 2 * _PAD + label.horizontalAdvance(self._label)
        if self._swatch:
            width += _SWATCH + _GAP
        if self._count is not None:
            # room for three digits, so that a count that changes moves nothing
            width += _GAP + max(strong.horizontalAdvance(self._count_text()), strong.horizontalAdvance("00"))
        if self._opens:
            width += _GAP + 8
        return QSize(width, max(label.height() + 10, 26))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not press_by_enter(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        option.features &= ~QStyleOptionButton.ButtonFeature.HasMenu  # we draw our own arrow
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        self._draw_content(painter)

    def _draw_content(self, painter: QPainter) -> None:
        label, _ = self._metrics()
        colour = "text.primary" if self.isEnabled() else "text.disabled"
        if self.isChecked():
            colour = "text.link"
        x, middle = _PAD, self.height() / 2
        base = round(middle + (label.ascent() - label.descent()) / 2)
        if self._swatch:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour(self._swatch))
            painter.drawRoundedRect(QRect(x, round(middle - _SWATCH / 2), _SWATCH, _SWATCH), 2, 2)
            x += _SWATCH + _GAP
        painter.setPen(self._theme.colour(colour))
        painter.setFont(self._theme.font("small"))
        painter.drawText(x, base, self._label)
        x += label.horizontalAdvance(self._label) + _GAP
        if self._count is not None:
            painter.setFont(self._theme.font("small_strong"))
            painter.drawText(x, base, self._count_text())
        if self._opens:
            self._draw_arrow(painter, self.width() - _PAD - 8, round(middle))

    def _draw_arrow(self, painter: QPainter, x: int, y: int) -> None:
        pen = painter.pen()
        pen.setWidthF(1.5)
        painter.setPen(pen)
        painter.drawLine(x, y - 2, x + 4, y + 2)
        painter.drawLine(x + 4, y + 2, x + 8, y - 2)

    def _metrics(self) -> tuple[QFontMetrics, QFontMetrics]:
        return QFontMetrics(self._theme.font("small")), QFontMetrics(self._theme.font("small_strong"))

    def _count_text(self) -> str:
        return f"{self._count:,}"

    def _say(self) -> None:
        self.setAccessibleName(self._label if self._count is None else f"{self._label}, {self._count:,}")
        self.updateGeometry()
        self.update()
