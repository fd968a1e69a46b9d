"""The expected actions that can be ticked now."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.drill_record import RunMode
from desktop.domain.drill_view import DrillView, ExpectationLine
from desktop.ui.drill.console_expect import ExpectCard
from desktop.ui.drill.console_words import may_judge
from desktop.ui.kit.label import Label
from desktop.ui.surroundings import Surroundings


class Expects(QWidget):
    """A card for each; cards stay as long as their actions are shown.

    Signals:
        wished: (str id, str deed, object value).
        meant: (str id) the trainer works on that one.
    """

    wished = Signal(str, str, object)
    meant = Signal(str)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self._order: list[str] = []
        self.cards: dict[str, ExpectCard] = {}
        self.head = Label("", "strong")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addWidget(self.head)

    def show_lines(
        self,
        lines: Sequence[ExpectationLine],
        view: DrillView,
        numbers: Mapping[str, int],
        meant: str,
    ) -> None:
        """How these stand."""
        self._keep_cards(lines)
        titles = {each.role: each.title for each in view.seats}
        may_act = may_judge(view)
        for line in lines:
            card = self.cards[line.id]
            role = titles.get(line.role, line.role)
            card.show_line(line, view.sim_ms, numbers.get(line.id, 0), role, may_act)
            card.set_meant(line.id == meant)
            card.text.set_role("heading" if view.mode is RunMode.SCRIBE else "strong")
        words = self._heading(lines, view)
        if self.head.text() != words:
            self.head.setText(words)

    def clear_cards(self) -> None:
        """None any more."""
        self._keep_cards(())

    def _heading(self, lines: Sequence[ExpectationLine], view: DrillView) -> str:
        if not lines:
            return "Nothing is expected: for information only"
        return "All that can be ticked" if view.mode is RunMode.SCRIBE else "Expected actions"

    def _keep_cards(self, lines: Sequence[ExpectationLine]) -> None:
        order = [line.id for line in lines]
        if order == self._order:
            return
        for name in set(self.cards) - set(order):
            card = self.cards.pop(name)
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        for at, line in enumerate(lines, 1):
            made = self.cards.get(line.id)
            if made is None:
                made = self.cards[line.id] = ExpectCard(line, self._around)
                made.setObjectName(line.id)
                made.wished.connect(self._wish)
                made.meant.connect(self._mean)
            if self._column.indexOf(made) != at:
                self._column.insertWidget(at, made)
        self._order = order

    def _wish(self, deed: str, value: object) -> None:
        self.wished.emit(self.sender().objectName(), deed, value)

    def _mean(self) -> None:
        self.meant.emit(self.sender().objectName())
