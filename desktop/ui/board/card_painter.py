"""Paints a card: everything but its countdown, which changes while the card does not."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from desktop.domain.board import BREACHED, NO_STEP, BoardRow
from desktop.ui.board import shapes, words
from desktop.ui.board.look import BoardLook, StepColours
from desktop.ui.board.metrics import STRIP_WIDTHS, CardMetrics, Density
from desktop.ui.board.wrapping import two_lines
from desktop.ui.kit import marks

_RIGHT = Qt.TextElideMode.ElideRight
_LEFT = Qt.TextElideMode.ElideLeft  # of a number, the end tells more than the beginning
_GAP = 6
WORD_GAP = 3  # from the pie to its word


class CardPainter:
    """Draws cards as they look now. Never raises: every text is cut and cleaned before it is measured."""

    def __init__(self, look: BoardLook) -> None:
        self._look = look

    def pixmap(
        self, row: BoardRow, step: int, metrics: CardMetrics, *, is_snoozed: bool, ratio: float
    ) -> QPixmap:
        """The still part of a card."""
        pixmap = QPixmap(round(metrics.width * ratio), round(metrics.height * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw(painter, row, step, metrics, is_snoozed=is_snoozed)
        painter.end()
        return pixmap

    def draw(self, painter: QPainter, row: BoardRow, step: int, at: CardMetrics, *, is_snoozed: bool) -> None:
        """Draw the still part of a card with its top left corner at 0, 0."""
        colours = self._look.step(step)
        self._draw_box(painter, row, step, at, colours)
        badge_left = self._draw_head(painter, row, step, at, colours)
        self._draw_title(painter, row, at, colours, badge_left)
        owner_left = self._draw_owner(painter, row, at, colours)
        marks_left = self._draw_marks(painter, row, at, colours, owner_left, is_snoozed=is_snoozed)
        self._draw_customer(painter, row, at, colours, marks_left)
        self._draw_word(painter, row, step, at, colours)

    def _draw_box(
        self, painter: QPainter, row: BoardRow, step: int, at: CardMetrics, colours: StepColours
    ) -> None:
        inset = colours.edge.widthF() / 2
        box = QRectF(inset, inset, at.width - 2 * inset, at.height - 2 * inset)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.tint)
        painter.drawRoundedRect(box, 4, 4)
        strip = QRectF(0, 0, STRIP_WIDTHS[max(step, 0)], at.height)
        painter.save()
        painter.setClipRect(strip)
        painter.setBrush(colours.mark)
        painter.drawRoundedRect(QRectF(0, 0, at.width, at.height), 4, 4)
        if row.clock_paused:
            painter.setBrush(marks.slanted(colours.tint))
            painter.drawRect(strip)
        painter.restore()
        painter.setPen(colours.edge)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 4, 4)
        if row.unacknowledged:
            self._draw_double_outline(painter, at, colours)

    @staticmethod
    def _draw_double_outline(painter: QPainter, at: CardMetrics, colours: StepColours) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if at.density is Density.COMPACT:  # no room for a second line beside the words: a broad one
            painter.setPen(QPen(colours.text, 2))
            painter.drawRoundedRect(QRectF(1, 1, at.width - 2, at.height - 2), 4, 4)
            return
        painter.setPen(QPen(colours.text, 1))
        painter.drawRoundedRect(QRectF(0.5, 0.5, at.width - 1, at.height - 1), 4, 4)
        painter.drawRoundedRect(QRectF(3, 3, at.width - 6, at.height - 6), 2.5, 2.5)

    def _draw_head(
        self, painter: QPainter, row: BoardRow, step: int, at: CardMetrics, colours: StepColours
    ) -> int:
        """Severity, number, the mark of a drill, and badge; gives where what stands at the right begins."""
        fonts = self._look.fonts
        middle = at.number - fonts.number_metrics.capHeight() / 2
        box = QRectF(at.left, middle - at.severity / 2, at.severity, at.severity)
        marks.draw_severity(painter, box, row.severity, colours.text, colours.tint, fonts.badge)
        badge_left = self._draw_badge(painter, row, at, middle, colours)
        if self._look.mark:
            badge_left = self._draw_mark(painter, step, badge_left, middle)
        x = at.left + at.severity + (4 if at.is_tight else _GAP)
        number = words.number(row, self._look.now_us)
        painter.setFont(fonts.number)
        painter.setPen(colours.secondary)
        room = badge_left - 3 - x
        if fonts.number_metrics.horizontalAdvance(number) > room:
            number = number.rpartition("-")[2]
        painter.drawText(QPointF(x, at.number), fonts.number_metrics.elidedText(number, _LEFT, room))
        return badge_left

    def _draw_mark(self, painter: QPainter, step: int, right: int, middle: float) -> int:
        """The word of a drill before the badge; gives where it begins."""
        metrics = self._look.fonts.badge_metrics
        left = right - metrics.horizontalAdvance(self._look.mark) - _GAP
        painter.setFont(self._look.fonts.badge)
        painter.setPen(self._look.mark_ink(step))
        painter.drawText(QPointF(left, middle + metrics.capHeight() / 2), self._look.mark)
        return left

    def _draw_badge(
        self, painter: QPainter, row: BoardRow, at: CardMetrics, middle: float, colours: StepColours
    ) -> int:
        fonts, theme = self._look.fonts, self._look.theme
        pad = 3 if at.is_tight else 4
        text = words.badge(row)
        if at.is_tight:
            text = text.replace(" · ", "·") if row.priority else "P?"
        width = fonts.badge_metrics.horizontalAdvance(text) + 2 * pad
        height = fonts.badge_metrics.height() - 1
        box = QRectF(at.right - width + 2, middle - height / 2, width, height)
        if colours is self._look.step(BREACHED):
            veil = QColor(colours.text)
            veil.setAlphaF(0.16)
            painter.setBrush(veil)
            painter.setPen(Qt.PenStyle.NoPen)
            ink = colours.text
        else:
            painter.setBrush(theme.colour("chip.badge"))
            painter.setPen(theme.colour("chip.badge_edge"))
            ink = theme.colour("chip.badge_text")
        if row.provisional or not row.priority:
            painter.setPen(QPen(colours.secondary, 1, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(box, 3, 3)
        painter.setFont(fonts.badge)
        painter.setPen(ink)
        base = middle + fonts.badge_metrics.capHeight() / 2
        painter.drawText(QPointF(box.left() + pad, base), text)
        return int(box.left())

    def _draw_title(
        self, painter: QPainter, row: BoardRow, at: CardMetrics, colours: StepColours, badge_left: int
    ) -> None:
        fonts = self._look.fonts
        painter.setFont(fonts.title)
        painter.setPen(colours.text)
        if at.title_1 == at.number:  # a wide compact card says it behind the number
            number = fonts.number_metrics.horizontalAdvance(words.number(row, self._look.now_us))
            left = at.left + at.severity + 2 * _GAP + number + 2
            right = badge_left - _GAP
        elif at.title_1 == at.customer:  # a narrow compact card says the customer behind it
            left, right = at.left, at.left + self._title_room(at)
        else:
            left, right = at.left, at.right
        if at.title_2:
            first, second = two_lines(words.title(row), fonts.title_metrics, right - left)
            painter.drawText(QPointF(left, at.title_1), first)
            painter.drawText(QPointF(left, at.title_2), second)
        else:
            shown = fonts.title_metrics.elidedText(words.title(row), _RIGHT, right - left)
            painter.drawText(QPointF(left, at.title_1), shown)

    def _draw_owner(self, painter: QPainter, row: BoardRow, at: CardMetrics, colours: StepColours) -> int:
        """Initials in a disc, or a dashed ring for nobody; gives where it begins."""
        fonts, theme = self._look.fonts, self._look.theme
        is_compact = at.density is Density.COMPACT
        width = round(at.owner * 1.35) if is_compact else at.owner
        left = at.right - width + 1
        top = at.customer - at.owner * 0.8 if is_compact else at.height - at.owner - 6
        box = QRectF(left, top, width, at.owner)
        is_breached = colours is self._look.step(BREACHED)
        if row.owner_id:
            painter.setPen(Qt.PenStyle.NoPen if is_breached else theme.colour("chip.badge_edge"))
            painter.setBrush(theme.colour("chip.owner"))
            ink, text = theme.colour("chip.owner_text"), row.initials[:3] or "–"
        else:
            pen = QPen(self._look.dashed_pen)
            if is_breached or row.state == "resolved":
                pen.setColor(colours.secondary)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            ink, text = pen.color(), "?"
        round_box = box.adjusted(0.6, 0.6, -0.6, -0.6)
        painter.drawRoundedRect(round_box, round_box.height() / 2, round_box.height() / 2)
        painter.setFont(fonts.badge)
        painter.setPen(ink)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)
        return left

    def _draw_marks(
        self,
        painter: QPainter,
        row: BoardRow,
        at: CardMetrics,
        colours: StepColours,
        owner_left: int,
        *,
        is_snoozed: bool,
    ) -> int:
        """The bell and the snooze mark at the end of the customer's line; gives where they begin."""
        size = round(13 * at.scale)
        shares_line = at.density is Density.COMPACT or at.customer > at.height - at.owner - 6
        left = owner_left - _GAP if shares_line else at.right
        top = at.customer - size * 0.85
        for is_on, draw in ((row.unacknowledged, shapes.draw_bell), (is_snoozed, shapes.draw_snooze)):
            if is_on:
                left -= size
                draw(painter, QRectF(left, top, size, size), colours.text)
                left -= 4
        return left

    def _draw_customer(
        self, painter: QPainter, row: BoardRow, at: CardMetrics, colours: StepColours, right: int
    ) -> None:
        fonts = self._look.fonts
        left = self._beside(row, at) if at.density is Density.COMPACT else at.left
        if right - left < 24:
            return
        painter.setFont(fonts.plain)
        painter.setPen(colours.secondary)
        shown = fonts.plain_metrics.elidedText(words.customer(row), _RIGHT, right - left - 2)
        painter.drawText(QPointF(left, at.customer), shown)

    def _beside(self, row: BoardRow, at: CardMetrics) -> int:
        """Where the customer begins on a compact card: behind the title, or behind the time on a wide one."""
        fonts = self._look.fonts
        if at.is_wide:
            longest = fonts.strong_metrics.horizontalAdvance("Breaching soon  resolve 10 h 59 m left")
            return at.left + self.pie_size + WORD_GAP + longest
        shown = fonts.title_metrics.elidedText(words.title(row), _RIGHT, self._title_room(at))
        return at.left + fonts.title_metrics.horizontalAdvance(shown) + _GAP

    @staticmethod
    def _title_room(at: CardMetrics) -> int:
        return round((at.right - at.owner - 2 * _GAP - at.left) * 0.6)

    def _draw_word(
        self, painter: QPainter, row: BoardRow, step: int, at: CardMetrics, colours: StepColours
    ) -> None:
        fonts = self._look.fonts
        size = self.pie_size
        box = QRectF(at.left, at.word - fonts.strong_metrics.capHeight() / 2 - size / 2, size, size)
        if row.clock_paused:
            marks.draw_pause(painter, box.adjusted(1, 1, -1, -1), colours.word)
        elif step != NO_STEP:
            marks.draw_pie(painter, box, step, colours.mark)
        else:
            marks.draw_tick(painter, box.adjusted(1, 1, -1, -1), colours.word)
        painter.setFont(fonts.strong)
        painter.setPen(colours.word)
        painter.drawText(QPointF(at.left + size + WORD_GAP, at.word), words.step_word(row, step))

    @property
    def pie_size(self) -> int:
        """How wide the pie before the word is."""
        return round((10 if self._look.density is Density.COMPACT else 12) * self._look.scale)
