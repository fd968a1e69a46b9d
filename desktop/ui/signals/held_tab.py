"""What was held back, by a storm or the kill switch: a person decides about it, one by one or many."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QTimer, Signal

from desktop.domain.signal_kept import KeptSignal
from desktop.services.signals import Processed, Release
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
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import counted, listed, one_line

_READ_MS, _WAIT_MS = 60, 120
_MOST = 8


class HeldTab(TablePane[KeptSignal]):
    """Open, join, dismiss, or let the rules decide now.

    Signals:
        open_requested: (int escalation_id)
        counted: (int) how many are held.
        message_requested: (str) what was done.
        picked: another row is chosen.
    """

    open_requested = Signal(int)
    counted = Signal(int)
    message_requested = Signal(str)
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
        table = RowTable(self.model, around.theme, "Signals held", key=rows.signal_key, spare=(2,))
        super().__init__(table, self.details, around.icons, buttons)
        self._ids: tuple[int, ...] = ()
        self._next_at: int | None = None
        self._is_busy = False
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
        around.actions.give_letters_to(table, is_queue=True)

    def refresh(self) -> None:
        """Fetch them anew."""
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
        work = partial(calls.release, self._services, self._ids, Release(how), answers)
        self._runner.run(work, self._released, self.box.fail, owner=self)

    def _release(self, how: Release, answers: Mapping[str, str]) -> None:
        if self.ids() and not self._is_busy:
            self._is_busy = True
            work = partial(calls.release, self._services, self.ids(), how, answers)
            self._runner.run(work, self._released, self._refused, owner=self)

    def _released(self, done: Processed) -> None:
        self._is_busy = False
        self.box.close()
        self.say_fault("")
        chosen = self.table.selectionModel().selectedRows()
        self._next_at = min((index.row() for index in chosen), default=None)
        found = (
            ("opened", done.opened),
            ("joined", done.joined),
            ("suppressed", done.suppressed),
            ("held", done.held),
        )
        words = [f"{number} {word}" for word, number in found if number]
        self.message_requested.emit(f"Signals released: {listed(words)}")
        self.refresh()

    def _refused(self, error: Exception) -> None:
        self._is_busy = False
        self.say_fault(str(error))
        self.refresh()

    def _show(self, found: Sequence[KeptSignal]) -> None:
        at, self._next_at = self._next_at, None
        gone = not {row.id for row in found} & set(self.ids())
        self.show_rows(found, at if gone else None)
        self.counted.emit(len(found))
        self._say_count()

    def _say_count(self) -> None:
        chosen = self.table.selected()
        number = len(self.model.rows)
        self.hint.setText(
            f"{counted(len(chosen), 'signal')} selected"
            if len(chosen) > 1
            else f"{number} held, the oldest first"
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


def _found(search: FindsEscalations, text: str) -> Sequence[Suggestion]:
    hits = [hit for hit in search.find(text, _MOST) if hit.is_open]
    return [
        Suggestion(hit.id, f"{hit.number}  {one_line(hit.title[:90])}", one_line(hit.customer[:40]))
        for hit in hits
    ]
