"""The lines of the palette: the letters that fit stand out, the keys stand at the right."""

from collections.abc import Sequence
from typing import NamedTuple

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

from desktop.ui.kit.table_model import Column, RowsModel
from desktop.ui.theme import Theme

_PAD = 10
Index = QModelIndex | QPersistentModelIndex


class Entry(NamedTuple):
    """One line: a command or an escalation. `why_not` greys it and says the reason; `places` stand out."""

    text: str
    aside: str = ""
    why_not: str = ""
    places: tuple[int, ...] = ()
    action_id: str = ""
    escalation_id: int = 0


class EntryDelegate(QStyledItemDelegate):
    """Paints a line; never raises."""

    def __init__(self, theme: Theme, model: RowsModel[Entry]) -> None:
        super().__init__()
        self._theme = theme
        self._model = model

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(100, line_height(self._theme))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry = self._model.row(index)
        if entry is None:
            return
        theme, rect = self._theme, option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("surface.selected"))
            painter.drawRoundedRect(rect, 4, 4)
            painter.setPen(theme.colour("primary.edge"))
            painter.drawLine(rect.left() + 1, rect.top() + 4, rect.left() + 1, rect.bottom() - 4)
        plain, small = QFontMetrics(theme.font("body")), QFontMetrics(theme.font("small"))
        base = rect.center().y() + plain.capHeight() / 2 + 1
        aside = entry.why_not or entry.aside
        room = rect.width() // 2 if len(entry.text) > 30 else rect.width() * 2 // 3
        shown = small.elidedText(aside, Qt.TextElideMode.ElideRight, room)
        right = rect.right() - _PAD - small.horizontalAdvance(shown)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("text.disabled" if entry.why_not else "text.secondary"))
        painter.drawText(QPointF(right, base), shown)
        self._draw_text(painter, entry, QPointF(rect.left() + _PAD, base), right - 16)

    def _draw_text(self, painter: QPainter, entry: Entry, at: QPointF, right: int) -> None:
        """Letter runs that fit are bold and underlined; the rest is plain."""
        theme = self._theme
        painter.setPen(theme.colour("text.disabled" if entry.why_not else "text.primary"))
        x, start = at.x(), 0
        places = set(entry.places)
        while start < len(entry.text):
            end = start + 1
            fits = start in places
            while end < len(entry.text) and (end in places) == fits:
                end += 1
            font = theme.font("strong" if fits else "body")
            metrics = QFontMetrics(font)
            piece = metrics.elidedText(
                entry.text[start:end], Qt.TextElideMode.ElideRight, max(int(right - x), 0)
            )
            painter.setFont(font)
            painter.drawText(QPointF(x, at.y()), piece)
            width = metrics.horizontalAdvance(piece)
            if fits:
                painter.drawLine(QPointF(x, at.y() + 2), QPointF(x + width, at.y() + 2))
            x, start = x + width, end
            if x >= right:
                break


class PaletteList(QTableView):
    """The lines, one of them marked."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model: RowsModel[Entry] = RowsModel((Column("", _spoken),), self)
        self.setModel(self._model)
        self.setItemDelegate(EntryDelegate(theme, self._model))
        self.itemDelegate().setParent(self)
        self.setAccessibleName("What was found")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        theme.theme_changed.connect(self._fit)
        self._fit()

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """List these; the first that can be done is marked."""
        self._model.set_rows(tuple(entries))
        first = next((at for at, entry in enumerate(entries) if not entry.why_not), 0)
        self.setCurrentIndex(self._model.index(first, 0))

    def entries(self) -> Sequence[Entry]:
        """What is listed."""
        return self._model.rows

    def entry(self, index: Index) -> Entry | None:
        """The line at an index."""
        return self._model.row(index)

    def current(self) -> Entry | None:
        """The marked line."""
        return self._model.row(self.currentIndex())

    def step(self, by: int) -> None:
        """Mark another line, further down or up."""
        count = len(self._model.rows)
        if count:
            at = min(max(self.currentIndex().row() + by, 0), count - 1)
            self.setCurrentIndex(self._model.index(at, 0))

    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(line_height(self._theme))
        self.viewport().update()


def line_height(theme: Theme) -> int:
    """How high a line is."""
    return QFontMetrics(theme.font("body")).height() + 14


def _spoken(entry: Entry) -> str:
    return ", ".join(filter(None, (entry.text, entry.why_not or entry.aside)))
