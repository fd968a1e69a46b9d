"""The decision of an inject: its options, who may take it, and what was decided aloud."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.drill_view import DecisionLine
from desktop.ui.drill.console_words import mmss
from desktop.ui.kit.button import Button
from desktop.ui.kit.choice import Choice
from desktop.ui.kit.digit_list import DigitList
from desktop.ui.kit.keys import is_enter
from desktop.ui.kit.label import Label
from desktop.ui.surroundings import Surroundings

_LONGEST = 200


class _Reason(QLineEdit):
    """Enter records; a digit at the beginning names the option."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_enter(event):
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class DecisionCard(QFrame):
    """Records what was decided: "2 runs dry tonight" chooses the second option and says why.

    Signals:
        decided: (str option, str approver, str reason).
        refused: (str) what is missing.
    """

    decided = Signal(str, str, str)
    refused = Signal(str)

    def __init__(self, line: DecisionLine, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "card")
        self._line = line
        self.question = Label(f"Decision: {line.question[:_LONGEST]}", "strong", wrap=True)
        self.state = Label("", "hint", wrap=True)
        options = [(key, words[:_LONGEST].replace("&", "&&")) for key, words in line.options]
        self.options = DigitList(options, f"Decision {line.id}")
        self.reason = _Reason()
        self.reason.setAccessibleName(f"What was decided in {line.id}, and why")
        self.reason.setPlaceholderText("Number of the option, then why")
        self.approver = Choice(f"Who approved {line.id}", free=True)
        self.record = Button("Record", "small", keys="Enter")
        self.record.setAccessibleName(f"Record the decision {line.id}")
        self._form = QWidget()
        self._lay_out()
        self.options.picked.connect(self._to_reason)
        self.reason.textEdited.connect(self._read_option)
        self.reason.entered.connect(self._record)
        self.record.clicked.connect(self._record)

    @property
    def line(self) -> DecisionLine:
        """How it stands."""
        return self._line

    @property
    def is_open(self) -> bool:
        """Whether it can still be recorded."""
        return self._form.isVisibleTo(self)

    def offer_approvers(self, names: Sequence[str]) -> None:
        """Who may have approved it: the seats, the one who is asked first."""
        first = self._line.role_title
        rest = [name for name in names if name != first]
        if self.approver.count() != len(rest) + 1:
            self.approver.offer([(name, name) for name in (first, *rest)])
            self.approver.set_value(first)

    def show_line(self, line: DecisionLine, sim_ms: int, may_act: bool) -> None:
        """How it stands now; what is typed stays."""
        self._line = line
        is_open = (line.is_open or line.is_defaulted) and may_act
        if self._form.isVisibleTo(self) != is_open:
            self._form.setVisible(is_open)
        words = _standing(line, sim_ms)
        if self.state.text() != words:
            self.state.setText(words)
            self.state.set_role("warning" if line.is_open else "hint")

    def begin(self) -> None:
        """Take the keyboard."""
        self.reason.setFocus()

    def _read_option(self, text: str) -> None:
        digit, _, _ = text.lstrip().partition(" ")
        keys = [key for key, _ in self._line.options]
        if digit.isdecimal() and len(digit) == 1 and 1 <= int(digit) <= len(keys):
            self.options.set_value(keys[int(digit) - 1])

    def _to_reason(self, _key: str) -> None:
        self.reason.setFocus()

    def _record(self) -> None:
        option, reason = self.options.value(), self.reason.text().strip()
        first, _, rest = reason.partition(" ")
        if first.isdecimal() and len(first) == 1 and 1 <= int(first) <= len(self._line.options):
            reason = rest.strip()
        if not option:
            self.refused.emit("Say which option was taken: its number first, then why.")
            self.reason.setFocus()
            return
        self.decided.emit(option, str(self.approver.value()), reason)

    def clear_form(self) -> None:
        """It was recorded."""
        self.reason.clear()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self.reason, 3)
        line.addWidget(self.record)
        approved = QHBoxLayout()
        approved.setSpacing(6)
        approved.addWidget(Label("Approved by", "secondary"))
        approved.addWidget(self.approver, 1)
        form = QVBoxLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(6)
        form.addWidget(self.options)
        form.addLayout(approved)
        form.addLayout(line)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 10, 8)
        column.setSpacing(4)
        column.addWidget(self.question)
        column.addWidget(self.state)
        column.addWidget(self._form)


def _standing(line: DecisionLine, sim_ms: int) -> str:
    labels = dict(line.options)
    default = labels.get(line.default, line.default)[:_LONGEST]
    if line.option:
        taken = labels.get(line.option, line.option)[:_LONGEST]
        if line.is_defaulted:
            rest = "It can still be recorded while no branch has followed."
            return f"Nobody decided in time: “{taken}” counts. {rest}"
        return f"Decided: {taken}" + (f", by {line.by[:60]}" if line.by else "")
    if not line.is_open:
        return f"Asked of {line.role_title}. Without a decision “{default}” counts."
    left = f"{mmss(line.ends_ms - sim_ms + 999)} left. " if line.ends_ms is not None else ""
    return f"{line.role_title} decides, {left}Then “{default}” counts."
