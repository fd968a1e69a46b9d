"""Everything that observers wrote of a run; a note can be changed, added or taken away."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.drill_record import ObserverNote
from desktop.domain.drill_replay import clock
from desktop.ui.drill import after_words as words
from desktop.ui.kit.button import Button
from desktop.ui.kit.empty import EmptyState
from desktop.ui.kit.label import Label
from desktop.ui.kit.row_table import RowTable, TwoLineModel
from desktop.ui.kit.table_model import Column
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import one_line

_TABLE, _EMPTY = range(2)


class NotesTab(QWidget):
    """Notes in the order of the drill's time.

    Signals:
        writing_wanted: (ObserverNote or None) it is to be changed; None for a new one.
        removal_wanted: (ObserverNote)
        moment_wanted: (int sim_ms) the time of the note, in the replay.
    """

    writing_wanted = Signal(object)
    removal_wanted = Signal(object)
    moment_wanted = Signal(int)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        columns: tuple[Column[ObserverNote], ...] = (
            Column("Time", lambda note: clock(note.sim_ms), width=90),
            Column("Note", lambda note: one_line(note.text), tip=lambda note: note.text),
            Column("Kind", lambda note: words.NOTE_WORDS[note.kind], width=120),
            Column("Rated", lambda note: note.rating or "–", width=70),
        )
        self.table: RowTable[ObserverNote] = RowTable(
            TwoLineModel(columns, step=_no_step, sentence=_sentence, second=_second, strong=()),
            around.theme,
            "Notes of this run",
            key=lambda note: note.id,
            stretch=1,
        )
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        around.actions.give_page_letters_to(self.table)
        self.hint = Label("Enter changes a note.", "secondary")
        self.add = Button("Add a note…", "primary")
        self.edit = Button("Change…")
        self.remove = Button("Remove…")
        self.show_moment = Button("Show in the replay")
        self.empty = EmptyState(around.icons)
        self.stack = QStackedWidget()
        self._lay_out()
        self.add.clicked.connect(self._add)
        self.empty.button_pressed.connect(self._add)
        self.edit.clicked.connect(self._edit)
        self.table.opened.connect(self._edit)
        self.remove.clicked.connect(self._remove)
        self.show_moment.clicked.connect(self._show)

    def show_notes(self, notes: Sequence[ObserverNote], *, can_write: bool) -> None:
        """Show these."""
        self.table.show_rows(tuple(sorted(notes, key=lambda note: (note.sim_ms, note.id))))
        self.stack.setCurrentIndex(_TABLE if notes else _EMPTY)
        for button in (self.add, self.edit, self.remove):
            button.setEnabled(can_write)
        self.hint.setVisible(can_write)
        verb = "Add a note…" if can_write else ""
        self.empty.show_state(
            "note", "No notes", "What observers write during and after a drill is kept here.", verb
        )

    def focus_first(self) -> None:
        """Take the focus where reading begins."""
        (self.table if self.stack.currentIndex() == _TABLE else self.empty).setFocus()

    def _current(self) -> ObserverNote | None:
        return next(iter(self.table.selected()), None)

    def _add(self) -> None:
        self.writing_wanted.emit(None)

    def _edit(self) -> None:
        note = self._current()
        if note is not None and self.edit.isEnabled():
            self.writing_wanted.emit(note)

    def _remove(self) -> None:
        note = self._current()
        if note is not None:
            self.removal_wanted.emit(note)

    def _show(self) -> None:
        note = self._current()
        if note is not None:
            self.moment_wanted.emit(note.sim_ms)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(16, 8, 16, 8)
        line.setSpacing(8)
        line.addWidget(self.hint, 1)
        for button in (self.show_moment, self.remove, self.edit, self.add):
            line.addWidget(button)
        filled = QWidget()
        column = QVBoxLayout(filled)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(line)
        column.addWidget(self.table, 1)
        self.stack.addWidget(filled)
        self.stack.addWidget(self.empty)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.stack)


def _second(note: ObserverNote, column: int) -> str:
    if column != 1:
        return ""
    about = ", ".join(link for link in note.links if ":" not in link)
    return " · ".join(part for part in (about, "private" if note.is_private else "") if part)


def _sentence(note: ObserverNote) -> str:
    return f"{words.NOTE_WORDS[note.kind]} at {clock(note.sim_ms)}: {one_line(note.text)}"


def _no_step(_note: ObserverNote) -> tuple[str, int]:
    return "", -1
