"""The list of templates, and the chosen one in full beside it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.errors import DeskError
from desktop.domain.template import TemplateDraft, TemplateText
from desktop.ui.kit.empty import EmptyState
from desktop.ui.kit.label import Label
from desktop.ui.surroundings import Surroundings
from desktop.ui.template.deeds import TemplateDeeds
from desktop.ui.template.editor import TemplateEditor
from desktop.ui.template.ports import KeepsTemplates, Opened, Preview, TemplatesFound, Wish
from desktop.ui.template.template_list import TemplateFilters, made_table
from desktop.ui.template.versions_pane import VersionsPane

_EDITOR, _VERSIONS, _EMPTY = range(3)


class TemplatesTab(QWidget):
    """Templates by audience, stage and channel.

    Signals:
        message_requested: (str) what was done.
    """

    message_requested = Signal(str)

    def __init__(self, keeps: KeepsTemplates, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keeps = keeps
        self._around = around
        self._found = TemplatesFound()
        self._wanted = 0  # the template to show once it is in the list
        self._asked = 0  # counts previews: only the last one asked for is shown
        self._is_saving = False
        self.filters = TemplateFilters()
        self.hint = Label("", "danger", wrap=True)
        self.hint.hide()
        self.table = made_table(around)
        self.editor = TemplateEditor(around, self)
        self.versions = VersionsPane(around.theme, around.clock)
        self.empty = EmptyState(around.icons)
        self.deeds = TemplateDeeds(keeps, around, self)
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Read them anew."""
        if self.isVisible():
            self._run(self._keeps.found, self._show)
            self._run(self._keeps.escalations, self.editor.preview.offer)

    def show_template(self, template_id: int) -> None:
        """Go to a template."""
        self._wanted = template_id
        self.filters.clear()
        self.refresh()

    # -- the list
    def _show(self, found: TemplatesFound) -> None:
        self._found = found
        self.filters.new_button.setEnabled(not found.why_not_write)
        self.filters.new_button.setToolTip(found.why_not_write)
        self._narrow()

    def _narrow(self) -> None:
        rows = [row for row in self._found.rows if self.filters.fits(row)]
        self.table.blockSignals(True)
        self.table.show_rows(rows)
        at = next((at for at, row in enumerate(rows) if row.id == self._wanted), -1)
        if at >= 0:
            self.table.selectRow(at)
            self._wanted = 0
        self.table.blockSignals(False)
        if rows:
            self._open()
        else:
            self.empty.show_state(
                "note",
                "No template for this",
                "Choose other filters, or make a template for it.",
                "" if self._found.why_not_write else "New template…",
            )
            self._stack.setCurrentIndex(_EMPTY)

    def _open(self) -> None:
        row = next(iter(self.table.selected()), None)
        if row is None:
            return
        shown = self.editor.opened
        if shown is not None and shown.row.id != row.id:
            self.editor.save_now()
        self._run(partial(self._keeps.opened, row.id), self._show_opened)

    def _show_opened(self, opened: Opened) -> None:
        chosen = next(iter(self.table.selected()), None)
        if chosen is None or chosen.id != opened.row.id:
            return  # the person has gone on
        shown = self.editor.opened
        is_other = shown is None or shown.row.id != opened.row.id
        self.editor.show_template(
            opened,
            why_not_write=self._found.why_not_write,
            why_not_publish=self._found.why_not_publish,
        )
        if is_other or self._stack.currentIndex() == _EMPTY:
            self._stack.setCurrentIndex(_EDITOR)
        elif self._stack.currentIndex() == _VERSIONS:
            self._show_versions()

    # -- writing
    def _ask_publish(self) -> None:
        if opened := self.editor.opened:
            self.deeds.ask_publish(opened)

    def _ask_discard(self) -> None:
        if opened := self.editor.opened:
            self.deeds.ask_discard(opened)

    def _ask_retire(self) -> None:
        if opened := self.editor.opened:
            self.deeds.ask_retire(opened)

    def _ask_new(self) -> None:
        self.deeds.ask_new(self._found)

    def _enter(self) -> None:
        """Write where one may and is not yet; else go there."""
        if self.editor.head.change.isVisible():
            self._change()
        else:
            self.editor.focus_first()

    def _change(self) -> None:
        if opened := self.editor.opened:
            self._run(partial(self._keeps.begin, opened.row.id), self._begun)

    def _begun(self, draft: TemplateDraft) -> None:
        self._wanted = draft.template_id
        self._stack.setCurrentIndex(_EDITOR)
        self.refresh()
        self._run(partial(self._keeps.opened, draft.template_id), self._write)

    def _write(self, opened: Opened) -> None:
        self._show_opened(opened)
        self.editor.focus_first()

    def _save(self, text: TemplateText) -> None:
        opened = self.editor.opened
        if opened is None or opened.draft is None or self._is_saving:
            return
        self._is_saving = True
        work = partial(self._keeps.save, opened.row.id, text, opened.draft.edition)
        self._around.runner.run(work, self._saved, self._not_saved, owner=self)

    def _saved(self, draft: TemplateDraft) -> None:
        self._is_saving = False
        self._say("")
        self.editor.show_saved(draft)
        if self.editor.has_unsaved:
            self.editor.save_now()

    def _not_saved(self, error: DeskError) -> None:
        self._is_saving = False
        self._refuse(error)

    def _done(self, sentence: str) -> None:
        self._say("")
        self.message_requested.emit(sentence)
        self.refresh()
        self.focus_first()

    # -- versions and preview
    def _show_versions(self) -> None:
        opened = self.editor.opened
        if opened is not None:
            self._stack.setCurrentIndex(_VERSIONS)
            why_not = self._found.why_not_write
            if opened.row.is_retired:
                why_not = "It is no longer used."
            elif opened.draft is not None:
                why_not = "Publish or discard the draft before you bring one back."
            self.versions.show_versions(opened.versions, why_not)

    def _close_versions(self) -> None:
        self._stack.setCurrentIndex(_EDITOR)
        self.editor.head.versions.setFocus(Qt.FocusReason.OtherFocusReason)

    def _restore(self, number: int) -> None:
        if opened := self.editor.opened:
            self._run(partial(self._keeps.begin, opened.row.id, number), self._begun)

    def _preview(self, wish: Wish) -> None:
        self._asked += 1
        work = partial(_previewed, self._keeps, wish, self._asked)
        self._around.runner.run(work, self._show_preview, owner=self)

    def _show_preview(self, answer: tuple[int, Preview]) -> None:
        asked, preview = answer
        if asked == self._asked:
            self.editor.show_preview(preview)

    # -- parts
    def _run(self, work: Callable[[], object], then: Callable[..., None]) -> None:
        self._around.runner.run(work, then, self._refuse, owner=self)

    def _refuse(self, error: DeskError) -> None:
        self._say(f"{error}{f' {error.hint}' if error.hint else ''}")

    def _say(self, sentence: str) -> None:
        self.hint.setText(sentence)
        self.hint.setVisible(bool(sentence))

    def _connect(self) -> None:
        self.filters.changed.connect(self._narrow)
        self.table.picked.connect(self._open)
        self.table.opened.connect(self._enter)
        self.filters.new_button.clicked.connect(self._ask_new)
        self.empty.button_pressed.connect(self._ask_new)
        editor = self.editor
        editor.change_requested.connect(self._change)
        editor.publish_requested.connect(self._ask_publish)
        editor.discard_requested.connect(self._ask_discard)
        editor.retire_requested.connect(self._ask_retire)
        editor.versions_requested.connect(self._show_versions)
        editor.save_requested.connect(self._save)
        editor.preview_requested.connect(self._preview)
        self.versions.closed.connect(self._close_versions)
        self.versions.restore_requested.connect(self._restore)
        self.deeds.begun.connect(self._begun)
        self.deeds.done.connect(self._done)
        self.deeds.refused.connect(self._say)

    def _lay_out(self) -> None:
        for pane in (self.editor, self.versions, self.empty):
            self._stack.addWidget(pane)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self.table)
        split.addWidget(self._stack)
        split.setStretchFactor(1, 1)
        split.setSizes([320, 900])
        self.hint.setContentsMargins(16, 4, 16, 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filters)
        column.addWidget(self.hint)
        column.addWidget(split, 1)


def _previewed(keeps: KeepsTemplates, wish: Wish, asked: int) -> tuple[int, Preview]:
    return asked, keeps.preview(wish)
