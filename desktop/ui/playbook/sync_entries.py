"""The entries of an exchange: what each is, what is different, and what becomes of it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget

from desktop.domain.playbook_exchange import Comparison, Way
from desktop.ui.kit.button import Button
from desktop.ui.kit.row_table import RowTable, TwoLineModel
from desktop.ui.kit.table_pane import TablePane
from desktop.ui.playbook import sync_rows as words
from desktop.ui.playbook.change_text import ChangePane
from desktop.ui.playbook.sync_rows import Row
from desktop.ui.surroundings import Surroundings

_CHOICES = ((Way.TAKE, "Take it"), (Way.AS_DRAFT, "Take as a draft"), (Way.LEAVE, "Leave it"))


class Entries(QWidget):
    """A table with the difference of the current entry beside it.

    Signals:
        chosen: something else becomes of an entry, or others are there.
    """

    chosen = Signal()

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[Row, ...] = ()
        self.way_buttons = {way: Button(verb) for way, verb in _CHOICES}
        self.change = ChangePane(around.theme)
        model = TwoLineModel(
            words.columns(), step=words.step, sentence=words.sentence, second=words.second, strong=(0,)
        )
        self.table: RowTable[Row] = RowTable(
            model, around.theme, "What would change", key=lambda row: row.key, stretch=0
        )
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        buttons = tuple(self.way_buttons.values())
        self.pane = TablePane(self.table, self.change, around.icons, buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pane)
        self.setFocusProxy(self.table)
        self.way_buttons[Way.TAKE].clicked.connect(self._choose_take)
        self.way_buttons[Way.AS_DRAFT].clicked.connect(self._choose_draft)
        self.way_buttons[Way.LEAVE].clicked.connect(self._choose_leave)
        self.table.picked.connect(self._follow)
        self.table.opened.connect(self._choose_next)
        self.show_nothing_yet()

    def show_comparison(self, found: Comparison, *, with_outgoing: bool) -> None:
        """Show what would change, each with what is proposed."""
        said = words.sum_words(found, with_outgoing=with_outgoing)
        self.rows = words.rows_of(found, with_outgoing=with_outgoing)
        self.pane.say_fault("")
        self.pane.hint.setText(said)
        self.pane.empty.show_state("success", "Nothing differs", said)
        self.pane.show_rows(self.rows)
        self._follow()

    def show_nothing_yet(self) -> None:
        """Nothing was compared."""
        self.rows = ()
        self.pane.empty.show_state(
            "upload",
            "Nothing was compared yet",
            "Look at the repository, or read a file or folder: you see what would change before it does.",
        )
        self.pane.show_rows(())
        self._follow()

    def _choose_take(self) -> None:
        self._choose(Way.TAKE)

    def _choose_draft(self) -> None:
        self._choose(Way.AS_DRAFT)

    def _choose_leave(self) -> None:
        self._choose(Way.LEAVE)

    def _choose(self, way: Way) -> None:
        chosen = {row.key for row in self.table.selected()}
        self._put(tuple(row.choosing(way) if row.key in chosen else row for row in self.rows))

    def _choose_next(self) -> None:
        current = self.table.current()
        if current is not None:
            self._put(tuple(row.next_way() if row.key == current.key else row for row in self.rows))

    def _put(self, rows: tuple[Row, ...]) -> None:
        self.rows = rows
        self.table.show_rows(rows)
        self._follow()

    def _follow(self) -> None:
        selected = self.table.selected()
        for way, button in self.way_buttons.items():
            button.setEnabled(any(way in row.ways for row in selected))
        self._show_change(next(iter(selected), None))
        self.chosen.emit()

    def _show_change(self, row: Row | None) -> None:
        if row is not None and row.incoming is not None and row.incoming.after is not None:
            self.change.show_change(row.incoming.before, row.incoming.after, row.words)
        elif row is not None and row.outgoing is not None and not row.outgoing.conflict:
            self.change.show_words(row.outgoing.text)
        else:
            self.change.show_words(row.words if row is not None else "")
