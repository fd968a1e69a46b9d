"""What the tabs of the page of messages have in common: a table, a sheet beside it, and work that is done."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget

from desktop.domain.errors import DeskError
from desktop.ui.kit.button import Button
from desktop.ui.kit.row_table import RowTable, TwoLineModel
from desktop.ui.kit.table_model import Column
from desktop.ui.kit.table_pane import TablePane
from desktop.ui.message.ledger_ports import ReadsMessages
from desktop.ui.message.ledger_sheet import Sheet
from desktop.ui.surroundings import Surroundings

Row = TypeVar("Row")


class LedgerTab(QWidget, Generic[Row]):
    """Rows of one kind, the current one in full beside them.

    Signals:
        open_requested: (int) an escalation is to be seen.
        write_requested: (int escalation, str audience) somebody is to be written to.
        message_requested: (str) for the toast.
        changed: something was done here.
        counted: (int) how many want a look.
    """

    open_requested = Signal(int)
    write_requested = Signal(int, str)
    message_requested = Signal(str)
    changed = Signal()
    counted = Signal(int)

    def __init__(
        self,
        reads: ReadsMessages,
        around: Surroundings,
        name: str,
        columns: Sequence[Column[Row]],
        *,
        step: Callable[[Row], tuple[str, int]],
        second: Callable[[Row, int], str],
        sentence: Callable[[Row], str],
        key: Callable[[Row], object],
        buttons: Sequence[Button],
        stretch: int,
        spare: Sequence[int] = (),
        filters: QWidget | None = None,
    ) -> None:
        super().__init__()
        self.reads = reads
        self.around = around
        self.now = around.clock.now
        self.model: TwoLineModel[Row] = TwoLineModel(columns, step=step, sentence=sentence, second=second)
        self.table: RowTable[Row] = RowTable(
            self.model, around.theme, name, key=key, stretch=stretch, spare=spare
        )
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.sheet = Sheet(f"The {name.lower()} in full")
        self.pane = TablePane(self.table, self.sheet, around.icons, buttons, filters)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pane)
        around.actions.give_page_letters_to(self.table)
        self.table.picked.connect(self.follow)

    # -- what each tab gives
    def read(self) -> object:
        """What there is; on the worker."""
        raise NotImplementedError

    def show_found(self, found: object) -> None:
        """Show it."""
        raise NotImplementedError

    def follow(self) -> None:
        """Another row is chosen."""
        raise NotImplementedError

    # -- in common
    def refresh(self) -> None:
        """Read it anew."""
        self.around.runner.run(self.read, self._found, owner=self)

    def row(self) -> Row | None:
        """The row that is chosen."""
        return next(iter(self.table.selected()), None)

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        self.pane.focus_first()

    def tick(self) -> None:
        """The time has gone on."""
        self.model.refresh_texts()

    def do(self, work: Callable[[], object], sentence: str) -> None:
        """Have something done, and say so."""
        self.pane.say_fault("")

        def done(_answer: object) -> None:
            self.message_requested.emit(sentence)
            self.refresh()
            self.changed.emit()

        self.around.runner.run(work, done, self.refuse, owner=self)

    def refuse(self, error: DeskError) -> None:
        """Say what could not be done."""
        self.pane.say_fault(str(error))

    def _found(self, found: object) -> None:
        self.show_found(found)
