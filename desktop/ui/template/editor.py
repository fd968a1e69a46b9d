"""One template: its title, subject and text to be written, what is wrong with them, and what they become."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QSplitter, QVBoxLayout, QWidget

from desktop.domain.merge_field import of_audience
from desktop.domain.template import WITH_SUBJECT, Place, TemplateDraft, TemplateText
from desktop.domain.template_rule import cleaned
from desktop.domain.template_syntax import Fault
from desktop.ui.kit.button import Button
from desktop.ui.kit.form import FormRows
from desktop.ui.kit.label import Label
from desktop.ui.kit.popover import Popover
from desktop.ui.kit.scroll import ScrollColumn
from desktop.ui.kit.segments import Segments
from desktop.ui.surroundings import Surroundings
from desktop.ui.template.editor_head import EditorHead
from desktop.ui.template.field_picker import FieldPicker
from desktop.ui.template.field_text import FieldText
from desktop.ui.template.must_list import MustList
from desktop.ui.template.ports import Opened, Preview, Wish
from desktop.ui.template.preview_pane import PreviewPane

_SAVE_MS, _PREVIEW_MS = 900, 180
_WIDE, _HIGH = 860, 700
_TEXT, _PREVIEW = "text", "preview"
_MOST_FAULTS = 5


class TemplateEditor(QFrame):
    """Shows what is published until the person changes it; then writes a draft that is kept by itself.

    Signals:
        change_requested, publish_requested, discard_requested, retire_requested, versions_requested: of the
            template that is shown.
        save_requested: (TemplateText) keep the draft.
        preview_requested: (Wish) what would it become?
    """

    change_requested = Signal()
    publish_requested = Signal()
    discard_requested = Signal()
    retire_requested = Signal()
    versions_requested = Signal()
    save_requested = Signal(object)
    preview_requested = Signal(object)

    def __init__(self, around: Surroundings, page: QWidget) -> None:
        super().__init__()
        self.setProperty("part", "details")
        self._around = around
        self._opened: Opened | None = None
        self._saved: TemplateText | None = None
        self.head = EditorHead()
        self.insert = Button("Insert field…", keys="Ctrl+I")
        self.name = QLineEdit()
        self.name.setAccessibleName("Title")
        self.name.setMaxLength(200)
        self.subject = FieldText("Subject", around.theme, lines=1, is_line=True)
        self.body = FieldText("Text", around.theme, lines=8)
        self.body.setMaximumHeight(16_777_215)
        self.body.setMinimumHeight(150)
        self.faults = Label("", "danger", wrap=True)
        self.must = MustList(around.theme)
        self.preview = PreviewPane(around.theme)
        self.side = Segments(((_TEXT, "Text"), (_PREVIEW, "Preview")), "What to see", even=False)
        self.side.set_value(_TEXT)
        self.side.hide()
        self._popover = Popover(page)
        self._last: FieldText = self.body
        self._save_soon = self._timer(_SAVE_MS)
        self._preview_soon = self._timer(_PREVIEW_MS)
        self._lay_out()
        self._connect()

    # -- showing
    @property
    def place(self) -> Place | None:
        """For whom, when and in which channel the template is that is shown."""
        return self._opened.row.place if self._opened is not None else None

    @property
    def opened(self) -> Opened | None:
        """The template that is shown."""
        return self._opened

    @property
    def is_writing(self) -> bool:
        """Whether a draft is shown."""
        return self._opened is not None and self._opened.draft is not None

    @property
    def has_unsaved(self) -> bool:
        """Whether something was typed that is not kept yet."""
        if not self.is_writing or self._opened is None:
            return False
        return cleaned(self.text(), self._opened.row.place) != self._saved

    def text(self) -> TemplateText:
        """What is written."""
        return TemplateText(self.name.text(), self.subject.toPlainText(), self.body.toPlainText())

    def show_template(self, opened: Opened, *, why_not_write: str, why_not_publish: str) -> None:
        """Another template, or the same one as it is by now; what was typed since stays."""
        is_other = self._opened is None or self._opened.row.id != opened.row.id
        was_typed = self.has_unsaved and not is_other and opened.draft is not None
        if was_typed and self._opened is not None and self._opened.draft is not None:
            opened = replace(opened, draft=self._opened.draft)  # what another saved since refuses our saving
        self._opened = opened
        place, text = opened.row.place, opened.text
        self._saved = opened.draft.text if opened.draft is not None else None
        names = [field.name for field in of_audience(place.audience)]
        for field in (self.subject, self.body):
            field.offer(names)
            field.setReadOnly(not self.is_writing)
        self.name.setReadOnly(not self.is_writing)
        self._subject_row.set_visible(place.medium in WITH_SUBJECT)
        if not was_typed:
            self._show_text(text)
        self.head.show_template(
            opened,
            self._around.clock.now(),
            why_not_write=why_not_write,
            why_not_publish=why_not_publish,
        )
        self.insert.setVisible(self.is_writing)
        self._follow()

    def show_preview(self, preview: Preview) -> None:
        """What it becomes, and what is wrong with it."""
        if self.place is None:
            return
        self.preview.show_preview(preview, self.place)
        self.show_faults(preview.faults)

    def show_faults(self, faults: Sequence[Fault]) -> None:
        """What is wrong, each with its line, its words and the remedy."""
        lines = [fault.sentence for fault in faults[:_MOST_FAULTS]]
        if len(faults) > _MOST_FAULTS:
            lines.append(f"and {len(faults) - _MOST_FAULTS} more")
        self.faults.setText("\n".join(lines))
        self.faults.setVisible(bool(lines))

    def show_saved(self, draft: TemplateDraft) -> None:
        """The draft is kept; what was typed since is not yet."""
        if self._opened is None or self._opened.row.id != draft.template_id:
            return
        self._opened = replace(self._opened, draft=draft)
        self._saved = draft.text
        self.head.state.setText(f"Draft {draft.label} is kept.")

    def save_now(self) -> None:
        """Keep what was typed, without waiting."""
        self._save_soon.stop()
        if self.has_unsaved:
            self.save_requested.emit(self.text())

    def focus_first(self) -> None:
        """Take the focus into the text."""
        self.body.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if is_control and event.key() == Qt.Key.Key_I and self.is_writing:
            self.pick_field()
        elif is_control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.is_writing:
            self._publish()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        scale = self._around.theme.text_scale
        is_wide, is_high = self.width() >= _WIDE * scale, self.height() >= _HIGH * scale
        wanted = Qt.Orientation.Horizontal if is_wide else Qt.Orientation.Vertical
        if self._split.orientation() != wanted:
            self._split.setOrientation(wanted)
            self._split.setSizes([1000, 1000])
        self.side.setVisible(not (is_wide or is_high))
        self._show_side()

    def pick_field(self) -> None:
        """Show all fields; the chosen one is put where the cursor is."""
        if self.place is None:
            return
        self._last = self.subject if self.subject.hasFocus() else self.body
        picker = FieldPicker(self._around.theme, self.place)
        picker.picked.connect(self._insert)
        picker.left.connect(self._popover.close_popover)
        self._popover.show_at(picker)

    # -- parts
    def _show_side(self, _key: str = "") -> None:
        """Text and preview, or where there is no room for both the chosen one of them."""
        has_room = self.side.isHidden()
        self._column.setVisible(has_room or self.side.value() == _TEXT)
        self.preview.setVisible(has_room or self.side.value() == _PREVIEW)

    def _insert(self, name: str) -> None:
        self._popover.close_popover()
        self._last.insert_field(name)

    def _show_text(self, text: TemplateText) -> None:
        for widget, words in ((self.subject, text.subject), (self.body, text.body)):
            widget.show_text(words)
        if self.name.text() != text.title:
            self.name.setText(text.title)

    def _follow(self) -> None:
        """Something was typed, or another template is shown."""
        place = self.place
        if place is None:
            return
        self.must.show_text(place, self.subject.toPlainText(), self.body.toPlainText())
        self._preview_soon.start()
        if self.has_unsaved:
            self._save_soon.start()

    def _ask_preview(self) -> None:
        if self.place is not None:
            wish = Wish(self.place, self.text(), self.preview.kind.value(), self.preview.escalation_id)
            self.preview_requested.emit(wish)

    def _publish(self) -> None:
        self.save_now()
        self.publish_requested.emit()

    def _timer(self, interval_ms: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval_ms)
        return timer

    def _connect(self) -> None:
        for text in (self.subject, self.body):
            text.edited.connect(self._follow)
        self.name.textEdited.connect(self._follow)
        self._save_soon.timeout.connect(self.save_now)
        self._preview_soon.timeout.connect(self._ask_preview)
        self.preview.changed.connect(self._ask_preview)
        self.side.chosen.connect(self._show_side)
        self.insert.clicked.connect(self.pick_field)
        self.head.change.clicked.connect(self.change_requested)
        self.head.publish.clicked.connect(self._publish)
        self.head.discard.clicked.connect(self.discard_requested)
        self.head.retire.clicked.connect(self.retire_requested)
        self.head.versions.clicked.connect(self.versions_requested)

    def _lay_out(self) -> None:
        rows = FormRows()
        rows.add_row("Title", self.name)
        self._subject_row = rows.add_row("Subject", self.subject)
        bar = QHBoxLayout()
        bar.addWidget(Label("Text", "strong"))
        bar.addStretch(1)
        bar.addWidget(Label("Ctrl+Space completes a field", "secondary"))
        bar.addWidget(self.insert)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(8)
        column.addWidget(self.head)
        column.addWidget(rows)
        column.addLayout(bar)
        column.addWidget(self.body, 1)
        column.addWidget(self.faults)
        column.addWidget(self.must)
        self.faults.hide()
        self._column = ScrollColumn(inner)
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self._column)
        self._split.addWidget(self.preview)
        self._split.setSizes([1000, 1000])
        sides = QHBoxLayout()
        sides.setContentsMargins(16, 8, 16, 0)
        sides.addWidget(self.side)
        sides.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(sides)
        whole.addWidget(self._split, 1)
