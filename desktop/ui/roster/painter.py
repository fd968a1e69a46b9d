"""Paints the plan: days and midnights, bars told apart by shape and words, the time now, what is marked."""

from datetime import date, datetime

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPen, QPolygonF

from desktop.ui.kit.marks import slanted
from desktop.ui.roster.cursor import Cursor
from desktop.ui.roster.layout import Layout, Place
from desktop.ui.roster.period import WEEK, weekday
from desktop.ui.roster.rows import Bar, Kind, Look
from desktop.ui.text import day
from desktop.ui.theme import Theme

_FILLS = {
    Look.SHIFT: "chip.owner",
    Look.CHANGED: "chip.owner",
    Look.GAP: "surface.danger",
    Look.AWAY: "surface.window",
    Look.OUT: "surface.panel",
    Look.PLANNED: "surface.panel",
}
_INKS = {
    Look.SHIFT: "chip.owner_text",
    Look.CHANGED: "chip.owner_text",
    Look.GAP: "text.danger",
    Look.AWAY: "text.secondary",
    Look.OUT: "text.secondary",
    Look.PLANNED: "text.secondary",
}
_EDGES = {Look.GAP: "text.danger", Look.CHANGED: "primary.edge"}
_PAD = 5


class PlanPainter:
    """Paints one layout; can be asked again and again, keeps what texts fit where."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._fitting: dict[tuple[int, int], str] = {}
        self._fonts: dict[Look, tuple[QFont, QFontMetrics]] = {}
        theme.theme_changed.connect(self.forget)

    def forget(self) -> None:
        """Other rows or other fonts: what fitted may fit no more."""
        self._fitting.clear()
        self._fonts.clear()

    def paint(self, painter: QPainter, layout: Layout, today: date, clip: QRect, own_id: int) -> None:
        """Everything that stays while the cursor moves; `own_id` is the person who looks."""
        painter.fillRect(clip, self._theme.colour("surface.panel"))
        self._draw_days(painter, layout, today)
        self._draw_titles(painter, layout)
        for place in layout.places:
            if place.top < clip.bottom() and place.top + place.height > clip.top():
                self._draw_row(painter, layout, place, own_id)

    def paint_head(self, painter: QPainter, layout: Layout, today: date) -> None:
        """The dates, over what is scrolled below them."""
        theme = self._theme
        painter.fillRect(0, 0, layout.width, layout.head, theme.colour("surface.panel"))
        painter.fillRect(0, layout.head - 1, layout.width, 1, theme.colour("line.normal"))
        for at, each in enumerate(layout.period.days):
            left, right = (layout.x_of(us) for us in layout.period.midnights[at : at + 2])
            box = QRectF(left + 2, 0, right - left - 3, layout.head - 2)
            self._draw_date(painter, layout, each, box, is_today=each == today)

    def paint_now(self, painter: QPainter, layout: Layout, now_us: int, bottom: int, top: int) -> None:
        """A line at the time now, with a mark at its head."""
        if not layout.period.start_us <= now_us < layout.period.end_us:
            return
        x, colour = layout.x_of(now_us), self._theme.colour("primary.edge")
        painter.fillRect(QRectF(x - 1, top - 4, 2, bottom - top + 4), colour)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon(QPolygonF([QPointF(x - 5, top - 8), QPointF(x + 5, top - 8), QPointF(x, top)]))

    def paint_cursor(self, painter: QPainter, layout: Layout, cursor: Cursor, *, has_focus: bool) -> None:
        """The marked time."""
        if not 0 <= cursor.row < len(layout.places):
            return
        box = layout.span_box(layout.places[cursor.row], *cursor.span).adjusted(-1, -1, 2, 1)
        ring = self._theme.colour("focus.ring" if has_focus else "line.control")
        wash = QColor(ring)
        wash.setAlpha(34)
        painter.fillRect(box, wash)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(ring, 2.0 if has_focus else 1.4))
        painter.drawRect(box)

    def paint_swatch(self, painter: QPainter, box: QRectF, bar: Bar) -> None:
        """The shape of a bar, for a legend."""
        self._draw_bar(painter, box, bar)

    def _draw_days(self, painter: QPainter, layout: Layout, today: date) -> None:
        theme, period = self._theme, layout.period
        top, height = layout.head, layout.height - layout.head
        for at, each in enumerate(period.days):
            left, right = (layout.x_of(us) for us in period.midnights[at : at + 2])
            if each == today:
                painter.fillRect(QRectF(left, top, right - left, height), theme.colour("primary.tint"))
            elif each.weekday() >= 5:
                painter.fillRect(QRectF(left, top, right - left, height), theme.colour("surface.window"))
        for us in period.midnights:
            painter.fillRect(QRectF(layout.x_of(us), top, 1, height), theme.colour("line.normal"))

    def _draw_date(
        self, painter: QPainter, layout: Layout, each: date, box: QRectF, *, is_today: bool
    ) -> None:
        theme = self._theme
        painter.setPen(theme.colour("text.primary" if is_today else "text.secondary"))
        half = box.height() / 2
        upper = QRectF(box.left(), box.top() + 2, box.width(), half)
        lower = QRectF(box.left(), box.top() + half - 2, box.width(), half)
        bold = "strong" if is_today else "body"
        if layout.period.unit == WEEK:
            words = f"{weekday(each)} {day(_midnight(each))}"
            self._draw_text(painter, upper, words, theme.font(bold))
            hours = QRectF(box.left(), lower.top(), box.width() / 2, half)
            self._draw_text(painter, hours, "00", theme.font("tiny"))
            self._draw_text(painter, hours.translated(box.width() / 2, 0), "12", theme.font("tiny"))
        elif box.width() >= QFontMetrics(theme.font("strong")).horizontalAdvance("30"):
            self._draw_text(painter, upper, weekday(each)[:2], theme.font("tiny"), cut=False)
            self._draw_text(painter, lower, str(each.day), theme.font(bold))
        elif each.weekday() == 0:  # narrow days: the Mondays are told, with the room of their week
            wide = QRectF(box.left(), upper.top(), 7 * box.width(), half)
            self._draw_text(painter, wide, day(_midnight(each)), theme.font(bold), cut=False)

    def _draw_titles(self, painter: QPainter, layout: Layout) -> None:
        painter.setPen(self._theme.colour("text.secondary"))
        for words, top in layout.titles:
            painter.fillRect(0, top, layout.width, 1, self._theme.colour("line.soft"))
            box = QRectF(10, top + 1, layout.width - 20, layout.section)
            self._draw_text(painter, box, words, self._theme.font("small_strong"))

    def _draw_row(self, painter: QPainter, layout: Layout, place: Place, own_id: int) -> None:
        theme, row = self._theme, place.row
        painter.fillRect(0, place.top + place.height - 1, layout.width, 1, theme.colour("line.soft"))
        strong = row.kind is Kind.FINAL or (own_id and row.person_id == own_id)
        name = QRectF(10, place.top, layout.names - 16, place.height)
        painter.setPen(theme.colour("text.primary"))
        is_own = bool(own_id) and row.person_id == own_id
        words = f"{row.name} (you)" if is_own else row.name
        self._draw_text(painter, name, words, theme.font("strong" if strong else "body"))
        for box, bar in layout.boxes(place):
            self._draw_bar(painter, box, bar)

    def _draw_bar(self, painter: QPainter, box: QRectF, bar: Bar) -> None:
        theme, look = self._theme, bar.look
        painter.fillRect(box, theme.colour(_FILLS[look]))
        edge = theme.colour(_EDGES.get(look, "line.control"))
        ink = theme.colour(_INKS[look])
        if look is Look.GAP:
            painter.fillRect(box, slanted(ink))
        elif look is Look.AWAY:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.fillRect(box, _dotted(ink))
        style = Qt.PenStyle.DashLine if look in (Look.OUT, Look.AWAY) else Qt.PenStyle.SolidLine
        painter.setPen(QPen(edge, 1.0, style))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)
        left = 0.0
        if look is Look.CHANGED:
            left = 5.0
            painter.fillRect(QRectF(box.left(), box.top(), left, box.height()), edge)
            self._draw_corner(painter, box, edge)
        self._draw_words(painter, box, left + _PAD, bar)

    @staticmethod
    def _draw_corner(painter: QPainter, box: QRectF, colour: QColor) -> None:
        """A folded corner: this is not what the rota says by itself."""
        if box.width() < 14:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        right, top = box.right() + 1, box.top()
        painter.drawPolygon(
            QPolygonF([QPointF(right - 8, top), QPointF(right, top), QPointF(right, top + 8)])
        )

    def _draw_words(self, painter: QPainter, box: QRectF, left: float, bar: Bar) -> None:
        font, metrics = self._letters(bar.look)
        key = (id(bar), round(box.width()))
        words = self._fitting.get(key)
        if words is None:
            is_high = box.height() >= metrics.height() - 2
            words = _fitting(bar, metrics, int(box.width() - left) - _PAD) if is_high else ""
            self._fitting[key] = words
        if not words:
            return
        if bar.look in (Look.GAP, Look.AWAY):  # the words stand on a plain ground within the pattern
            wide = metrics.horizontalAdvance(words)
            ground = QRectF(box.left() + left - 2, box.top() + 2, wide + 4, box.height() - 4)
            painter.fillRect(ground, self._theme.colour(_FILLS[bar.look]))
        painter.setFont(font)
        painter.setPen(self._theme.colour(_INKS[bar.look]))
        base = box.top() + (box.height() + metrics.ascent() - metrics.descent()) / 2
        painter.drawText(QPointF(box.left() + left, base), words)

    def _letters(self, look: Look) -> tuple[QFont, QFontMetrics]:
        found = self._fonts.get(look)
        if found is None:
            font = self._theme.font("small_strong" if look in (Look.GAP, Look.CHANGED) else "small")
            if look is Look.OUT:
                font = QFont(font)
                font.setStrikeOut(True)
            found = self._fonts[look] = (font, QFontMetrics(font))
        return found

    @staticmethod
    def _draw_text(painter: QPainter, box: QRectF, words: str, font: QFont, *, cut: bool = True) -> None:
        painter.setFont(font)
        mode = Qt.TextElideMode.ElideRight
        shown = QFontMetrics(font).elidedText(words, mode, int(box.width())) if cut else words[:12]
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(box, int(flags | Qt.TextFlag.TextDontClip), shown)


def _fitting(bar: Bar, metrics: QFontMetrics, room: int) -> str:
    """The words where they fit, else the short ones, else as much of the words as tells something."""
    for words in (bar.words, bar.short):
        if words and metrics.horizontalAdvance(words) <= room:
            return words
    if room < metrics.averageCharWidth() * 4:
        return ""
    return metrics.elidedText(bar.words, Qt.TextElideMode.ElideRight, room)


def _dotted(colour: QColor) -> QBrush:
    """Dots: time in which somebody is away."""
    return QBrush(colour, Qt.BrushStyle.Dense6Pattern)


def _midnight(of: date) -> datetime:
    return datetime(of.year, of.month, of.day)  # noqa: DTZ001 a date in words
