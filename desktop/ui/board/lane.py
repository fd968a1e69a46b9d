"""A lane: its heading, its cards, and the narrow strip it becomes where there is no room."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.board import NO_STEP
from desktop.ui.board import room
from desktop.ui.board.lane_view import LaneView
from desktop.ui.board.look import BoardLook
from desktop.ui.board.metrics import SIDE
from desktop.ui.kit.keys import press_by_enter
from desktop.ui.text import STEP_TOKENS, STEP_WORDS

CARDS_TYPE = "application/x-escalation-cards"


class LaneFacts(NamedTuple):
    """What a heading says: how many cards are shown, of how many; the worst step; the tightest clock."""

    shown: int
    total: int
    worst: int
    clock: str

    @property
    def worst_word(self) -> str:
        """The word of the worst step, or nothing."""
        return STEP_WORDS[self.worst] if self.worst != NO_STEP else ""


class LaneHeader(QWidget):
    """Name and count; below, the worst step with its colour and the tightest clock."""

    def __init__(self, title: str, look: BoardLook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._look = look
        self.facts = LaneFacts(0, 0, NO_STEP, "")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set_facts(self, facts: LaneFacts) -> None:
        """Other figures."""
        if facts != self.facts:
            self.facts = facts
            self.setAccessibleName(f"{self._title}, {_spoken(facts)}")
            self.update()

    def sizeHint(self) -> QSize:
        theme = self._look.theme
        height = QFontMetrics(theme.font("heading")).height() + QFontMetrics(theme.font("small")).height() + 9
        return QSize(120, height)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, facts = self._look.theme, self.facts
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        heading = QFontMetrics(theme.font("heading"))
        left, right = SIDE + 2, self.width() - SIDE - 2
        base = 3 + heading.ascent()
        count = f"{facts.shown:,}" if facts.shown == facts.total else f"{facts.shown:,} of {facts.total:,}"
        count_width = QFontMetrics(theme.font("body")).horizontalAdvance(count)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.colour("text.secondary"))
        painter.drawText(QPointF(right - count_width, base), count)
        painter.setFont(theme.font("heading"))
        painter.setPen(theme.colour("text.primary"))
        room = right - count_width - 6 - left
        painter.drawText(
            QPointF(left, base), heading.elidedText(self._title, Qt.TextElideMode.ElideRight, room)
        )
        self._draw_worst(painter, left, right, base + heading.descent())

    def _draw_worst(self, painter: QPainter, left: int, right: int, top: int) -> None:
        theme, facts = self._look.theme, self.facts
        if facts.worst == NO_STEP:
            return
        small = QFontMetrics(theme.font("small"))
        base = top + small.ascent() + 2
        size = _swatch(8, self._look)
        mark = QRectF(left, base - small.capHeight() / 2 - size / 2, size, size)
        draw_swatch(painter, self._look, mark, facts.worst)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("text.secondary"))
        both = f"{facts.worst_word} · {facts.clock}" if facts.clock else facts.worst_word
        room = round(right - left - size - 5)
        shown = both if small.horizontalAdvance(both) <= room else facts.worst_word
        painter.drawText(
            QPointF(left + size + 5, base), small.elidedText(shown, Qt.TextElideMode.ElideRight, room)
        )


class LaneStrip(QAbstractButton):
    """A lane without room for cards: how many there are and how bad it is; a click makes room."""

    def __init__(self, title: str, look: BoardLook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._look = look
        self._facts = LaneFacts(0, 0, NO_STEP, "")
        self.setFixedWidth(room.strip_width(look.scale))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._say()

    def set_facts(self, facts: LaneFacts) -> None:
        """Other figures."""
        if facts != self._facts:
            self._facts = facts
            self._say()
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not press_by_enter(self, event):
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, facts = self._look.theme, self._facts
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(4.5, 4.5, -4.5, -8.5)
        is_focus = self.hasFocus()
        painter.setPen(self._look.focus_pen if is_focus else QPen(theme.colour("line.normal"), 1))
        painter.setBrush(theme.colour("surface.hover" if self.underMouse() else "surface.card"))
        painter.drawRoundedRect(box, 5, 5)
        painter.setFont(theme.font("strong"))
        painter.setPen(theme.colour("text.primary"))
        head = QRectF(box.left(), box.top() + 6, box.width(), QFontMetrics(theme.font("strong")).height() + 2)
        painter.drawText(head, int(Qt.AlignmentFlag.AlignCenter), _short(facts.shown))
        size = _swatch(10, self._look)
        if facts.worst != NO_STEP:
            mark = QRectF(box.center().x() - size / 2, head.bottom() + 6, size, size)
            draw_swatch(painter, self._look, mark, facts.worst)
        self._draw_title(painter, box, head.bottom() + size + 14)

    def _draw_title(self, painter: QPainter, box: QRectF, top: float) -> None:
        theme, facts = self._look.theme, self._facts
        painter.translate(box.center().x(), top)
        painter.rotate(90)
        strong = QFontMetrics(theme.font("strong"))
        painter.setFont(theme.font("strong"))
        painter.setPen(theme.colour("text.primary"))
        room = round(box.bottom() - top - 6)
        title = strong.elidedText(self._title, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QPointF(0, strong.capHeight() / 2), title)
        start = strong.horizontalAdvance(title) + 10
        # The colour above says it too, and the tool tip in words: half a word says nothing.
        if start + QFontMetrics(theme.font("small")).horizontalAdvance(facts.worst_word) <= room:
            painter.setFont(theme.font("small"))
            painter.setPen(theme.colour("text.secondary"))
            painter.drawText(QPointF(start, strong.capHeight() / 2), facts.worst_word)

    def _say(self) -> None:
        self.setAccessibleName(f"Show lane {self._title}: {_spoken(self._facts)}")
        self.setToolTip(f"{self._title}: {_spoken(self._facts)}. Click to show the cards.")


class Lane(QFrame):
    """One lane, open or collapsed; takes cards that are dropped on it.

    Signals:
        expand_requested: (str state) the collapsed lane was pressed.
        cards_dropped: (str state) the dragged cards were let go over it.
    """

    expand_requested = Signal(str)
    cards_dropped = Signal(str)

    def __init__(
        self, state: str, title: str, view: LaneView, look: BoardLook, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.state = state
        self.title = title
        self.view = view
        self._look = look
        self._takes = False
        self._is_over = False
        self.header = LaneHeader(title, look)
        self.strip = LaneStrip(title, look)
        self.strip.clicked.connect(self._ask_to_expand)
        self.setAcceptDrops(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(*room.LANE_MARGINS)
        column.setSpacing(room.LANE_SPACING)
        column.addWidget(self.header)
        column.addWidget(view, 1)
        column.addWidget(self.strip, 1)
        self.strip.hide()

    @property
    def is_collapsed(self) -> bool:
        return self.strip.isVisibleTo(self)

    def set_collapsed(self, is_collapsed: bool) -> None:
        """Become a narrow strip, or a lane again."""
        if is_collapsed == self.is_collapsed:
            return
        self.header.setVisible(not is_collapsed)
        self.view.setVisible(not is_collapsed)
        self.strip.setVisible(is_collapsed)

    def set_facts(self, facts: LaneFacts) -> None:
        """Other figures for heading and strip."""
        self.header.set_facts(facts)
        self.strip.set_facts(facts)

    def set_takes(self, takes: bool) -> None:
        """Say, while cards are dragged, whether they may be dropped here."""
        self._takes, self._is_over = takes, False
        self.view.set_ground("surface.drop" if takes else "surface.window")
        self.update()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._is_over = self._judge(event)
        self.update()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._judge(event)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self._is_over = False
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        self._is_over = False
        if self._judge(event):
            self.cards_dropped.emit(self.state)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._takes:
            theme = self._look.theme
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            style = Qt.PenStyle.SolidLine if self._is_over else Qt.PenStyle.DashLine
            painter.setPen(QPen(theme.colour("primary.edge"), 2, style))
            painter.setBrush(theme.colour("surface.drop"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 6, 6)

    def _judge(self, event: QDropEvent) -> bool:
        accepts = self._takes and event.mimeData().hasFormat(CARDS_TYPE)
        if accepts:
            event.setDropAction(Qt.DropAction.MoveAction)
            event.accept()
        else:
            event.ignore()
        return accepts

    def _ask_to_expand(self) -> None:
        self.expand_requested.emit(self.state)


def draw_swatch(painter: QPainter, look: BoardLook, box: QRectF, step: int) -> None:
    """A small mark in the colour of a step."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.theme.colour(f"{STEP_TOKENS[step]}.accent"))
    painter.drawRoundedRect(box, 2, 2)


def _swatch(size: int, look: BoardLook) -> float:
    """How wide a swatch is beside text of this size."""
    return size * max(look.scale, 1.0)


def _spoken(facts: LaneFacts) -> str:
    cards = (
        f"{facts.shown:,} of {facts.total:,} cards"
        if facts.shown != facts.total
        else f"{facts.shown:,} cards"
    )
    worst = f", worst {facts.worst_word.lower()}, {facts.clock}" if facts.worst_word else ""
    return cards + worst


def _short(count: int) -> str:
    return f"{count}" if count < 1000 else f"{count // 1000}k"
