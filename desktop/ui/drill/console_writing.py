"""What the trainer writes down: decisions that were said aloud, notes and gaps."""

from PySide6.QtCore import QObject, Signal

from desktop.domain.drill_record import NoteKind
from desktop.ui.drill.console_asks import Asks
from desktop.ui.drill.console_deeds import Deeds
from desktop.ui.drill.console_desk import ConsoleDesk


class Writing(QObject):
    """Sends what was written on its way.

    Signals:
        told: (str) what was done.
        written: it is on its way: the keyboard is wanted at the list.
    """

    told = Signal(str)
    written = Signal()

    def __init__(self, desk: ConsoleDesk, deeds: Deeds, asks: Asks) -> None:
        super().__init__(deeds)
        self._desk = desk
        self._deeds = deeds
        self._asks = asks
        asks.gap_chosen.connect(self._save_gap)

    def decide(self, decision: str, option: str, approver: str, reason: str) -> None:
        """Record what was decided aloud."""
        view = self._deeds.view
        line = next((each for each in view.decisions if each.id == decision), None) if view else None
        if line is not None:
            self._deeds.do("decide", decision, option, role=line.role, approver=approver, reason=reason)
            label = dict(line.options).get(option, option)
            self.told.emit(f"Recorded: {label[:80]}")
            self.written.emit()

    def save_note(self, text: str, kind: str, rating: str) -> None:
        """Keep a note."""
        self._note(text, kind, rating, "")

    def ask_gap(self) -> None:
        """Let the code be chosen."""
        self._asks.gap(self._desk.note.words)

    def _save_gap(self, code: str) -> None:
        note = self._desk.note
        self._note(note.words, str(note.kind_value), note.rating_value, code)

    def _note(self, text: str, kind: str, rating: str, code: str) -> None:
        links = (self._desk.shown,) if self._desk.shown else ()
        self._desk.note.send()
        self._deeds.do("note", text, kind=NoteKind(kind), rating=rating, links=links, as_gap=code)
        self.told.emit(f"The note is saved as gap {code}." if code else "The note is saved.")
        self.written.emit()
