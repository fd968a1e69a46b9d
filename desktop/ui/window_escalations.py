"""Escalations in the window: which one is meant, which is shown beside the cards, what was done to them."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from desktop.ui.details_host import DetailsHost, ShowsEscalation
from desktop.ui.undo import DoneWork, as_one
from desktop.ui.window_frame import WindowFrame

if TYPE_CHECKING:
    from desktop.ui.dispatch import RunsCommands

_BOARD = "page.board"
#: The board carries these out itself, on the card that is selected.
_BOARD_MOVES = "escalation.move"


class WindowEscalations(QObject):
    """Joins the board, the details panel and the commands.

    Signals:
        shown_changed: (bool) the details panel is in sight now, or not.
    """

    shown_changed = Signal(bool)

    def __init__(self, window: WindowFrame) -> None:
        super().__init__(window)
        self._window = window

    def ids_now(self) -> tuple[int, ...]:
        """What commands act on: what is selected on the page in sight, else what the details panel shows."""
        chosen = getattr(self._window.pages.current, "selected_ids", None)
        if chosen is not None and chosen():
            return tuple(chosen())
        return (self._shown_id,) if self._shown_id else ()

    def set_details(self, panel: QWidget, shows: ShowsEscalation) -> None:
        """Put the details panel beside the cards; both are the same object."""
        host = self._window.details = DetailsHost(panel, shows)
        self._window.board.split.set_details(host)
        host.shown_changed.connect(self.shown_changed)
        self.listen_to(panel)
        _connect(panel, {"close_requested": host.close_panel, "action_requested": self._act_on_shown})

    def set_commands(self, commands: "RunsCommands") -> None:
        """Who carries out commands on escalations."""
        self._window.dispatcher.set_commands(commands)
        _connect(commands, {"work_done": self.take_work, "open_escalation_requested": self.open})

    def listen_to(self, source: QWidget) -> None:
        """Hear what a page or panel tells, as far as it has the signals of the page contract."""
        _connect(
            source,
            {
                "open_escalation_requested": self.open,
                "message_requested": self._window.telling.say,
                "work_done": self.take_work,
                "work_told": self.take_work,
                "states_changed": self._window.dispatcher.refresh_soon,
            },
        )

    def open(self, escalation_id: int) -> None:
        """Show an escalation beside the board, whether it has a card there or not, and go there."""
        self._window.pages.go_to(_BOARD)
        self._window.board.go_to(escalation_id)
        if self._window.details is not None:
            self._window.details.open(escalation_id)

    def peek(self, escalation_id: int) -> None:
        """Show an escalation beside the board; the focus stays."""
        if self._window.details is not None and escalation_id:
            self._window.details.peek(escalation_id)

    def follow(self, escalation_id: int) -> None:
        """Another card is the current one."""
        if self._window.details is not None:
            self._window.details.follow(escalation_id)

    def take_work(self, work: DoneWork | Sequence[DoneWork], sentence: str = "") -> None:
        """Something was done: it can be undone, is told, and shows on the board at once."""
        done = as_one(work)
        can_undo = getattr(done, "undo", True) and bool(done.seqs)
        if can_undo:
            self._window.history.push(done)
        if sentence or done.label:
            self._window.telling.say(sentence or done.label, "Undo" if can_undo else "")
        self._window.board.refresh(own=True)

    def take_undone(self, sentence: str) -> None:
        """Something was taken back."""
        self._window.telling.say(sentence)
        self._window.board.refresh(own=True)

    @property
    def _shown_id(self) -> int:
        return self._window.details.current_id if self._window.details is not None else 0

    def _act_on_shown(self, action_id: str) -> None:
        """The panel's buttons mean the escalation it shows, whatever is selected on the board."""
        shown = self._shown_id
        if action_id.startswith("escalation.") and not action_id.startswith(_BOARD_MOVES) and shown:
            self._window.dispatcher.run_on(action_id, (shown,))
        else:
            self._window.dispatcher.run(action_id)


def _connect(source: object, slots: Mapping[str, Any]) -> None:
    """Connect those signals that the source has."""
    for name, slot in slots.items():
        signal = getattr(source, name, None)
        if isinstance(signal, SignalInstance):
            signal.connect(slot)
