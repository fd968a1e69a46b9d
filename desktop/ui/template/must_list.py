"""What the message of a stage must tell, and whether a template does."""

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.template import Place
from desktop.ui.kit.label import Label
from desktop.ui.template.words import checklist
from desktop.ui.theme import Theme

_SIZE = 14


class MustList(QWidget):
    """One line for each thing, with a tick once the text names it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self.head = Label("", "secondary", wrap=True)
        self._column.addWidget(self.head)
        self._lines: list[_Line] = []

    def show_text(self, place: Place, subject: str, body: str) -> None:
        """What is told of what must be told."""
        found = checklist(place, subject, body)
        while len(self._lines) < len(found):
            self._lines.append(_Line(self._theme))
            self._column.addWidget(self._lines[-1])
        for line in self._lines[len(found) :]:
            line.hide()
        for line, (needed, is_told) in zip(self._lines, found, strict=False):
            line.show_line(needed.what, ", ".join(needed.fields), is_told=is_told)
            line.show()
        told = sum(is_told for _, is_told in found)
        self.head.setText(f"{told} of {len(found)} of what this stage must tell")


class _Line(QWidget):
    """A tick or an open circle, what it is, and the fields that tell it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.mark = _Mark(theme)
        self.words = Label("")
        self.fields = Label("", "secondary")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.mark)
        row.addWidget(self.words)
        row.addWidget(self.fields, 1)

    def show_line(self, what: str, fields: str, *, is_told: bool) -> None:
        self.mark.show_mark(is_told=is_told)
        self.words.setText(f"{what[0].upper()}{what[1:]}")
        self.fields.setText("" if is_told else fields)
        self.setAccessibleName(f"{what}: {'told' if is_told else f'not told, use {fields}'}")


class _Mark(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._is_told = False
        self.setFixedSize(_SIZE + 2, _SIZE + 2)

    def show_mark(self, *, is_told: bool) -> None:
        self._is_told = is_told
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        token = "text.success" if self._is_told else "text.warning"
        pen = painter.pen()
        pen.setColor(self._theme.colour(token))
        pen.setWidthF(1.8)
        painter.setPen(pen)
        if self._is_told:
            painter.drawPolyline([_at(3, 8), _at(7, 12), _at(13, 4)])
        else:
            painter.drawEllipse(3, 3, _SIZE - 5, _SIZE - 5)


def _at(x: float, y: float) -> QPointF:
    return QPointF(x, y)
