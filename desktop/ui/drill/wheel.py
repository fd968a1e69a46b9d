"""The wheel of misfortune: draws the drill that is most worth playing, and says why."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.drill.library_parts import bullets
from desktop.ui.drill.ports import Drawn
from desktop.ui.kit.button import Button
from desktop.ui.kit.card import Card
from desktop.ui.kit.choice import Choice
from desktop.ui.kit.flow import FlowLayout
from desktop.ui.kit.label import Label

_WHEEL_WORDS = "Drawn by what is open in the gap register and what was long not played."


class WheelCard(Card):
    """The wheel of misfortune: what it drew, why, and with which seed.

    Signals:
        draw_requested: (str team, int seed)
        accepted: (str slug) play that.
    """

    draw_requested = Signal(str, int)
    accepted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Wheel of misfortune", parent=parent)
        self._drawn: Drawn | None = None
        self._seed = 1
        self.team = Choice("Team of the wheel", free=True, least=10)
        self.draw = Button("Draw a scenario")
        self.said = Label(_WHEEL_WORDS, "secondary", wrap=True)
        self.name = Label("", "heading", wrap=True)
        self.accept = Button("Start this one", "primary")
        self.seed = Label("", "hint")
        self._why = QVBoxLayout()
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(Label("Team"))
        line.addWidget(self.team, 1)
        below = FlowLayout(spacing=8)
        for part in (self.accept, self.draw, self.seed):
            below.addWidget(part)
        self.body.addWidget(self.said)
        self.body.addLayout(line)
        self.body.addWidget(self.name)
        self.body.addLayout(self._why)
        self.body.addLayout(below)
        for part in (self.name, self.accept, self.seed):
            part.hide()
        self.draw.clicked.connect(self._draw)
        self.accept.clicked.connect(self._accept)

    def offer(self, teams: Sequence[str], seed: int) -> None:
        """The teams there are, and the seed of the first draw."""
        self.team.offer([(team, team) for team in teams])
        if self._drawn is None:
            self._seed = seed
            if not self.team.currentText() and teams:
                self.team.set_value(teams[0])

    def show_drawn(self, drawn: Drawn) -> None:
        """What was drawn."""
        self._drawn = drawn
        self._seed = drawn.seed + 1
        self.name.setText(f"“{drawn.title}”")
        while (item := self._why.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._why.addWidget(bullets(drawn.why))
        self.seed.setText(f"Seed {drawn.seed}")
        self.draw.set_text("Draw again")
        for part in (self.name, self.accept, self.seed):
            part.show()
        self.accept.setFocus(Qt.FocusReason.OtherFocusReason)

    def _draw(self) -> None:
        self.draw_requested.emit(self.team.currentText().strip(), self._seed)

    def _accept(self) -> None:
        if self._drawn is not None:
            self.accepted.emit(self._drawn.slug)
