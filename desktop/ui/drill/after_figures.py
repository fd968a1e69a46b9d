"""The figures of a run, always together: number, band, coverage, passed, critical, shares, competences."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from desktop.domain.drill_explain import span
from desktop.domain.drill_score import DrillScore
from desktop.ui.drill import after_words as words
from desktop.ui.drill.after_ports import BenchmarkLine
from desktop.ui.kit.card import Section
from desktop.ui.kit.label import Label
from desktop.ui.kit.meter import Meter
from desktop.ui.kit.pill import Pill
from desktop.ui.surroundings import Surroundings


class FiguresBox(Section):
    """The number in large, its band in words, and what must be read with it."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.number = Label("", "display")
        self.band = Pill(around.theme)
        self.meaning = Label("", "secondary")
        self.about = Label("", "secondary", wrap=True)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(16)
        self._facts.setVerticalSpacing(4)
        self._facts.setColumnStretch(1, 1)
        self._facts.setColumnStretch(3, 1)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.number)
        head.addWidget(self.band)
        head.addWidget(self.meaning)
        head.addStretch(1)
        self.body.addLayout(head)
        self.body.addLayout(self._facts)
        self.body.addWidget(self.about)

    def show_score(self, score: DrillScore, about: str) -> None:
        """Show a score and what the run was."""
        self.number.setText(words.number(score.overall))
        self.number.setAccessibleName(f"Overall {words.number(score.overall)} of 1,000")
        self.band.setVisible(bool(score.band))
        if score.band:
            capped = ", capped" if score.is_capped else ""
            self.band.set_text(f"{score.band}{capped}", words.BAND_TONES[score.band])
        none = "Nothing was scored." if score.overall is None else ""
        self.meaning.setText(words.BAND_WORDS.get(score.band, none))
        self.about.setText(about)
        emptied(self._facts)
        for at, (name, said) in enumerate(words.figures(score)):
            row, column = at // 2, at % 2 * 2
            self._facts.addWidget(Label(name, "secondary"), row, column, Qt.AlignmentFlag.AlignTop)
            fact = Label(
                said, "danger" if name == "Critical" and score.missed_critical else "body", wrap=True
            )
            self._facts.addWidget(fact, row, column + 1)

    def facts(self) -> str:
        """What stands beside the number, for a glance and for screen readers."""
        found = []
        for at in range(self._facts.count()):
            item = self._facts.itemAt(at)
            label = item.widget() if item is not None else None
            if isinstance(label, Label):
                found.append(label.text())
        return " ".join(found)


class CompetenceBars(Section):
    """One bar for each competence that was exercised, with its band and its worst rating."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__("Competences", "score of 1,000 · band · worst part", parent=parent)
        self._around = around
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(self._grid)

    def show_score(self, score: DrillScore) -> None:
        """Show the competences of a score."""
        emptied(self._grid)
        self.setVisible(bool(score.competences))
        for row, each in enumerate(score.competences):
            name = words.plain(each.name)
            meter = Meter(self._around.theme)
            meter.set_share(each.score / 1000, f"{name}: {each.score} of 1,000, {each.band}")
            value = Label(f"{each.score:,}", "strong")
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            band = Pill(self._around.theme, each.band, words.BAND_TONES[each.band])
            self._grid.addWidget(Label(name), row, 0)
            self._grid.addWidget(meter, row, 1, Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(value, row, 2)
            self._grid.addWidget(band, row, 3)
            self._grid.addWidget(Label(f"worst {each.worst}", "secondary"), row, 4)


class BenchmarkBox(Section):
    """Three times for each act: the policy's, the real team's, this drill's. Hidden where there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Against the real escalation", "minutes after the inject", parent=parent)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        self.body.addLayout(self._grid)

    def show_lines(self, lines: Sequence[BenchmarkLine]) -> None:
        """Show them."""
        emptied(self._grid)
        self.setVisible(bool(lines))
        for column, title in enumerate(("", "Policy", "Real team", "This drill")):
            self._grid.addWidget(_right(Label(title, "secondary"), column), 0, column)
        for row, line in enumerate(lines, start=1):
            said = (line.text, *(_span(each) for each in (line.policy_s, line.real_s, line.drill_s)))
            for column, text in enumerate(said):
                label = Label(text, "strong" if column == 3 else "body", wrap=column == 0)
                self._grid.addWidget(_right(label, column), row, column)

    def sentences(self) -> tuple[str, ...]:
        """Each line as it reads."""
        found: dict[int, list[str]] = {}
        for at in range(self._grid.count()):
            item = self._grid.itemAt(at)
            label = item.widget() if item is not None else None
            if isinstance(label, Label):
                # The type stub of Qt says too little of what comes back.
                row = self._grid.getItemPosition(at)[0]  # type: ignore[index]
                found.setdefault(row, []).append(label.text())
        return tuple(" ".join(found[row]).strip() for row in sorted(found))


def _right(label: Label, column: int) -> Label:
    if column:
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
    return label


def _span(seconds: int | None) -> str:
    return "–" if seconds is None else span(seconds)


def emptied(layout: QLayout) -> None:
    """Take everything out of a layout that is filled anew."""
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def column_of(*parts: QWidget) -> QWidget:
    """Parts one below the other, from the top."""
    held = QWidget()
    column = QVBoxLayout(held)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for part in parts:
        column.addWidget(part)
    column.addStretch(1)
    return held
