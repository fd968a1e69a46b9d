"""What was held back, by a storm or the kill switch: a person decides about it, one by one or many."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QTimer, Signal

from desktop.domain.disposition import Disposition
from desktop.domain.errors import DeskError
from desktop.domain.signal_kept import KeptSignal
from desktop.services.releasing import Release
from desktop.services.signal_release import Released
from desktop.ui.kit.ask_box import AskBox
from desktop.ui.kit.ask_field import AskField
from desktop.ui.kit.button import Button
from desktop.ui.kit.prompt import PromptField
from desktop.ui.kit.row_table import RowTable, TwoLineModel
from desktop.ui.kit.suggest import Suggestion
from desktop.ui.kit.table_pane import TablePane
from desktop.ui.signals import calls, rows
from desktop.ui.signals.calls import Body
from desktop.ui.signals.details import SignalPane
from desktop.ui.signals.ports import FindsEscalations, SignalsServices
from desktop.ui.signals.release_run import ReleaseRun
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import counted, listed, one_line

_READ_MS, _WAIT_MS = 60, 120
_MOST = 8
_MOST_REFUSALS = 4


class HeldTab(TablePane[KeptSignal]):
    """Open, join, dismiss, or let the rules decide now.

    Signals:
        open_requested: (int escalation_id)
        counted: (int) how many are held.
        message_requested: (str) what was done.
        work_done: (Released, str sentence) what was done and can be taken back.
        picked: another row is chosen.
    """

    open_requested = Signal(int)
    counted = Signal(int)
    message_requested = Signal(str)
    work_done = Signal(object, str)
    picked = Signal()

    def __init__(self, services: SignalsServices, around: Surroundings) -> None:
        self._services = services
        self._runner = around.runner
        self.details = SignalPane()
        self.model = TwoLineModel(
            rows.held_columns(around.clock.now),
            step=rows.signal_step,
            sentence=rows.signal_sentence,
            second=rows.signal_second,
        )
        self.open_button = Button("Open", "primary", keys="1")
        self.join_button = Button("Join…", keys="2")
        self.dismiss_button = Button("Dismiss…", keys="3")
        self.decide_button = Button("Let rules decide", keys="4")
        buttons = (self.open_button, self.join_button, self.dismiss_button, self.decide_button)
        self.stop_button = Button("Stop")
        table = RowTable(self.model, around.theme, "Signals held", key=rows.signal_key, spare=(2,))
        super().__init__(table, self.details, around.icons, (*buttons, self.stop_button))
        self._deciding = buttons
        self.stop_button.hide()
        self.run = ReleaseRun(services, around.runner, self)
        self._ids: tuple[int, ...] = ()
        self._next_at: int | None = None
        self.box = AskBox(self)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_READ_MS)
        self._soon.timeout.connect(self._read)
        self.empty.show_state(
            "shield", "Nothing is held.", "What a storm or the kill switch holds back waits here."
        )
        for button, slot in zip(buttons, (self.open_held, self.join, self.dismiss, self.decide), strict=True):
            button.clicked.connect(slot)
        self.box.answered.connect(self._answer)
        table.picked.connect(self._pick)
        self.stop_button.clicked.connect(self.run.stop)
        self.run.progressed.connect(self._show_progress)
        self.run.ended.connect(self._released)
        self.run.refused.connect(self._refused)
        around.actions.give_letters_to(table, is_queue=True)

    def refresh(self) -> None:
        """Fetch them anew, but not between the slices of a release."""
        if not self.run.is_running:
            self._runner.run(partial(calls.held, self._services), self._show, owner=self)

    def ids(self) -> tuple[int, ...]:
        """The signals that are chosen."""
        return tuple(row.id for row in self.table.selected())

    def open_held(self) -> None:
        """An escalation for each of the chosen."""
        self._release(Release.OPEN, {})

    def decide(self) -> None:
        """As if they came now."""
        self._release(Release.DECIDE, {})

    def join(self) -> None:
        """Count them on an escalation that is open already."""
        field = PromptField("into", "Escalation", make=self._find_field)
        self._ask(Release.JOIN, "Join", "Join", field)

    def dismiss(self) -> None:
        """They need nobody."""
        self._ask(Release.DISMISS, "Dismiss", "Dismiss", PromptField("reason", "Reason"))

    def _find_field(self) -> AskField:
        field = AskField(partial(_found, self._services.search), self._runner, _WAIT_MS)
        field.setPlaceholderText("Number, customer or words of the title")
        return field

    def _ask(self, how: Release, title: str, verb: str, field: PromptField) -> None:
        self._ids = self.ids()
        if self._ids:
            named = f"{title} {counted(len(self._ids), 'signal')}"
            self.box.ask(how.value, named, (field,), verb, concerns=self._ids)

    def _answer(self, how: str, answers: Mapping[str, str]) -> None:
        self.run.start(self._ids, Release(how), answers)

    def _release(self, how: Release, answers: Mapping[str, str]) -> None:
        self.run.start(self.ids(), how, answers)

    def _show_progress(self, done: int, total: int) -> None:
        """More than one slice takes time, so the way out is offered."""
        if done < total:
            self.box.close()
            self._offer_stop(True)
            self.hint.setText(f"{done:,} of {total:,} signals are released")

    def _offer_stop(self, is_on: bool) -> None:
        for button in self._deciding:
            button.setVisible(not is_on)
        self.stop_button.setVisible(is_on)
        self.stop_button.setEnabled(is_on)

    def _released(self, released: Released) -> None:
        self.box.close()
        self._offer_stop(False)
        chosen = self.table.selectionModel().selectedRows()
        self._next_at = min((index.row() for index in chosen), default=None)
        self.say_fault(_refusals(released))
        sentence = _summary(released.counts, self.run.total)
        if released.undo:
            self.work_done.emit(released, sentence)
        elif released.number:
            self.message_requested.emit(sentence)
        self.refresh()

    def _refused(self, error: DeskError) -> None:
        """Beside the form that was filled in, where there is one."""
        self._offer_stop(False)
        if self.box.prompt is not None:
            self.box.fail(error)
        else:
            self.say_fault(str(error))
        self.refresh()

    def _show(self, found: Sequence[KeptSignal]) -> None:
        at, self._next_at = self._next_at, None
        gone = not {row.id for row in found} & set(self.ids())
        self.show_rows(found, at if gone else None)
        self.counted.emit(len(found))
        self._say_count()

    def _say_count(self) -> None:
        if self.run.is_running and self.stop_button.isVisible():
            return
        chosen = self.table.selected()
        number = len(self.model.rows)
        self.hint.setText(
            f"{counted(len(chosen), 'signal')} selected"
            if len(chosen) > 1
            else f"{number:,} held, the oldest first"
        )
        self.enable_buttons(bool(chosen))

    def _pick(self) -> None:
        self._soon.start()
        self._say_count()
        self.picked.emit()

    def _read(self) -> None:
        row = self.table.current() if self.table.selected() else None
        if row is None:
            self.details.show_signal(None)
        else:
            self._runner.run(partial(calls.body, self._services, row.id), self._show_body, owner=self)

    def _show_body(self, body: Body) -> None:
        row = self.table.current()
        if row is not None and row.id == body.signal.id:
            self.details.show_signal(body.signal)
            self.details.show_body(body)


def _summary(counts: Counter[Disposition], wanted: int) -> str:
    order = (Disposition.OPENED, Disposition.JOINED, Disposition.SUPPRESSED, Disposition.HELD)
    words = [f"{counts[one]:,} {one.value}" for one in order if counts[one]]
    of = "" if counts.total() == wanted else f", {counts.total():,} of {wanted:,}"
    return f"Signals released{of}: {listed(words)}"


def _refusals(released: Released) -> str:
    """What could not be released, and why; the first few of them in full."""
    refused = released.refused
    if not refused:
        return ""
    lines = [f"{released.number:,} of {counted(released.number + len(refused), 'signal')} released."]
    lines += [one.why for one in refused[:_MOST_REFUSALS]]
    left = len(refused) - _MOST_REFUSALS
    return "\n".join([*lines, f"and {left:,} more"] if left > 0 else lines)


def _found(search: FindsEscalations, text: str) -> Sequence[Suggestion]:
    hits = [hit for hit in search.find(text, _MOST) if hit.is_open]
    return [
        Suggestion(hit.id, f"{hit.number}  {one_line(hit.title[:90])}", one_line(hit.customer[:40]))
        for hit in hits
    ]
