"""What players command of their drill, and what they hear when it cannot be done."""

from PySide6.QtCore import QObject, Signal

from desktop.domain.drill_view import PlayerView
from desktop.domain.errors import DeskError
from desktop.ui.drill import player_words as words
from desktop.ui.drill.live import LiveDrill

_PLAYERS = "Players"
_CLOSED = "The players' window was closed."
#: The answer to a beat may be on its way when a command is given; the one after it is that of the command.
_ANSWERS = 2


class DrillActing(QObject):
    """Acts in the name of a seat.

    Signals:
        refused: (DeskError) what was wanted here cannot be done; what a trainer wants is not told here.
    """

    refused = Signal(object)

    def __init__(self, live: LiveDrill, parent: QObject) -> None:
        super().__init__(parent)
        self._live = live
        self._waits = 0
        live.player_viewed.connect(self._hear)
        live.refused.connect(self._refuse)

    def act_as(self, role: str) -> None:
        """Somebody else acts from now on."""
        if role:
            self._waits = _ANSWERS
            self._live.do("act_as", role)

    def ask_hint(self) -> None:
        """Say what helps most now."""
        self._waits = _ANSWERS
        self._live.do("hint", "", self._name(self._acting))

    def decide(self, decision: str, option: str, approver: str, reason: str) -> None:
        """Record a decision."""
        role = self._decider(decision)
        self._waits = _ANSWERS
        self._live.do(
            "decide", decision, option, self._name(role), role=role, approver=approver, reason=reason
        )

    def reply(self, inject: str, text: str) -> None:
        """Answer what has reached the table."""
        self._waits = _ANSWERS
        self._live.do("reply", inject, text, self._name(self._acting), role=self._acting)

    def ask_for(self, name: str) -> None:
        """Ask for data that nobody can open yet."""
        self._waits = _ANSWERS
        self._live.do("ask_for", name, self._name(self._acting), role=self._acting)

    def doubt(self, dashboard: str) -> None:
        """Say that a dashboard is out of date."""
        self._waits = _ANSWERS
        self._live.do("doubt", dashboard, self._name(self._acting), role=self._acting)

    def wait(self) -> None:
        """Nobody can play: the drill waits until somebody opens its window again."""
        if self._view is not None and self._view.state == words.RUNNING:
            self._live.do("pause", _PLAYERS, _CLOSED)

    @property
    def _view(self) -> PlayerView | None:
        return self._live.player

    @property
    def _acting(self) -> str:
        return self._view.acting if self._view is not None else ""

    def _hear(self, _view: object) -> None:
        self._waits = max(self._waits - 1, 0)

    def _refuse(self, error: DeskError) -> None:
        if self._waits:
            self._waits = 0
            self.refused.emit(error)

    def _decider(self, decision: str) -> str:
        """Who decides: whoever the decision is for, if they sit here, else whoever acts."""
        view = self._view
        lines = [got.decision for got in view.inbox if got.decision is not None] if view is not None else []
        wanted = next((line.role for line in lines if line.id == decision), "")
        there = {seat.role for seat in view.seats} if view is not None else set()
        return wanted if wanted in there else self._acting

    def _name(self, role: str) -> str:
        seats = self._view.seats if self._view is not None else ()
        return next((seat.name or seat.title for seat in seats if seat.role == role), _PLAYERS)
