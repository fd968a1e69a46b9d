"""What keys and buttons of the console do."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.drill_look import Standing
from desktop.domain.drill_view import DrillView, InjectLine
from desktop.ui.drill.console_asks import Asks
from desktop.ui.drill.console_deeds import Deeds
from desktop.ui.drill.console_desk import ConsoleDesk
from desktop.ui.drill.console_ending import Ending
from desktop.ui.drill.console_judging import Judging
from desktop.ui.drill.console_words import BRIEFING, ENDED, PAUSED, RUNNING
from desktop.ui.drill.console_writing import Writing
from desktop.ui.drill.live import LiveDrill

#: What will not come any more.
_GONE = (Standing.FIRED, Standing.SKIPPED, Standing.DEAD, Standing.REMINDER)


class Wishes(QObject):
    """Carries out what the trainer wants in one drill.

    Signals:
        players_requested: show the players' window.
        debrief_requested: go on to what comes after.
        told: (str) what was done.
    """

    players_requested = Signal()
    debrief_requested = Signal()
    told = Signal(str)

    def __init__(self, desk: ConsoleDesk, live: LiveDrill, by: str, page: QWidget) -> None:
        super().__init__(page)
        self._desk = desk
        self.deeds = Deeds(live, by, self)
        self.asks = Asks(page, self.deeds)
        self.ending = Ending(page)
        self.judging = Judging(desk, self.deeds, self.asks)
        self.writing = Writing(desk, self.deeds, self.asks)
        for part in (self.judging, self.writing, self.asks):
            part.told.connect(self.told)
        self._ways: Mapping[str, Callable[[], None]] = {
            "pause": self._pause,
            "fire": self._fire,
            "next": self._next,
            "skip": self._skip,
            "hold": self._hold,
            "postpone": self._postpone,
            "recall": self._recall,
            "jump": self._jump,
            "improvise": self._improvise,
            "draw": self._draw,
            "hint": self.judging.hint,
            "note": desk.note.begin,
            "decision": self._decision,
            "next_action": desk.mean_next,
            "follow": desk.follow,
            "players": self.players_requested.emit,
            "end": self._end,
            "no_duff": self.deeds.stop_for_real,
        }
        self.ending.confirmed.connect(self._end_now)
        self.ending.note_wished.connect(desk.note.begin)

    def run(self, name: str) -> None:
        """A wish by its name; "rate P" rates the action that is meant."""
        self._desk.banners.withdraw("refused")
        if name.startswith("rate "):
            self.judging.rate(name.removeprefix("rate "))
        elif name in self._ways:
            self._ways[name]()

    def choose_speed(self, speed: int) -> None:
        """The drill shall run so fast."""
        self.deeds.do("set_speed", speed)

    # -- within
    def _view(self) -> DrillView | None:
        return self.deeds.view

    def _pause(self) -> None:
        view = self._view()
        if view is None:
            return
        name = {RUNNING: "pause", PAUSED: "resume", BRIEFING: "start"}.get(view.state)
        if view.state == BRIEFING or (name is not None and self.deeds.steered() is not None):
            self.deeds.do(name or "")

    def _fire(self) -> None:
        """The one that was picked, if it can still come; else the next."""
        line = self._desk.line()
        if self._desk.picked and line is not None and line.fired_ms is None and not line.is_improvised:
            if self.deeds.steered() is not None:
                self._desk.picked = ""
                self.deeds.do("fire", line.id)
        else:
            self._next()

    def _next(self) -> None:
        if self.deeds.steered() is not None:
            self._desk.picked = ""
            self.deeds.do("fire_next")

    def _skip(self) -> None:
        line = self._next_line()
        if line is not None:
            self.asks.skip(line)

    def _hold(self) -> None:
        line = self._next_line()
        if line is not None:
            self.deeds.do("hold", line.id)

    def _postpone(self) -> None:
        line, view = self._next_line(), self._view()
        if line is not None and view is not None:
            self.asks.postpone(line, view)

    def _recall(self) -> None:
        line = self._desk.line()
        if line is not None and self.deeds.steered() is not None:
            self.deeds.do("recall", line.id)

    def _next_line(self) -> InjectLine | None:
        """The inject that is shown if it is still to come, else the one that comes next."""
        if self.deeds.steered() is None:
            return None
        line = self._desk.line()
        if line is not None and line.fired_ms is None and line.standing not in _GONE:
            return line
        found = self._desk.coming()
        if found is None:
            self.deeds.refuse("No further inject is to come.")
        return found

    def _jump(self) -> None:
        view = self.deeds.steered()
        if view is not None:
            self.asks.jump(view)

    def _improvise(self) -> None:
        view = self.deeds.steered()
        if view is not None:
            self.asks.improvise(view)

    def _draw(self) -> None:
        view = self.deeds.steered()
        if view is not None:
            self.deeds.do("draw")

    def _decision(self) -> None:
        """Where something is to be decided; elsewhere what was decided is kept as a note."""
        view = self.deeds.steered()
        if view is None or self._desk.inject.begin_decision():
            return
        line = next((each for each in view.decisions if each.is_open), None)
        if line is not None:
            self._desk.pick(line.inject)
            self._desk.inject.begin_decision()
        else:
            self.asks.decision(view, self._desk.shown)

    def _end(self) -> None:
        view = self._view()
        if view is None:
            return
        if view.state == ENDED:
            self.debrief_requested.emit()
        else:
            has_note, has_decision = bool(self._desk.note.words), self._desk.inject.is_typed_into
            self.ending.ask(view, has_note=has_note, has_decision=has_decision)

    def _end_now(self) -> None:
        self.deeds.do("end")
