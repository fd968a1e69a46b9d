"""The score so far, by competence, and the gaps so far."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.drill_gap import Proposal
from desktop.domain.drill_view import DrillView
from desktop.domain.drill_words import gap_title
from desktop.ui.drill.console_words import (
    category_title,
    competence_title,
    gaps_so_far,
    is_settled,
    score_so_far,
)
from desktop.ui.kit.label import ElidedLabel, Label
from desktop.ui.kit.meter import Meter
from desktop.ui.kit.pill import Pill
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import one_line

_BAND_TOKENS = {"P": "warming.accent", "S": "warming.accent", "M": "at_risk.accent", "U": "text.danger"}
_MOST_GAPS = 6


class ScoreSoFar(QFrame):
    """A bar for each competence; what is open still counts for nothing."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "section")
        self._theme = around.theme
        self._shown: object = None
        self._bars: dict[str, tuple[Meter, Label]] = {}
        self.overall = Label("–", "title")
        self.overall.setAccessibleName("Score so far")
        self.counted = Label("", "hint")
        head = QHBoxLayout()
        head.addWidget(Label("Score so far", "strong"), 1)
        head.addWidget(self.overall)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 8)
        column.setSpacing(4)
        column.addLayout(head)
        column.addLayout(self._grid)
        column.addWidget(self.counted)

    def show_view(self, view: DrillView) -> None:
        """The score as far as it has come."""
        states = tuple((each.id, each.state, each.score) for each in view.expectations)
        if states == self._shown:
            return
        self._shown = states
        overall, band, lines = score_so_far(view)
        self.overall.setText(f"{overall} {band}" if overall is not None else "–")
        settled = sum(is_settled(each) and each.score is not None for each in view.expectations)
        self.counted.setText(f"{settled} of {len(view.expectations)} expected actions scored")
        if [name for name, _, _ in lines] != list(self._bars):
            self._make([name for name, _, _ in lines])
        for name, score, word in lines:
            meter, number = self._bars[name]
            said = f"{score} {word}" if score is not None else "–"
            title = competence_title(name)
            meter.set_share((score or 0) / 1000, f"{title}: {said}", _BAND_TOKENS.get(word, "chip.track"))
            number.setText(said)

    def _make(self, names: list[str]) -> None:
        while self._grid.count():
            item = self._grid.takeAt(0)
            old = item.widget() if item is not None else None
            if old is not None:
                old.hide()
                old.deleteLater()
        self._bars.clear()
        for at, name in enumerate(names):
            meter, number = Meter(self._theme), Label("–", "small_strong")
            number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            number.setMinimumWidth(number.fontMetrics().horizontalAdvance("1000 P"))
            self._bars[name] = (meter, number)
            self._grid.addWidget(Label(competence_title(name), "small"), at, 0)
            self._grid.addWidget(meter, at, 1)
            self._grid.addWidget(number, at, 2)


class GapsSoFar(QFrame):
    """The gaps that were shown, and those that staff noted."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "section")
        self._theme = around.theme
        self._shown: object = None
        self.texts: list[str] = []
        self.head = Label("Gaps so far", "strong")
        self.none = Label("None yet. Ctrl+G saves a note as a gap.", "hint", wrap=True)
        self.more = Label("", "hint")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(3)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 8)
        column.setSpacing(4)
        column.addWidget(self.head)
        column.addLayout(self._lines)
        column.addWidget(self.none)
        column.addWidget(self.more)

    def show_view(self, view: DrillView) -> None:
        """The gaps as far as they are known, the newest first."""
        states = (tuple((each.id, each.state, each.score) for each in view.expectations), view.noted_gaps)
        if states == self._shown:
            return
        self._shown = states
        found = [(code, one_line(words[:160])) for code, words in reversed(view.noted_gaps)]
        found += [(each.code, _words(each)) for each in reversed(gaps_so_far(view))]
        self.texts = [words for _, words in found]
        self._fill(found)

    def _fill(self, found: list[tuple[str, str]]) -> None:
        while self._lines.count():
            item = self._lines.takeAt(0)
            old = item.widget() if item is not None else None
            if old is not None:
                old.hide()
                old.deleteLater()
        for code, words in found[:_MOST_GAPS]:
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(8)
            pill = Pill(self._theme, code, "danger")
            pill.setToolTip(category_title(code))
            text = ElidedLabel(words, "small")
            row.addWidget(pill)
            row.addWidget(text, 1)
            self._lines.addWidget(line)
        self.none.setVisible(not found)
        self.more.setVisible(len(found) > _MOST_GAPS)
        self.more.setText(f"and {len(found) - _MOST_GAPS} more")


def _words(each: Proposal) -> str:
    return f"{category_title(each.code)}: {gap_title(each.code)} ({each.expectation}, {each.why})"
