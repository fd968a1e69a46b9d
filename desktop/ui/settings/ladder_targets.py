"""Who is told by one step: a few chips, and a list to add from."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.kit.button import Button
from desktop.ui.kit.choice import Choice
from desktop.ui.kit.flow import FlowLayout
from desktop.ui.kit.label import Label
from desktop.ui.settings.ladder_rows import Names, target_words

_LONGEST = 60


class TargetField(QWidget):
    """Roles, rotas, teams and people; each can be taken out again.

    Signals:
        changed: others are told.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: Names = {}
        self._targets: list[str] = []
        self.chips: list[Button] = []
        self._box = QWidget()
        self._flow = FlowLayout(self._box)
        self.none = Label("Nobody yet.", "secondary", wrap=True)
        self.choice = Choice("Who else is told", free=True, least=12)
        self.add_button = Button("Add")
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.choice, 1)
        line.addWidget(self.add_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._box)
        column.addWidget(self.none)
        column.addLayout(line)
        self.setFocusProxy(self.choice)
        self.add_button.clicked.connect(self.add)
        self.choice.activated.connect(self._add_chosen)

    def offer(self, targets: Sequence[tuple[str, str]]) -> None:
        """Offer these as (target, words)."""
        self._names = dict(targets)
        self.choice.offer(targets)
        self.choice.set_value("")

    def value(self) -> tuple[str, ...]:
        """Who is told, in their order."""
        return tuple(self._targets)

    def set_value(self, targets: Sequence[str]) -> None:
        """Show these."""
        self._targets = list(targets)
        self._fill()

    def add(self) -> None:
        """Tell who is chosen or typed, too; what is typed and unknown stays as it is."""
        target = str(self.choice.value())
        if target and target not in self._names:
            self.none.setText(f"Nothing here is called “{target[:_LONGEST]}”. Choose from the list.")
            self.none.show()
            return
        if target in self._names and target not in self._targets:
            self._targets.append(target)
            self._fill()
            self.changed.emit()
        if target in self._names:
            self.choice.set_value("")
            self.choice.setFocus()

    def _add_chosen(self, _at: int) -> None:
        self.add()

    def _fill(self) -> None:
        for chip in self.chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self.chips = []
        for target in self._targets:
            words = target_words(target, self._names)
            chip = Button(f"{words}  ✕".replace("&", "&&"), "small")
            chip.setAccessibleName(f"Do not tell {words}")
            chip.setProperty("target", target)
            chip.clicked.connect(self._take_out)
            self._flow.addWidget(chip)
            self.chips.append(chip)
        self.none.setText("Nobody yet.")
        self.none.setVisible(not self._targets)
        self._box.setVisible(bool(self._targets))

    def _take_out(self) -> None:
        chip = self.sender()
        if isinstance(chip, Button):
            self._targets.remove(str(chip.property("target")))
            self._fill()
            self.choice.setFocus()
            self.changed.emit()
