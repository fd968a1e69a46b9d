"""One draft of a playbook while it is written; it is kept by itself."""

from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from desktop.domain.playbook import Content, Draft
from desktop.domain.playbook_check import Fault, faults_to_publish
from desktop.ui.playbook.editor_body import EditorBody
from desktop.ui.playbook.editor_conflict import ConflictLine
from desktop.ui.playbook.editor_head import EditorHead, MissingList
from desktop.ui.playbook.editor_left import LeftWords, is_same
from desktop.ui.playbook.ports import Choices, Opened
from desktop.ui.surroundings import Surroundings

_SAVE_MS = 900
_CONTROL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class PlaybookEditor(QFrame):
    """The form of a draft, what is still missing of it, and its deeds.

    Signals:
        save_requested: (Content) keep the draft; `opened.draft.edition` is the one that was changed.
        review_requested, publish_requested, discard_requested, approve_requested, object_requested: of the
            draft that is shown.
        preview_requested: show it as it would look.
    """

    save_requested = Signal(object)
    review_requested = Signal()
    publish_requested = Signal()
    discard_requested = Signal()
    approve_requested = Signal()
    object_requested = Signal()
    preview_requested = Signal()

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "details")
        self._around = around
        self._opened: Opened | None = None
        self._choices = Choices()
        self._why_not_write = ""
        self._is_dirty = False
        self._asked: Content | None = None  # what was last given to be kept
        self._left = LeftWords()
        self.head = EditorHead()
        self.conflict = ConflictLine(around.icons)
        self.missing = MissingList(around.theme)
        self.body = EditorBody(around)
        self._save_soon = QTimer(self)
        self._save_soon.setSingleShot(True)
        self._save_soon.setInterval(_SAVE_MS)
        top = QFrame()
        top.setProperty("part", "filters")
        above = _column(top)
        for widget in (self.head, self.missing):
            above.addWidget(widget)
        whole = _column(self)
        whole.addWidget(top)
        whole.addWidget(self.conflict)
        whole.addWidget(self.body, 1)
        self._connect()

    # -- what is written
    @property
    def opened(self) -> Opened | None:
        """The playbook that is shown, with the draft as it was last known to be kept."""
        return self._opened

    @property
    def has_unsaved(self) -> bool:
        """Whether something was typed that is not kept yet."""
        return self._is_dirty

    def content(self) -> Content:
        """What is written, clean."""
        return self.body.content()

    def show_draft(self, opened: Opened, choices: Choices, why_not_write: str) -> None:
        """Another draft, or the same as it is by now; what was typed and is not kept stays."""
        if opened.draft is None:
            return
        self._why_not_write = why_not_write
        shown = self._opened
        if shown is not None and shown.row.id == opened.row.id and is_same(shown.draft, opened.draft):
            self._show_anew(opened, choices)
        else:
            if shown is None or shown.row.id != opened.row.id:
                self._leave()
            self._opened, self._choices = opened, choices
            self._forget()
            self._fill(opened.draft.content)
            self._return_to(opened.draft)
            self.body.verticalScrollBar().setValue(0)
        self.body.setEnabled(not why_not_write)
        self._show_head()
        self._show_missing()

    def save_now(self) -> None:
        """Have kept what was typed, without waiting."""
        self._save_soon.stop()
        if not self._is_dirty or self.conflict.is_open or self._draft is None:
            return
        content = self.content()
        self._show_missing(content)
        if self._asked is None and content == self._draft.content:
            self._is_dirty = False  # typed and taken back
            self._show_head()
        else:
            self._asked = content
            self.save_requested.emit(content)

    def show_saved(self, draft: Draft) -> None:
        """The draft is kept; what was typed since is not yet."""
        self._left.drop(draft.playbook_id)
        if self._opened is None or self._opened.row.id != draft.playbook_id:
            return
        written, asked, self._asked = self.content(), self._asked, None
        self._opened = replace(self._opened, draft=draft)
        self._is_dirty = written not in (draft.content, asked)
        self._show_head()
        if self._is_dirty:
            self._save_soon.start()

    def forget_unsaved(self) -> None:
        """What was typed and is not kept is not wanted: the draft was discarded."""
        if self._opened is not None:
            self._left.drop(self._opened.row.id)
        self._forget()
        self._opened = None

    # -- somebody saved since
    def show_conflict(self, error_text: str, theirs: Draft) -> None:
        """Let the person choose; neither is lost."""
        if self._opened is None or self._opened.row.id != theirs.playbook_id:
            return
        if self.content() == theirs.content:  # both wrote the same
            self._opened = replace(self._opened, draft=theirs)
            self._forget()
            self._show_head()
            return
        self._asked, self._is_dirty = None, True
        self._save_soon.stop()
        self.conflict.ask(error_text, theirs)
        self._around.announcer.say(self, error_text)

    def _take_theirs(self, theirs: Draft) -> None:
        if self._opened is None:
            return
        mine = self.content()
        self._opened = replace(self._opened, draft=theirs)
        self._forget()
        self._fill(theirs.content)
        self._show_head()
        self._show_missing()
        self.conflict.put_aside(mine)
        self.focus_first()

    def _keep_mine(self, theirs: Draft) -> None:
        if self._opened is not None:
            self._opened = replace(self._opened, draft=theirs)
            self.save_now()
            self.focus_first()

    def _take_mine(self, mine: Content) -> None:
        self._fill(mine)
        self._follow()
        self.focus_first()

    # -- going somewhere
    def focus_first(self) -> None:
        """Take the focus where writing begins."""
        self.body.go_to("title")

    def show_step(self, step_id: str) -> None:
        """Go to a step."""
        row = self.body.steps.model.row_of(step_id)
        if row >= 0:
            self.body.go_to(f"steps[{row}].text")

    def event(self, event: QEvent) -> bool:
        # Ctrl+Shift+N begins a drill elsewhere; here it adds a step.
        is_override = event.type() is QEvent.Type.ShortcutOverride
        if is_override and isinstance(event, QKeyEvent) and _adds_step(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        may_write = not self._why_not_write
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & _CONTROL:
            self._publish()
        elif _adds_step(event) and may_write:
            self.body.steps.add_step()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.save_now()
        super().hideEvent(event)

    # -- parts
    @property
    def _draft(self) -> Draft | None:
        return self._opened.draft if self._opened is not None else None

    def _show_anew(self, opened: Opened, choices: Choices) -> None:
        """The same draft as it is by now: words of others only where nothing was typed."""
        before, now = self._draft, opened.draft
        if before is None or now is None:
            return
        if self._is_dirty and now.edition != before.edition:
            self.conflict.follow(now)
            opened = replace(opened, draft=before)  # what another saved since refuses our saving
        self._opened = opened
        if choices != self._choices:
            self._choices = choices
            self.body.offer(choices)
        if not self._is_dirty and now.edition != before.edition and self.content() != now.content:
            self._fill(now.content)

    def _leave(self) -> None:
        """Another playbook is shown next: have kept what was typed, and remember it until it is."""
        if self._is_dirty and self._draft is not None:
            self._left.put(self._draft, self.content())
            self.save_now()

    def _return_to(self, draft: Draft) -> None:
        """Write again what was typed here and never kept."""
        found = self._left.take(draft)
        if found is not None and self._opened is not None:
            self._opened = replace(self._opened, draft=found[0])
            self._fill(found[1])
            self._follow()

    def _forget(self) -> None:
        self._save_soon.stop()
        self._is_dirty, self._asked = False, None
        self.conflict.forget()

    def _fill(self, content: Content) -> None:
        published = self._opened.published if self._opened is not None else None
        steps = published.content.steps if published is not None else ()
        decisions = published.content.decisions if published is not None else ()
        known = [step.id for step in steps], [decision.id for decision in decisions]
        self.body.show_content(content, self._choices, *known)

    def _follow(self) -> None:
        """Something was typed: no more is done about it until the typing rests."""
        self._is_dirty = True
        self._save_soon.start()
        self.head.say_unkept()

    def _show_head(self) -> None:
        if self._opened is not None:
            self.head.show_opened(self._opened, self._around.clock.now(), self._why_not_write)
            if self._is_dirty:
                self.head.say_unkept()

    def _show_missing(self, content: Content | None = None) -> None:
        self.missing.show_faults(self._faults(content or self.content()))

    def _faults(self, content: Content) -> list[Fault]:
        return [*self.body.unread(), *faults_to_publish(content)] if not self._why_not_write else []

    def _publish(self) -> None:
        if self._may_go_on() and self.head.publish.isEnabled():
            self.publish_requested.emit()

    def _ask_review(self) -> None:
        if self._may_go_on():
            self.review_requested.emit()

    def _may_go_on(self) -> bool:
        """Whether the draft is complete; else the first thing that is missing is shown."""
        self.save_now()
        faults = self._faults(self.content())
        if not faults:
            return True
        self.missing.show_faults(faults)
        self.body.go_to(faults[0].field)
        self._around.announcer.say(self, faults[0].message)
        return False

    def _preview(self) -> None:
        self.save_now()
        self.preview_requested.emit()

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is not None and self.isAncestorOf(old) and not (new is not None and self.isAncestorOf(new)):
            self.save_now()

    def _connect(self) -> None:
        self.body.edited.connect(self._follow)
        self._save_soon.timeout.connect(self.save_now)
        self.missing.picked.connect(self.body.go_to)
        self.conflict.take_wanted.connect(self._take_theirs)
        self.conflict.keep_wanted.connect(self._keep_mine)
        self.conflict.back_wanted.connect(self._take_mine)
        self.head.publish.clicked.connect(self._publish)
        self.head.review.clicked.connect(self._ask_review)
        self.head.read.clicked.connect(self._preview)
        self.head.discard.clicked.connect(self.discard_requested)
        self.head.approve.clicked.connect(self.approve_requested)
        self.head.object.clicked.connect(self.object_requested)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)


def _column(widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return column


def _adds_step(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_N and event.modifiers() == _CONTROL | _SHIFT
