"""What giving and taking have in common: which handoff it is, where it stands, and the lists below."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.errors import DeskError
from desktop.services.handoff_view import HandoffView
from desktop.ui.handoff.pane import HandoffPane
from desktop.ui.handoff.ports import HandoffsFound, KeepsHandoffs
from desktop.ui.handoff.words import measured, owner_words, past_words, standing_words, until_words
from desktop.ui.kit.ask_box import AskBox
from desktop.ui.kit.button import Button
from desktop.ui.kit.empty import EmptyState
from desktop.ui.kit.label import Label
from desktop.ui.surroundings import Surroundings
from desktop.ui.word_keeper import WordKeeper

_EMPTY, _PANE = range(2)


class HandoffTab(QWidget):
    """Shows one of the handoffs that there are, or why there is none.

    Signals:
        changed: something was done; the others are to be read anew.
        message_requested: (str)
        open_requested: (int escalation)
        save_requested: (HandoffView) as a file.
        states_changed: what can be done now may be another thing.
        emptied: what had the focus is gone.
    """

    changed = Signal()
    message_requested = Signal(str)
    open_requested = Signal(int)
    save_requested = Signal(object)
    states_changed = Signal()
    emptied = Signal()

    def __init__(
        self, keeps: KeepsHandoffs, around: Surroundings, words: WordKeeper, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.keeps = keeps
        self.around = around
        self.words = words
        self.parts = WordKeeper(keeps.write, around.runner, self)
        self.found = HandoffsFound()
        self.views: tuple[HandoffView, ...] = ()
        self._also: HandoffView | None = None
        self._wanted_id = 0
        self._unkept = ""
        self.pane = HandoffPane(around, self.parts, words)
        self.box = AskBox(self)
        self.empty = EmptyState(around.icons)
        self.standing = Label("", "strong", wrap=True)
        self.owners = Label("", wrap=True)
        self.fault = Label("", "danger", wrap=True)
        self.fault.hide()
        self.chooser = QComboBox()
        self.chooser.setAccessibleName("Which handoff")
        self.chooser.activated.connect(self._choose)
        self.save_button = Button("Save as a file…")
        self.save_button.clicked.connect(self.save_file)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        self.more = QVBoxLayout()
        self.more.setSpacing(6)
        self._stack = QStackedWidget()
        self._lay_out()
        self.pane.sheet.open_requested.connect(self.open_requested)
        self.pane.picked.connect(self._picked)
        for keeper in (self.parts, words):
            keeper.failed.connect(self._say_unkept)
            keeper.kept.connect(self._say_kept)

    @property
    def view(self) -> HandoffView | None:
        """The handoff that is shown."""
        known = {view.id: view for view in self.views}
        return known.get(self._wanted_id) or next(iter(self.views), None)

    @property
    def operator_id(self) -> int:
        """Who works at the desk, 0 for nobody."""
        return self.found.operator.id if self.found.operator is not None else 0

    def show_views(self, found: HandoffsFound, views: Sequence[HandoffView]) -> None:
        """These are there now."""
        self.found = found
        also = self._also
        if also is not None:
            also = next((view for view in found.past if view.id == also.id), also)
            views = views if also.id in {view.id for view in views} else (*views, also)
        self.views = tuple(views)
        self._show()

    def show_also(self, view: HandoffView) -> None:
        """Show a handoff that is settled, beside those that are not."""
        self._also, self._wanted_id = view, view.id
        self.show_views(self.found, self.views)

    @property
    def is_bare(self) -> bool:
        """Whether nothing in it could have the focus."""
        return self.view is None

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        if self.view is None:
            self.empty.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.pane.focus_first()

    def save_words(self) -> None:
        """Keep what is typed now."""
        self.parts.save()
        self.words.save()

    def save_file(self) -> None:
        """Write it as a file, with what was typed last."""
        self.save_words()
        if self.view is not None:
            self.save_requested.emit(self.view)

    def do(self, work: Callable[[], object], then: Callable[[object], None] | None = None) -> None:
        """Have something done, then read all of it anew."""
        self.clear_fault()
        self.around.runner.run(work, then or self.done, self.refuse, owner=self)

    def done(self, _result: object) -> None:
        """It was done."""
        self.box.close()
        self.changed.emit()

    def refuse(self, error: DeskError) -> None:
        """It could not be done; the form stays."""
        if self.box.prompt is not None:
            self.box.fail(error)
        elif self.view is None:
            self.message_requested.emit(str(error))
        else:
            self.say_fault(str(error))
        self.changed.emit()

    def say_fault(self, text: str) -> None:
        """Say what went wrong, above the lists."""
        self.fault.setText(text)
        self.fault.setVisible(bool(text))

    def _say_unkept(self, text: str) -> None:
        self._unkept = f"Not kept: {text}"
        self.say_fault(self._unkept)

    def _say_kept(self) -> None:
        """What was said of something else stays."""
        if self._unkept and self.fault.text() == self._unkept:
            self.clear_fault()

    def clear_fault(self) -> None:
        """All is well again."""
        self.fault.hide()

    def tell_time(self) -> None:
        """Time has gone on."""
        if self.view is not None:
            self._show_head(self.view)

    def show_more(self, view: HandoffView) -> None:
        """What else the head says."""

    def show_nothing(self) -> None:
        """Why there is none."""

    def _show(self) -> None:
        view = self.view
        if view is None:
            focus = QApplication.focusWidget()
            had_focus = focus is not None and self.isAncestorOf(focus)
            self.show_nothing()
            self._stack.setCurrentIndex(_EMPTY)
            if had_focus and self.isVisible():
                self.emptied.emit()
        else:
            was_empty = self._stack.currentIndex() == _EMPTY
            self._show_head(view)
            self.show_more(view)
            self.pane.show_view(view, self.operator_id)
            self._stack.setCurrentIndex(_PANE)
            if was_empty and self.isVisible():
                self.pane.focus_first()
        self.states_changed.emit()

    def _show_head(self, view: HandoffView) -> None:
        now = self.around.clock.now()
        gives = view.handoff.from_id == self.operator_id
        self.standing.setText(standing_words(view, self.operator_id, now))
        said = [owner_words(view, gives), until_words(view, now), measured(view)]
        self.owners.setText(" ".join(part for part in said if part))
        self.chooser.setVisible(len(self.views) > 1)
        if not self.chooser.view().isVisible():
            self.chooser.clear()
            for each in self.views:
                self.chooser.addItem(past_words(each, self.operator_id, now), each.id)
            self.chooser.setCurrentIndex(max(self.chooser.findData(view.id), 0))

    def _choose(self, at: int) -> None:
        self._wanted_id = int(self.chooser.itemData(at))
        self._show()

    def _picked(self) -> None:
        self.states_changed.emit()

    def _lay_out(self) -> None:
        head = QFrame()
        head.setProperty("part", "filters")
        column = QVBoxLayout(head)
        column.setContentsMargins(16, 10, 16, 10)
        column.setSpacing(4)
        first = QHBoxLayout()
        first.setSpacing(12)
        first.addWidget(self.standing, 1)
        first.addWidget(self.chooser, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(first)
        column.addWidget(self.owners)
        column.addLayout(self.more)
        column.addLayout(self.buttons)
        column.addWidget(self.fault)
        filled = QWidget()
        below = QVBoxLayout(filled)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        below.addWidget(head)
        below.addWidget(self.pane, 1)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(filled)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)
