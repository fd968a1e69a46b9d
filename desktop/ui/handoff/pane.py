"""One handoff: the list of what is in it, and beside it the current line in full."""

from collections.abc import Callable, Container
from datetime import datetime
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.handoff import Item, ItemState
from desktop.services.handoff_view import HandoffView
from desktop.ui.handoff.item_sheet import ItemSheet
from desktop.ui.handoff.shift_sheet import ShiftSheet
from desktop.ui.handoff.words import item_words, short_state
from desktop.ui.kit.row_table import RowTable, TwoLineModel
from desktop.ui.kit.table_model import Column
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import counted, short_number
from desktop.ui.word_keeper import WordKeeper

_WHOLE = 0
_LIST_WIDE = 420


class PaneRow(NamedTuple):
    """A line of the list: an item, or the shift as a whole where there is none."""

    item: Item | None
    first: str
    second: str
    state: str
    sentence: str


class ItemTable(RowTable[PaneRow]):
    """Runs the commands of letters, where these are on.

    Signals:
        wished: (str) what a letter stands for here.
    """

    wished = Signal(str)
    letters_on: Callable[[], bool] = staticmethod(lambda: True)
    wishes: tuple[tuple[str, str], ...] = ()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shifted = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        plain = not event.modifiers() or shifted
        letter = chr(event.key()) if plain and 0x41 <= event.key() <= 0x5A else ""
        wish = dict(self.wishes).get(f"Shift+{letter}" if shifted else letter) if letter else None
        steps = {"J": 1, "K": -1}
        if not self.letters_on() or not letter or (wish is None and letter not in steps):
            super().keyPressEvent(event)
        elif wish is not None:
            self.wished.emit(wish)
        else:
            self.step(steps[letter])

    def step(self, by: int) -> None:
        """Another row."""
        to = self.currentIndex().siblingAtRow(self.currentIndex().row() + by)
        if to.isValid():
            self.setCurrentIndex(to)


class HandoffPane(QWidget):
    """Shows one handoff to whoever works at the desk.

    Signals:
        picked: another line is the current one.
        entered: Enter on a line.
    """

    picked = Signal()
    entered = Signal()

    def __init__(
        self, around: Surroundings, parts: WordKeeper, words: WordKeeper, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._around = around
        self._view: HandoffView | None = None
        self._operator_id = 0
        columns: tuple[Column[PaneRow], ...] = (
            Column("Escalation", lambda row: row.first, tip=lambda row: f"{row.first}\n{row.second}"),
            Column("State", lambda row: row.state, width=110),
        )
        self.table = ItemTable(
            TwoLineModel(columns, step=_step, sentence=lambda row: row.sentence, second=_second, strong=(0,)),
            around.theme,
            "What is handed over",
            key=_key,
            stretch=0,
        )
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.shift = ShiftSheet(words)
        self.sheet = ItemSheet(parts, words)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.shift)
        self._stack.addWidget(self.sheet)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self.table)
        split.addWidget(self._stack)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        split.setSizes([_LIST_WIDE, 2 * _LIST_WIDE])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(split)
        around.actions.give_page_letters_to(self.table)
        self.table.letters_on = self._has_letters
        self.table.picked.connect(self._follow)
        self.table.opened.connect(self.entered)

    def show_view(self, view: HandoffView, operator_id: int) -> None:
        """Show this one; the current line stays where it still is."""
        is_other = self._view is None or self._view.id != view.id
        self._view, self._operator_id = view, operator_id
        now = self._around.clock.now()
        self.table.show_rows(_rows(view, operator_id, now))
        if is_other and len(self.table.selected()) == 1 and view.items:
            self.table.selectRow(0)
        self._follow()

    def item(self) -> Item | None:
        """The current item; None on the line of the whole shift."""
        row = next(iter(self.table.selected()), None)
        return row.item if row is not None else None

    def go_to_item(self, item_id: int) -> None:
        """Make an item the current one."""
        rows = [row.item.id if row.item is not None else _WHOLE for row in self._rows()]
        if item_id in rows:
            self.table.setCurrentIndex(self.table.model().index(rows.index(item_id), 0))

    def go_on(self, but: Container[int] = ()) -> None:
        """To the next item that waits, after the current one first; not to these."""
        if self._view is None:
            return
        rows = [row.item for row in self._rows()]
        at = self.table.currentIndex().row()
        order = [*range(at + 1, len(rows)), *range(at)]
        for place in order:
            item = rows[place]
            if item is not None and item.is_open and not item.waits_for_answer and item.id not in but:
                self.table.setCurrentIndex(self.table.model().index(place, 0))
                return

    def go_to_question(self) -> None:
        """Into the next question that waits for an answer; back to the list where there is none."""
        rows = [row.item for row in self._rows()]
        place = next((at for at, item in enumerate(rows) if item is not None and item.waits_for_answer), None)
        if place is None:
            self.focus_first()
        else:
            self.table.setCurrentIndex(self.table.model().index(place, 0))
            self.focus_sheet()

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_sheet(self) -> None:
        """Go into what is shown in full."""
        if self.item() is None:
            self.shift.focus_first()
        else:
            self.sheet.focus_first()

    def _rows(self) -> tuple[PaneRow, ...]:
        if self._view is None:
            return ()
        return _rows(self._view, self._operator_id, self._around.clock.now())

    def _follow(self) -> None:
        view = self._view
        if view is None:
            return
        now, item = self._around.clock.now(), self.item()
        if item is None:
            self.shift.show_view(view, self._operator_id, now)
            self._stack.setCurrentWidget(self.shift)
        else:
            self.sheet.show_item(item, view, self._operator_id, now)
            self._stack.setCurrentWidget(self.sheet)
        self.picked.emit()

    def _has_letters(self) -> bool:
        return bool(self._around.actions.keys_text("triage.accept"))


def _rows(view: HandoffView, operator_id: int, now: datetime) -> tuple[PaneRow, ...]:
    promises = len(view.facts.promises) + view.facts.left_out("promises")
    notes = counted(len(view.handoff.notes), "note")
    about = f"{counted(promises, 'promise')}, {notes}"
    whole = PaneRow(None, "The shift as a whole", about, "", f"The shift as a whole, {about}")
    return (whole, *(_row(item, view, operator_id, now) for item in view.items))


def _row(item: Item, view: HandoffView, operator_id: int, now: datetime) -> PaneRow:
    grade = " ".join(part for part in (item.priority, item.customer) if part)
    number = short_number(item.number, now.year)
    said = f"{item.number}, {item.title}, {grade}. {item_words(item, view, operator_id, now)}"
    return PaneRow(item, f"{number}  {item.title}", grade, short_state(item, view), said)


def _key(row: PaneRow) -> object:
    return row.item.id if row.item is not None else _WHOLE


def _second(row: PaneRow, column: int) -> str:
    return row.second if column == 0 else ""


def _step(row: PaneRow) -> tuple[str, int]:
    is_taken = row.item is not None and row.item.state is ItemState.ACCEPTED
    return ("text.success", -2) if is_taken else ("", -1)
