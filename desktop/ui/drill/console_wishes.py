"""What keys and buttons of the console do."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.drill_look import Standing
from desktop.domain.drill_record import NoteKind
from desktop.domain.drill_view import DrillView, ExpectationLine, InjectLine
from desktop.ui.drill.console_asks import Asks
from desktop.ui.drill.console_deeds import Deeds
from desktop.ui.drill.console_desk import ConsoleDesk
from desktop.ui.drill.console_ending import Ending
from desktop.ui.drill.console_words import BRIEFING, ENDED, PAUSED, RUNNING, may_judge, may_steer
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
            "hint": self._hint,
            "note": desk.note.begin,
            "decision": self._decision,
            "next_action": desk.mean_next,
            "follow": desk.follow,
            "players": self.players_requested.emit,
            "end": self._end,
            "no_duff": self.deeds.stop_for_real,
        }
        self._on_actions: Mapping[str, Callable[[str, object], None]] = {
            "tick": self._tick,
            "withdraw": self._withdraw,
            "check": self._check,
            "rate": self._rate_one,
            "hint": self._hint_one,
            "adjust": self._adjust,
            "happened": self._happened,
        }
        self.asks.gap_chosen.connect(self._save_gap)
        self.asks.told.connect(self.told)
        self.ending.confirmed.connect(self._end_now)
        self.ending.note_wished.connect(desk.note.begin)

    def run(self, name: str) -> None:
        """A wish by its name; "rate P" rates the action that is meant."""
        if name.startswith("rate "):
            line = self._desk.expectation(self._desk.meant)
            if line is not None and not line.is_negative:
                self._rate_one(line.id, name.removeprefix("rate "))
        elif name in self._ways:
            self._ways[name]()

    def on_action(self, name: str, deed: str, value: object) -> None:
        """A wish on one expected action."""
        self._on_actions[deed](name, value)

    def tick(self, digit: int) -> None:
        """The expected action of a digit is seen now; what must not happen has happened."""
        line = self._desk.by_digit(digit)
        if line is None:
            self.deeds.refuse(f"No expected action has the number {digit} here.")
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
        line, view = self._desk.by_digit(digit), self._view()
        if line is None:
            self.deeds.refuse(f"No expected action has the number {digit} here.")
        elif view is not None and may_judge(view) and line.state != "waiting":
            self._desk.mean(line.id)
            self.asks.backdate(line, view)

    def choose_speed(self, speed: int) -> None:
        """The drill shall run so fast."""
        self.deeds.do("set_speed", speed)

    def decide(self, decision: str, option: str, approver: str, reason: str) -> None:
        """Record what was decided aloud."""
        view = self._view()
        line = next((each for each in view.decisions if each.id == decision), None) if view else None
        if line is not None:
            self.deeds.do("decide", decision, option, role=line.role, approver=approver, reason=reason)
            label = dict(line.options).get(option, option)
            self.told.emit(f"Recorded: {label[:80]}")

    def save_note(self, text: str, kind: str, rating: str) -> None:
        """Keep a note."""
        self._note(text, kind, rating, "")

    def ask_gap(self) -> None:
        """Let the code be chosen."""
        self.asks.gap(self._desk.note.words)

    # -- within
    def _view(self) -> DrillView | None:
        return self.deeds.view

    def _steered(self) -> DrillView | None:
        """The view while the drill can be steered; otherwise says why it cannot."""
        view = self._view()
        if view is None or may_steer(view):
            return view
        if view.state in (ENDED, BRIEFING):
            said = "has ended" if view.state == ENDED else "has not begun"
            self.deeds.refuse(f"The drill {said}.", "Start it first." if view.state == BRIEFING else "")
        else:
            self.deeds.refuse("The program plays staff in this drill.", "You can watch it, or end it.")
        return None

    def _pause(self) -> None:
        view = self._view()
        if view is None:
            return
        name = {RUNNING: "pause", PAUSED: "resume", BRIEFING: "start"}.get(view.state)
        if view.state == BRIEFING or (name is not None and self._steered() is not None):
            self.deeds.do(name or "")

    def _fire(self) -> None:
        """The one that was picked, if it can still come; else the next."""
        line = self._desk.line()
        if self._desk.picked and line is not None and line.fired_ms is None and not line.is_improvised:
            if self._steered() is not None:
                self._desk.picked = ""
                self.deeds.do("fire", line.id)
        else:
            self._next()

    def _next(self) -> None:
        if self._steered() is not None:
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
        if line is not None and self._steered() is not None:
            self.deeds.do("recall", line.id)

    def _next_line(self) -> InjectLine | None:
        """The inject that is shown if it is still to come, else the one that comes next."""
        if self._steered() is None:
            return None
        line = self._desk.line()
        if line is not None and line.fired_ms is None and line.standing not in _GONE:
            return line
        found = self._desk.coming()
        if found is None:
            self.deeds.refuse("No further inject is to come.")
        return found

    def _jump(self) -> None:
        view = self._steered()
        if view is not None:
            self.asks.jump(view)

    def _improvise(self) -> None:
        view = self._steered()
        if view is not None:
            self.asks.improvise(view)

    def _draw(self) -> None:
        view = self._steered()
        if view is not None:
            self.deeds.do("draw")

    def _hint(self) -> None:
        if self._desk.meant:
            self._hint_one(self._desk.meant, None)
        else:
            self.deeds.refuse("No expected action is chosen.", "Choose one with E.")

    def _decision(self) -> None:
        """Where something is to be decided; elsewhere what was decided is kept as a note."""
        view = self._steered()
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

    def _judged(self, name: str) -> ExpectationLine | None:
        view, line = self._view(), self._desk.expectation(name)
        if view is None or line is None or not may_judge(view):
            return None
        if line.state == "waiting":
            self.deeds.refuse(f"{line.id} is not asked for yet.", f"Fire {line.inject} first.")
            return None
        return line

    def _tick(self, name: str, _value: object) -> None:
        if self._judged(name) is not None:
            self.deeds.do("observe", name)

    def _withdraw(self, name: str, _value: object) -> None:
        if self._judged(name) is not None:
            self.deeds.do("withdraw", name)

    def _check(self, name: str, value: object) -> None:
        if self._judged(name) is not None and isinstance(value, tuple):
            self.deeds.do("observe", name, ok=value)

    def _rate_one(self, name: str, value: object) -> None:
        if self._judged(name) is not None:
            self.deeds.do("observe", name, rating=str(value))

    def _hint_one(self, name: str, _value: object) -> None:
        if self._judged(name) is not None and self._steered() is not None:
            self.deeds.do("hint", name)

    def _adjust(self, name: str, _value: object) -> None:
        line = self._judged(name)
        if line is not None:
            self.asks.adjust(line)

    def _happened(self, name: str, value: object) -> None:
        if self._judged(name) is not None:
            self.deeds.do("observe", name, violated=bool(value))

    def _save_gap(self, code: str) -> None:
        note = self._desk.note
        self._note(note.words, str(note.kind_value), note.rating_value, code)

    def _note(self, text: str, kind: str, rating: str, code: str) -> None:
        links = (self._desk.shown,) if self._desk.shown else ()
        self._desk.note.send()
        self.deeds.do("note", text, kind=NoteKind(kind), rating=rating, links=links, as_gap=code)
        self.told.emit(f"The note is saved as gap {code}." if code else "The note is saved.")
