"""The survey: everybody answers on this screen one after another, unnamed; shown once there are enough."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.drill_record import SurveyAnswer
from desktop.domain.drill_register import SurveyQuestion
from desktop.ui.drill.after_figures import emptied
from desktop.ui.drill.after_ports import SurveyFound, SurveyLine
from desktop.ui.kit.button import Button
from desktop.ui.kit.card import Section
from desktop.ui.kit.label import Label
from desktop.ui.kit.long_text import LongText
from desktop.ui.kit.scroll import ScrollColumn
from desktop.ui.kit.segments import Segments
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import counted

_GRADE_PX, _WORDS_PX = 44, 820
_START, _ASKING, _THANKS = range(3)
_GRADES = tuple((str(grade), str(grade)) for grade in range(1, 6))


class SurveyTab(QWidget):
    """Hands the keyboard from one to the next; nothing of one person's answers stays on the screen.

    Signals:
        answered: (tuple of SurveyAnswer) one person is done.
    """

    answered = Signal(object)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self._found = SurveyFound(())
        self._fields: list[_Question] = []
        self.count = Label("", "heading")
        self.told = Label("", "secondary", wrap=True)
        self.begin = Button("Answer", "primary")
        self.send = Button("Send my answers", "primary")
        self.leave = Button("Leave without answering")
        self.missing = Label("", "danger", wrap=True)
        self.next_one = Button("I am the next one", "primary")
        self.finish = Button("Nobody else")
        self.results = Section("What was answered")
        self._lines = QVBoxLayout()
        self._asked = QVBoxLayout()
        self.stack = QStackedWidget()
        self._lay_out()
        self.begin.clicked.connect(self._ask)
        self.next_one.clicked.connect(self._ask)
        self.finish.clicked.connect(self._start)
        self.leave.clicked.connect(self._start)
        self.send.clicked.connect(self._send)

    def show_found(self, found: SurveyFound) -> None:
        """Show how many have answered, and their answers once there are enough."""
        self._found = found
        self.count.setText(f"{counted(found.answered, 'person has', 'people have')} answered")
        missing = found.least - found.answered
        self.told.setText(
            f"The answers are shown once {found.least} people have given theirs:"
            f" {counted(missing, 'more is', 'more are')} needed."
            if missing > 0
            else "Answers are mixed for each question: nobody can tell who gave which."
        )
        self.results.setVisible(bool(found.lines))
        emptied(self._lines)
        for line in found.lines:
            self._lines.addWidget(Label(line.text, "strong", wrap=True))
            self._lines.addWidget(Label(results_words(line), wrap=True))

    def reset(self) -> None:
        """Another run: nobody is answering."""
        self._start()

    def thank(self) -> None:
        """The answers were kept: hand the keyboard on."""
        self._clear()
        self.stack.setCurrentIndex(_THANKS)
        self.next_one.setFocus()

    def refuse(self, sentence: str) -> None:
        """They could not be kept; they stay as they are."""
        self.missing.setText(sentence)
        self.missing.show()

    def focus_first(self) -> None:
        """Take the focus where answering begins."""
        if self.stack.currentIndex() == _ASKING and self._fields:
            self._fields[0].setFocus()
        else:
            (self.begin if self.stack.currentIndex() == _START else self.next_one).setFocus()

    def _ask(self) -> None:
        self._clear()
        for at, ask in enumerate(self._found.asks, start=1):
            field = _Question(at, ask)
            self._fields.append(field)
            self._asked.addWidget(field)
        self.stack.setCurrentIndex(_ASKING)
        self.focus_first()

    def _start(self) -> None:
        self._clear()
        self.stack.setCurrentIndex(_START)

    def _clear(self) -> None:
        """Leave no word of whoever sat here before."""
        emptied(self._asked)
        self._fields = []
        self.missing.hide()

    def _send(self) -> None:
        answers = tuple(answer for field in self._fields if (answer := field.answer()) is not None)
        if answers:
            self.answered.emit(answers)
        else:
            self.refuse("Answer at least one question, or leave without answering.")

    def _lay_out(self) -> None:
        start = Section("Survey", "anonymous")
        asking = Section("Your answers", "nobody sees whose")
        thanks = Section()
        start.body.addWidget(self.count)
        start.body.addWidget(self.told)
        start.body.addWidget(
            Label("Each answers alone on this screen, then hands the keyboard on.", "secondary", wrap=True)
        )
        start.body.addLayout(_line(self.begin))
        self.results.body.addLayout(self._lines)
        asking.body.addLayout(self._asked)
        asking.body.addWidget(self.missing)
        asking.body.addLayout(_line(self.send, self.leave))
        thanks.body.addWidget(Label("Thank you. Hand the keyboard on.", "heading"))
        thanks.body.addWidget(Label("Your answers are kept without your name and gone from this screen."))
        thanks.body.addLayout(_line(self.next_one, self.finish))
        for parts in ((start, self.results), (asking,), (thanks,)):
            held = QWidget()
            column = QVBoxLayout(held)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            for part in parts:
                column.addWidget(part)
            column.addStretch(1)
            self.stack.addWidget(ScrollColumn(held))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.stack)


class _Question(QWidget):
    """One question with its grades and room for words."""

    def __init__(self, at: int, ask: SurveyQuestion) -> None:
        super().__init__()
        self._key = ask.key
        self.grades = Segments(_GRADES, ask.text, even=False) if ask.is_scored else None
        if self.grades is not None:
            for grade, _ in _GRADES:
                self.grades.button(grade).setMinimumWidth(_GRADE_PX)
        self.words = LongText(lines=2)
        self.words.setMaximumWidth(_WORDS_PX)
        self.words.setAccessibleName(f"Words: {ask.text}")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 10)
        column.setSpacing(6)
        column.addWidget(Label(f"{at}.  {ask.text}", "strong", wrap=True))
        if self.grades is not None:
            row = QHBoxLayout()
            row.setSpacing(10)
            row.addWidget(Label("not at all", "secondary"))
            row.addWidget(self.grades)
            row.addWidget(Label("fully", "secondary"))
            row.addStretch(1)
            column.addLayout(row)
            self.words.setPlaceholderText("In words, if you like")
        column.addWidget(self.words)
        self.setFocusProxy(self.grades if self.grades is not None else self.words)

    def answer(self) -> SurveyAnswer | None:
        """What was answered, None where nothing was."""
        grade = self.grades.value() if self.grades is not None else ""
        text = self.words.toPlainText().strip()
        return SurveyAnswer(self._key, int(grade or 0), text) if grade or text else None


def results_words(line: SurveyLine) -> str:
    """The answers to one question: how many gave which grade, and the words one below the other."""
    parts = []
    if line.scores:
        by_grade = ", ".join(
            f"{line.scores.count(grade)} × {grade}" for grade in range(5, 0, -1) if grade in line.scores
        )
        parts.append(f"{by_grade} (of {counted(len(line.scores), 'answer')})")
    parts += [f"•  {text}" for text in line.texts]
    return "\n".join(parts) or "Nobody answered this one."


def _line(*buttons: Button) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row
