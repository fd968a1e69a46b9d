"""Cards already painted, the ones used last, up to a size in memory."""

from collections import OrderedDict

from PySide6.QtGui import QPixmap

from desktop.domain.board import BoardRow
from desktop.ui.board.card_painter import CardPainter
from desktop.ui.board.metrics import CardMetrics

_MOST_BYTES = 16 * 1024 * 1024
_BYTES_PER_PIXEL = 4

#: What of a row, and of its place, its picture is of.
Look = tuple[int, int, int, bool]


class CardCache:
    """The still part of each card, painted once for its revision, step and width.

    One picture to a row: what it looked like before its width or its step changed is never wanted again.
    """

    def __init__(self, painter: CardPainter) -> None:
        self._painter = painter
        self._cards: OrderedDict[int, tuple[Look, QPixmap]] = OrderedDict()
        self._bytes = 0
        self.ratio = 1.0

    def __len__(self) -> int:
        return len(self._cards)

    def card(self, row: BoardRow, step: int, metrics: CardMetrics, *, is_snoozed: bool) -> QPixmap:
        """The picture of a row as it looks in that step."""
        look = (row.revision, step, metrics.width, is_snoozed)
        known, pixmap = self._cards.get(row.id, (None, None))
        if pixmap is not None:
            if known == look:
                self._cards.move_to_end(row.id)
                return pixmap
            self._bytes -= _size(pixmap)
        pixmap = self._painter.pixmap(row, step, metrics, is_snoozed=is_snoozed, ratio=self.ratio)
        self._cards[row.id] = (look, pixmap)
        self._cards.move_to_end(row.id)
        self._bytes += _size(pixmap)
        while self._bytes > _MOST_BYTES and len(self._cards) > 1:
            self._bytes -= _size(self._cards.popitem(last=False)[1][1])
        return pixmap

    def set_ratio(self, ratio: float) -> None:
        """Paint for a screen of that many device pixels to a pixel."""
        if ratio != self.ratio:
            self.ratio = ratio
            self.clear()

    def clear(self) -> None:
        """The cards look different from now on."""
        self._cards.clear()
        self._bytes = 0


def _size(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * _BYTES_PER_PIXEL
