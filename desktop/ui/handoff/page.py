"""The page of handoffs: hand over, take over, and those that were."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QStackedWidget, QWidget

from desktop.domain.errors import DeskError
from desktop.services.handoff_view import HandoffView
from desktop.ui.handoff.give_tab import GiveTab
from desktop.ui.handoff.past_tab import PastTab
from desktop.ui.handoff.ports import HandoffsFound, KeepsHandoffs
from desktop.ui.handoff.take_tab import TakeTab
from desktop.ui.kit.dialogs import save_file_dialog
from desktop.ui.kit.page_head import PageHead, stand_below
from desktop.ui.kit.saved_line import SavedLine
from desktop.ui.kit.tabs import Tabs
from desktop.ui.surroundings import Surroundings
from desktop.ui.word_keeper import WordKeeper

GIVE, TAKE, PAST = range(3)
_ENDINGS = {
    "PDF (*.pdf)": ".pdf",
    "Word (*.docx)": ".docx",
    "Markdown (*.md)": ".md",
    "Web page (*.html)": ".html",
    "Excel (*.xlsx)": ".xlsx",
}


class HandoffPage(QWidget):
    """Both sides of a handoff.

    Signals:
        open_escalation_requested: (int)
        work_done: (OneStep) to be undone as one step.
        message_requested: (str)
        states_changed: what can be done now may be another thing.
        came_in_sight: (bool) somebody looks at it now, or not any more.
    """

    title = "Handoff"
    open_escalation_requested = Signal(int)
    work_done = Signal(object)
    message_requested = Signal(str)
    states_changed = Signal()
    came_in_sight = Signal(bool)

    def __init__(self, keeps: KeepsHandoffs, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keeps = keeps
        self._around = around
        self._has_words = False
        self._is_first = True
        self._goes_in = False
        self._save_id = 0
        self.words = WordKeeper(keeps.keep_words, around.runner, self)
        self.give = GiveTab(keeps, around, self.words)
        self.take = TakeTab(keeps, around, self.words)
        self.past = PastTab(around)
        self.saved = SavedLine(around.icons)
        self.tabs = Tabs("Which side of a handoff")
        self._stack = QStackedWidget()
        self._all = (self.give, self.take, self.past)
        for name, tab in zip(("Hand over", "Take over", "Past handoffs"), self._all, strict=True):
            self.tabs.addTab(name)
            self._stack.addWidget(tab)
        stand_below(self, PageHead(self.title, self.tabs), self._stack, self.saved)
        self.tabs.currentChanged.connect(self._show_tab)
        for side in (self.give, self.take):
            side.changed.connect(self.refresh)
            side.emptied.connect(self.focus_first)
            side.message_requested.connect(self.message_requested)
            side.open_requested.connect(self.open_escalation_requested)
            side.save_requested.connect(self._ask_where)
            side.states_changed.connect(self.states_changed)
        self.take.work_done.connect(self.work_done)
        self.past.save_requested.connect(self._ask_where)
        self.past.shown.connect(self.show_handoff)
        self.saved.failed.connect(self.message_requested)
        around.heartbeat.slowly_ticked.connect(self._tick)

    # -- the page protocol
    def handles(self) -> Mapping[str, Callable[[], None]]:
        """The actions it carries out."""
        return {
            "handoff.offer": self.give.offer,
            "handoff.withdraw": self.give.withdraw,
            "handoff.accept": self.take.accept,
            "handoff.accept_all": self.take.accept_all,
            "handoff.ask": self.take.ask_back,
            "handoff.decline": self.take.decline,
            "handoff.export": self._save_current,
        }

    def why_not(self, action_id: str) -> str:
        """Why one cannot be done now."""
        at = self.tabs.currentIndex()
        if action_id in ("handoff.offer", "handoff.withdraw"):
            if at != GIVE:
                return "This is done where one hands over."
            return self.give.why_no_offer() if action_id == "handoff.offer" else self.give.why_no_withdrawal()
        if action_id == "handoff.export" or not action_id.startswith("handoff."):
            return ""
        if at != TAKE:
            return "This is done where one takes over."
        is_all = action_id == "handoff.accept_all"
        return self.take.why_not_all() if is_all else self.take.why_not_item(action_id)

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        tab = self._all[self._stack.currentIndex()]
        self._goes_in = tab.is_bare
        if tab.is_bare:
            self.tabs.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            tab.focus_first()

    def selected_ids(self) -> tuple[int, ...]:
        """The escalation that is meant."""
        side = self._stack.currentWidget()
        item = side.pane.item() if isinstance(side, GiveTab | TakeTab) and side.view is not None else None
        return (item.escalation_id,) if item is not None else ()

    def show_tab(self, at: int) -> None:
        """Show one of giving, taking and the past."""
        self.tabs.setCurrentIndex(at)

    def hand_over(self) -> None:
        """The shift ends: draw the form up."""
        self._is_first = False
        self.show_tab(GIVE)
        self.give.draw_up()

    def show_handoff(self, view: HandoffView) -> None:
        """Show one in full, on the side of whoever looks."""
        is_given = view.handoff.from_id == self.give.operator_id
        (self.give if is_given else self.take).show_also(view)
        self.show_tab(GIVE if is_given else TAKE)
        self.focus_first()

    def refresh(self) -> None:
        """Something about handoffs may have changed."""
        if self.isVisible():
            self._around.runner.run(partial(_read, self._keeps, self._has_words), self._show, owner=self)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.came_in_sight.emit(True)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.came_in_sight.emit(False)
        self.give.save_words()
        self.take.save_words()

    # -- within
    def _show(self, read: tuple[HandoffsFound, Mapping[str, str] | None]) -> None:
        found, words = read
        if words is not None and not self._has_words:
            self._has_words = True
            self.words.take(words)
        for tab in self._all:
            tab.show_found(found)
        waiting = sum(view.receipt.open for view in found.to_take)
        self.tabs.setTabText(TAKE, f"Take over ({waiting})" if waiting else "Take over")
        if self._is_first:
            self._is_first = False
            if found.to_take and not found.given:
                self.show_tab(TAKE)
        focus = QApplication.focusWidget()
        # What is to have the focus may have come only now.
        is_outside = self._goes_in and self.tabs.hasFocus()
        if focus is None or not focus.isVisible() or is_outside:
            self.focus_first()
        self._goes_in = False

    def _show_tab(self, at: int) -> None:
        self._stack.setCurrentIndex(at)
        if self.isVisible() and not self.tabs.hasFocus():
            self.focus_first()
        self.states_changed.emit()

    def _tick(self, _now_us: int) -> None:
        if self.isVisible():
            for side in (self.give, self.take):
                side.tell_time()

    def _save_current(self) -> None:
        self._all[self._stack.currentIndex()].save_file()

    def _ask_where(self, view: HandoffView) -> None:
        self._save_id = view.id
        name = self._keeps.file_name(view, "pdf")
        dialog = save_file_dialog(self, "Save the handoff as a file", name, ";;".join(_ENDINGS))
        dialog.setDefaultSuffix("pdf")
        dialog.filterSelected.connect(self._follow_filter)
        dialog.fileSelected.connect(self._save)
        dialog.open()

    def _follow_filter(self, chosen: str) -> None:
        dialog: QObject | None = self.sender()
        if isinstance(dialog, QFileDialog) and dialog.selectedFiles():
            dialog.setDefaultSuffix(_ENDINGS[chosen].lstrip("."))
            dialog.selectFile(Path(dialog.selectedFiles()[0]).with_suffix(_ENDINGS[chosen]).name)

    def _save(self, target: str) -> None:
        file = Path(target)
        work = partial(_write, self._keeps, self._save_id, file)
        self._around.runner.run(work, self._saved, self._refuse, owner=self)

    def _saved(self, written: tuple[Path, Sequence[str]]) -> None:
        file, said = written
        self.saved.show_file(file, *said)

    def _refuse(self, error: DeskError) -> None:
        self.message_requested.emit(str(error))


def _read(keeps: KeepsHandoffs, has_words: bool) -> tuple[HandoffsFound, Mapping[str, str] | None]:
    return keeps.found(), None if has_words else keeps.kept_words()


def _write(keeps: KeepsHandoffs, handoff_id: int, file: Path) -> tuple[Path, Sequence[str]]:
    return file, keeps.export(handoff_id, file)
