"""The cards of one lane."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from desktop.ui.board.card_cache import CardCache
from desktop.ui.board.delegate import CardDelegate
from desktop.ui.board.lane_model import LaneModel
from desktop.ui.board.look import BoardLook
from desktop.ui.board.metrics import row_height
from desktop.ui.board.rows_view import RowsView
from desktop.ui.board.selection import Selection


class LaneView(RowsView):
    """One column of cards. A table view and no list: a list lays out every row again on each change."""

    def __init__(
        self,
        model: LaneModel,
        look: BoardLook,
        cache: CardCache,
        selection: Selection,
        parent: QWidget | None = None,
    ) -> None:
        delegate = CardDelegate(look, cache, selection, model.rows, None)
        super().__init__(model, look, selection, delegate, parent)
        delegate.setParent(self)
        self._cards = delegate
        self._cache = cache
        self._ground = "surface.window"
        self.setAccessibleName(f"Lane {model.title}")
        self.horizontalHeader().hide()
        self.horizontalHeader().setMinimumSectionSize(20)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        # We fill it ourselves: otherwise all that lies below would be painted anew with every tick as well.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._resize_rows()
        look.look_changed.connect(self._resize_rows)

    def set_ground(self, token: str) -> None:
        """Another colour behind the cards."""
        self._ground = token
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cache.set_ratio(self.devicePixelRatioF())

    def paintEvent(self, event: QPaintEvent) -> None:
        # The table's own way asks style and model about every cell, which takes longer than the cards.
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._look.theme.colour(self._ground))
        self._paint_cards(painter, event.rect())
        if not len(self._rows):
            painter.setFont(self._look.theme.font("small"))
            painter.setPen(self._look.theme.colour("text.secondary"))
            top = self.viewport().rect().adjusted(8, 14, -8, 0)
            painter.drawText(top, int(Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap), "No cards")

    def _paint_cards(self, painter: QPainter, area: QRect) -> None:
        seen = self.visible_range()
        if not seen:
            return
        left, width = self.columnViewportPosition(0), self.columnWidth(0)
        top, height = self.rowViewportPosition(seen.start), self.rowHeight(seen.start)
        for position in seen:
            if top + height > area.top() and top <= area.bottom():
                self._cards.paint_card(painter, left, top, width, position)
            top += height

    def _resize_rows(self) -> None:
        self.verticalHeader().setDefaultSectionSize(row_height(self._look.density, self._look.scale))
        self.updateGeometries()  # a hidden header does not ask for it, and a bar no longer needed would stay
        self.viewport().update()
