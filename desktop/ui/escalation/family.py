"""Parent and children of an escalation: which of them announces, and a way to each."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.escalation import OPEN_STATES, State
from desktop.domain.rights import Action
from desktop.ui.escalation.action_ids import ID_OF, words_of
from desktop.ui.kit.button import Button
from desktop.ui.kit.label import ElidedLabel, Label
from desktop.ui.text import counted, one_line, short_number

if TYPE_CHECKING:
    from db.queries.family import Relative
    from desktop.services.details import EscalationDetails

_FEW = 5
_LONGEST = 200


class FamilySection(QFrame):
    """One line for each relative; made when an escalation with a family is first shown.

    Signals:
        action_requested: (str action id)
        open_escalation_requested: (int id) of the relative.
    """

    action_requested = Signal(str)
    open_escalation_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "section")
        self.setAccessibleName("Parent and children")
        self._said = Label("", "strong", wrap=True)
        self._leave = Button(words_of(Action.CLEAR_PARENT), "link")
        self._leave.clicked.connect(self._ask_leave)
        self._more = Button("", "link")
        self._more.clicked.connect(self._show_all)
        self._is_whole = False
        self._year = 0
        self._relatives: tuple[Relative, ...] = ()
        self._lines: list[_Line] = []
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._said, 1)
        head.addWidget(self._leave, 0, Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout()
        self._column.setSpacing(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(4)
        column.addLayout(head)
        column.addLayout(self._column)
        column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)

    def show_details(self, details: "EscalationDetails", now: datetime, *, is_same: bool) -> None:
        """Show the family of one escalation, or nothing where it has none."""
        self._year = now.astimezone().year
        if not is_same:
            self._is_whole = False
        self._relatives = (*((details.parent,) if details.parent is not None else ()), *details.children)
        self._said.setText(family_words(details))
        allowed = {state.action for state in details.actions if state.allowed}
        self._leave.setVisible(Action.CLEAR_PARENT in allowed)
        self._show_lines()
        self.setVisible(bool(self._relatives))

    def texts(self) -> list[str]:
        """What is said, the relatives after it."""
        shown = self._lines[: len(self._shown)]
        return [self._said.text(), *(line.text for line in shown)]

    @property
    def _shown(self) -> "tuple[Relative, ...]":
        is_short = self._is_whole or len(self._relatives) <= _FEW + 1
        return self._relatives if is_short else self._relatives[:_FEW]

    def _show_lines(self) -> None:
        shown = self._shown
        while len(self._lines) < len(shown):
            line = _Line()
            line.open_requested.connect(self.open_escalation_requested)
            self._column.addWidget(line)
            self._lines.append(line)
        for at, line in enumerate(self._lines):
            line.setVisible(at < len(shown))
            if at < len(shown):
                line.show_relative(shown[at], self._year)
        hidden = len(self._relatives) - len(shown)
        self._more.set_text(f"Show {hidden} more")
        self._more.setVisible(hidden > 0)

    def _show_all(self) -> None:
        self._is_whole = True
        self._show_lines()

    def _ask_leave(self) -> None:
        self.action_requested.emit(ID_OF[Action.CLEAR_PARENT])


class _Line(QWidget):
    """A relative: its number as a link, what it is about, where it stands."""

    open_requested = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._id = 0
        self._link = Button("", "link")
        self._link.clicked.connect(self._open)
        self._title = ElidedLabel()
        self._state = Label("", "secondary")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._link)
        row.addWidget(self._title, 1)
        row.addWidget(self._state)

    @property
    def text(self) -> str:
        return f"{self._link.text()}  {self._title.text()}  {self._state.text()}"

    def show_relative(self, relative: "Relative", year: int) -> None:
        self._id = relative.id
        title, customer = one_line(relative.title[:_LONGEST]), one_line(relative.customer[:80])
        self._link.set_text(short_number(relative.number, year))
        self._link.setAccessibleName(f"Open {relative.number}: {title}")
        self._title.setText(f"{title} · {customer}")
        self._state.setText(State(relative.state).word)

    def _open(self) -> None:
        self.open_requested.emit(self._id)


def family_words(details: "EscalationDetails") -> str:
    """Who announces for whom."""
    parent, children = details.parent, details.children
    if parent is not None:
        if parent.state in OPEN_STATES:
            return f"Part of {parent.number}, which announces for it."
        word = State(parent.state).word.lower()
        return f"Part of {parent.number}, which is {word}: this announces for itself."
    if not children:
        return ""
    if details.escalation.is_open:
        return f"{counted(len(children), 'child', 'children')}: only this one announces."
    word = details.escalation.state.word.lower()
    return f"{counted(len(children), 'child', 'children')}: this is {word}, so each announces for itself."
