"""One tab of the alarms page: a table with what can be done to its rows, or why there is none."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.ui.icons import Icons
from desktop.ui.kit.button import Button
from desktop.ui.kit.empty import EmptyState
from desktop.ui.kit.label import Label
from desktop.ui.kit.row_table import RowTable

Row = TypeVar("Row")


class TableTab(QWidget, Generic[Row]):
    """A line of words and buttons above a table.

    Signals:
        open_requested: (int escalation_id)
        counted: (int) how many rows there are.
    """

    open_requested = Signal(int)
    counted = Signal(int)

    def __init__(
        self, table: RowTable[Row], icons: Icons, buttons: Sequence[Button], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.table = table
        self.empty = EmptyState(icons)
        self.hint = Label("", "secondary", wrap=True)
        self._buttons = tuple(buttons)
        bar = QHBoxLayout()
        bar.setContentsMargins(16, 10, 16, 10)
        bar.setSpacing(8)
        bar.addWidget(self.hint, 1)
        for button in self._buttons:
            bar.addWidget(button)
        full = QWidget()
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(table, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(full)
        self._stack.addWidget(self.empty)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)
        table.opened.connect(self.open_current)
        table.picked.connect(self.refresh_buttons)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show them, or the empty state."""
        self.table.show_rows(rows)
        self._stack.setCurrentIndex(0 if rows else 1)
        self.refresh_buttons()
        self.counted.emit(len(rows))

    @property
    def is_empty(self) -> bool:
        """Whether the empty state shows."""
        return self._stack.currentIndex() == 1

    def ids(self) -> tuple[int, ...]:
        """The selected escalations."""
        return tuple(dict.fromkeys(self.escalation_id(row) for row in self.table.selected()))

    def escalation_id(self, row: Row) -> int:
        """Which escalation a row is about."""
        return int(getattr(row, "escalation_id", 0))

    def open_current(self) -> None:
        """Open what has the focus."""
        row = self.table.current()
        if row is not None:
            self.open_requested.emit(self.escalation_id(row))

    def refresh_buttons(self) -> None:
        """Buttons can be pressed while something is selected."""
        for button in self._buttons:
            button.setEnabled(bool(self.ids()))

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        (self.empty if self.is_empty else self.table).setFocus()
