"""Which gaps of the register are shown: by state, category, code, team and owner."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from desktop.domain.drill_gap import GapState
from desktop.domain.drill_record import Gap
from desktop.domain.drill_words import GAPS
from desktop.ui.drill import after_words as words
from desktop.ui.drill.after_gaps import STATE_WORDS
from desktop.ui.kit.button import Button
from desktop.ui.kit.choice import Choice
from desktop.ui.kit.flow import FlowLayout
from desktop.ui.kit.label import Label
from desktop.ui.text import counted

NOT_CLOSED, AGAIN = "not_closed", "again"
_STATES = (
    (NOT_CLOSED, "Not closed"),
    (AGAIN, "Seen before"),
    *((state.value, said) for state, said in STATE_WORDS.items()),
    ("", "All states"),
)
_OVER = (GapState.CLOSED, GapState.DECLINED)


class GapFilter(QFrame):
    """A line of choices; what they leave out is counted.

    Signals:
        changed: others are to be shown.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "filters")
        self.state = Choice("State", least=12)
        self.category = Choice("Category", least=14)
        self.code = Choice("Code", least=10)
        self.team = Choice("Team", least=12)
        self.owner = Choice("Owner", least=12)
        self.count = Label("", "secondary")
        self.clear = Button("Show all", "link")
        self.state.offer(_STATES)
        self.state.set_value(NOT_CLOSED)
        self.count.setMinimumHeight(self.state.sizeHint().height())
        flow = FlowLayout(self, spacing=8)
        flow.setContentsMargins(16, 8, 16, 8)
        self._choices = (self.state, self.category, self.code, self.team, self.owner)
        for choice in self._choices:
            flow.addWidget(choice)
            choice.activated.connect(self._tell)
        flow.addWidget(self.count)
        flow.addWidget(self.clear)
        self.clear.clicked.connect(self.show_all)

    def offer(self, gaps: Sequence[Gap]) -> None:
        """Offer what there is to choose by."""
        self.category.offer([("", "All categories"), *((each, words.plain(each)) for each in GAPS)])
        codes = sorted({gap.code for gap in gaps})
        self.code.offer([("", "All codes"), *((code, code) for code in codes)])
        teams = sorted({gap.team for gap in gaps if gap.team})
        self.team.offer([("", "All teams"), *((team, team) for team in teams)])
        owners = sorted({gap.owner for gap in gaps if gap.owner})
        self.owner.offer([("", "Any owner"), ("–", "Nobody"), *((owner, owner) for owner in owners)])

    def passing(self, gaps: Sequence[Gap]) -> tuple[Gap, ...]:
        """Those that are shown; the rest is counted."""
        tests: tuple[Callable[[Gap], bool], ...] = (
            lambda gap: _fits_state(gap, str(self.state.value() or "")),
            lambda gap: self.category.value() in ("", None, gap.category),
            lambda gap: self.code.value() in ("", None, gap.code),
            lambda gap: self.team.value() in ("", None, gap.team),
            lambda gap: self.owner.value() in ("", None, gap.owner or "–"),
        )
        shown = tuple(gap for gap in gaps if all(test(gap) for test in tests))
        hidden = len(gaps) - len(shown)
        said = counted(len(shown), "gap")
        self.count.setText(f"{said}, {hidden} hidden" if hidden else said)
        self.clear.setVisible(bool(hidden))
        return shown

    def show_all(self) -> None:
        """Hide nothing."""
        for choice in self._choices:
            choice.set_value("")
        self.changed.emit()

    def show_only(self, *, code: str = "", category: str = "", team: str = "") -> None:
        """Show what a part of a chart stands for."""
        for choice in self._choices:
            choice.set_value("")
        self.code.set_value(code)
        self.category.set_value(category)
        self.team.set_value(team)
        self.changed.emit()

    def _tell(self, _at: int) -> None:
        self.changed.emit()


def _fits_state(gap: Gap, wanted: str) -> bool:
    if wanted == NOT_CLOSED:
        return gap.state not in _OVER
    if wanted == AGAIN:
        return gap.times > 1
    return wanted in ("", gap.state.value)
