"""Cards on their way from one lane to another, held by the mouse."""

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDrag, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from desktop.domain.board import step_of
from desktop.domain.board_rows import BoardRows
from desktop.ui.board.card_cache import CardCache
from desktop.ui.board.lane import CARDS_TYPE, Lane
from desktop.ui.board.look import BoardLook
from desktop.ui.board.selection import Selection

#: The states that the dragged escalations may be dropped on.
TargetsOf = Callable[[Iterable[int]], frozenset[str]]


class LaneDrag:
    """Lets the selected cards be dragged to the lanes that may take them."""

    def __init__(
        self,
        lanes: Mapping[str, Lane],
        rows: BoardRows,
        selection: Selection,
        look: BoardLook,
        cache: CardCache,
        targets_of: TargetsOf,
    ) -> None:
        self._lanes = lanes
        self._rows = rows
        self._selection = selection
        self._look = look
        self._cache = cache
        self._targets_of = targets_of

    def start(self, source: QWidget) -> None:
        """Let the selected cards be dropped on lanes that may take them; Esc or elsewhere leaves them."""
        ids = self._selection.ids
        if not ids:
            return
        drag = QDrag(source)
        mime = QMimeData()
        mime.setData(CARDS_TYPE, b",".join(str(row_id).encode() for row_id in ids))
        drag.setMimeData(mime)
        drag.setPixmap(self._preview(len(ids)))
        drag.setHotSpot(QPoint(24, 16))
        self.show_targets(self._targets_of(ids))
        drag.exec(Qt.DropAction.MoveAction)
        self.show_targets(frozenset())

    def show_targets(self, states: frozenset[str]) -> None:
        """Mark the lanes that may take what is dragged."""
        for state, lane in self._lanes.items():
            lane.set_takes(state in states)

    def _preview(self, count: int) -> QPixmap:
        row = self._rows.get(self._selection.current) or self._rows.get(self._selection.ids[0])
        if row is None:
            return QPixmap()
        place = self._rows.locate(row.id)
        width = self._lanes[place[0]].view.viewport().width() if place else 200
        step = step_of(row, self._look.now_us)
        card = self._cache.card(row, step, self._look.metrics(width), is_snoozed=False)
        pixmap = QPixmap(card)
        painter = QPainter(pixmap)
        if count > 1:
            _draw_count(painter, self._look, count, pixmap.width() / pixmap.devicePixelRatio())
        painter.end()
        return pixmap


def _draw_count(painter: QPainter, look: BoardLook, count: int, width: float) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.theme.colour("primary.fill"))
    painter.drawEllipse(int(width) - 30, 2, 26, 26)
    painter.setFont(look.theme.font("strong"))
    painter.setPen(look.theme.colour("text.on_primary"))
    painter.drawText(int(width) - 30, 2, 26, 26, int(Qt.AlignmentFlag.AlignCenter), str(count))
