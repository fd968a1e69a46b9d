"""Asks before a drill is ended, which nothing takes back."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.drill_look import Standing
from desktop.domain.drill_view import DrillView
from desktop.ui.kit.dialogs import Question
from desktop.ui.text import counted, listed


class Ending(QObject):
    """The question with what is still open.

    Signals:
        confirmed: end it.
        note_wished: the note shall be saved first.
    """

    confirmed = Signal()
    note_wished = Signal()

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self.question: Question | None = None

    def ask(self, view: DrillView, *, has_note: bool, has_decision: bool) -> None:
        """Ask once; the drill goes on meanwhile."""
        if self.question is not None:
            return
        answers = [("keep", "Keep the drill going"), ("end", "End the drill")]
        if has_note:
            answers.insert(1, ("note", "Back to the note"))
        self.question = Question(
            self._page, "End the drill?", open_words(view, has_note=has_note, has_decision=has_decision),
            answers, safe="keep", cancel="keep",
        )  # fmt: skip
        self.question.answered.connect(self._answer)
        self.question.open()

    def _answer(self, key: str) -> None:
        self.question = None
        if key == "end":
            self.confirmed.emit()
        elif key == "note":
            self.note_wished.emit()


def open_words(view: DrillView, *, has_note: bool, has_decision: bool) -> str:
    """What would be left open."""
    decisions = sum(each.is_open for each in view.decisions)
    acts = sum(each.state == "open" and not each.is_negative for each in view.expectations)
    waiting = (Standing.READY, Standing.HELD, Standing.UPCOMING)
    injects = sum(each.standing in waiting for each in view.injects)
    said = [
        f"{counted(decisions, 'decision')} not recorded" if decisions else "",
        f"{counted(acts, 'expected action')} still open, which will count as missed" if acts else "",
        f"{counted(injects, 'inject')} not fired" if injects else "",
    ]
    said = [each for each in said if each]
    words = f"There {_are(decisions or acts or injects)} {listed(said)}. " if said else ""
    if has_decision:
        words += "A decision is typed but not recorded. "
    if has_note:
        words += "A note is typed but not saved. "
    return f"{words}An ended drill cannot be started again; ticks, ratings and notes can still be given."


def _are(count: int) -> str:
    return "is" if count == 1 else "are"
