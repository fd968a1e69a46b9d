"""What is asked after a drill: the words of a note, of a gap, and why something is adjusted or dismissed."""

import re

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.drill_explain import span
from desktop.domain.drill_grade import ExpectationScore
from desktop.domain.drill_record import Gap, NoteKind, ObserverNote
from desktop.domain.drill_words import RATINGS
from desktop.domain.errors import DeskError
from desktop.ui.drill import after_words as words
from desktop.ui.drill.after_gaps import code_choices
from desktop.ui.kit.ask_box import AskBox
from desktop.ui.kit.prompt import PromptField
from desktop.ui.text import one_line

_NOTE, _OVERRIDE, _DISMISS, _GAP, _REMOVE, _THROW = "note", "override", "dismiss", "gap", "remove", "throw"
_KINDS = tuple((kind.value, said) for kind, said in words.NOTE_WORDS.items())
_RATED = tuple((rating, rating) for rating in RATINGS)
_CLOCK = re.compile(r"(\d{1,4}):([0-5]\d)")
_SPAN = re.compile(r"(?:(\d{1,4})\s*(?:m|min))?\s*(?:(\d{1,5})\s*s)?", re.IGNORECASE)


class AfterAsking(QObject):
    """One form at a time over the page; it stays open until what it asked for was done.

    Signals:
        note_written: (int note or 0, str text, str kind, int sim_ms)
        note_removed: (int note)
        overridden: (str expectation, str reason, str rating, int seconds or -1)
        dismissed: (int gap, str reason)
        gap_added: (str code, str detail)
        thrown_away: the run is to be listed no more.
    """

    note_written = Signal(int, str, str, int)
    note_removed = Signal(int)
    overridden = Signal(str, str, str, int)
    dismissed = Signal(int, str)
    gap_added = Signal(str, str)
    thrown_away = Signal()

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self.box = AskBox(page)
        self.box.answered.connect(self._answer)
        self._note = 0
        self._sim_ms = 0
        self._gap = 0
        self._expectation = ""

    def ask_note(self, note: ObserverNote | None, kind: NoteKind, sim_ms: int) -> None:
        """Ask for a note's words; None for a new one of that kind at that time."""
        self._note = note.id if note is not None else 0
        self._sim_ms = note.sim_ms if note is not None else sim_ms
        shown = note.kind if note is not None else kind
        fields = (
            PromptField("text", "What was seen", "text", value=note.text if note is not None else ""),
            PromptField("kind", "Kind", "segments", _KINDS, shown.value),
        )
        title = "Change the note" if note is not None else "Write a note"
        self.box.ask(_NOTE, title, fields, "Keep", concerns=(self._note, shown))

    def ask_removal(self, note: ObserverNote) -> None:
        """Ask whether a note is to go."""
        self._note = note.id
        about = one_line(note.text)
        self.box.ask(_REMOVE, "Remove this note?", (), "Remove", concerns=note.id, about=about)

    def ask_throwing(self, title: str) -> None:
        """Ask whether a run for practice is to go."""
        text = "It is listed no more, here and in the library. It never counted in a trend."
        self.box.ask(_THROW, "Throw this practice run away?", (), "Throw away", about=title, text=text)

    def ask_override(self, one: ExpectationScore) -> None:
        """Ask for a rating, a time or both, and why."""
        self._expectation = one.id
        took = span(one.t_s) if one.t_s is not None else "never done"
        fields = (
            PromptField("rating", "Rating", "segments", _RATED, required=False),
            PromptField("time", "Time", hint=f"Found: {took}. Such as 12 min or 12:30.", required=False),
            PromptField("reason", "Because", "text", hint="Shown wherever the score is shown."),
        )
        self.box.ask(
            _OVERRIDE,
            f"Adjust {one.id}",
            fields,
            "Adjust and score again",
            concerns=one.id,
            about=one_line(one.text),
            text="The number is always computed; what was found is kept beside it.",
        )

    def ask_dismissal(self, gap: Gap) -> None:
        """Ask why a proposed gap is none."""
        self._gap = gap.id
        fields = (
            PromptField("reason", "Because", "text", hint="The gap stays in the register as declined."),
        )
        self.box.ask(
            _DISMISS, "Dismiss this gap", fields, "Dismiss", concerns=gap.id, about=words.gap_words(gap)
        )

    def ask_gap(self) -> None:
        """Ask for a gap that a person has seen."""
        fields = (
            PromptField("code", "Gap", "choice", code_choices()),
            PromptField("detail", "What was missing", "text"),
        )
        self.box.ask(_GAP, "Add a gap", fields, "Add")

    def _answer(self, key: str, answers: dict[str, str]) -> None:
        if key == _NOTE:
            self.note_written.emit(self._note, answers["text"].strip(), answers["kind"], self._sim_ms)
        elif key == _REMOVE:
            self.note_removed.emit(self._note)
        elif key == _DISMISS:
            self.dismissed.emit(self._gap, answers["reason"].strip())
        elif key == _GAP:
            self.gap_added.emit(answers["code"], answers["detail"].strip())
        elif key == _THROW:
            self.thrown_away.emit()
        elif key == _OVERRIDE:
            self._override(answers)

    def _override(self, answers: dict[str, str]) -> None:
        try:
            seconds = seconds_of(answers["time"])
            if seconds is None and not answers["rating"]:
                raise DeskError("Choose a rating or write a time.", field="rating")
        except DeskError as error:
            self.box.fail(error)
            return
        told = -1 if seconds is None else seconds
        self.overridden.emit(self._expectation, answers["reason"].strip(), answers["rating"], told)


def seconds_of(text: str) -> int | None:
    """The seconds of "12 min", "12:30", "90 s" or a bare number of minutes; None for nothing.

    Raises: DeskError for anything else.
    """
    said = text.strip()
    if not said:
        return None
    if said.isdecimal() and len(said) < 5:
        return int(said) * 60
    if clock := _CLOCK.fullmatch(said):
        return int(clock[1]) * 60 + int(clock[2])
    found = _SPAN.fullmatch(said)
    if found is None or not any(found.groups()):
        raise DeskError(f"“{said}” is no length of time.", field="time", hint="Write 12 min or 12:30.")
    return int(found[1] or 0) * 60 + int(found[2] or 0)
