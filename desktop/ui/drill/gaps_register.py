"""The register: gaps as a table, filtered, with the chosen one in full beside it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget

from desktop.domain.drill_gap import GapState
from desktop.domain.drill_record import Gap
from desktop.ui.drill import after_words as words
from desktop.ui.drill.after_gaps import STATE_WORDS
from desktop.ui.drill.gap_sheet import GapSheet
from desktop.ui.drill.gaps_filter import GapFilter
from desktop.ui.drill.gaps_ports import GapsFound
from desktop.ui.drill.gaps_words import due_words, gap_mark, gap_second, gap_sentence
from desktop.ui.kit.row_table import RowTable, TwoLineModel
from desktop.ui.kit.scroll import ScrollColumn
from desktop.ui.kit.table_model import Column
from desktop.ui.kit.table_pane import TablePane
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import one_line

#: As wide as a sheet beside a table gets, in pixels at the usual size of text.
SHEET_PX = 360
_NONE = "No gap is known", "Gaps come from drills once they have ended, and from real escalations."
_HIDDEN = "No gap matches", "Others are hidden by what is chosen above."


class RegisterPane(QWidget):
    """Every gap, and what may be done to the chosen one.

    Signals:
        deed_wanted: (str GapDeed, Gap)
    """

    deed_wanted = Signal(str, object)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self._found = GapsFound()
        self.filter = GapFilter()
        self.sheet = GapSheet(around)
        self.table = self._made_table(around)
        beside = ScrollColumn(self.sheet)
        beside.setMaximumWidth(round(SHEET_PX * around.theme.text_scale))
        self.pane: TablePane[Gap] = TablePane(self.table, beside, around.icons, (), self.filter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pane)
        self.filter.changed.connect(self._filter)
        self.table.picked.connect(self._follow)
        self.sheet.deed_wanted.connect(self._want)
        self.pane.empty.button_pressed.connect(self.filter.show_all)

    def show_found(self, found: GapsFound) -> None:
        """Show the register."""
        self._found = found
        self.filter.offer(found.gaps)
        self._filter()

    def current(self) -> Gap | None:
        """The chosen gap."""
        return next(iter(self.table.selected()), None)

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        self.pane.focus_first()

    def _filter(self) -> None:
        shown = self.filter.passing(self._found.gaps)
        title, text = _HIDDEN if self._found.gaps else _NONE
        self.pane.empty.show_state("shield", title, text, "Show all" if self._found.gaps else "")
        waiting = sum(gap.state is GapState.PROPOSED for gap in shown)
        ownerless = sum(gap.state is GapState.OPEN for gap in shown)
        self.pane.hint.setText(f"{waiting} to confirm or decline · {ownerless} without an owner")
        self.pane.show_rows(shown)
        self._follow()

    def _follow(self) -> None:
        self.sheet.show_gap(self.current(), self._found)

    def _want(self, deed: str) -> None:
        gap = self.current()
        if gap is not None:
            self.deed_wanted.emit(deed, gap)

    def _made_table(self, around: Surroundings) -> RowTable[Gap]:
        columns: tuple[Column[Gap], ...] = (
            Column("Gap", words.gap_words, tip=lambda gap: gap.detail),
            Column("State", lambda gap: STATE_WORDS[gap.state], width=110),
            Column("Team", lambda gap: one_line(gap.team) or "–", width=120),
            Column("Owner", lambda gap: one_line(gap.owner) or "–", width=120),
            Column("Due", lambda gap: due_words(gap.due), width=100, align_right=True),
        )
        model = TwoLineModel(columns, step=self._mark, sentence=gap_sentence, second=_second, strong=(0,))
        table: RowTable[Gap] = RowTable(
            model, around.theme, "Gap register", key=lambda gap: gap.id, stretch=0, spare=(2, 4)
        )
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        around.actions.give_page_letters_to(table)
        return table

    def _mark(self, gap: Gap) -> tuple[str, int]:
        return gap_mark(gap, self._around.clock.now())


def _second(gap: Gap, column: int) -> str:
    return gap_second(gap) if column == 0 else words.times_words(gap.times) if column == 1 else ""
