"""The list of playbooks, and the chosen one beside it: to be read, written or compared."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.errors import Conflict, DeskError
from desktop.domain.playbook import Content, Draft
from desktop.ui.kit.empty import EmptyState
from desktop.ui.kit.label import Label
from desktop.ui.playbook.deeds import PlaybookDeeds
from desktop.ui.playbook.editor import PlaybookEditor
from desktop.ui.playbook.in_use import InUsePane
from desktop.ui.playbook.library_list import LibraryFilters, LibraryTable
from desktop.ui.playbook.ports import KeepsPlaybooks, Library, Opened
from desktop.ui.playbook.pulse import PulsePane
from desktop.ui.playbook.reader import ReaderPane
from desktop.ui.playbook.versions import VersionsPane
from desktop.ui.surroundings import Surroundings

_READER, _EDITOR, _VERSIONS, _PULSE, _EMPTY = range(5)


class LibraryTab(QWidget):
    """Playbooks and their words.

    Signals:
        message_requested: (str) what was done.
        open_escalation_requested: (int) an escalation that is an example.
    """

    message_requested = Signal(str)
    open_escalation_requested = Signal(int)

    def __init__(
        self, keeps: KeepsPlaybooks, around: Surroundings, pulse: PulsePane, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._keeps = keeps
        self._around = around
        self._library = Library()
        self._opened: Opened | None = None
        self._wanted = 0  # the playbook to show once it is in the list
        self._to_write = 0  # the playbook to write on once it is shown
        self._is_saving = False
        self.filters = LibraryFilters(around.clock)
        self.hint = Label("", "danger", wrap=True)
        self.hint.hide()
        self.table = LibraryTable(around)
        self.reader = ReaderPane(around)
        self.editor = PlaybookEditor(around)
        self.versions = VersionsPane(around)
        self.in_use = InUsePane(pulse)
        self.empty = EmptyState(around.icons)
        self.deeds = PlaybookDeeds(keeps, around, self)
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        (self.empty if self._stack.currentIndex() == _EMPTY else self.table).setFocus(
            Qt.FocusReason.OtherFocusReason
        )

    def refresh(self) -> None:
        """Read them anew."""
        if self.isVisible():
            self._run(self._keeps.library, self._show)

    def show_playbook(self, playbook_id: int, *, to_write: bool = False) -> None:
        """Go to a playbook, to read it or to write on."""
        self._wanted, self._to_write = playbook_id, playbook_id if to_write else 0
        self.filters.clear()
        self._run(self._keeps.library, self._show)

    def begin_new(self, title: str = "") -> None:
        """Ask what a new one is called."""
        self.deeds.ask_new(title)

    @property
    def shown(self) -> QWidget | None:
        """What stands beside the list."""
        return self._stack.currentWidget()

    # -- the list
    def _show(self, library: Library) -> None:
        self._library = library
        self.filters.set_choices(library.choices)
        self.filters.new_button.setEnabled(not library.why_not_write)
        self.filters.new_button.setToolTip(library.why_not_write)
        self.table.set_choices(library.choices)
        self._narrow()

    def _narrow(self) -> None:
        rows = [row for row in self._library.rows if self.filters.fits(row)]
        self.table.blockSignals(True)
        self.table.show_rows(rows)
        at = next((at for at, row in enumerate(rows) if row.id == self._wanted), -1)
        if at >= 0:
            self.table.selectRow(at)
            self._wanted = 0
        self.table.blockSignals(False)
        if rows:
            self._open()
            return
        self._opened = None
        may_write = not self._library.why_not_write
        button = "New playbook…" if may_write else ""
        self.empty.show_state("note", "No such playbook", "Choose other filters, or write one.", button)
        self._stack.setCurrentIndex(_EMPTY)

    def _open(self) -> None:
        row = next(iter(self.table.selected()), None)
        if row is None:
            return
        if self._opened is not None and self._opened.row.id != row.id:
            self.editor.save_now()
        self._run(partial(self._keeps.opened, row.id), self._show_opened)

    def _show_opened(self, opened: Opened) -> None:
        row = next(iter(self.table.selected()), None)
        if row is None or row.id != opened.row.id:
            return  # the person has gone on
        is_other = self._opened is None or self._opened.row.id != opened.row.id
        self._opened = opened
        library = self._library
        self.reader.show_playbook(
            opened,
            library.choices,
            why_not_write=library.why_not_write,
            why_not_retire=library.why_not_retire,
        )
        if opened.draft is not None:
            self.editor.show_draft(opened, library.choices, library.why_not_write)
        self._choose_side(opened, is_other=is_other)

    def _choose_side(self, opened: Opened, *, is_other: bool) -> None:
        at = self._stack.currentIndex()
        if self._to_write == opened.row.id:
            self._to_write = 0
            self._edit()
        elif is_other or at == _EMPTY or (at == _EDITOR and opened.draft is None):
            self._stack.setCurrentIndex(_READER)
        elif at == _VERSIONS:
            self._show_versions()
        elif at == _PULSE:
            self.in_use.show_playbook(opened)

    # -- writing
    def _edit(self) -> None:
        opened = self._opened
        if opened is None:
            return
        if opened.draft is None:
            self._run(partial(self._keeps.begin, opened.row.id, None), self._begun)
        else:
            self._stack.setCurrentIndex(_EDITOR)
            self.editor.focus_first()

    def _begun(self, draft: Draft) -> None:
        self.show_playbook(draft.playbook_id, to_write=True)

    def _read(self) -> None:
        self.editor.save_now()
        self._stack.setCurrentIndex(_READER)
        self.reader.focus_first()

    def _save(self, content: Content) -> None:
        opened = self.editor.opened
        if opened is None or opened.draft is None or self._is_saving:
            return
        self._is_saving = True
        work = partial(self._keeps.save, opened.row.id, content, opened.draft.edition)
        self._around.runner.run(work, self._saved, self._not_saved, owner=self)

    def _saved(self, draft: Draft) -> None:
        self._is_saving = False
        self._say("")
        self.editor.show_saved(draft)
        if self.editor.has_unsaved:
            self.editor.save_now()

    def _not_saved(self, error: DeskError) -> None:
        self._is_saving = False
        opened = self.editor.opened
        if isinstance(error, Conflict) and opened is not None:
            work = partial(_theirs, self._keeps, opened.row.id, str(error))
            self._run(work, self._show_conflict)
        else:
            self._refuse(error)

    def _show_conflict(self, found: tuple[str, Draft | None]) -> None:
        sentence, theirs = found
        if theirs is not None:
            self.editor.show_conflict(sentence, theirs)
        else:
            self._say("The draft was discarded meanwhile. What you typed is still here: copy what you need.")

    def _done(self, sentence: str) -> None:
        self._say("")
        self.message_requested.emit(sentence)
        self.refresh()
        self.focus_first()

    # -- versions
    def _show_versions(self) -> None:
        opened = self._opened
        if opened is None:
            return
        why_not = self._library.why_not_write
        if not why_not and opened.draft is not None:
            why_not = "Publish or discard the draft before you begin another."
        self._stack.setCurrentIndex(_VERSIONS)
        self.versions.show_versions(opened, why_not)
        self.versions.focus_first()

    def _show_in_use(self) -> None:
        if opened := self._opened:
            self._stack.setCurrentIndex(_PULSE)
            self.in_use.show_playbook(opened)
            self.in_use.focus_first()

    def _restore(self, number: int) -> None:
        if opened := self._opened:
            self._run(partial(self._keeps.begin, opened.row.id, number), self._begun)

    def _with_opened(self, deed: Callable[[Opened], None]) -> None:
        if self._opened is not None:
            deed(self._opened)

    def _clone(self, number: int) -> None:
        if self._opened is not None:
            self.deeds.ask_clone(self._opened, number)

    def _ask_publish(self) -> None:
        self.editor.save_now()
        self._with_opened(self.deeds.ask_publish)

    def _ask_review(self) -> None:
        self.editor.save_now()
        self._with_opened(self.deeds.ask_review)

    def _approve(self) -> None:
        self._with_opened(self.deeds.approve)

    def _object(self) -> None:
        self._with_opened(self.deeds.ask_objection)

    def _discard(self) -> None:
        self._with_opened(self.deeds.ask_discard)

    def _retire(self) -> None:
        self._with_opened(self.deeds.ask_retire)

    def _bring_back(self) -> None:
        self._with_opened(self.deeds.bring_back)

    def _confirm(self) -> None:
        self._with_opened(self.deeds.confirm)

    def _open_example(self, number: str) -> None:
        self._run(partial(self._keeps.find, number), self.open_escalation_requested.emit)

    # -- parts
    def _run(self, work: Callable[[], object], then: Callable[..., None]) -> None:
        self._around.runner.run(work, then, self._refuse, owner=self)

    def _refuse(self, error: DeskError) -> None:
        self._say(str(error))

    def _say(self, sentence: str) -> None:
        self.hint.setText(sentence)
        self.hint.setVisible(bool(sentence))

    def _connect(self) -> None:
        self.filters.changed.connect(self._narrow)
        self.table.picked.connect(self._open)
        self.table.opened.connect(self._edit)
        self.filters.new_button.clicked.connect(self._ask_new)
        self.empty.button_pressed.connect(self._ask_new)
        reader, editor, deeds = self.reader, self.editor, self.deeds
        reader.edit_requested.connect(self._edit)
        reader.versions_requested.connect(self._show_versions)
        reader.use_requested.connect(self._show_in_use)
        self.in_use.closed.connect(self._read)
        reader.retire_requested.connect(self._retire)
        reader.bring_back_requested.connect(self._bring_back)
        reader.confirm_requested.connect(self._confirm)
        reader.open_example_requested.connect(self._open_example)
        editor.save_requested.connect(self._save)
        editor.review_requested.connect(self._ask_review)
        editor.publish_requested.connect(self._ask_publish)
        editor.discard_requested.connect(self._discard)
        editor.approve_requested.connect(self._approve)
        editor.object_requested.connect(self._object)
        editor.preview_requested.connect(self._read)
        self.versions.closed.connect(self._read)
        self.versions.restore_requested.connect(self._restore)
        self.versions.clone_requested.connect(self._clone)
        deeds.begun.connect(self._begun)
        deeds.done.connect(self._done)
        deeds.discarded.connect(editor.forget_unsaved)
        deeds.refused.connect(self._refuse)

    def _ask_new(self) -> None:
        self.deeds.ask_new()

    def _lay_out(self) -> None:
        for pane in (self.reader, self.editor, self.versions, self.in_use, self.empty):
            self._stack.addWidget(pane)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self.table)
        split.addWidget(self._stack)
        split.setStretchFactor(1, 1)
        split.setSizes([340, 900])
        self.hint.setContentsMargins(16, 4, 16, 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filters)
        column.addWidget(self.hint)
        column.addWidget(split, 1)


def _theirs(keeps: KeepsPlaybooks, playbook_id: int, sentence: str) -> tuple[str, Draft | None]:
    return sentence, keeps.opened(playbook_id).draft
