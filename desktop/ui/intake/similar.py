"""Escalations like the one being filled in: open ones to join, past ones to learn from."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.escalation import State
from desktop.domain.instant import to_us
from desktop.ui.kit.button import Button
from desktop.ui.kit.card import Card
from desktop.ui.kit.label import Label
from desktop.ui.text import age, duration, one_line, short_number

if TYPE_CHECKING:
    from desktop.services.search import Hit, Similar

_MOST = 4


class SimilarCard(Card):
    """Names at most four of each; the likeliest open one can be joined by key.

    Signals:
        open_escalation_requested: (int id) the person wants to look at it.
        join_requested: (int id) what is filled in belongs to that one.
    """

    open_escalation_requested = Signal(int)
    join_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Looks like", parent=parent)
        self._empty = Label("Nothing like it, as far as it is told.", "secondary", wrap=True)
        self.body.addWidget(self._empty)
        self._lines = [_HitLine() for _ in range(2 * _MOST)]
        for line in self._lines:
            line.open_requested.connect(self.open_escalation_requested)
            line.join_requested.connect(self.join_requested)
            self.body.addWidget(line)
        self._open: tuple[Hit, ...] = ()

    @property
    def best(self) -> "Hit | None":
        """The open one that would be joined by key."""
        return self._open[0] if self._open else None

    def show_similar(self, similar: "Similar", now: datetime) -> None:
        """Show what was found."""
        self._open = similar.open[:_MOST]
        hits = (*self._open, *similar.past[:_MOST])
        self._empty.setVisible(not hits)
        for at, line in enumerate(self._lines):
            if at < len(hits):
                line.show_hit(hits[at], now, is_best=at == 0 and bool(self._open))
            else:
                line.hide()

    def texts(self) -> list[str]:
        """What is shown, line by line."""
        return [line.text for line in self._lines if not line.isHidden()]


class _HitLine(QWidget):
    """One escalation: its number to open it, what it is about, and a button to join it while it is open."""

    open_requested = Signal(int)
    join_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._id = 0
        self._number = Button("", "link")
        self._number.clicked.connect(self._ask_open)
        self._text = Label("", wrap=True)
        self._why = Label("", "hint", wrap=True)
        self._join = Button("Join it")
        self._join.clicked.connect(self._ask_join)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._number)
        head.addStretch(1)
        head.addWidget(self._join)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._text)
        column.addWidget(self._why)
        self.hide()

    @property
    def text(self) -> str:
        return f"{self._number.text()} {self._text.text()}"

    def show_hit(self, hit: "Hit", now: datetime, *, is_best: bool) -> None:
        """Show it; the best one can be joined by key."""
        self._id = hit.id
        number = short_number(hit.number, now.year)
        self._number.set_text(number)
        self._number.setAccessibleName(f"Show {number}")
        self._text.setText(f"{one_line(hit.title[:160])} · {state_words(hit, now)}")
        self._why.setText(hit.why)
        self._why.setVisible(bool(hit.why))
        self._why.set_role("danger_small" if hit.likely_duplicate else "hint")
        self._join.setVisible(hit.is_open)
        self._join.setText("Join it  Ctrl+J" if is_best else "Join it")
        self._join.setAccessibleName(f"Join {number}")
        self.show()

    def _ask_open(self) -> None:
        self.open_requested.emit(self._id)

    def _ask_join(self) -> None:
        self.join_requested.emit(self._id)


def state_words(hit: "Hit", now: datetime) -> str:
    """How it stands: "open, 4 m ago", "resolved in 3 h 10 m"."""
    if hit.is_open:
        return f"{State(hit.state).word.lower()}, opened {age(to_us(hit.opened_at), to_us(now))}"
    if hit.resolved_at is not None:
        return f"resolved in {duration(to_us(hit.resolved_at) - to_us(hit.opened_at))}"
    return State(hit.state).word.lower()
