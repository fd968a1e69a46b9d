"""Maintenance windows: those to come, those that last, and what the past ones kept quiet."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from desktop.domain.errors import DeskError
from desktop.domain.instant import from_us, to_us
from desktop.domain.maintenance import MaintenanceWindow
from desktop.domain.rule_words import condition_words
from desktop.services.maintenance_state import MaintenanceState
from desktop.ui.kit.button import Button
from desktop.ui.kit.empty import EmptyState
from desktop.ui.kit.label import Label
from desktop.ui.kit.row_table import RowTable, TwoLineModel
from desktop.ui.kit.table_model import Column
from desktop.ui.rules.maintenance_form import MaintenanceForm
from desktop.ui.rules.ports import Choices, KeepsMaintenance, MaintenanceFound
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import counted, duration, moment

_NARROW_BELOW = 1160
_DIGEST_LINES = 12


class MaintenanceTab(QWidget):
    """All windows, with the form of one beside them.

    Signals:
        message_requested: (str) what was done.
    """

    message_requested = Signal(str)

    def __init__(
        self, maintenance: KeepsMaintenance, around: Surroundings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._maintenance = maintenance
        self._around = around
        self._choices = Choices()
        self._sources: tuple[tuple[str, str], ...] = ()
        columns: tuple[Column[MaintenanceState], ...] = (
            Column("Maintenance", lambda row: row.window.name),
            Column("When", self._when, width=190),
            Column("State", self._state, width=150),
            Column("Kept quiet", lambda row: f"{row.suppressed:,}", width=90, align_right=True),
        )
        self.table: RowTable[MaintenanceState] = RowTable(
            TwoLineModel(columns, step=_step, sentence=self._said, second=self._second, strong=(0,)),
            around.theme,
            "Maintenance windows",
            key=_key,
            stretch=0,
            spare=(3,),
        )
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.form = MaintenanceForm(around.icons)
        self.empty = EmptyState(around.icons)
        self.empty.show_state(
            "calendar",
            "No maintenance is planned",
            "What a window covers opens no escalation while it lasts; one digest tells of it at the end.",
            "Plan maintenance…",
        )
        self.plan_button = Button("Plan…")
        self.change_button = Button("Change", keys="Enter")
        self.cancel_button = Button("Call off")
        self.end_button = Button("End now")
        self.error = Label("", "danger", wrap=True)
        self.digest = Label("", wrap=True)
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        """Fetch the windows anew."""
        self._around.runner.run(self._maintenance.found, self._show, owner=self)

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        (self.empty if self.empty.isVisible() else self.table).setFocus()

    def plan(self) -> None:
        """Plan a new window."""
        self.form.show_new(to_us(self._around.clock.now()), self._sources, self._choices)
        self._open_form()

    def change(self) -> None:
        """Change the current window while it is not over."""
        state = self.table.current()
        if state is not None and self.change_button.isEnabled():
            self.form.show_window(state.window, self._sources, self._choices)
            self._open_form()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(12, 8, 12, 8)
        line.setSpacing(6)
        line.addWidget(self.plan_button)
        line.addWidget(self.change_button)
        line.addStretch(1)
        line.addWidget(self.cancel_button)
        line.addWidget(self.end_button)
        self._bar = QFrame()
        self._bar.setProperty("part", "filters")
        self._bar.setLayout(line)
        self.error.setContentsMargins(16, 8, 16, 8)
        self.digest.setContentsMargins(16, 10, 16, 12)
        self.digest.let_select()
        self._left = QWidget()
        column = QVBoxLayout(self._left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(self.error)
        column.addWidget(self.table, 1)
        column.addWidget(self.digest)
        column.addWidget(self.empty, 1)
        self.form.setMinimumWidth(540)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self._left)
        self.splitter.addWidget(self.form)
        self.splitter.setStretchFactor(0, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.splitter)
        for widget in (self.form, self.error, self.digest, self.empty):
            widget.hide()

    def _connect(self) -> None:
        self.table.opened.connect(self.change)
        self.table.picked.connect(self._follow_table)
        self.plan_button.clicked.connect(self.plan)
        self.empty.button_pressed.connect(self.plan)
        self.change_button.clicked.connect(self.change)
        self.cancel_button.clicked.connect(self._cancel)
        self.end_button.clicked.connect(self._end_now)
        self.form.keep_requested.connect(self._keep)
        self.form.closed.connect(self._close_form)

    def _show(self, found: MaintenanceFound) -> None:
        self._choices, self._sources = found.choices, found.sources
        had_focus = self.table.hasFocus() or self.empty.hasFocus()
        self.table.show_rows(found.windows)
        for widget in (self._bar, self.table):
            widget.setVisible(bool(found.windows))
        self.empty.setVisible(not found.windows)
        if had_focus:
            self.focus_first()
        self._follow_table()

    def _follow_table(self) -> None:
        state = self.table.current()
        now_us = to_us(self._around.clock.now())
        is_over = state is None or state.closed_at is not None or state.window.ended_us <= now_us
        is_begun = state is not None and state.window.starts_us <= now_us
        self.change_button.setEnabled(not is_over)
        self.cancel_button.setVisible(not is_over and not is_begun)
        self.end_button.setVisible(not is_over and is_begun)
        words = _digest_words(state) if state is not None else ""
        self.digest.setText(words)
        self.digest.setVisible(bool(words))

    def _keep(self, window: MaintenanceWindow) -> None:
        work = partial(self._maintenance.keep, window)
        self._around.runner.run(work, self._kept, self.form.show_error, owner=self)

    def _kept(self, window: MaintenanceWindow) -> None:
        self.message_requested.emit(f"“{window.name}” is planned")
        self._close_form()
        self.refresh()

    def _cancel(self) -> None:
        state = self.table.current()
        if state is not None:
            self._do(partial(self._maintenance.cancel, state.window.id))

    def _end_now(self) -> None:
        state = self.table.current()
        if state is not None:
            self._do(partial(self._maintenance.end_now, state.window.id))

    def _do(self, work: Callable[[], object]) -> None:
        self.error.hide()
        self._around.runner.run(work, self._done, self._refuse, owner=self)

    def _done(self, _result: object) -> None:
        self.refresh()

    def _refuse(self, error: DeskError) -> None:
        self.error.setText(str(error))
        self.error.show()

    def _open_form(self) -> None:
        self.form.show()
        self._share_room()
        self.form.name.setFocus()

    def _close_form(self) -> None:
        self.form.hide()
        self._share_room()
        self.focus_first()

    def _share_room(self) -> None:
        """Where both do not fit beside each other, what is written comes first."""
        is_narrow = self.width() < _NARROW_BELOW * self._around.theme.text_scale
        self._left.setVisible(not is_narrow or self.form.isHidden())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def _when(self, row: MaintenanceState) -> str:
        return moment(from_us(row.window.starts_us), self._around.clock.now())

    def _state(self, row: MaintenanceState) -> str:
        now_us = to_us(self._around.clock.now())
        if row.is_cancelled:
            return "Called off"
        if row.window.is_on(now_us):
            return "Goes on"
        return "Planned" if row.window.starts_us > now_us else "Over"

    def _second(self, row: MaintenanceState, column: int) -> str:
        now_us = to_us(self._around.clock.now())
        window = row.window
        if column == 0:
            covers = condition_words(window.scope) if window.scope is not None else "everything"
            return f"Covers {covers}" + (f" · {window.reason}" if window.reason else "")
        if column == 1:
            return f"for {duration(window.ends_us - window.starts_us)}"
        if column == 2 and window.is_on(now_us):
            return f"{duration(window.ended_us - now_us)} left"
        return ""

    def _said(self, row: MaintenanceState) -> str:
        return f"{row.window.name}, {self._state(row)}, {self._when(row)}. {self._second(row, 0)}"


def _digest_words(state: MaintenanceState) -> str:
    """What a window that is over kept quiet, what still fires first."""
    digest = state.digest
    if not digest:
        return ""
    lines = [str(digest["title"]), str(digest["body"])]
    firing = [f"• Still firing: {one['title']} ({one['source']})" for one in digest["still_firing"]]
    quiet = [f"• {one['title']}: {counted(one['count'], 'signal')}" for one in digest["lines"]]
    shown = [*firing, *quiet]
    more = len(shown) - _DIGEST_LINES + int(digest["more_lines"])
    return "\n".join([*lines, *shown[:_DIGEST_LINES], *([f"… and {more:,} more"] if more > 0 else [])])


def _step(_row: MaintenanceState) -> tuple[str, int]:
    return "", -1


def _key(row: MaintenanceState) -> object:
    return row.window.id
