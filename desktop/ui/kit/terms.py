"""The terms of a score: what each factor adds, of how much, and why."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.domain.priority import Score, Term
from desktop.ui.kit.label import Label
from desktop.ui.kit.meter import Meter
from desktop.ui.kit.tip import as_tip
from desktop.ui.theme import Theme


class ScoreTerms(QWidget):
    """One line for each factor: name, bar, points of maximum, and below it the reason.

    Without `all_reasons` only what is assumed has its reason.
    """

    def __init__(self, theme: Theme, *, all_reasons: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._all_reasons = all_reasons
        self._score: Score | None = None
        self._lines: dict[str, _Line] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(1, 1)

    def show_reasons(self, is_wanted: bool) -> None:
        """Show every reason below its line, or only those of what is assumed."""
        self._all_reasons = is_wanted
        self.set_score(self._score)

    def set_score(self, score: Score | None) -> None:
        """Show the terms of a score; None leaves the bars empty."""
        self._score = score
        if score is None:
            for line in self._lines.values():
                line.clear()
            return
        for term in score.terms:
            if term.key not in self._lines:
                self._lines[term.key] = _Line(self._theme, self._grid, len(self._lines) * 2)
            self._lines[term.key].show_term(term, with_reason=self._all_reasons or term.assumed)


class _Line:
    def __init__(self, theme: Theme, grid: QGridLayout, at: int) -> None:
        self._name = Label("")
        self._bar = Meter(theme)
        self._points = Label("")
        self._points.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._why = Label("", "hint", wrap=True)
        self._why.setContentsMargins(0, 0, 0, 4)
        grid.addWidget(self._name, at, 0)
        grid.addWidget(self._bar, at, 1)
        grid.addWidget(self._points, at, 2)
        grid.addWidget(self._why, at + 1, 0, 1, 3)

    def show_term(self, term: Term, *, with_reason: bool) -> None:
        """Show one term."""
        share = float(term.points / term.maximum) if term.maximum else 0.0
        self._name.setText(term.name)
        self._bar.set_share(share, f"{term.name}: {term.shown.replace(' / ', ' of ')}")
        self._points.setText(f"≈ {term.shown}" if term.assumed else term.shown)
        self._why.setText(term.why)
        self._why.setVisible(with_reason)
        for part in (self._name, self._bar, self._points):
            part.setToolTip(as_tip(term.why))
            part.setAccessibleDescription(term.why)

    def clear(self) -> None:
        self._bar.set_share(0.0, self._name.text())
        self._points.setText("")
        self._why.setText("")
