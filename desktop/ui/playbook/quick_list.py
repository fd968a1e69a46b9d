"""The lines of the search for playbooks: found words stand out; version, owner, state and last use beside."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.domain.clock import Clock
from desktop.domain.instant import to_us
from desktop.domain.playbook import State
from desktop.domain.playbook_match import Line
from desktop.services.playbook_search import Hit
from desktop.ui.kit.table_model import Column, RowsModel
from desktop.ui.text import age, one_line
from desktop.ui.theme import Theme

_PAD = 10
Index = QModelIndex | QPersistentModelIndex
_STATES = {
    State.DRAFT: "draft",
    State.IN_REVIEW: "in review",
    State.PUBLISHED: "published",
    State.SUPERSEDED: "superseded",
    State.RETIRED: "retired",
}


def aside_words(hit: Hit, now: datetime) -> str:
    """What stands at the right: "v4 · Leo Marsh · used 3 d ago · review due"."""
    parts = [f"v{hit.version}" if hit.version else _STATES[hit.state]]
    if hit.state is State.RETIRED or (hit.version and hit.draft is not None):
        parts.append(_STATES[hit.draft or hit.state])
    if hit.owner:
        parts.append(one_line(hit.owner))
    if hit.last_used_at is not None:
        used = age(to_us(hit.last_used_at), to_us(now))
        parts.append("used just now" if used == "now" else f"used {used}")
    else:
        parts.append("never used")
    if hit.is_stale:
        parts.append("review due")
    return " · ".join(parts)


def second_line(hit: Hit) -> Line:
    """The line with the found words, or else why it stands here."""
    if hit.line.spans or not hit.why:
        return hit.line
    return Line(hit.why)


class HitDelegate(QStyledItemDelegate):
    """Paints two lines; never raises."""

    def __init__(self, theme: Theme, clock: Clock, model: RowsModel[Hit]) -> None:
        super().__init__()
        self._theme = theme
        self._clock = clock
        self._model = model

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(100, row_height(self._theme))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        hit = self._model.row(index)
        if hit is None:
            return
        theme, rect = self._theme, option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour("surface.selected"))
            painter.fillRect(rect.left(), rect.top() + 3, 2, rect.height() - 6, theme.colour("primary.edge"))
        body, small = QFontMetrics(theme.font("strong")), QFontMetrics(theme.font("small"))
        first = rect.top() + 6 + body.ascent()
        second = rect.bottom() - 7 - small.descent()
        left, right = rect.left() + _PAD, rect.right() - _PAD
        aside = small.elidedText(
            aside_words(hit, self._clock.now()), Qt.TextElideMode.ElideRight, rect.width() // 2
        )
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("text.secondary"))
        at = right - small.horizontalAdvance(aside)
        painter.drawText(QPointF(at, first), aside)
        self._draw(painter, hit.title, QPointF(left, first), at - 14, "body", "text.primary")
        why = hit.why if hit.line.spans else ""
        if why:
            shown = small.elidedText(why, Qt.TextElideMode.ElideRight, rect.width() // 2)
            painter.setFont(theme.font("small"))
            painter.setPen(theme.colour("text.success"))
            right -= small.horizontalAdvance(shown) + 14
            painter.drawText(QPointF(right + 14, second), shown)
        self._draw(painter, second_line(hit), QPointF(left, second), right, "small", "text.secondary")

    def _draw(self, painter: QPainter, line: Line, at: QPointF, right: float, font: str, colour: str) -> None:
        """The found words are bold and underlined; the rest is plain."""
        painter.setPen(self._theme.colour(colour))
        x, start = at.x(), 0
        cuts = sorted({0, len(line.text), *(place for span in line.spans for place in span)})
        for start, end in pairwise(cuts):
            found = any(begin <= start and end <= stop for begin, stop in line.spans)
            strong = "small_strong" if font == "small" else "strong"
            face = self._theme.font(strong if found else font)
            metrics = QFontMetrics(face)
            piece = metrics.elidedText(
                line.text[start:end], Qt.TextElideMode.ElideRight, max(int(right - x), 0)
            )
            painter.setFont(face)
            painter.drawText(QPointF(x, at.y()), piece)
            width = metrics.horizontalAdvance(piece)
            if found:
                painter.drawLine(QPointF(x, at.y() + 2), QPointF(x + width, at.y() + 2))
            x += width
            if x >= right or piece != line.text[start:end]:
                break


class HitList(QTableView):
    """The lines, one of them marked; the focus stays in the field."""

    def __init__(self, theme: Theme, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._clock = clock
        self._model: RowsModel[Hit] = RowsModel((Column("", self._spoken),), self)
        self.setModel(self._model)
        self.setItemDelegate(HitDelegate(theme, clock, self._model))
        self.itemDelegate().setParent(self)
        self.setAccessibleName("Playbooks found")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        theme.theme_changed.connect(self._fit)
        self._fit()

    def show_hits(self, hits: Sequence[Hit]) -> None:
        """List these; the first is marked."""
        self._model.set_rows(tuple(hits))
        self.setCurrentIndex(self._model.index(0, 0))

    def hits(self) -> Sequence[Hit]:
        """What is listed."""
        return self._model.rows

    def current(self) -> Hit | None:
        """The marked line."""
        return self._model.row(self.currentIndex())

    def step(self, by: int) -> None:
        """Mark another line."""
        count = len(self._model.rows)
        if count:
            at = min(max(self.currentIndex().row() + by, 0), count - 1)
            self.setCurrentIndex(self._model.index(at, 0))

    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(row_height(self._theme))
        self.viewport().update()

    def _spoken(self, hit: Hit) -> str:
        said = (hit.title.text, aside_words(hit, self._clock.now()), hit.why, hit.line.text)
        return ", ".join(one_line(each) for each in said if each)


def row_height(theme: Theme) -> int:
    """How high a line is."""
    return QFontMetrics(theme.font("body")).height() + QFontMetrics(theme.font("small")).height() + 16
