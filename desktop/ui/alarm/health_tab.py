"""How noisy the desk is: each figure with its target, as a table."""

from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.alarm_health import Figure
from desktop.services.health import AlertHealth
from desktop.ui.kit.label import Label
from desktop.ui.kit.row_table import RowTable, TwoLineModel
from desktop.ui.kit.segments import Segments
from desktop.ui.kit.table_model import Column
from desktop.ui.text import counted
from desktop.ui.theme import Theme

PERIODS = (("7", "7 days"), ("30", "30 days"))
WHOSE = (("desk", "The desk"), ("me", "Me"))


class MeasuresHealth(Protocol):
    """Works the figures out."""

    def alert_health(self, days: int = 7, person_id: int | None = None) -> AlertHealth:
        """The figures of so many days."""
        ...


class HealthTab(QWidget):
    """The figures of a period, for the desk or for who works here.

    Signals:
        period_chosen: another period or person is wanted; see `days` and `is_mine`.
    """

    period_chosen = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.periods = Segments(PERIODS, "Period", even=False)
        self.periods.set_value(PERIODS[0][0])
        self.whose = Segments(WHOSE, "Whose alarms", even=False)
        self.whose.set_value(WHOSE[0][0])
        self.verdict = Label("", "heading", wrap=True)
        self.model = TwoLineModel(_COLUMNS, step=_step, sentence=_sentence, strong=(0,))
        self.table = RowTable(self.model, theme, "Alert health", key=_key, stretch=4)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        bar = QHBoxLayout()
        bar.setContentsMargins(16, 10, 16, 10)
        bar.setSpacing(16)
        bar.addWidget(self.verdict, 1)
        bar.addWidget(self.whose)
        bar.addWidget(self.periods)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.table, 1)
        self.periods.chosen.connect(self.period_chosen)
        self.whose.chosen.connect(self.period_chosen)

    @property
    def days(self) -> int:
        """How long the period is."""
        return int(self.periods.value() or PERIODS[0][0])

    @property
    def is_mine(self) -> bool:
        """Whether the figures are of who works here."""
        return self.whose.value() == "me"

    def show_health(self, health: AlertHealth) -> None:
        """The figures, and one sentence about all of them."""
        missed = [figure for figure in health.figures if figure.ok is False]
        measured = [figure for figure in health.figures if figure.ok is not None]
        if missed:
            self.verdict.setText(f"{len(missed)} of {counted(len(measured), 'target')} missed")
        else:
            self.verdict.setText(f"All {counted(len(measured), 'target')} kept")
        self.table.show_rows(health.figures)

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        self.table.setFocus()


def _verdict(figure: Figure) -> str:
    return {True: "Kept", False: "Missed", None: "No target"}[figure.ok]


_COLUMNS: tuple[Column[Figure], ...] = (
    Column("Verdict", _verdict, width=130),
    Column("Figure", lambda row: row.title, width=330),
    Column("Value", lambda row: row.text, align_right=True, width=100),
    Column("Target", lambda row: row.target or "–", width=230),
    Column("", lambda _row: "", width=40),
)


def _step(figure: Figure) -> tuple[str, int]:
    return {True: ("text.success", -2), False: ("text.danger", -1), None: ("none.accent", -1)}[figure.ok]


def _sentence(figure: Figure) -> str:
    target = f", target {figure.target}" if figure.target else ""
    return f"{figure.title}: {figure.text}{target}, {_verdict(figure).lower()}"


def _key(figure: Figure) -> object:
    return figure.key
