"""The band over the page of drills while one runs: that it is one, that nothing of it is real, and which."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.drill_view import DrillView
from desktop.ui.drill.hatch import draw_hatch
from desktop.ui.text import one_line
from desktop.ui.theme import Theme

_PAD = 16
_SAFE = "nothing here reaches real people or the live board"
_STATES = {"BRIEFING": "IN BRIEFING"}


class DrillBand(QWidget):
    """Hidden while no drill runs."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._state = self._about = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.theme_changed.connect(self.update)
        self.hide()

    def show_view(self, view: DrillView, team: str) -> None:
        """Say how it stands."""
        state = f"{view.banner} {_STATES.get(view.state, view.state)}"
        practice = " · practice run" if view.practice else ""
        cohort = f" · {team}" if team else ""
        about = one_line(f"Scenario: {view.title}{cohort}{practice}")
        if (state, about) == (self._state, self._about):
            return
        self._state, self._about = state, about
        self.setAccessibleName(f"{state}: {_SAFE}. {about}")
        self.setToolTip("")
        self.update()

    @property
    def sentence(self) -> str:
        """What it says."""
        return self.accessibleName()

    def sizeHint(self) -> QSize:
        return QSize(200, round(30 * self._theme.text_scale))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_hatch(painter, QRectF(self.rect()), self._theme)
        painter.setPen(self._theme.colour("drill.text"))
        painter.setFont(self._theme.font("strong"))
        box = self.rect().adjusted(_PAD, 0, -_PAD, 0)
        metrics = painter.fontMetrics()
        left = metrics.horizontalAdvance(self._state) + _PAD
        middle = metrics.horizontalAdvance(_SAFE) + 2 * _PAD
        room = box.width() - left
        has_middle = room - middle > metrics.averageCharWidth() * 24
        upright = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, int(upright | Qt.AlignmentFlag.AlignLeft), self._state)
        if has_middle:
            painter.drawText(box.adjusted(left, 0, 0, 0), int(upright | Qt.AlignmentFlag.AlignLeft), _SAFE)
            room -= middle
        about = metrics.elidedText(self._about, Qt.TextElideMode.ElideRight, max(room, 0))
        painter.drawText(box, int(upright | Qt.AlignmentFlag.AlignRight), about)
