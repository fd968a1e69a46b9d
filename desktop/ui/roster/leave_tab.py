"""Time off that is not over: typed here, or read from a calendar file."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QWidget

from desktop.domain.time_off import ICAL, TimeOff
from desktop.ui.icons import Icons
from desktop.ui.kit.button import Button
from desktop.ui.kit.row_table import RowTable, TwoLineModel
from desktop.ui.kit.table_model import Column
from desktop.ui.kit.table_pane import TablePane
from desktop.ui.roster.ports import RosterFound
from desktop.ui.roster.words import when_words
from desktop.ui.theme import Theme


class LeaveTab(TablePane[TimeOff]):
    """Who is away when.

    Signals:
        add_wanted, import_wanted: the person wants to.
        change_wanted, remove_wanted: (TimeOff) the current entry.
    """

    add_wanted = Signal()
    import_wanted = Signal()
    change_wanted = Signal(object)
    remove_wanted = Signal(object)

    def __init__(self, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        self._zone, self._found = ZoneInfo("UTC"), RosterFound()
        columns: tuple[Column[TimeOff], ...] = (
            Column("Who", lambda row: self._found.name_of(row.person_id), width=180),
            Column("When", lambda row: when_words(row.start, row.end, self._zone), width=280),
            Column("Reason", lambda row: row.reason),
            Column("From", lambda row: "Calendar" if row.source == ICAL else "Typed", width=110),
        )
        model = TwoLineModel(columns, step=_step, sentence=self._said, strong=(0,))
        table: RowTable[TimeOff] = RowTable(model, theme, "Time off", key=_key, stretch=2, spare=(3,))
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.add_button = Button("Enter time off…", "primary")
        self.import_button = Button("Read a calendar…")
        self.change_button = Button("Change…", keys="Enter")
        self.remove_button = Button("Remove")
        buttons = (self.remove_button, self.change_button, self.import_button, self.add_button)
        beside = QWidget()
        super().__init__(table, beside, icons, buttons, parent=parent)
        beside.hide()  # a line says all there is
        self.empty.show_state(
            "sun",
            "Nobody has time off entered",
            "Enter it by hand, or read it from a calendar file. Shifts in it are shown as open.",
            "Enter time off…",
        )
        self.empty.button_pressed.connect(self.add_wanted)
        self.add_button.clicked.connect(self.add_wanted)
        self.import_button.clicked.connect(self.import_wanted)
        self.change_button.clicked.connect(self._change)
        self.remove_button.clicked.connect(self._remove)
        table.opened.connect(self._change)

    def show_found(self, entries: Sequence[TimeOff], found: RosterFound, zone: ZoneInfo) -> None:
        """Show these."""
        self._found, self._zone = found, zone
        self.hint.setText(f"Times in {zone.key}.")
        self.show_rows(entries)

    def _change(self) -> None:
        entry = self.table.current()
        if entry is not None:
            self.change_wanted.emit(entry)

    def _remove(self) -> None:
        entry = self.table.current()
        if entry is not None:
            self.remove_wanted.emit(entry)

    def _said(self, row: TimeOff) -> str:
        parts = [self._found.name_of(row.person_id), when_words(row.start, row.end, self._zone), row.reason]
        return ", ".join(part for part in parts if part)


def _step(_row: TimeOff) -> tuple[str, int]:
    return "", -1


def _key(row: TimeOff) -> object:
    return row.id
