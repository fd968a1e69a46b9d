"""One commitment as a tile: what is promised, the time of it, and how far it has aged."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop.ui.escalation.standing import Standing
from desktop.ui.kit.keys import press_by_enter
from desktop.ui.kit.marks import draw_pause, draw_pie, draw_tick, slanted
from desktop.ui.text import STEP_TOKENS
from desktop.ui.theme import Theme

#: The strip grows with the step, so that it reads without colour.
_STRIPS = (6, 6, 8, 10, 12)
_PADDING = 6
_GAP = 8
_RADIUS = 5


class CommitmentTile(QAbstractButton):
    """Says how one commitment stands; pressed, it shows the strip that explains its deadline."""

    def __init__(self, theme: Theme, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._title = title
        self._standing = Standing(None, "", "", "")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.theme_changed.connect(self._resize)

    def show_standing(self, standing: Standing) -> None:
        """Say how it stands now; painted again only where that has changed."""
        if standing != self._standing:
            self._standing = standing
            self.setAccessibleName(f"{self._title}: {standing.spoken}")
            self.setAccessibleDescription("Shows how the deadline came about.")
            self.updateGeometry()
            self.update()

    @property
    def standing(self) -> Standing:
        return self._standing

    def sizeHint(self) -> QSize:
        small, strong = QFontMetrics(self._theme.font("small")), QFontMetrics(self._theme.font("strong"))
        now = self._standing
        head = small.horizontalAdvance(f"{self._title}   {now.word}")
        width = max(head, strong.horizontalAdvance(now.headline) + 20)
        return QSize(width + max(_STRIPS) + 2 * _PADDING, small.height() + strong.height() + 2 * _PADDING)

    def minimumSizeHint(self) -> QSize:
        return QSize(96, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not press_by_enter(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_box(painter)
        self._draw_words(painter)

    def _draw_box(self, painter: QPainter) -> None:
        colour = self._theme.colour
        box = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._ground())
        painter.drawRoundedRect(box, _RADIUS, _RADIUS)
        painter.save()
        strip = QRectF(box.left(), box.top(), self._strip, box.height())
        painter.setClipRect(strip)
        painter.setBrush(colour(self._strip_token))
        painter.drawRoundedRect(box, _RADIUS, _RADIUS)
        if self._standing.is_paused:
            painter.fillRect(strip, slanted(self._ground()))
        painter.restore()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.hasFocus():
            painter.setPen(QPen(colour("focus.ring"), self._theme.number("focus.width")))
        elif self.isChecked():
            painter.setPen(QPen(colour("primary.edge"), 2))
        else:
            painter.setPen(QPen(colour("line.normal"), self._theme.number("line.width")))
        painter.drawRoundedRect(box, _RADIUS, _RADIUS)

    def _draw_words(self, painter: QPainter) -> None:
        """What is promised; below it the time, and the word of the step where there is room for it."""
        theme, now = self._theme, self._standing
        small, strong = theme.font("small"), theme.font("strong")
        narrow, wide = QFontMetrics(small), QFontMetrics(strong)
        left, right = 1 + self._strip + _PADDING, self.width() - _PADDING - 1
        first = _PADDING + narrow.ascent()
        second = _PADDING + narrow.height() + wide.ascent()
        size = wide.capHeight() + 3
        time_left = left + size + 6
        self._draw_mark(painter, QRectF(left, second - wide.capHeight() - 1.5, size, size))
        painter.setFont(strong)
        painter.setPen(theme.colour(self._word_token))
        painter.drawText(QPointF(time_left, second), _cut(wide, now.headline, right - time_left))
        painter.setFont(small)
        beside = time_left + wide.horizontalAdvance(now.headline) + _GAP
        is_beside = beside + narrow.horizontalAdvance(now.word) <= right
        if is_beside:
            painter.setPen(theme.colour(self._quiet_token if now.has_ended else self._word_token))
            painter.drawText(QPointF(beside, second), now.word)
        self._draw_head(painter, narrow, left, right, first, now.due if is_beside else now.word)

    def _draw_head(
        self, painter: QPainter, metrics: QFontMetrics, left: float, right: float, base: float, aside: str
    ) -> None:
        colour = self._theme.colour
        painter.setPen(colour("breached.text" if self._standing.is_over else "text.primary"))
        painter.drawText(QPointF(left, base), _cut(metrics, self._title, right - left))
        room = right - left - metrics.horizontalAdvance(self._title) - _GAP // 2
        shown = aside if metrics.horizontalAdvance(aside) <= room else ""
        painter.setPen(colour(self._quiet_token))
        painter.drawText(QPointF(right - metrics.horizontalAdvance(shown), base), shown)

    def _draw_mark(self, painter: QPainter, box: QRectF) -> None:
        colour = self._theme.colour(self._word_token)
        if self._standing.is_paused:
            draw_pause(painter, box, colour)
        elif self._standing.step is None:
            draw_tick(painter, box, colour)
        else:
            draw_pie(painter, box, int(self._standing.step), colour)

    def _ground(self) -> QColor:
        if self._standing.is_over:
            return self._theme.colour("breached.tint")
        is_touched = self.underMouse() or self.isDown()
        return self._theme.colour("surface.hover" if is_touched else "surface.panel")

    @property
    def _tone(self) -> str:
        step = self._standing.step
        return "none" if step is None else STEP_TOKENS[int(step)]

    @property
    def _strip_token(self) -> str:
        if self._standing.is_over:
            return "breached.mark"
        return f"{self._tone}.accent" if self._standing.step is not None else "none.mark"

    @property
    def _word_token(self) -> str:
        """Step words are readable on a plain panel; the word of *breached* is meant for its solid fill."""
        return "text.primary" if self._standing.has_ended else f"{self._tone}.word"

    @property
    def _quiet_token(self) -> str:
        return "breached.secondary" if self._standing.is_over else "text.secondary"

    @property
    def _strip(self) -> int:
        step = self._standing.step
        return 4 if step is None else _STRIPS[int(step)]

    def _resize(self) -> None:
        self.updateGeometry()
        self.update()


def _cut(metrics: QFontMetrics, text: str, width: float) -> str:
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(int(width), 0))
