"""What staff see and judge: ticks, parts, ratings, hints and adjusted results."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal

from desktop.domain.drill_view import ExpectationLine
from desktop.ui.drill.console_asks import Asks
from desktop.ui.drill.console_deeds import Deeds
from desktop.ui.drill.console_desk import ConsoleDesk
from desktop.ui.drill.console_words import may_judge


class Judging(QObject):
    """Carries out what the trainer sees of expected actions.

    Signals:
        told: (str) what was done.
    """

    told = Signal(str)

    def __init__(self, desk: ConsoleDesk, deeds: Deeds, asks: Asks) -> None:
        super().__init__(deeds)
        self._desk = desk
        self._deeds = deeds
        self._asks = asks
        self._on_actions: Mapping[str, Callable[[str, object], None]] = {
            "tick": self._tick,
            "withdraw": self._withdraw,
            "check": self._check,
            "rate": self._rate,
            "hint": self._hint,
            "adjust": self._adjust,
            "happened": self._happened,
        }

    def on_action(self, name: str, deed: str, value: object) -> None:
        """A wish on one expected action."""
        self._on_actions[deed](name, value)

    def tick(self, digit: int) -> None:
        """The expected action of a digit is seen now; what must not happen has happened."""
        line = self._desk.by_digit(digit)
        if line is None:
            self._deeds.refuse(f"No expected action has the number {digit} here.")
            return
        self._desk.mean(line.id)
        if line.is_negative:
            self._happened(line.id, True)
        elif line.seen_ms is not None:
            self.told.emit(f"{line.id} is seen already.")
        else:
            self._tick(line.id, None)

    def backdate(self, digit: int) -> None:
        """It was seen earlier."""
        line, view = self._desk.by_digit(digit), self._deeds.view
        if line is None:
            self._deeds.refuse(f"No expected action has the number {digit} here.")
        elif view is not None and may_judge(view) and line.state != "waiting":
            self._desk.mean(line.id)
            self._asks.backdate(line, view)

    def rate(self, rating: str) -> None:
        """Rate the action that is meant."""
        line = self._desk.expectation(self._desk.meant)
        if line is not None and not line.is_negative:
            self._rate(line.id, rating)

    def hint(self) -> None:
        """Show the players the next hint of the action that is meant."""
        if self._desk.meant:
            self._hint(self._desk.meant, None)
        else:
            self._deeds.refuse("No expected action is chosen.", "Choose one with E.")

    def _judged(self, name: str) -> ExpectationLine | None:
        view, line = self._deeds.view, self._desk.expectation(name)
        if view is None or line is None or not may_judge(view):
            return None
        if line.state == "waiting":
            self._deeds.refuse(f"{line.id} is not asked for yet.", f"Fire {line.inject} first.")
            return None
        return line

    def _tick(self, name: str, _value: object) -> None:
        if self._judged(name) is not None:
            self._deeds.do("observe", name)

    def _withdraw(self, name: str, _value: object) -> None:
        if self._judged(name) is not None:
            self._deeds.do("withdraw", name)

    def _check(self, name: str, value: object) -> None:
        if self._judged(name) is not None and isinstance(value, tuple):
            self._deeds.do("observe", name, ok=value)

    def _rate(self, name: str, value: object) -> None:
        if self._judged(name) is not None:
            self._deeds.do("observe", name, rating=str(value))

    def _hint(self, name: str, _value: object) -> None:
        if self._judged(name) is not None and self._deeds.steered() is not None:
            self._deeds.do("hint", name)

    def _adjust(self, name: str, _value: object) -> None:
        line = self._judged(name)
        if line is not None:
            self._asks.adjust(line)

    def _happened(self, name: str, value: object) -> None:
        if self._judged(name) is not None:
            self._deeds.do("observe", name, violated=bool(value))
