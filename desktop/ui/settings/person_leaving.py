"""What somebody who leaves the desk would leave open, and who takes their accounts."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.person import Person
from desktop.services.roster_leaving import Ties
from desktop.services.roster_words import span_text
from desktop.ui.kit.button import Button
from desktop.ui.kit.choice import Choice
from desktop.ui.kit.label import Label
from desktop.ui.text import counted, listed, one_line

_SHOWN = 3


class LeavingBox(QWidget):
    """Shown while somebody is being taken off the desk.

    Signals:
        hand_over_requested: (object person id, or None) give them the accounts.
    """

    hand_over_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = Label("", "warning", wrap=True)
        self.accounts = Label("", wrap=True)
        self.to = Choice("Who takes the accounts", least=14)
        self.button = Button("Hand accounts over")
        self._line = QWidget()
        line = QHBoxLayout(self._line)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.to, 1)
        line.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (self.words, self.accounts, self._line):
            column.addWidget(widget)
        self.button.clicked.connect(self._ask)
        self.hide()

    def show_ties(self, person: Person, ties: Ties, others: Sequence[Person]) -> None:
        """Say what holds the person here; `others` can take accounts."""
        self.words.setText(leaving_words(person, ties))
        self.words.set_role("warning" if ties.shifts or ties.swaps else "secondary")
        self.accounts.setText(_account_words(person, ties))
        self.to.offer([(other.id, other.name) for other in others if other.id != person.id] + [(0, "Nobody")])
        for widget in (self.accounts, self._line):
            widget.setVisible(bool(ties.accounts))
        self.show()

    def _ask(self) -> None:
        self.hand_over_requested.emit(self.to.value() or None)


def leaving_words(person: Person, ties: Ties) -> str:
    """Which shifts would have nobody or one fewer, and which swaps nobody would answer."""
    name = one_line(person.name)
    alone = [shift for shift in ties.shifts if shift.people == (person.id,)]
    parts = []
    if ties.shifts:
        shown = [
            f"{shift.schedule} {span_text((shift.start, shift.end), person.zone)}"
            for shift in ties.shifts[:_SHOWN]
        ]
        more = len(ties.shifts) - _SHOWN
        which = "; ".join(shown) + (f"; and {more} more in the next year" if more > 0 else "")
        parts.append(
            f"{name} is on call {counted(len(ties.shifts), 'time')}, {_left(len(ties.shifts), len(alone))}:"
            f" {which} ({person.zone}). Take them out of the rota first."
        )
    if ties.swaps:
        parts.append(f"{counted(len(ties.swaps), 'asked swap')} would get no answer.")
    return " ".join(parts) or f"No shift and no swap counts on {name}."


def _left(count: int, alone: int) -> str:
    if not alone:
        return "and others stay in each shift"
    if alone == count:
        return "and nobody would be there instead"
    return f"and in {alone:,} of these shifts nobody would be left"


def _account_words(person: Person, ties: Ties) -> str:
    shown = [one_line(name[:60]) for name in ties.accounts[:_SHOWN]]
    more = len(ties.accounts) - _SHOWN
    which = listed([*shown, f"{more} more"] if more > 0 else shown)
    return f"{one_line(person.name)} owns the account of {which}."
