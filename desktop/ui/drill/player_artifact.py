"""What is handed over with something that reaches the players: a chart, a table, or a file's text."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.kit.card import Card
from desktop.ui.kit.label import Label
from desktop.ui.text import one_line
from desktop.ui.theme import Theme

_NAMES = {"chart": "Chart", "table": "Table", "file": "File", "screenshot": "Screenshot"}
_MOST_ROWS, _MOST_COLUMNS = 40, 8
_MOST_POINTS = 500
_HIGH = 150


class Curve(QWidget):
    """Figures in their order as a line, with the lowest and the highest beside it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._points: tuple[float, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_points(self, points: Sequence[float], name: str) -> None:
        """Draw these."""
        self._points = tuple(points)
        low, high = min(self._points), max(self._points)
        self.setAccessibleName(f"{name}: from {self._points[0]:g} to {self._points[-1]:g},"
                               f" lowest {low:g}, highest {high:g}")  # fmt: skip
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, round(_HIGH * self._theme.text_scale))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._points:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, font = self._theme, self._theme.font("small")
        metrics = QFontMetrics(font)
        low, high = min(self._points), max(self._points)
        wide = max(metrics.horizontalAdvance(f"{value:g}") for value in (low, high)) + 8
        box = QRectF(wide, metrics.height(), self.width() - wide - 8, self.height() - 2 * metrics.height())
        painter.setFont(font)
        painter.setPen(theme.colour("text.secondary"))
        for value, y in ((high, box.top()), (low, box.bottom())):
            label = QRectF(0, y - metrics.height() / 2, wide - 6, metrics.height())
            painter.drawText(label, int(Qt.AlignmentFlag.AlignRight), f"{value:g}")
        painter.setPen(theme.colour("line.soft"))
        for y in (box.top(), box.center().y(), box.bottom()):
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
        painter.setPen(QPen(theme.colour("primary.bar"), 2))
        span, steps = (high - low) or 1.0, max(len(self._points) - 1, 1)
        painter.drawPolyline(
            QPolygonF(
                [
                    QPointF(
                        box.left() + box.width() * at / steps,
                        box.bottom() - box.height() * (value - low) / span,
                    )
                    for at, value in enumerate(self._points)
                ]
            )
        )


class ArtifactCard(Card):
    """Shows one artifact as far as it says what is in it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self._theme = theme
        self._shown: Mapping[str, Any] | None = None
        self._inner: QWidget | None = None

    def show_artifact(self, artifact: Mapping[str, Any] | None) -> None:
        """This one; None hides the card."""
        self.setVisible(artifact is not None)
        if artifact is None or artifact == self._shown:
            return
        self._shown = artifact
        kind = _NAMES.get(str(artifact.get("kind", "")), "Enclosed")
        name = title_of(artifact)
        self.set_title(f"{kind}: {name}" if name else kind)
        if self._inner is not None:
            self.body.removeWidget(self._inner)
            self._inner.deleteLater()
        self._inner = self._made(artifact, name)
        self.body.addWidget(self._inner)

    def _made(self, artifact: Mapping[str, Any], name: str) -> QWidget:
        points = points_of(artifact)
        if points:
            curve = Curve(self._theme)
            curve.show_points(points, name)
            return curve
        rows = rows_of(artifact)
        if rows:
            return _table(rows)
        text = str(artifact.get("text", "") or artifact.get("body", ""))
        if text:
            label = Label(text, wrap=True)
            label.let_select()
            return label
        return Label("It holds no more than is written above.", "secondary", wrap=True)


def title_of(artifact: Mapping[str, Any]) -> str:
    """What it is called."""
    found = next((artifact[key] for key in ("title", "name", "series", "file") if artifact.get(key)), "")
    return one_line(str(found)[:120]).replace("_", " ")


def points_of(artifact: Mapping[str, Any]) -> tuple[float, ...]:
    """The figures of a chart, none where it gives none; pairs stand for time and figure."""
    found: list[float] = []
    points = artifact.get("points") or artifact.get("values") or ()
    for each in points if isinstance(points, Sequence) and not isinstance(points, str) else ():
        value = each[-1] if isinstance(each, Sequence) and not isinstance(each, str) and each else each
        if isinstance(value, int | float) and not isinstance(value, bool):
            found.append(float(value))
    return tuple(found[:_MOST_POINTS])


def rows_of(artifact: Mapping[str, Any]) -> tuple[tuple[str, ...], ...]:
    """The lines of a table, its headings first."""
    headings, rows = artifact.get("headings") or artifact.get("columns"), artifact.get("rows")
    if not isinstance(rows, Sequence) or isinstance(rows, str):
        return ()
    lines = [headings, *rows] if isinstance(headings, Sequence) and not isinstance(headings, str) else rows
    return tuple(
        tuple(one_line(str(cell)[:200]) for cell in list(line)[:_MOST_COLUMNS])
        for line in list(lines)[:_MOST_ROWS]
        if isinstance(line, Sequence) and not isinstance(line, str)
    )


def _table(rows: Sequence[Sequence[str]]) -> QWidget:
    held = QWidget()
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    for at, line in enumerate(rows):
        for column, cell in enumerate(line):
            grid.addWidget(Label(cell, "body" if at else "small_strong", wrap=True), at, column)
    column_box = QVBoxLayout(held)
    column_box.setContentsMargins(0, 0, 0, 0)
    column_box.addLayout(grid)
    return held
