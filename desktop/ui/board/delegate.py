"""Paints the cards of a lane: a kept picture, the countdown, and the marks of selection and focus."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QStaticText
from PySide6.QtWidgets import QStyleOptionViewItem

from desktop.domain.board import NO_STEP, BoardRow, step_of
from desktop.ui.board import words
from desktop.ui.board.card_cache import CardCache
from desktop.ui.board.card_painter import WORD_GAP, CardPainter
from desktop.ui.board.lane_model import Index
from desktop.ui.board.look import BoardLook, StepColours
from desktop.ui.board.metrics import SIDE, CardMetrics, row_height
from desktop.ui.board.rows_view import RowDelegate
from desktop.ui.board.selection import Selection
from desktop.ui.kit import marks
from desktop.ui.text import STEP_WORDS

_FITTED_MOST = 4096


class CardDelegate(RowDelegate):
    """Paints the rows of one lane as cards."""

    def __init__(
        self,
        look: BoardLook,
        cache: CardCache,
        selection: Selection,
        rows: Sequence[BoardRow],
        parent: QObject | None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._cache = cache
        self._selection = selection
        self._rows = rows
        self._fitted: dict[tuple[str, int], QStaticText] = {}
        self._word_ends: dict[int, int] = {}
        self._pie = CardPainter(look).pie_size
        look.look_changed.connect(self._forget)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(100, row_height(self._look.density, self._look.scale))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = option.rect
        self.paint_card(painter, rect.x(), rect.y(), rect.width(), index.row())

    def paint_card(self, painter: QPainter, left: int, upper: int, width: int, position: int) -> None:
        """The card of the row at that position, in a lane of that width."""
        if position >= len(self._rows):
            return
        row = self._rows[position]
        look = self._look
        at = look.metrics(width)
        now_us = look.now_us
        step = step_of(row, now_us)
        x, y = left + SIDE, upper + at.top
        painter.drawPixmap(x, y, self._cache.card(row, step, at, is_snoozed=row.snoozed_us > now_us))
        text = words.clock(row, now_us)
        if text:
            painter.setFont(look.fonts.strong)
            painter.setPen(look.step(step).text)
            top = y + at.time - look.fonts.strong_metrics.ascent()
            if at.word == at.time:
                start = self._word_end(row, step)
                shown = self._fit(text, at.time_right - at.left - start)
                painter.drawStaticText(x + at.left + start, top, shown)
            else:
                shown = self._fit(text, at.time_right - at.left)
                painter.drawStaticText(x + at.left, top, shown)
        if look.glows and row.id in look.glows:
            draw_glow(painter, QRectF(x, y, at.width, at.height), look.step(step), look.glows[row.id])
        if row.id in self._selection or row.id == self._selection.current:
            self._draw_selected(painter, row.id, QRectF(x, y, at.width, at.height), at)

    def _draw_selected(self, painter: QPainter, row_id: int, card: QRectF, at: CardMetrics) -> None:
        look = self._look
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        is_focus = self.has_focus and row_id == self._selection.current
        is_selected = row_id in self._selection
        if is_focus:
            # outside the card with a gap: on the breached fill itself the ring would be too weak
            width = look.focus_pen.widthF()
            out = 2 + width / 2
            painter.setPen(look.focus_pen)
            painter.drawRoundedRect(card.adjusted(-out, -out, out, out), 6, 6)
        elif is_selected:
            painter.setPen(look.selected_pen)
            painter.drawRoundedRect(card.adjusted(-1, -1, 1, 1), 5, 5)
        if is_selected and len(self._selection) > 1:
            self._draw_tick(painter, card, at)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _draw_tick(self, painter: QPainter, card: QRectF, at: CardMetrics) -> None:
        size = round(15 * at.scale)
        theme = self._look.theme
        disc = QRectF(card.left() - 3, card.bottom() - size + 3, size, size)
        painter.setPen(QPen(theme.colour("surface.window"), 1.5))
        painter.setBrush(theme.colour("primary.fill"))
        painter.drawEllipse(disc)
        inset = size * 0.28
        marks.draw_tick(painter, disc.adjusted(inset, inset, -inset, -inset), theme.colour("text.on_primary"))

    def _word_end(self, row: BoardRow, step: int) -> int:
        if step == NO_STEP:
            word = words.step_word(row, step)
            return self._pie + WORD_GAP + self._look.fonts.strong_metrics.horizontalAdvance(word) + 7
        found = self._word_ends.get(step)
        if found is None:
            metrics = self._look.fonts.strong_metrics
            found = self._word_ends[step] = (
                self._pie + WORD_GAP + metrics.horizontalAdvance(STEP_WORDS[step]) + 7
            )
        return found

    def _fit(self, text: str, width: int) -> QStaticText:
        """The text in as many words as the width has room for; laid out once for all cards.

        Most countdowns say the same for a minute, and laying out costs more than painting.
        """
        key = (text, width)
        found = self._fitted.get(key)
        if found is None:
            metrics = self._look.fonts.strong_metrics
            forms = list(words.shorter(text))
            shown = next((form for form in forms if metrics.horizontalAdvance(form) <= width), forms[-1])
            found = QStaticText(metrics.elidedText(shown, Qt.TextElideMode.ElideRight, max(width, 0)))
            found.setTextFormat(Qt.TextFormat.PlainText)
            found.prepare(font=self._look.fonts.strong)
            if len(self._fitted) > _FITTED_MOST:
                self._fitted.clear()
            self._fitted[key] = found
        return found

    def _forget(self) -> None:
        self._fitted.clear()
        self._word_ends.clear()
        self._pie = CardPainter(self._look).pie_size


def draw_glow(painter: QPainter, card: QRectF, colours: StepColours, strength: float) -> None:
    """A ring around a card and a veil over it, as strong as its pulse is now, 0 to 1."""
    ring, veil = QColor(colours.accent), QColor(colours.text)
    ring.setAlphaF(strength)
    veil.setAlphaF(0.2 * strength)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(ring, 3))
    painter.setBrush(veil)
    painter.drawRoundedRect(card.adjusted(-1.5, -1.5, 1.5, 1.5), 5, 5)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
