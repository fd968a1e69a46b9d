"""A table with what can be done to its rows above it and the current one in full beside it."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop.ui.icons import Icons
from desktop.ui.kit.button import Button
from desktop.ui.kit.empty import EmptyState
from desktop.ui.kit.label import Label
from desktop.ui.kit.row_table import RowTable

Row = TypeVar("Row")
_TABLE, _EMPTY = range(2)


class TablePane(QWidget, Generic[Row]):
    """`filters` stand above all and stay when nothing is found; without rows the empty state shows."""

    def __init__(
        self,
        table: RowTable[Row],
        beside: QWidget,
        icons: Icons,
        buttons: Sequence[Button],
        filters: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.table = table
        self.empty = EmptyState(icons)
        self.hint = Label("", "secondary", wrap=True)
        self.fault = Label("", "danger", wrap=True)
        self.fault.hide()
        self._buttons = tuple(buttons)
        bar = QWidget()
        line = QHBoxLayout(bar)
        line.setContentsMargins(16, 8, 16, 8)
        line.setSpacing(8)
        line.addWidget(self.hint, 1)
        for button in self._buttons:
            line.addWidget(button)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(table)
        self._split.addWidget(beside)
        self._split.setStretchFactor(0, 3)
        self._split.setStretchFactor(1, 2)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._split)
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if filters is not None:
            column.addWidget(filters)
        column.addWidget(bar)
        told = QHBoxLayout()
        told.setContentsMargins(16, 0, 16, 0)
        told.addWidget(self.fault)
        column.addLayout(told)
        column.addWidget(self._stack, 1)
        self._bar = bar
        self.show_rows(())

    def show_rows(self, rows: Sequence[Row], at: int | None = None) -> None:
        """Show them, or the empty state; `at` chooses the row of that place, or the last one before it."""
        had_focus = self.empty.hasFocus() or self.table.hasFocus()
        self.table.show_rows(rows)
        if at is not None and rows:
            self.table.selectRow(min(at, len(rows) - 1))
        self._stack.setCurrentIndex(_TABLE if rows else _EMPTY)
        self._bar.setVisible(bool(rows))
        if had_focus and self.isVisible():
            self.focus_first()

    def say_fault(self, sentence: str) -> None:
        """What could not be done; nothing takes it away."""
        self.fault.setText(sentence)
        self.fault.setVisible(bool(sentence))

    @property
    def is_empty(self) -> bool:
        """Whether the empty state shows."""
        return self._stack.currentIndex() == _EMPTY

    def enable_buttons(self, is_on: bool) -> None:
        """Let all buttons be pressed, or none."""
        for button in self._buttons:
            button.setEnabled(is_on)

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        (self.empty if self.is_empty else self.table).setFocus()
