"""Every signal, the newest first, with what became of it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QTimer, Signal

from desktop.domain.signal_kept import KeptSignal
from desktop.ui.kit.button import Button
from desktop.ui.kit.row_table import RowTable, TwoLineModel
from desktop.ui.kit.table_pane import TablePane
from desktop.ui.signals import calls, rows
from desktop.ui.signals.calls import MOST, Body
from desktop.ui.signals.details import SignalPane
from desktop.ui.signals.filters import SignalFilters
from desktop.ui.signals.ports import SignalsServices
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import counted

_READ_MS = 60


class SignalsTab(TablePane[KeptSignal]):
    """Filters above, the table, the current one beside it.

    Signals:
        open_requested: (int escalation_id)
        picked: another row is chosen.
        replay_requested: decide once more about the chosen rows, beside the desk.
    """

    open_requested = Signal(int)
    picked = Signal()
    replay_requested = Signal()

    def __init__(self, services: SignalsServices, around: Surroundings) -> None:
        self._services = services
        self._runner = around.runner
        self.filters = SignalFilters()
        self.details = SignalPane()
        self.model = TwoLineModel(
            rows.signal_columns(around.clock.now),
            step=rows.signal_step,
            sentence=rows.signal_sentence,
            second=rows.signal_second,
        )
        self.older_button = Button("Show older")
        self.replay_button = Button("Replay in sandbox…")
        self.replay_button.hide()
        table = RowTable(self.model, around.theme, "Signals", key=rows.signal_key, spare=(4, 3, 2))
        buttons = (self.replay_button, self.older_button)
        super().__init__(table, self.details, around.icons, buttons, self.filters)
        self._all: tuple[KeptSignal, ...] = ()
        self._asked = 0
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_READ_MS)
        self._soon.timeout.connect(self._read)
        self.filters.changed.connect(self.refresh)
        self.older_button.clicked.connect(self._ask_older)
        self.replay_button.clicked.connect(self.replay_requested)
        self.empty.button_pressed.connect(self.filters.clear)
        self.details.open_requested.connect(self.open_requested)
        table.picked.connect(self._pick)
        table.opened.connect(self.open_current)
        around.actions.give_letters_to(table)

    def refresh(self) -> None:
        """Fetch the newest anew."""
        self._asked += 1
        work = partial(_numbered, self._asked, self._services, self.filters.wanted(), 0)
        self._runner.run(work, self._show, owner=self)

    def offer_replay(self) -> None:
        """There is a sandbox."""
        self.replay_button.show()

    def ids(self) -> tuple[int, ...]:
        """The escalations of the chosen rows."""
        return tuple(dict.fromkeys(row.escalation_id for row in self.table.selected() if row.escalation_id))

    def open_current(self) -> None:
        """Show the escalation of the current row."""
        row = self.table.current()
        if row is not None and row.escalation_id:
            self.open_requested.emit(row.escalation_id)

    def _ask_older(self) -> None:
        if self._all:
            work = partial(_numbered, self._asked, self._services, self.filters.wanted(), self._all[-1].id)
            self._runner.run(work, self._show_older, owner=self)

    def _show(self, answer: tuple[int, Sequence[KeptSignal]]) -> None:
        if answer[0] == self._asked:
            self._all = tuple(answer[1])
            self._fill(len(answer[1]))

    def _show_older(self, answer: tuple[int, Sequence[KeptSignal]]) -> None:
        if answer[0] == self._asked:
            self._all = (*self._all, *answer[1])
            self._fill(len(answer[1]))

    def _fill(self, came: int) -> None:
        if self.filters.wanted().is_filtered:
            self.empty.show_state("filter", "No signal is like that.", "", "Clear filters")
        else:
            self.empty.show_state(
                "inbox", "No signal has come yet.", "Add a source and switch the listener on under Sources."
            )
        self.show_rows(self._all)
        self.hint.setText(f"{counted(len(self._all), 'signal')}, the newest first")
        self.older_button.setVisible(came == MOST)

    def _pick(self) -> None:
        self._soon.start()
        self.picked.emit()

    def _read(self) -> None:
        row = self.table.current() if self.table.selected() else None
        if row is None:
            self.details.show_signal(None)
            return
        self._runner.run(partial(calls.body, self._services, row.id), self._show_body, owner=self)

    def _show_body(self, body: Body) -> None:
        row = self.table.current()
        if row is not None and row.id == body.signal.id:
            self.details.show_signal(body.signal)
            self.details.show_body(body)


def _numbered(
    number: int, services: SignalsServices, wanted: calls.Wanted, before_id: int
) -> tuple[int, Sequence[KeptSignal]]:
    """The answer with the number of its question: only the last one asked counts."""
    return number, calls.recent(services, wanted, before_id)
