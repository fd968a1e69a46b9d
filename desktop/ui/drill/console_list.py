"""The injects of a drill: what waits for the trainer first, then what is to come, then what has been."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.domain.drill_look import Standing
from desktop.domain.drill_view import DrillView, ExpectationLine, InjectLine
from desktop.ui.drill.console_rows import ROW_ROLE, Index, LineView
from desktop.ui.drill.console_words import ENDED, expected_words, role_titles, standing_words, time_words
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import one_line
from desktop.ui.theme import Theme

#: The sections, in their order: heading and the standings below it.
SECTIONS: tuple[tuple[str, tuple[Standing, ...]], ...] = (
    ("Ready", (Standing.READY,)),
    ("Held", (Standing.HELD,)),
    ("Upcoming", (Standing.UPCOMING,)),
    ("Waits for something", (Standing.WAITING,)),
    ("Fired", (Standing.FIRED,)),
    ("Skipped or recalled", (Standing.SKIPPED, Standing.RECALLED)),
    ("Cannot come any more", (Standing.DEAD,)),
    ("Reminders", (Standing.REMINDER,)),
)
_NOT_FIRED = "Not fired"
_AFTERWARDS = (
    SECTIONS[4],
    (_NOT_FIRED, (Standing.READY, Standing.HELD, Standing.UPCOMING, Standing.WAITING)),
    *SECTIONS[5:],
)
_GLYPHS = {
    Standing.READY: "▶",
    Standing.HELD: "❚❚",
    Standing.UPCOMING: "○",
    Standing.WAITING: "…",
    Standing.FIRED: "●",
    Standing.SKIPPED: "✕",
    Standing.RECALLED: "↩",
    Standing.DEAD: "✕",
    Standing.REMINDER: "✉",
}
_WANTED = (Standing.READY, Standing.HELD)
_QUIET = (Standing.SKIPPED, Standing.RECALLED, Standing.DEAD)
_PAD = 10
_LONGEST = 160


@dataclass(frozen=True, slots=True)
class InjectRow:
    """One inject, or the heading of a section."""

    key: str
    title: str
    is_head: bool = False
    glyph: str = ""
    time: str = ""
    second: str = ""
    word: str = ""
    token: str = "text.secondary"
    is_quiet: bool = False

    @property
    def sentence(self) -> str:
        """All of it, for a screen reader."""
        if self.is_head:
            return self.title
        parts = (self.key, self.title, self.word, f"at {self.time}" if self.time != "–" else "", self.second)
        return ", ".join(part for part in parts if part)


def rows_of(view: DrillView) -> Iterator[InjectRow]:
    """The lines of a drill."""
    by_id = {each.id: each for each in view.expectations}
    titles = {each.role: each.title for each in view.seats}
    for heading, standings in _AFTERWARDS if view.state == ENDED else SECTIONS:
        own = [line for line in view.injects if line.standing in standings]
        if not own:
            continue
        own.sort(key=_when, reverse=standings[0] is Standing.FIRED)
        yield InjectRow(f"head {heading}", f"{heading}  {len(own)}", is_head=True)
        for line in own:
            row = _row(line, by_id, titles, view.sim_ms)
            yield replace(row, word="", token="text.secondary") if heading == _NOT_FIRED else row


def _when(line: InjectLine) -> int:
    at_ms = line.fired_ms if line.fired_ms is not None else line.due_ms
    return at_ms if at_ms is not None else 1 << 62


_clean = lru_cache(maxsize=2048)(one_line)


def _row(
    line: InjectLine, by_id: Mapping[str, ExpectationLine], titles: Mapping[str, str], sim_ms: int
) -> InjectRow:
    is_fired = line.standing is Standing.FIRED
    became = expected_words(line, by_id, sim_ms)
    to = role_titles(line.to, titles)
    parts = (line.condition if line.standing is Standing.WAITING else "", to, became)
    second = to if is_fired else " · ".join(part for part in parts if part)
    return InjectRow(
        key=line.id,
        title=_clean(line.title[:_LONGEST]),
        glyph=_GLYPHS.get(line.standing, ""),
        time=time_words(line),
        second=_clean(second[:_LONGEST]),
        word=(became or "for information") if is_fired else standing_words(line, sim_ms),
        token="text.warning" if line.standing in _WANTED else "text.secondary",
        is_quiet=line.standing in _QUIET,
    )


class InjectDelegate(QStyledItemDelegate):
    """Paints a sign, the time, the title and what became of it."""

    def __init__(self, theme: Theme, view: "InjectList") -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        row = index.data(ROW_ROLE)
        body = QFontMetrics(self._theme.font("strong")).height()
        small = QFontMetrics(self._theme.font("small")).height()
        if isinstance(row, InjectRow) and row.is_head:
            return QSize(160, small + 16)
        return QSize(160, body + small + 13)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, theme, rect = index.data(ROW_ROLE), self._theme, option.rect
        if not isinstance(row, InjectRow):
            return
        painter.save()
        if row.is_head:
            painter.fillRect(rect, theme.colour("surface.panel"))
            low = rect.adjusted(_PAD, 8, -_PAD, -3)
            self._write(painter, low, row.title, "small_strong", "text.secondary")
            painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.colour("line.normal"))
        else:
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            is_shown = row.key == self._view.shown
            ground = "surface.selected" if chosen else "drill.soft" if is_shown else "surface.panel"
            painter.fillRect(rect, theme.colour(ground))
            if is_shown:
                painter.fillRect(rect.left(), rect.top(), 4, rect.height(), theme.colour("drill.fill"))
            self._draw(painter, rect.adjusted(_PAD, 5, -_PAD, -6), row)
            painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.colour("line.soft"))
            if chosen and self._view.hasFocus():
                painter.setPen(theme.colour("focus.ring"))
                painter.drawRect(rect.adjusted(0, 0, -1, -1))
                painter.drawRect(rect.adjusted(1, 1, -2, -2))
        painter.restore()

    def _draw(self, painter: QPainter, box: QRect, row: InjectRow) -> None:
        theme = self._theme
        strong = QFontMetrics(theme.font("strong"))
        small = QFontMetrics(theme.font("small"))
        ink = "text.secondary" if row.is_quiet else "text.primary"
        gutter = small.horizontalAdvance("❚❚") + 6
        first = QRect(box.left(), box.top(), box.width(), strong.height())
        self._write(painter, first, row.glyph, "small_strong", "drill.word" if not row.is_quiet else ink)
        time_width = small.horizontalAdvance("0:00:00") + 10
        self._write(painter, first.adjusted(gutter, 0, 0, 0), row.time, "small", "text.secondary")
        left = gutter + time_width
        self._write(painter, first.adjusted(left, 0, 0, 0), row.title, "strong", ink)
        second = QRect(box.left() + left, first.bottom() + 2, box.width() - left, small.height() + 1)
        word_width = QFontMetrics(theme.font("small_strong")).horizontalAdvance(row.word) + 8
        self._write(painter, second.adjusted(0, 0, -word_width, 0), row.second, "small", "text.secondary")
        right = Qt.AlignmentFlag.AlignRight
        self._write(painter, second, row.word, "small_strong", row.token, right)

    def _write(
        self,
        painter: QPainter,
        box: QRect,
        words: str,
        role: str,
        token: str,
        side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        font = self._theme.font(role)
        painter.setFont(font)
        painter.setPen(self._theme.colour(token))
        shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, max(box.width(), 0))
        painter.drawText(box, int(side | Qt.AlignmentFlag.AlignVCenter), shown)


class InjectList(LineView[InjectRow]):
    """All injects; the one that is shown beside it is marked.

    Signals:
        picked: (str id) the trainer chose another one.
    """

    picked = Signal(str)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(around, "Injects", parent)
        self.shown = ""
        self._is_filling = False
        self.setUniformItemSizes(False)
        self.setMinimumWidth(round(200 * around.theme.text_scale))
        self.setItemDelegate(InjectDelegate(around.theme, self))
        self.selectionModel().currentChanged.connect(self._pick)
        self.opened.connect(self._pick)

    def show_view(self, view: DrillView, shown: str) -> None:
        """The injects as they stand; the chosen one and the place scrolled to stay."""
        chosen = self.current()
        top = self.verticalScrollBar().value()
        self._is_filling = True
        if not self.lines.show_rows(tuple(rows_of(view))):
            self.stay_at(chosen, top)
        self._is_filling = False
        if shown != self.shown:
            self.shown = shown
            self.viewport().update()

    def _pick(self) -> None:
        row = self.current()
        if not self._is_filling and row is not None and not row.is_head:
            self.picked.emit(row.key)
