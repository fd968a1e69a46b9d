"""How cards look now: colours, fonts, sizes and the time, shared by all lanes."""

from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPen

from desktop.domain.board import BREACHED, NO_STEP
from desktop.ui.board.metrics import CardMetrics, Density
from desktop.ui.text import STEP_TOKENS
from desktop.ui.theme import Theme


class StepColours(NamedTuple):
    """The colours of a card in one step."""

    accent: QColor
    tint: QColor
    word: QColor
    text: QColor
    secondary: QColor
    mark: QColor
    edge: QPen


class CardFonts(NamedTuple):
    """The fonts of a card with their metrics."""

    number: QFont
    title: QFont
    plain: QFont
    strong: QFont
    badge: QFont
    number_metrics: QFontMetrics
    title_metrics: QFontMetrics
    plain_metrics: QFontMetrics
    strong_metrics: QFontMetrics
    badge_metrics: QFontMetrics


class BoardLook(QObject):
    """Colours and fonts of the theme as the cards need them, and the instant for which they are painted.

    Signals:
        look_changed: cards painted before are out of date.
    """

    look_changed = Signal()

    def __init__(
        self, theme: Theme, density: Density = Density.NORMAL, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.now_us = 0
        #: The word on every card of a drill's own desk; empty on a real one.
        self.mark = ""
        #: How strongly cards glow that pulse now, 0 to 1, by id.
        self.glows: dict[int, float] = {}
        self.density = density
        self._metrics: dict[int, CardMetrics] = {}
        self._read()
        theme.theme_changed.connect(self._refresh)

    def set_mark(self, mark: str) -> None:
        """The word that every card carries from now on; empty for none."""
        if mark != self.mark:
            self.mark = mark
            self.look_changed.emit()

    def set_density(self, density: Density) -> None:
        """Other heights."""
        if density is not self.density:
            self.density = density
            self._refresh()

    def metrics(self, view_width: int) -> CardMetrics:
        """The places on a card in a lane of that width."""
        found = self._metrics.get(view_width)
        if found is None:
            found = self._metrics[view_width] = CardMetrics.of(self.density, view_width, self.scale)
        return found

    def step(self, step: int) -> StepColours:
        """The colours of a step, or of a card without a clock."""
        return self._steps[step]

    def _refresh(self) -> None:
        self._read()
        self.look_changed.emit()

    def _read(self) -> None:
        self._metrics.clear()
        theme = self.theme
        self.scale = theme.text_scale
        self._steps = {step: self._step_colours(name) for step, name in enumerate(STEP_TOKENS)}
        self._steps[NO_STEP] = self._step_colours("none")
        self.focus_pen = QPen(theme.colour("focus.ring"), theme.number("focus.width"))
        self.selected_pen = QPen(theme.colour("primary.edge"), 2)
        self.dashed_pen = QPen(theme.colour("text.danger"), 1.2, Qt.PenStyle.DashLine)
        self.fonts = self._card_fonts()
        self._mark_ink = theme.colour("drill.word")

    def mark_ink(self, step: int) -> QColor:
        """The colour of a drill's mark on a card in that step; a breach has too strong a fill for its own."""
        return self._steps[BREACHED].text if step == BREACHED else self._mark_ink

    def _step_colours(self, name: str) -> StepColours:
        colour = self.theme.colour
        width = self.theme.number("line.width")
        edge = QPen(colour(f"{name}.edge"), 2 if name == "breached" else width)
        edge.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        return StepColours(
            accent=colour(f"{name}.accent"),
            tint=colour(f"{name}.tint"),
            word=colour(f"{name}.word"),
            text=colour(f"{name}.text"),
            secondary=colour(f"{name}.secondary"),
            mark=colour(f"{name}.mark"),
            edge=edge,
        )

    def _card_fonts(self) -> CardFonts:
        is_compact = self.density is Density.COMPACT
        font = self.theme.font
        small, strong = ("tiny", "tiny_strong") if is_compact else ("small", "small_strong")
        fonts = (
            font(small),
            font(strong if is_compact else "strong"),
            font(small),
            font(strong),
            font("tiny_strong"),
        )
        return CardFonts(*fonts, *map(QFontMetrics, fonts))
