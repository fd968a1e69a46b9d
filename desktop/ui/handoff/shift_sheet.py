"""What belongs to the shift as a whole: promises, what keeps quiet, decisions, risks, what not to do."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.handoff import HandoffState, Note, NoteKind
from desktop.domain.handoff_facts import LeftOut
from desktop.services.handoff_view import HandoffView
from desktop.ui.handoff.pieces import Lines
from desktop.ui.handoff.words import left_out_words, promise_words, silenced_words, waiting_words
from desktop.ui.kit.button import Button
from desktop.ui.kit.label import Label
from desktop.ui.kit.scroll import ScrollColumn
from desktop.ui.word_keeper import WordKeeper

_SHOWN = 20
_HINTS = {
    NoteKind.DO_NOT: "Something the next shift must not do, and why",
    NoteKind.RISKY: "Something that may go wrong in the next shift",
    NoteKind.DECISION: "Something that has to be decided, and by whom",
    NoteKind.KNOWS: "Who knows what, and how to reach them",
}


class NoteBox(QWidget):
    """The sentences of one kind, and room for another.

    Signals:
        added: (str) one more is wanted.
        removed: (int note) one is not wanted any more.
    """

    added = Signal(str)
    removed = Signal(int)

    def __init__(self, kind: NoteKind, words: WordKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = kind
        self._words = words
        self._key = ""
        self._shown: tuple[tuple[Note, ...], bool] | None = None
        self.facts = Lines(kind.heading)
        self._notes = QVBoxLayout()
        self._notes.setSpacing(3)
        self.field = QLineEdit()
        self.field.setAccessibleName(f"{kind.heading}: one more")
        self.field.setPlaceholderText(f"{_HINTS[kind]} – Enter adds it")
        self.field.textEdited.connect(self._note)
        self.field.returnPressed.connect(self._add)
        self.field.editingFinished.connect(words.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.facts)
        column.addLayout(self._notes)
        column.addWidget(self.field)

    def show_notes(self, view: HandoffView, lines: Sequence[str], left_out: int, *, can_write: bool) -> None:
        """Show what is known and what was written of this kind."""
        notes = tuple(note for note in view.handoff.notes if note.kind is self.kind)
        self.setVisible(bool(notes) or bool(lines) or can_write)
        self.facts.show_lines(lines, left_out, none=" " if notes or can_write else "")
        self.field.setVisible(can_write)
        key = f"note:{view.id}:{self.kind.value}"
        if key != self._key:
            self._key = key
            self.field.setText(self._words.text(key))
        if self._shown != (notes, can_write):
            self._shown = (notes, can_write)
            self._show_rows(notes, can_write=can_write)

    def clear_field(self) -> None:
        """It was added."""
        self.field.clear()
        self._words.forget(self._key)

    def _show_rows(self, notes: Sequence[Note], *, can_write: bool) -> None:
        while (item := self._notes.takeAt(0)) is not None:
            row = item.widget()
            if row is not None:
                row.hide()
                row.deleteLater()
        for note in notes:
            self._notes.addWidget(self._row(note, can_write=can_write))

    def _row(self, note: Note, *, can_write: bool) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        said = Label(f"•  {note.text}", "danger" if self.kind is NoteKind.DO_NOT else "body", wrap=True)
        line.addWidget(said, 1)
        if can_write:
            button = Button("Remove", "link")
            button.setAccessibleName(f"Remove “{note.text[:60]}”")
            button.setObjectName(str(note.id))
            button.clicked.connect(self._remove)
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _note(self, text: str) -> None:
        self._words.note(self._key, text)

    def _add(self) -> None:
        if self.field.text().strip():
            self.added.emit(self.field.text())

    def _remove(self) -> None:
        self.removed.emit(int(self.sender().objectName()))


class ShiftSheet(QWidget):
    """All of it, in the order in which it matters.

    Signals:
        noted: (NoteKind, str) one more sentence.
        note_removed: (int note)
        put_in: (int escalation) one that was left out is to be handed over.
    """

    noted = Signal(object, str)
    note_removed = Signal(int)
    put_in = Signal(int)

    def __init__(self, words: WordKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.notes = {kind: NoteBox(kind, words) for kind in NoteKind}
        self.promises = Lines("Open promises")
        self.quiet = Lines("Kept quiet, and until when")
        self.left_out = Lines("")
        self._puts = QVBoxLayout()
        self._puts.setSpacing(2)
        self._shown_out: tuple[LeftOut, ...] = ()
        self._lay_out()
        for box in self.notes.values():
            box.added.connect(self._add_note)
            box.removed.connect(self.note_removed)

    def show_view(self, view: HandoffView, operator_id: int, now: datetime) -> None:
        """Show the shift of one handoff as this person sees it."""
        gives = view.handoff.from_id == operator_id
        can_write = gives and view.state is HandoffState.DRAFT
        facts = view.facts
        promises = [promise_words(each, view, now) for each in facts.promises[:_SHOWN]]
        rest = len(facts.promises) - len(promises) + facts.left_out("promises")
        self.promises.show_lines(promises, rest, none="None.")
        quiet = [silenced_words(each, view) for each in facts.silenced[:_SHOWN]]
        rest = len(facts.silenced) - len(quiet) + facts.left_out("silenced")
        self.quiet.show_lines(quiet, rest, none="Nothing is snoozed or muted.")
        known = {NoteKind.RISKY: ("risks", facts.risks), NoteKind.DECISION: ("decisions", facts.decisions)}
        for kind, box in self.notes.items():
            name, rows = known.get(kind, ("", ()))
            lines = [waiting_words(each, view) for each in rows[:_SHOWN]]
            rest = len(rows) - len(lines) + (facts.left_out(name) if name else 0)
            box.show_notes(view, lines, rest, can_write=can_write)
        self._show_left_out(view, can_put=gives and view.state in (HandoffState.DRAFT, HandoffState.OFFERED))

    def clear_note(self, kind: NoteKind) -> None:
        """It was added."""
        self.notes[kind].clear_field()

    def focus_first(self) -> None:
        """Where work begins."""
        box = self.notes[NoteKind.DO_NOT]
        if box.field.isVisibleTo(self):
            box.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(14)
        column.addWidget(Label("The shift as a whole", "heading"))
        column.addWidget(self.notes[NoteKind.DO_NOT])
        column.addWidget(self.promises)
        column.addWidget(self.notes[NoteKind.RISKY])
        column.addWidget(self.notes[NoteKind.DECISION])
        column.addWidget(self.quiet)
        column.addWidget(self.notes[NoteKind.KNOWS])
        self._left_title = Label("", "strong", wrap=True)
        column.addWidget(self._left_title)
        column.addLayout(self._puts)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(ScrollColumn(inner))

    def _show_left_out(self, view: HandoffView, *, can_put: bool) -> None:
        shown = view.left_out[:_SHOWN]
        rest = len(view.left_out) - len(shown) + view.more_left_out
        self._left_title.setText(f"Not in this handoff: still {view.giver.name}'s")
        self._left_title.setVisible(bool(shown))
        while (item := self._puts.takeAt(0)) is not None:
            row = item.widget()
            if row is not None:
                row.hide()
                row.deleteLater()
        for each in shown:
            self._puts.addWidget(self._left_row(each, can_put=can_put and not each.waits_for))
        if rest:
            self._puts.addWidget(Label(f"and {rest} more", "secondary"))

    def _left_row(self, each: LeftOut, *, can_put: bool) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(Label(f"•  {left_out_words(each)}", wrap=True), 1)
        if can_put:
            button = Button("Put in", "link")
            button.setAccessibleName(f"Put in {each.number}")
            button.setObjectName(str(each.escalation_id))
            button.clicked.connect(self._put_in)
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _put_in(self) -> None:
        self.put_in.emit(int(self.sender().objectName()))

    def _add_note(self, text: str) -> None:
        sender = self.sender()
        if isinstance(sender, NoteBox):
            self.noted.emit(sender.kind, text)
