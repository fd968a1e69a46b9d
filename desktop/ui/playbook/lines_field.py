"""Lines of a list as they are typed: one entry each, with a mark before it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QTextBlock, QTextCursor
from PySide6.QtWidgets import QWidget

from desktop.ui.kit.long_text import LongText
from desktop.ui.theme import Theme

_MARGIN = 22
_LEAST, _MOST = 2, 16
_ALT, _CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
_MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class LinesField(LongText):
    """A list, a line for each entry: Enter begins the next, Alt with arrows moves one. As high as it is long.

    With `forbids`, it lists what must not be done: crosses and words in the colour of danger.

    Signals:
        edited: something else is written.
    """

    edited = Signal()

    def __init__(
        self, name: str, theme: Theme, *, forbids: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__("", lines=_LEAST, parent=parent)
        self._theme = theme
        self.forbids = forbids
        self.setProperty("tone", "danger" if forbids else "normal")
        self._marks = _Marks(self)
        self.setAccessibleName(name)
        self.setAccessibleDescription("One entry in each line. Alt with up and down moves an entry.")
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setViewportMargins(_MARGIN, 0, 0, 0)
        self.textChanged.connect(self.edited)
        self.updateRequest.connect(self._marks.update)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        theme.theme_changed.connect(self._marks.update)

    def lines(self) -> tuple[str, ...]:
        """The entries; lines without words are none."""
        return tuple(line for line in map(str.strip, self.toPlainText().split("\n")) if line)

    def show_lines(self, lines: Sequence[str]) -> None:
        """Write these; the same as there are change nothing."""
        if tuple(lines) != self.lines():
            self.setPlainText("\n".join(lines))
            self._fit()

    def move_line(self, by: int) -> None:
        """Take the line of the cursor up or down past its neighbour; one can undo it."""
        cursor = self.textCursor()
        block, at = cursor.block(), cursor.positionInBlock()
        other = block.next() if by > 0 else block.previous()
        if not other.isValid():
            return
        upper, lower = (block, other) if by > 0 else (other, block)
        number = other.blockNumber()
        cursor.beginEditBlock()
        cursor.setPosition(upper.position())
        cursor.setPosition(lower.position() + lower.length() - 1, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(f"{lower.text()}\n{upper.text()}")
        cursor.endEditBlock()
        cursor.setPosition(self.document().findBlockByNumber(number).position() + at)
        self.setTextCursor(cursor)

    def marks(self) -> Sequence[tuple[QRectF, QTextBlock]]:
        """Where the first line of each entry stands."""
        found = []
        block, offset = self.firstVisibleBlock(), self.contentOffset()
        while block.isValid():
            place = self.blockBoundingGeometry(block).translated(offset)
            if place.top() > self.height():
                break
            found.append((place, block))
            block = block.next()
        return found

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & _ALT and event.key() in _MOVES:
            if not self.isReadOnly():
                self.move_line(_MOVES[Qt.Key(event.key())])
        elif event.modifiers() & _CONTROL and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()  # for the editor: publish
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        inner = self.contentsRect()
        self._marks.setGeometry(inner.left(), inner.top(), _MARGIN, inner.height())
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self, _size: object = None) -> None:
        """As high as its lines are, within limits; what is longer scrolls."""
        count = round(self.document().size().height())
        wanted = max(_LEAST, min(count, _MOST))
        self.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAsNeeded if count > _MOST else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
        frame = self.height() - self.viewport().height() if self.isVisible() else 14
        height = self.fontMetrics().lineSpacing() * wanted + 2 * round(self.document().documentMargin())
        height += max(frame, 10)
        if height != self.minimumHeight():
            self.setFixedHeight(height)

    def mark_colour(self) -> QColor:
        """The colour of the marks."""
        return self._theme.colour("text.danger" if self.forbids else "text.secondary")


class _Marks(QWidget):
    """A point before each entry, or a cross."""

    def __init__(self, field: LinesField) -> None:
        super().__init__(field)
        self._field = field
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self._field.mark_colour()
        half = self._field.fontMetrics().lineSpacing() / 2
        x = _MARGIN / 2 + 3
        for place, block in self._field.marks():
            if not block.text().strip():
                continue
            y = place.top() + half
            if self._field.forbids:
                _draw_cross(painter, colour, x, y)
            else:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colour)
                painter.drawEllipse(QRectF(x - 2.5, y - 2.5, 5, 5))


def _draw_cross(painter: QPainter, colour: QColor, x: float, y: float) -> None:
    pen = painter.pen()
    pen.setColor(colour)
    pen.setWidthF(1.8)
    painter.setPen(pen)
    painter.drawLine(round(x - 4), round(y - 4), round(x + 4), round(y + 4))
    painter.drawLine(round(x - 4), round(y + 4), round(x + 4), round(y - 4))
