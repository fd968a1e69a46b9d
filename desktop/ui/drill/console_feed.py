"""What happens, as it happens: injects, the players' acts, and staff's own."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.domain.drill_view import FeedLine
from desktop.ui.drill.console_rows import ROW_ROLE, Index, LineView
from desktop.ui.drill.console_words import mmss
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import one_line
from desktop.ui.theme import Theme

#: The sign of each tone, and its colour; the sign alone tells them apart.
_TONES = {
    "inject": ("●", "drill.word"),
    "player": ("◆", "text.link"),
    "staff": ("✎", "text.secondary"),
    "clock": ("◷", "text.secondary"),
    "miss": ("✕", "text.danger"),
}
_SAID = {"inject": "Inject", "player": "Players", "staff": "Staff", "clock": "Clock", "miss": "Missed"}
_LONGEST = 240
_PAD = 8


@dataclass(frozen=True, slots=True)
class FeedRow:
    """One line of the feed."""

    key: str
    time: str
    words: str
    second: str
    tone: str
    meets: tuple[str, ...] = ()
    is_head: bool = False

    @property
    def sentence(self) -> str:
        """All of it, for a screen reader."""
        return f"{_SAID.get(self.tone, '')} at {self.time}: {self.words}. {self.second}".strip()


def key_of(line: FeedLine) -> str:
    """What tells a line from all others: its place in the log; what was missed has none."""
    return str(line.seq) if line.seq else f"{line.kind} {line.words}"


def row_of(line: FeedLine) -> FeedRow:
    """How one thing that happened is shown."""
    second = [f"meets {', '.join(line.meets)}"] if line.meets else []
    second += [one_line(line.by[:60])] if line.by else []
    words = one_line(line.words[:_LONGEST])
    return FeedRow(key_of(line), mmss(line.sim_ms), words, " · ".join(second), line.tone, line.meets)


class FeedDelegate(QStyledItemDelegate):
    """Paints a sign, a time, and two lines of words."""

    def __init__(self, theme: Theme, view: "Feed") -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        body = QFontMetrics(self._theme.font("body")).height()
        small = QFontMetrics(self._theme.font("small")).height()
        return QSize(160, body + small + 8)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, theme, rect = index.data(ROW_ROLE), self._theme, option.rect
        if not isinstance(row, FeedRow):
            return
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, theme.colour("surface.selected" if chosen else "surface.panel"))
        self._draw(painter, rect.adjusted(_PAD, 3, -_PAD, -3), row)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.colour("line.soft"))
        if chosen and self._view.hasFocus():
            painter.setPen(theme.colour("focus.ring"))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        painter.restore()

    def _draw(self, painter: QPainter, box: QRect, row: FeedRow) -> None:
        theme = self._theme
        body, small = QFontMetrics(theme.font("body")), QFontMetrics(theme.font("small"))
        sign, token = _TONES.get(row.tone, ("·", "text.secondary"))
        first = QRect(box.left(), box.top(), box.width(), body.height())
        self._write(painter, first, sign, "body", token)
        left = body.horizontalAdvance("●") + 8
        time_width = small.horizontalAdvance("0:00:00") + 6
        self._write(painter, first.adjusted(left, 0, 0, 0), row.time, "small", "text.secondary")
        left += time_width
        role = "strong" if row.tone == "inject" else "body"
        ink = "text.danger" if row.tone == "miss" else "text.primary"
        self._write(painter, first.adjusted(left, 0, 0, 0), row.words, role, ink)
        second = QRect(box.left() + left, first.bottom() + 1, box.width() - left, small.height())
        self._write(painter, second, row.second, "small", "text.success" if row.meets else "text.secondary")

    def _write(self, painter: QPainter, box: QRect, words: str, role: str, token: str) -> None:
        font = self._theme.font(role)
        painter.setFont(font)
        painter.setPen(self._theme.colour(token))
        shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, max(box.width(), 0))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)


class Feed(LineView[FeedRow]):
    """The evidence; the newest is the last, and in sight unless the trainer has scrolled up.

    Signals:
        met_picked: (str id) the expected action that the chosen line met.
        inject_picked: (int seq) a line that met nothing.
    """

    met_picked = Signal(str)
    inject_picked = Signal(int)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, "What happens", parent)
        self._known: dict[str, tuple[FeedLine, FeedRow]] = {}
        self._shown: tuple[FeedLine, ...] = ()
        self._is_following = True
        self.setItemDelegate(FeedDelegate(around.theme, self))
        self.verticalScrollBar().valueChanged.connect(self._note_place)
        self.verticalScrollBar().rangeChanged.connect(self._stay)
        self.opened.connect(self._tell)

    def show_feed(self, feed: tuple[FeedLine, ...]) -> None:
        """What has happened by now; where somebody reads further up they go on reading."""
        if feed is self._shown:
            return
        self._shown = feed
        chosen, top, is_following = self.current(), self.verticalScrollBar().value(), self._is_following
        if not self.lines.show_rows(self._rows(feed)):
            self.stay_at(chosen, top)
        self._is_following = is_following
        self._stay(0, self.verticalScrollBar().maximum())

    def _note_place(self, at: int) -> None:
        self._is_following = at >= self.verticalScrollBar().maximum() - 4

    def _stay(self, _least: int, most: int) -> None:
        """What is new stays in sight, unless somebody reads further up."""
        if self._is_following:
            self.verticalScrollBar().setValue(most)

    def _rows(self, feed: tuple[FeedLine, ...]) -> list[FeedRow]:
        """Rows of lines seen before are used again: of two thousand, a beat brings a few."""
        known, rows = self._known, []
        for line in feed:
            key = key_of(line)
            found = known.get(key)
            if found is None or (found[0] is not line and found[0] != line):
                found = known[key] = (line, row_of(line))
            rows.append(found[1])
        return rows

    def clear_feed(self) -> None:
        """Another drill."""
        self._known.clear()
        self._shown = ()
        self._is_following = True
        self.lines.show_rows(())

    def _tell(self) -> None:
        row = self.current()
        if row is not None and row.meets:
            self.met_picked.emit(row.meets[0])
        elif row is not None and row.key.isdecimal():
            self.inject_picked.emit(int(row.key))
