"""How good the rota in sight is: half coverage, half fairness, and the hours per person behind both."""

from typing import NamedTuple

from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.instant import span_us
from desktop.domain.roster_quality import Quality
from desktop.ui.kit.card import Card
from desktop.ui.kit.label import Label
from desktop.ui.kit.meter import Meter
from desktop.ui.kit.row_table import RowTable, TwoLineModel
from desktop.ui.kit.table_model import Column
from desktop.ui.roster.period import Period
from desktop.ui.roster.ports import RosterFound
from desktop.ui.text import duration
from desktop.ui.theme import Theme


class Hours(NamedTuple):
    """One person's hours, and their share of all."""

    person: str
    hours: float
    share: float


class QualityTab(QWidget):
    """One score, its two halves, and the hours of everybody."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found = RosterFound()
        self.score = Label("", "display")
        self.about = Label("", "secondary", wrap=True)
        self.coverage, self.fairness = Meter(theme), Meter(theme)
        self.coverage_words, self.fairness_words = Label(), Label()
        columns: tuple[Column[Hours], ...] = (
            Column("Person", lambda row: row.person),
            Column("Hours on call", lambda row: f"{row.hours:,.1f} h", width=130, align_right=True),
            Column("Share", lambda row: f"{row.share:.0%}", width=90, align_right=True),
        )
        model = TwoLineModel(columns, step=_step, sentence=_said, strong=(0,))
        self.table: RowTable[Hours] = RowTable(model, theme, "Hours per person", key=_key, stretch=0)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._lay_out()

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        self.table.setFocus()

    def show_quality(self, found: RosterFound, quality: Quality | None, name: str, period: Period) -> None:
        """Show the quality of a rota over a period; None for all rotas together, which have none."""
        self._found = found
        if quality is None:
            self.score.setText("–")
            self.coverage_words.setText("Coverage")
            self.fairness_words.setText("Fairness")
            self.coverage.set_share(0.0, "Coverage: not known")
            self.fairness.set_share(0.0, "Fairness: not known")
            self.about.setText("Choose one rota in the plan: each has a quality of its own.")
            self.table.show_rows([])
            return
        self.score.setText(f"{quality.score:.0%}")
        where = f"{name}, {period.title()} ({period.zone.key}), changes and time off included"
        self.about.setText(f"{where}: half of it is coverage, half fairness.")
        missing = f", {duration(span_us(quality.missing))} with nobody" if quality.missing else ""
        self.coverage_words.setText(f"Coverage {quality.coverage:.0%}{missing}")
        self.fairness_words.setText(f"Fairness {quality.fairness:.0%}: how alike the hours of any two are")
        self.coverage.set_share(quality.coverage, self.coverage_words.text())
        self.fairness.set_share(quality.fairness, self.fairness_words.text())
        total = sum(hours for _, hours in quality.hours) or 1.0
        self.table.show_rows(
            [Hours(self._name(person), hours, hours / total) for person, hours in quality.hours]
        )

    def _name(self, person: str) -> str:
        return self._found.name_of(int(person)) if person.isdecimal() else person

    def _lay_out(self) -> None:
        card = Card("Quality")
        line = QHBoxLayout()
        line.setSpacing(20)
        line.addWidget(self.score)
        halves = QVBoxLayout()
        for words, meter in ((self.coverage_words, self.coverage), (self.fairness_words, self.fairness)):
            halves.addWidget(words)
            halves.addWidget(meter)
        line.addLayout(halves, 1)
        card.body.addLayout(line)
        card.body.addWidget(self.about)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(12)
        column.addWidget(card)
        column.addWidget(self.table, 1)


def _step(_row: Hours) -> tuple[str, int]:
    return "", -1


def _key(row: Hours) -> object:
    return row.person


def _said(row: Hours) -> str:
    return f"{row.person}, {row.hours:.1f} hours on call, {row.share:.0%} of all"
