"""The head of the presentation in a drill: its state, a clock for the whole room, and what came last."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.drill_view import PlayerView, Received
from desktop.ui.drill import player_words as words
from desktop.ui.drill.live import LiveDrill
from desktop.ui.drill.player_bar import StateStrip
from desktop.ui.kit.label import ElidedLabel, Label
from desktop.ui.text import one_line
from desktop.ui.theme import Theme

#: What is to be read across a room (ux.md 2.7).
CLOCK_PT = 56.0
_LAST_PT = 24.0
_PAD = 16
_TWO_LINES = 1.75  # of a line: what wraps early needs some of the second


class RoomHead(QFrame):
    """Stands above the cards; follows the drill as long as it is there."""

    def __init__(self, live: LiveDrill, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "top")
        self.strip = StateStrip(theme, "title")
        self.clock = Label("")
        self.clock.setFont(_font(theme, CLOCK_PT, QFont.Weight.ExtraBold))
        self.clock.setStyleSheet(f"font-size: {CLOCK_PT}pt; font-weight: 800;")
        self.clock.setAccessibleName("Time of the drill")
        self.story = Label("", "secondary")
        self.kind = ElidedLabel("", "strong")
        self._said = ""
        self._wide = QFontMetrics(_font(theme, _LAST_PT, QFont.Weight.DemiBold))
        self.last = Label("", wrap=True)
        self.last.setStyleSheet(f"font-size: {_LAST_PT}pt; font-weight: 600;")
        self.last.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.last.setFixedHeight(2 * self._wide.lineSpacing() + 6)
        self.last.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._lay_out(theme)
        live.player_viewed.connect(self.show_view)
        if live.player is not None:
            self.show_view(live.player)

    def show_view(self, view: PlayerView) -> None:
        """How it stands now."""
        title = one_line(view.title[:200])
        self.strip.show_state(words.state_word(view), title, is_going=view.state == words.RUNNING)
        self.clock.setText(words.clock(view.sim_ms))
        self.story.setText(words.story(view.story_at))
        last = last_of(view)
        if last is None:
            self.kind.setText("")
            self._say("Nothing has come yet")
            return
        self.kind.setText(
            f"{words.look_of(last.channel).name} · {words.source(last)} · {words.addressed(last)}"
        )
        self._say(words.subject(last))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._say(self._said)

    def _say(self, text: str) -> None:
        """As much of it as two lines hold."""
        self._said = text
        room = round(self.last.width() * _TWO_LINES)
        self.last.setText(self._wide.elidedText(text, Qt.TextElideMode.ElideRight, room))
        self.last.setAccessibleName(text)

    def _lay_out(self, theme: Theme) -> None:
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.clock)
        left.addWidget(self.story)
        right = QVBoxLayout()
        right.setSpacing(4)
        right.addStretch(1)
        right.addWidget(self.kind)
        right.addWidget(self.last)
        right.addStretch(1)
        row = QHBoxLayout()
        row.setContentsMargins(_PAD, 4, _PAD, 8)
        row.setSpacing(2 * _PAD)
        row.addLayout(left)
        row.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip)
        column.addLayout(row)
        metrics = QFontMetrics(_font(theme, CLOCK_PT, QFont.Weight.ExtraBold))
        self.clock.setMinimumWidth(metrics.horizontalAdvance("T+00:00:00") + 8)


def last_of(view: PlayerView) -> Received | None:
    """What reached anybody last and still stands."""
    shown = [got for got in view.inbox if not got.is_recalled and (got.channel != "none" or got.body.strip())]
    return shown[-1] if shown else None


def _font(theme: Theme, size_pt: float, weight: QFont.Weight) -> QFont:
    font = QFont(theme.font())
    font.setPointSizeF(size_pt)
    font.setWeight(weight)
    return font
