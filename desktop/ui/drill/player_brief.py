"""What players know of their drill from the start: the situation, what is practised, who sits where."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.drill_view import PlayerView
from desktop.ui.drill import player_words as words
from desktop.ui.drill.player_bar import seat_words
from desktop.ui.kit.card import Card
from desktop.ui.kit.label import Label
from desktop.ui.kit.scroll import ScrollColumn
from desktop.ui.text import one_line

_WIDEST = 720
_RULES = (
    "Work as you always do: the board, intake, messages and handoffs of this window are the real ones, on a"
    " desk of their own.\n"
    "Nothing leaves this window. Say “{phrase}” or press No duff when something real happens."
)


class Briefing(QWidget):
    """A page to be read once, and again by whoever joins late."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.situation = Card("The situation")
        self.summary = Label("", wrap=True)
        self.situation.body.addWidget(self.summary)
        self.aims = Card("What is practised")
        self.objectives = Label("", wrap=True)
        self.aims.body.addWidget(self.objectives)
        self.people = Card("Who sits where")
        self.seats = Label("", wrap=True)
        self.people.body.addWidget(self.seats)
        self.how = Card("How it is played")
        self.rules = Label("", wrap=True)
        self.how.body.addWidget(self.rules)
        self.given = Card("Hints so far")
        self.hints = Label("", wrap=True)
        self.given.body.addWidget(self.hints)
        held = QWidget()
        held.setMaximumWidth(_WIDEST)
        column = QVBoxLayout(held)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(12)
        for card in (self.given, self.situation, self.aims, self.people, self.how):
            column.addWidget(card)
        column.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(ScrollColumn(held))

    def show_view(self, view: PlayerView) -> None:
        """As it stands now."""
        phrase = one_line(view.stop_phrase[:30]) or "No duff"
        for label, text in (
            (self.summary, view.summary.strip() or one_line(view.title[:200])),
            (self.objectives, "\n".join(one_line(each[:300]) for each in view.objectives)),
            (self.seats, "\n".join(seat_words(seat) for seat in view.seats if not seat.is_staff)),
            (self.rules, _RULES.format(phrase=phrase)),
            (self.hints, "\n".join(one_line(each[:400]) for each in view.hints)),
        ):
            if label.text() != text:
                label.setText(text)
        self.aims.setVisible(bool(view.objectives))
        self.given.setVisible(bool(view.hints))
        self.setAccessibleName(f"{words.mark_of(view)}: {one_line(view.title[:200])}")
