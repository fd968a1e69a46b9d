"""The gaps that a run proposes: each is confirmed or dismissed with a reason, and some are added by hand."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QWidget

from desktop.domain.drill_gap import GapState
from desktop.domain.drill_record import Gap
from desktop.domain.drill_words import GAPS
from desktop.ui.drill import after_words as words
from desktop.ui.kit.button import Button
from desktop.ui.kit.card import Section
from desktop.ui.kit.label import Label
from desktop.ui.kit.row_table import RowTable, TwoLineModel
from desktop.ui.kit.table_model import Column
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import one_line

_MOST = 8
STATE_WORDS = {
    GapState.PROPOSED: "Proposed",
    GapState.OPEN: "Open",
    GapState.ACCEPTED: "Accepted",
    GapState.DECLINED: "Declined",
    GapState.ACTION_LINKED: "Action linked",
    GapState.VERIFIED: "Verified",
    GapState.CLOSED: "Closed",
}


class GapList(Section):
    """The gaps of one run.

    Signals:
        confirmed: (int gap)
        dismissal_wanted: (Gap)
        adding_wanted: the person has seen one that the drill did not.
        evidence_wanted: (int seq) the moment at which it showed.
    """

    confirmed = Signal(int)
    dismissal_wanted = Signal(object)
    adding_wanted = Signal()
    evidence_wanted = Signal(int)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__("Gaps", parent=parent)
        self.none = Label(
            "No gap was proposed: nothing was late, missed or incomplete.", "secondary", wrap=True
        )
        columns: tuple[Column[Gap], ...] = (
            Column("Gap", words.gap_words, tip=lambda gap: gap.detail),
            Column("State", lambda gap: STATE_WORDS[gap.state], width=110),
        )
        self.table: RowTable[Gap] = RowTable(
            TwoLineModel(columns, step=_no_step, sentence=_sentence, second=_second, strong=(0,)),
            around.theme,
            "Gaps of this run",
            key=lambda gap: gap.id,
            stretch=0,
        )
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        around.actions.give_page_letters_to(self.table)
        self.confirm = Button("Confirm", keys="Enter")
        self.dismiss = Button("Dismiss…")
        self.show_moment = Button("Show in the replay")
        self.add = Button("Add a gap…")
        self._can_judge = False
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.confirm, self.dismiss, self.show_moment):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.add)
        self.body.addWidget(self.none)
        self.body.addWidget(self.table)
        self.body.addLayout(row)
        self.table.picked.connect(self._follow)
        self.table.opened.connect(self._confirm)
        self.confirm.clicked.connect(self._confirm)
        self.dismiss.clicked.connect(self._dismiss)
        self.show_moment.clicked.connect(self._show)
        self.add.clicked.connect(self.adding_wanted)

    def show_gaps(self, gaps: Sequence[Gap], *, can_judge: bool) -> None:
        """Show these; the first that is only proposed is chosen."""
        self._can_judge = can_judge
        before = self._current()
        was_waiting = before is None or before.state is GapState.PROPOSED
        self.none.setVisible(not gaps)
        self.table.setVisible(bool(gaps))
        self.table.show_rows(tuple(gaps))
        self.table.fit_height(_MOST)
        waiting = sum(gap.state is GapState.PROPOSED for gap in gaps)
        self.set_aside(f"{waiting} to confirm or dismiss" if waiting else "")
        for button in (self.confirm, self.dismiss, self.show_moment):
            button.setVisible(bool(gaps) and (can_judge or button is self.show_moment))
        self.add.setVisible(can_judge)
        now = self._current()
        if was_waiting and now is not None and now.state is not GapState.PROPOSED:
            self._go_on(gaps)
        self._follow()

    def _go_on(self, gaps: Sequence[Gap]) -> None:
        """Choose the next one that is only proposed."""
        at = next((at for at, gap in enumerate(gaps) if gap.state is GapState.PROPOSED), None)
        if at is not None:
            self.table.selectRow(at)

    def _current(self) -> Gap | None:
        return next(iter(self.table.selected()), None)

    def _follow(self) -> None:
        gap = self._current()
        is_open = gap is not None and gap.state is GapState.PROPOSED and self._can_judge
        self.confirm.setEnabled(is_open)
        self.dismiss.setEnabled(is_open)
        self.show_moment.setEnabled(gap is not None and bool(gap.evidence))

    def _confirm(self) -> None:
        gap = self._current()
        if gap is not None and self.confirm.isEnabled():
            self.confirmed.emit(gap.id)

    def _dismiss(self) -> None:
        gap = self._current()
        if gap is not None:
            self.dismissal_wanted.emit(gap)

    def _show(self) -> None:
        gap = self._current()
        if gap is not None and gap.evidence:
            self.evidence_wanted.emit(gap.evidence[-1])


def code_choices() -> tuple[tuple[str, str], ...]:
    """Every code there is, with its category and meaning."""
    return tuple(
        (code, f"{code}  {words.plain(category)}: {meaning}")
        for category, codes in GAPS.items()
        for code, meaning in codes.items()
    )


def _second(gap: Gap, column: int) -> str:
    if column:
        return words.times_words(gap.times)
    return f"{words.plain(gap.category)} · {one_line(gap.detail)}"


def _sentence(gap: Gap) -> str:
    times = words.times_words(gap.times)
    return ", ".join(
        part for part in (words.gap_words(gap), _second(gap, 0), STATE_WORDS[gap.state], times) if part
    )


def _no_step(_gap: Gap) -> tuple[str, int]:
    return "", -1
