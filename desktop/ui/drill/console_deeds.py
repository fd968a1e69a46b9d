"""What the trainer does, on its way to the drill's director."""

from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.domain.drill_view import DrillView
from desktop.domain.errors import DeskError
from desktop.ui.drill.console_words import BRIEFING, ENDED, may_steer
from desktop.ui.drill.live import LiveDrill


class Deeds(QObject):
    """Carries out commands of one drill in the trainer's name.

    Signals:
        refused: (DeskError) one could not be done.
    """

    refused = Signal(object)

    def __init__(self, live: LiveDrill, by: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._live = live
        self._by = by
        live.refused.connect(self.refused)

    @property
    def view(self) -> DrillView | None:
        """How the drill stands."""
        return self._live.view

    @property
    def by(self) -> str:
        """Who does it: the name given, else that of the first seat of staff."""
        view = self._live.view
        named = (each.name for each in view.seats if each.is_staff and each.name) if view is not None else ()
        return self._by or next(iter(named), "Trainer")

    def do(self, name: str, *values: Any, **named: Any) -> None:  # noqa: ANN401 any command of the director
        """Let the director carry it out; who does it comes after the plain values."""
        self._live.do(name, *values, self.by, **named)

    def stop_for_real(self) -> None:
        """Something real happens."""
        self._live.stop_for_real()

    def refuse(self, sentence: str, hint: str = "") -> None:
        """Say what cannot be done, before anybody is asked."""
        self.refused.emit(DeskError(sentence, hint=hint))

    def steered(self) -> DrillView | None:
        """The view while the drill can be steered; otherwise says why it cannot."""
        view = self.view
        if view is None or may_steer(view):
            return view
        if view.state in (ENDED, BRIEFING):
            said = "has ended" if view.state == ENDED else "has not begun"
            self.refuse(f"The drill {said}.", "Start it first." if view.state == BRIEFING else "")
        else:
            self.refuse("The program plays staff in this drill.", "You can watch it, or end it.")
        return None
