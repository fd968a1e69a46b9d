"""The window's first picture: what the desk's file says, painted where the real parts will stand."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.board import LANES, BoardRow, step_of
from desktop.ui.board import room, words
from desktop.ui.board.card_painter import CardPainter
from desktop.ui.board.look import BoardLook
from desktop.ui.board.metrics import SIDE
from desktop.ui.window_state import PANEL_FROM, PANEL_WIDTH

_MENUS = ("File", "Edit", "View", "Escalation", "Drill", "Help")
PAGES = (
    "Board", "Triage", "Signals", "Intake", "Alarms", "Rules", "Roster", "Handoff", "Stand-up", "Load",
    "Messages", "Playbooks", "Templates", "Drills", "Import", "Replay",
)  # fmt: skip
_SIDE_WIDE, _SIDE_NARROW, _NARROW_BELOW = 132, 52, 1100
_PANEL = PANEL_WIDTH + 5  # the details with the handle beside them
_SCROLL_BAR = 10
_CARDS = 3  # of each lane, the most urgent ones: painting all that fit takes twice as long
_NEW = "New escalation  Ctrl+N"


class Places(NamedTuple):
    """Where the bars end and the board begins, in pixels."""

    menu: int
    top: int
    filters: int
    status: int
    side: int
    right: int


class FirstPicture(QWidget):
    """Title, pages and the first cards of each lane; stays until the real parts are made.

    Figures are left out where they would have to be counted first. `rows` is None where the board will show
    something else than lanes of all cards, or nothing is known about it yet.
    """

    def __init__(self, rows: Sequence[BoardRow] | None, look: BoardLook) -> None:
        super().__init__()
        self._look = look
        self._board: QWidget | None = None
        self._painted: QPixmap | None = None
        self._theme = look.theme
        self.details: bool | None = None  # None: where the window is wide enough
        self._lanes: dict[str, list[BoardRow]] = {}
        for state, _ in LANES if rows is not None else ():
            self._lanes[state] = [row for row in rows or () if row.state == state]
        self.setAccessibleName("Opening the desk")

    def put_board(self, board: QWidget) -> None:
        """Let the real board stand where it is painted; the bars stay a picture."""
        self._board = board
        self._painted = None
        board.setParent(self)
        self._fit_board()
        board.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._painted = None
        self._fit_board()

    def _fit_board(self) -> None:
        if self._board is not None and self._board.parentWidget() is self:
            at = self.places()
            self._board.setGeometry(at.side, at.top, self.width() - at.side, at.status - at.top)

    def places(self) -> Places:
        """Where things stand in a window of this size."""
        line = QFontMetrics(self._theme.font()).height()
        small = QFontMetrics(self._theme.font("small")).height()
        menu = line + 10
        top = menu + max(line, 18) + 32
        is_narrow = self.width() < _NARROW_BELOW
        side = _SIDE_NARROW if is_narrow else round(_SIDE_WIDE * max(self._theme.text_scale, 1.0))
        chip = max(small + 10, 26)
        return Places(
            menu=menu,
            top=top,
            filters=top + 2 * chip + 20,
            status=self.height() - small - 9,
            side=side,
            right=self.width() - (_PANEL if self._has_details() else 0),
        )

    def lanes(self) -> Iterator[tuple[str, QRectF]]:
        """The lanes for which there is room, with their places; collapsed ones are left out."""
        at, scale = self.places(), self._look.scale
        order = sorted(room.GIVE_WAY, key=self._has_cards)
        closed = room.collapsed(at.right - at.side, scale, order)
        left, top, right, _ = room.MARGINS
        strip = room.strip_width(scale) + 4
        width = (at.right - at.side - left - right - strip * len(closed)) / max(len(LANES) - len(closed), 1)
        x: float = at.side + left
        for state, title in LANES if self._lanes and self._board is None else ():
            if state not in closed:
                yield title, QRectF(round(x), at.filters + top, round(x + width) - round(x), at.status)
            x += strip if state in closed else width

    def paintEvent(self, _event: QPaintEvent) -> None:
        # Kept: while the board is made, the window is painted some times more.
        ratio = self.devicePixelRatioF()
        if self._painted is None or self._painted.devicePixelRatioF() != ratio:
            self._painted = QPixmap(self.size() * ratio)
            self._painted.setDevicePixelRatio(ratio)
            self._paint(QPainter(self._painted))
        QPainter(self).drawPixmap(0, 0, self._painted)

    def _paint(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        at = self.places()
        self._draw_bars(painter, at)
        self._draw_side(painter, at)
        states = {title: state for state, title in LANES}
        painter.setClipRect(QRectF(at.side, at.filters, at.right - at.side, at.status - at.filters))
        for title, box in self.lanes():
            self._draw_lane(painter, title, self._lanes[states[title]], box)

    def _draw_bars(self, painter: QPainter, at: Places) -> None:
        colour, width = self._theme.colour, self.width()
        painter.fillRect(self.rect(), colour("surface.window"))
        painter.fillRect(QRectF(0, 0, width, at.menu), colour("surface.bar"))
        painter.fillRect(QRectF(at.side, at.menu, width, at.filters - at.menu), colour("surface.panel"))
        painter.fillRect(QRectF(at.right, at.filters, width, at.status), colour("surface.panel"))
        painter.fillRect(QRectF(0, at.status, width, self.height()), colour("surface.bar"))
        for y in (at.menu, at.top, at.filters, at.status + 1):
            painter.fillRect(QRectF(at.side, y - 1, width, 1), colour("line.soft"))
        painter.setFont(self._theme.font())
        painter.setPen(colour("text.primary"))
        metrics = QFontMetrics(self._theme.font())
        x = 21
        for title in _MENUS:
            painter.drawText(QPointF(x, 5 + metrics.ascent()), title)
            x += metrics.horizontalAdvance(title) + 24
        self._draw_button(painter, at)

    def _draw_button(self, painter: QPainter, at: Places) -> None:
        theme = self._theme
        metrics = QFontMetrics(theme.font("strong"))
        wide = metrics.horizontalAdvance(_NEW) + 26
        box = QRectF(self.width() - 12 - wide, at.menu + 10, wide, at.top - at.menu - 20)
        painter.setPen(theme.colour("primary.fill"))
        painter.setBrush(theme.colour("primary.fill"))
        painter.drawRoundedRect(box, 5, 5)
        painter.setFont(theme.font("strong"))
        painter.setPen(theme.colour("text.on_primary"))
        base = box.center().y() + (metrics.ascent() - metrics.descent()) / 2
        painter.drawText(QPointF(box.left() + 13, base), _NEW)

    def _draw_side(self, painter: QPainter, at: Places) -> None:
        theme = self._theme
        painter.fillRect(QRectF(0, at.menu, at.side, at.status - at.menu), theme.colour("side.fill"))
        metrics = QFontMetrics(theme.font())
        height = metrics.height() + 16
        y = at.menu + 10
        painter.setPen(theme.colour("side.selected"))
        painter.setBrush(theme.colour("side.selected"))
        painter.drawRoundedRect(QRectF(8, y, at.side - 16, height), 5, 5)
        if at.side == _SIDE_NARROW:
            return
        for place, page in enumerate(PAGES):
            painter.setFont(theme.font("body" if place else "strong"))
            painter.setPen(theme.colour("side.text" if place else "side.text_selected"))
            base = y + (height + metrics.ascent() - metrics.descent()) / 2
            painter.drawText(QPointF(47, base), page)
            y += height + 4

    def _draw_lane(self, painter: QPainter, title: str, rows: Sequence[BoardRow], box: QRectF) -> None:
        theme, look = self._theme, self._look
        left, top, right, _ = room.LANE_MARGINS
        heading = QFontMetrics(theme.font("heading"))
        height = heading.height() + QFontMetrics(theme.font("small")).height() + 9
        y = round(box.top()) + top
        painter.setFont(theme.font("heading"))
        painter.setPen(theme.colour("text.primary"))
        painter.drawText(QPointF(box.left() + left + SIDE + 2, y + 3 + heading.ascent()), title)
        y += height + room.LANE_SPACING
        width = round(box.width()) - left - right
        rows_high = look.metrics(width).row_height
        if len(rows) * rows_high > self.places().status - y:
            width -= _SCROLL_BAR
        for row in rows[:_CARDS]:
            self._draw_card(painter, row, round(box.left()) + left, y, width)
            y += rows_high

    def _draw_card(self, painter: QPainter, row: BoardRow, x: int, y: int, width: int) -> None:
        look = self._look
        at, step = look.metrics(width), step_of(row, look.now_us)
        painter.save()
        painter.translate(x + SIDE, y + at.top)
        CardPainter(look).draw(painter, row, step, at, is_snoozed=row.snoozed_us > look.now_us)
        metrics = look.fonts.strong_metrics
        start = 0
        if at.word == at.time:
            start = CardPainter(look).pie_size + 10 + metrics.horizontalAdvance(words.step_word(row, step))
        wide = at.time_right - at.left - start
        forms = list(words.shorter(words.clock(row, look.now_us)))
        said = next((form for form in forms if metrics.horizontalAdvance(form) <= wide), "")
        painter.setFont(look.fonts.strong)
        painter.setPen(look.step(step).text)
        painter.drawText(QPointF(at.left + start, at.time), said)
        painter.restore()

    def _has_details(self) -> bool:
        return self.width() >= PANEL_FROM if self.details is None else self.details

    def _has_cards(self, state: str) -> bool:
        return bool(self._lanes.get(state))
