"""Handoffs that were: how whole they were, how long they took, what had to be asked."""

from collections.abc import Sequence
from fractions import Fraction

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.handoff import HandoffState
from desktop.services.handoff_view import HandoffView
from desktop.ui.handoff.ports import HandoffsFound
from desktop.ui.handoff.words import item_words, measured, past_words, standing_words
from desktop.ui.kit.button import Button
from desktop.ui.kit.empty import EmptyState
from desktop.ui.kit.label import Label
from desktop.ui.kit.row_table import RowTable, TwoLineModel
from desktop.ui.kit.table_model import Column
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import duration, moment

_STATES = {
    HandoffState.DRAFT: "Draft",
    HandoffState.OFFERED: "Offered",
    HandoffState.ACCEPTED: "Accepted",
    HandoffState.PARTLY: "Partly accepted",
    HandoffState.WITHDRAWN: "Withdrawn",
}


class PastTab(QWidget):
    """Everything one gave or was given, the latest first.

    Signals:
        shown: (HandoffView) it is to be seen in full.
        save_requested: (HandoffView)
    """

    shown = Signal(object)
    save_requested = Signal(object)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self._operator_id = 0
        columns: tuple[Column[HandoffView], ...] = (
            Column("Handoff", self._name),
            Column("State", lambda view: _STATES[view.state], width=160),
            Column("Accepted", _accepted, width=90, align_right=True),
            Column("Written", lambda view: _share(view.receipt.completeness), width=80, align_right=True),
            Column("Asked", lambda view: str(view.receipt.asked), width=70, align_right=True),
            Column("Took", _took, width=100, align_right=True),
        )
        self.table: RowTable[HandoffView] = RowTable(
            TwoLineModel(columns, step=_no_step, sentence=self._said, second=self._second, strong=(0,)),
            around.theme,
            "Past handoffs",
            key=lambda view: view.id,
            stretch=0,
            spare=(4, 3),
        )
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.hint = Label("", "secondary", wrap=True)
        self.show_button = Button("Show", keys="Enter")
        self.save_button = Button("Save as a file…")
        self.empty = EmptyState(around.icons)
        self.empty.show_state(
            "handoff", "No handoff yet", "What you hand over and take over is kept here, with how it went."
        )
        self._lay_out()
        around.actions.give_page_letters_to(self.table)
        self.table.opened.connect(self._show_current)
        self.table.picked.connect(self._follow)
        self.show_button.clicked.connect(self._show_current)
        self.save_button.clicked.connect(self.save_file)

    def show_found(self, found: HandoffsFound) -> None:
        """What there is."""
        self._operator_id = found.operator.id if found.operator is not None else 0
        self.table.show_rows(found.past)
        for widget in (self._bar, self.table):
            widget.setVisible(bool(found.past))
        self.empty.setVisible(not found.past)

    @property
    def is_bare(self) -> bool:
        """Whether nothing in it could have the focus."""
        return not self.table.model().rowCount()

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        self.table.setFocus()

    def save_file(self) -> None:
        """Write the current one as a file."""
        view = self._current()
        if view is not None:
            self.save_requested.emit(view)

    def _current(self) -> HandoffView | None:
        rows: Sequence[HandoffView] = self.table.selected()
        return rows[0] if rows else None

    def _show_current(self) -> None:
        view = self._current()
        if view is not None:
            self.shown.emit(view)

    def _follow(self) -> None:
        view = self._current()
        now = self._around.clock.now()
        self.hint.setText(standing_words(view, self._operator_id, now) if view is not None else "")
        for button in (self.show_button, self.save_button):
            button.setEnabled(view is not None)

    def _name(self, view: HandoffView) -> str:
        return past_words(view, self._operator_id, self._around.clock.now())

    def _second(self, view: HandoffView, column: int) -> str:
        if column == 1 and view.handoff.shift_end_at is not None:
            return f"shift end {moment(view.handoff.shift_end_at, self._around.clock.now())}"
        return (measured(view) or "Nothing in it yet") if column == 0 else ""

    def _said(self, view: HandoffView) -> str:
        now = self._around.clock.now()
        waits = [item for item in view.items if item.is_open][:1]
        first = f" First: {item_words(waits[0], view, self._operator_id, now)}" if waits else ""
        return f"{self._name(view)}. {standing_words(view, self._operator_id, now)} {measured(view)}.{first}"

    def _lay_out(self) -> None:
        self._bar = QFrame()
        self._bar.setProperty("part", "filters")
        line = QHBoxLayout(self._bar)
        line.setContentsMargins(16, 8, 16, 8)
        line.setSpacing(8)
        line.addWidget(self.hint, 1)
        line.addWidget(self.show_button)
        line.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(self.table, 1)
        column.addWidget(self.empty, 1)


def _accepted(view: HandoffView) -> str:
    return f"{view.receipt.accepted} of {view.receipt.items}"


def _share(share: Fraction | None) -> str:
    return "–" if share is None else f"{int(100 * share)} %"


def _took(view: HandoffView) -> str:
    latency = view.receipt.latency
    return "–" if latency is None else duration(int(latency.total_seconds() * 1_000_000))


def _no_step(_view: HandoffView) -> tuple[str, int]:
    return "", -1
