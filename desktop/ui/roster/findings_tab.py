"""What to look at in the rotas, in order of time; each line leads to its place in the plan."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QWidget

from desktop.domain.instant import to_us
from desktop.domain.roster_check import Fault
from desktop.ui.icons import Icons
from desktop.ui.kit.button import Button
from desktop.ui.kit.row_table import RowTable, TwoLineModel
from desktop.ui.kit.table_model import Column
from desktop.ui.kit.table_pane import TablePane
from desktop.ui.roster.period import Period
from desktop.ui.roster.ports import Found
from desktop.ui.roster.words import FAULTS, when_words
from desktop.ui.text import counted
from desktop.ui.theme import Theme

_GRAVE = (Fault.GAP, Fault.NO_CHANNEL, Fault.ON_LEAVE)


class FindingsTab(TablePane[Found]):
    """All findings of what is in sight.

    Signals:
        place_wanted: (int schedule, str row, int start_us, int end_us) show it in the plan.
    """

    place_wanted = Signal(int, str, object, object)

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        self._zone = ZoneInfo("UTC")
        columns: tuple[Column[Found], ...] = (
            Column("What", lambda row: FAULTS[row.finding.fault]),
            Column("When", self._when, width=290),
            Column("Rota", lambda row: row.schedule, width=170),
        )
        model = TwoLineModel(columns, step=_step, sentence=self._said, second=_tells, strong=(0,))
        table: RowTable[Found] = RowTable(model, theme, "Things to look at", key=_key, stretch=0, spare=(2,))
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.show_button = Button("Show in the plan", "primary", keys="Enter")
        beside = QWidget()
        super().__init__(table, beside, icons, (self.show_button,), parent=parent)
        beside.hide()  # a line says all there is
        self.empty.show_state(
            "success",
            "Nothing to look at",
            "Somebody is on call all the time in sight, rested and reachable.",
        )
        table.opened.connect(self._open)
        self.show_button.clicked.connect(self._open)

    def show_found(self, found: Sequence[Found], period: Period) -> None:
        """Show these, those first that leave nobody to be reached."""
        self._zone = period.zone
        self.hint.setText(f"{counted(len(found), 'thing')} to look at, {period.title()} ({period.zone.key}).")
        self.show_rows(sorted(found, key=_order))

    def _open(self) -> None:
        row = self.table.current()
        if row is not None:
            finding = row.finding
            is_gap = finding.fault is Fault.GAP or not finding.people
            key = f"final {row.schedule_id}" if is_gap else f"person {finding.people[0]}"
            self.place_wanted.emit(row.schedule_id, key, to_us(finding.start), to_us(finding.end))

    def _when(self, row: Found) -> str:
        return when_words(row.finding.start, row.finding.end, self._zone)

    def _said(self, row: Found) -> str:
        return f"{FAULTS[row.finding.fault]}, {self._when(row)}: {row.finding.text} {row.schedule}"


def _step(row: Found) -> tuple[str, int]:
    return ("text.danger" if row.finding.fault in _GRAVE else "text.warning"), -1


def _tells(row: Found, column: int) -> str:
    return row.finding.text if column == 0 else ""


def _order(row: Found) -> tuple[bool, object]:
    return row.finding.fault not in _GRAVE, row.finding.start


def _key(row: Found) -> object:
    return row.schedule_id, row.finding
