"""The review queue: one row after the other, oldest first, decided by a key."""

from collections.abc import Callable, Collection, Mapping
from datetime import timedelta
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.escalation import Bulk
from desktop.services.review_rows import ReviewRow
from desktop.ui.kit.ask_box import AskBox
from desktop.ui.kit.button import Button
from desktop.ui.kit.page_head import PageHead, stand_below
from desktop.ui.kit.prompt import PromptField
from desktop.ui.kit.row_table import TwoLineModel
from desktop.ui.kit.table_pane import TablePane
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import counted, duration, moment
from desktop.ui.triage import asking, calls, rows
from desktop.ui.triage.calls import About, Waiting
from desktop.ui.triage.details import ReviewDetails
from desktop.ui.triage.ports import TriageServices
from desktop.ui.triage.queue_table import QueueTable

_MICROSECOND = timedelta(microseconds=1)
_READ_MS = 60  # the keyboard may rush through the rows
_MOST_REFUSALS = 4
_ACTIONS = ("triage.accept", "triage.duplicate", "triage.decline", "escalation.snooze", "escalation.open")


class TriagePage(QWidget):
    """Accept, duplicate, decline, put off; then the next row is chosen.

    Signals:
        open_escalation_requested: (int)
        work_done: (Bulk) to be undone as one step.
        message_requested: (str) for the toast.
        states_changed: what can be done now may be another thing.
        counted: (int) how many wait.
    """

    title = "Triage"
    open_escalation_requested = Signal(int)
    work_done = Signal(object)
    message_requested = Signal(str)
    states_changed = Signal()
    counted = Signal(int)

    def __init__(self, services: TriageServices, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._runner = around.runner
        self._clock = around.clock
        self._actions = around.actions
        self._about: About | None = None
        self._wanted = ""
        self._ids: tuple[int, ...] = ()
        self._next_at: int | None = None
        self.model = TwoLineModel(
            rows.columns(around.clock.now),
            step=rows.step_of(around.clock.now),
            sentence=rows.sentence,
            second=rows.second,
        )
        self.table = QueueTable(self.model, around.theme, "Escalations to review", key=rows.key, spare=(3, 2))
        self.table.letters_on = self._has_letters
        self.details = ReviewDetails()
        self.buttons = {
            "triage.accept": Button("Accept", "primary", keys="1"),
            "triage.duplicate": Button("Duplicate of…", keys="2"),
            "triage.decline": Button("Decline…", keys="3"),
            "escalation.snooze": Button("Snooze…", keys="H"),
        }
        self.wake_button = Button("Show what is put off")
        self.pane = TablePane(self.table, self.details, around.icons, tuple(self.buttons.values()))
        self.box = AskBox(self)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_READ_MS)
        self._soon.timeout.connect(self._read)
        stand_below(self, PageHead("Triage", None, self.wake_button), self.pane)
        self._connect(around)

    def _connect(self, around: Surroundings) -> None:
        self.table.picked.connect(self._pick)
        self.table.opened.connect(self.open_current)
        self.details.open_requested.connect(self.open_escalation_requested)
        self.box.answered.connect(self._do)
        self.wake_button.clicked.connect(self._wake)
        for action_id, button in self.buttons.items():
            button.clicked.connect(self.handles()[action_id])
        around.actions.give_letters_to(self.table, is_queue=True)
        around.heartbeat.slowly_ticked.connect(self._tick)
        self.pane.empty.show_state(
            "success", "Nothing waits for you.", "What automation cannot settle comes here."
        )
        self._show_snoozed(0)

    # -- the page protocol
    def handles(self) -> Mapping[str, Callable[[], None]]:
        """The actions it carries out."""
        return dict(
            zip(
                _ACTIONS,
                (self.accept, self.duplicate, self.decline, self.snooze, self.open_current),
                strict=True,
            )
        )

    def why_not(self, action_id: str) -> str:
        """Why one cannot be done now."""
        return "" if action_id not in _ACTIONS or self.selected_ids() else "Nothing waits for a look."

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        self.pane.focus_first()

    def selected_ids(self) -> tuple[int, ...]:
        """The escalations that are chosen."""
        return tuple(row.escalation_id for row in self.table.selected())

    # -- what is shown
    def refresh(self) -> None:
        """Something in the queue may have changed."""
        self._runner.run(partial(calls.waiting, self._services), self._show, owner=self)

    def refresh_in_sight(self) -> None:
        """The same, where somebody looks."""
        if self.isVisible():
            self.refresh()

    def notice_changed(self, ids: Collection[int]) -> None:
        """These escalations were opened or changed, here or elsewhere."""
        if self._about is not None and self._about.escalation_id in ids:
            self._about = None  # it is read again before anything is decided on it
        self.refresh_in_sight()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def _show(self, waiting: Waiting) -> None:
        at, self._next_at = self._next_at, None
        gone = not {row.escalation_id for row in waiting.rows} & set(self.selected_ids())
        self.pane.show_rows(waiting.rows, at if gone else None)
        self._show_snoozed(waiting.snoozed)
        back = waiting.next_back_at
        put_off = f"{counted(waiting.snoozed, 'is', 'are')} put off; the next comes back " if back else ""
        text = (
            f"{put_off}{moment(back, self._clock.now())}."
            if back
            else "What automation cannot settle comes here."
        )
        self.pane.empty.show_state("success", "Nothing waits for you.", text)
        self.counted.emit(len(waiting.rows))
        self._say_count()

    def _show_snoozed(self, number: int) -> None:
        self.wake_button.setVisible(number > 0)
        self.wake_button.set_text(f"Bring back {number} put off")

    def _say_count(self) -> None:
        found, chosen = self.model.rows, self.table.selected()
        if len(chosen) > 1:
            self.pane.hint.setText(f"{counted(len(chosen), 'escalation')} selected")
        elif found:
            age = self._clock.now() - found[0].since_at
            self.pane.hint.setText(f"{len(found)} waiting, the oldest for {duration(age // _MICROSECOND)}")

    def _pick(self) -> None:
        self._soon.start()
        self._say_count()
        self.pane.enable_buttons(bool(self.table.selected()))
        self.states_changed.emit()

    def _read(self) -> None:
        row = self._row()
        if row is None:
            self.details.show_row(None)
            return
        if self._about is None or self._about.escalation_id != row.escalation_id:
            self.details.show_row(row)
        self._runner.run(partial(calls.about, self._services, row), self._take_about, owner=self)

    def _take_about(self, about: About) -> None:
        row = self._row()
        if row is None or row.escalation_id != about.escalation_id:
            return
        self._about = about
        self.details.show_row(row)
        self.details.show_about(about)
        wanted, self._wanted = self._wanted, ""
        if wanted:
            self._ask(wanted)

    def _tick(self, _now_us: int) -> None:
        if self.isVisible():
            self.model.refresh_texts()

    # -- wishes
    def accept(self) -> None:
        """Confirm what the chosen ones are."""
        self._ask_knowing("accept")

    def duplicate(self) -> None:
        """Merge the chosen ones into another."""
        self._ask_knowing("duplicate")

    def decline(self) -> None:
        """Send the chosen ones to standard support."""
        self._ask("decline")

    def snooze(self) -> None:
        """Put the chosen ones off."""
        self._ask("snooze")

    def open_current(self) -> None:
        """Show it beside the board."""
        row = self._row()
        if row is not None:
            self.open_escalation_requested.emit(row.escalation_id)

    def _ask_knowing(self, deed: str) -> None:
        row = self._row()
        if row is not None and self._about is not None and self._about.escalation_id == row.escalation_id:
            self._ask(deed)
        else:  # asked before it was read: the form comes with the answer
            self._wanted = deed
            self._soon.stop()
            self._read()

    def _ask(self, deed: str) -> None:
        chosen, about = self.table.selected(), self._about
        if not chosen:
            return
        self._ids = tuple(row.escalation_id for row in chosen)
        line = f"{chosen[0].number}  {chosen[0].title}" if len(chosen) == 1 else ""
        named = "" if len(chosen) == 1 else f" {counted(len(chosen), 'escalation')}"
        if deed == "decline":
            self._form(deed, f"Decline{named}", asking.decline_fields(), "Decline", line)
        elif deed == "snooze":
            self._form(deed, f"Put off{named}", asking.snooze_fields(), "Snooze", line)
        elif about is not None and deed == "duplicate":
            fields = asking.duplicate_fields(self._services.search, self._runner, about, self._ids)
            self._form(deed, f"Merge{named} as a duplicate", fields, "Merge", line)
        elif about is not None:
            self._form(deed, f"Accept{named}", asking.accept_fields(chosen, about), "Accept", line)

    def _form(self, deed: str, title: str, fields: tuple[PromptField, ...], verb: str, line: str) -> None:
        self.box.ask(deed, title, fields, verb, concerns=self._ids, about=line)

    def _do(self, deed: str, answers: Mapping[str, str]) -> None:
        services, ids = self._services, self._ids
        work = {
            "accept": partial(calls.accept, services, ids, answers, self._about if len(ids) == 1 else None),
            "duplicate": partial(calls.duplicate, services, ids, answers),
            "decline": partial(calls.decline, services, ids, answers),
            "snooze": partial(calls.snooze, services, ids, answers),
        }[deed]
        self._runner.run(work, self._done, self.box.fail, owner=self)

    def _wake(self) -> None:
        self._runner.run(partial(calls.wake_all, self._services), self._done, owner=self)

    def _done(self, bulk: Bulk) -> None:
        """The form goes, the next row is chosen, and what refused is told above the rows."""
        if not bulk.done and len(bulk.refused) == 1 and self.box.prompt is not None:
            self.box.prompt.set_error(bulk.refused[0].sentence)
            return
        self.box.close()
        chosen = self.table.selectionModel().selectedRows()
        self._next_at = min((index.row() for index in chosen), default=None)
        lines = [f"{one.number}: {one.sentence}" for one in bulk.refused[:_MOST_REFUSALS]]
        if len(bulk.refused) > _MOST_REFUSALS:
            lines.append(f"and {len(bulk.refused) - _MOST_REFUSALS} more")
        if lines:
            total = len(bulk.done) + len(bulk.refused)
            lines.insert(0, f"{len(bulk.done)} of {counted(total, 'escalation')} done.")
        self.pane.say_fault("\n".join(lines))
        if bulk.done:
            self.work_done.emit(bulk)
        self.refresh()

    def _row(self) -> ReviewRow | None:
        """The row that is meant: the current one where it is among the chosen, else the first of these."""
        current, chosen = self.table.current(), self.table.selected()
        return current if current in chosen else next(iter(chosen), None)

    def _has_letters(self) -> bool:
        return bool(self._actions.keys_text("triage.accept"))
