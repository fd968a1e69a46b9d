"""Paints one card to be read at the back of a room."""

from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen

from desktop.domain.board import BREACHED, LANES, NO_STEP, BoardRow, step_of
from desktop.ui.board import shapes, words
from desktop.ui.board.delegate import draw_glow
from desktop.ui.board.look import BoardLook, StepColours
from desktop.ui.board.metrics import STRIP_WIDTHS
from desktop.ui.board.wrapping import two_lines
from desktop.ui.kit import marks

_RIGHT = Qt.TextElideMode.ElideRight
_STRIP_SCALE = 1.6
_SIDE = 6  # room around a card for the ring of the current one
_LINES = 5  # head, two of title, customer and owner, clock
_ROUND = 6
_STATES = {lane.state: lane.title for lane in LANES}


def smallest_size(look: BoardLook) -> tuple[int, int]:
    """The least width and height that a card can be read in, with the room around it."""
    em = look.fonts.title_metrics.height()
    return round(13.5 * em), round((_LINES + 1.4) * em)


class RoomCardPainter:
    """Draws the same facts as a card of the lanes, the lane among them. Never raises."""

    def __init__(self, look: BoardLook) -> None:
        self._look = look

    def draw(self, painter: QPainter, cell: QRectF, row: BoardRow, *, is_current: bool) -> None:
        """Draw a card into its cell."""
        look = self._look
        step = step_of(row, look.now_us)
        colours = look.step(step)
        card = cell.adjusted(_SIDE, _SIDE, -_SIDE, -_SIDE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(card.topLeft())
        box = QRectF(0, 0, card.width(), card.height())
        self._draw_box(painter, box, row, step, colours)
        self._draw_words(painter, box, row, step, colours)
        if row.id in look.glows:
            draw_glow(painter, box, colours, look.glows[row.id])
        if is_current:
            painter.setPen(look.focus_pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(-4, -4, 4, 4), _ROUND + 3, _ROUND + 3)
        painter.restore()

    def _draw_box(
        self, painter: QPainter, box: QRectF, row: BoardRow, step: int, colours: StepColours
    ) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.tint)
        painter.drawRoundedRect(box, _ROUND, _ROUND)
        strip = QRectF(0, 0, STRIP_WIDTHS[max(step, 0)] * _STRIP_SCALE, box.height())
        painter.save()
        painter.setClipRect(strip)
        painter.setBrush(colours.mark)
        painter.drawRoundedRect(box, _ROUND, _ROUND)
        if row.clock_paused:
            painter.setBrush(marks.slanted(colours.tint))
            painter.drawRect(strip)
        painter.restore()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(colours.edge)
        painter.drawRoundedRect(box, _ROUND, _ROUND)
        if row.unacknowledged:
            painter.setPen(QPen(colours.text, 1.5))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), _ROUND, _ROUND)
            painter.drawRoundedRect(box.adjusted(4.5, 4.5, -4.5, -4.5), _ROUND - 2, _ROUND - 2)

    def _draw_words(
        self, painter: QPainter, box: QRectF, row: BoardRow, step: int, colours: StepColours
    ) -> None:
        """The lines from the top, spread over the height; the clock stands at the bottom."""
        fonts = self._look.fonts
        em = fonts.title_metrics.height()
        pad = em * 0.35
        left = STRIP_WIDTHS[-1] * _STRIP_SCALE + pad
        right = box.width() - pad
        spare = max(box.height() - _LINES * em - 2 * pad, 0) / 3
        ascent = fonts.title_metrics.ascent()
        top = pad + ascent
        if self._look.mark:
            right = self._draw_mark(painter, right, top, step)
        self._draw_head(painter, row, left, right, top, colours)
        right = box.width() - pad
        title = top + em + spare * 0.6
        self._draw_title(painter, row, left, right, title, colours)
        self._draw_people(painter, row, left, right, title + 2 * em + spare * 0.6, colours)
        self._draw_clock(painter, row, left, right, box.height() - pad - em + ascent, step, colours)

    def _draw_mark(self, painter: QPainter, right: float, base: float, step: int) -> float:
        """The word of a drill at the right end of the head; gives where it begins."""
        fonts = self._look.fonts
        left = right - fonts.badge_metrics.horizontalAdvance(self._look.mark)
        painter.setFont(fonts.badge)
        painter.setPen(self._look.mark_ink(step))
        painter.drawText(QPointF(left, base), self._look.mark)
        return left - 10

    def _draw_head(
        self, painter: QPainter, row: BoardRow, left: float, right: float, base: float, colours: StepColours
    ) -> None:
        fonts, metrics = self._look.fonts, self._look.fonts.number_metrics
        size = round(metrics.height() * 1.05)
        box = QRectF(left, base - metrics.capHeight() / 2 - size / 2, size, size)
        marks.draw_severity(painter, box, row.severity, colours.text, colours.tint, fonts.badge)
        left = box.right() + 8
        right = self._draw_badge(painter, row, right, base, colours)
        is_snoozed = row.snoozed_us > self._look.now_us
        for is_on, draw in ((row.unacknowledged, shapes.draw_bell), (is_snoozed, shapes.draw_snooze)):
            if is_on:
                right -= size + 6
                draw(painter, QRectF(right, box.top(), size, size), colours.text)
        painter.setFont(fonts.number)
        painter.setPen(colours.secondary)
        number = words.number(row, self._look.now_us)
        state = _STATES.get(row.state, "")
        forms = (f"{number} · {state}", f"{number.rpartition('-')[2]} · {state}", number)
        painter.drawText(QPointF(left, base), _fitting(forms, metrics, right - 8 - left))

    def _draw_badge(
        self, painter: QPainter, row: BoardRow, right: float, base: float, colours: StepColours
    ) -> float:
        """Priority and score at the right; gives where they begin."""
        fonts = self._look.fonts
        text = words.badge(row)
        width = fonts.badge_metrics.horizontalAdvance(text)
        painter.setFont(fonts.badge)
        painter.setPen(colours.text)
        painter.drawText(QPointF(right - width, base), text)
        return right - width - 6

    def _draw_title(
        self, painter: QPainter, row: BoardRow, left: float, right: float, base: float, colours: StepColours
    ) -> None:
        fonts = self._look.fonts
        painter.setFont(fonts.title)
        painter.setPen(colours.text)
        first, second = two_lines(words.title(row), fonts.title_metrics, round(right - left))
        painter.drawText(QPointF(left, base), first)
        painter.drawText(QPointF(left, base + fonts.title_metrics.height()), second)

    def _draw_people(
        self, painter: QPainter, row: BoardRow, left: float, right: float, base: float, colours: StepColours
    ) -> None:
        """Customer at the left, owner at the right: the whole name, or a dashed ring for nobody."""
        fonts, metrics = self._look.fonts, self._look.fonts.plain_metrics
        most = (right - left) * 0.45
        owner = metrics.elidedText(words.owner(row), _RIGHT, round(most))
        start = right - metrics.horizontalAdvance(owner)
        painter.setFont(fonts.plain)
        if row.owner_id:
            painter.setPen(colours.text)
        else:
            start = self._draw_nobody(painter, right, owner, base, colours)
        painter.drawText(QPointF(right - metrics.horizontalAdvance(owner), base), owner)
        painter.setPen(colours.secondary)
        forms = (words.customer(row), words.customer(row._replace(tier="")))
        painter.drawText(QPointF(left, base), _fitting(forms, metrics, start - 12 - left))

    def _draw_nobody(
        self, painter: QPainter, right: float, owner: str, base: float, colours: StepColours
    ) -> float:
        metrics = self._look.fonts.plain_metrics
        pen = QPen(self._look.dashed_pen)
        pen.setWidthF(2)
        if colours is self._look.step(BREACHED):
            pen.setColor(colours.secondary)
        size = metrics.height() * 0.9
        start = right - metrics.horizontalAdvance(owner) - size - 6
        box = QRectF(start, base - metrics.capHeight() / 2 - size / 2, size, size)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(box)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), "?")
        return start

    def _draw_clock(
        self,
        painter: QPainter,
        row: BoardRow,
        left: float,
        right: float,
        base: float,
        step: int,
        colours: StepColours,
    ) -> None:
        fonts, metrics = self._look.fonts, self._look.fonts.strong_metrics
        size = round(metrics.height() * 0.85)
        box = QRectF(left, base - metrics.capHeight() / 2 - size / 2, size, size)
        if row.clock_paused:
            marks.draw_pause(painter, box.adjusted(2, 2, -2, -2), colours.word)
        elif step != NO_STEP:
            marks.draw_pie(painter, box, step, colours.mark)
        else:
            marks.draw_tick(painter, box.adjusted(2, 2, -2, -2), colours.word)
        painter.setFont(fonts.strong)
        painter.setPen(colours.word)
        word = words.step_word(row, step)
        painter.drawText(QPointF(box.right() + 6, base), word)
        word_end = box.right() + 6 + metrics.horizontalAdvance(word)
        large = self._look.theme.font("title")
        large_metrics = QFontMetrics(large)
        forms = words.shorter(words.clock(row, self._look.now_us))
        shown = _fitting(forms, large_metrics, right - word_end - 14)
        painter.setFont(large)
        painter.setPen(colours.text)
        painter.drawText(QPointF(right - large_metrics.horizontalAdvance(shown), base), shown)


def _fitting(forms: Iterator[str] | tuple[str, ...], metrics: QFontMetrics, room: float) -> str:
    """The first form that fits, or the last one cut off."""
    last = ""
    for form in forms:
        if metrics.horizontalAdvance(form) <= room:
            return form
        last = form
    return metrics.elidedText(last, _RIGHT, max(round(room), 0))
