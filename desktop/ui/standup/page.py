"""The stand-up: one owner at a time, a timer, and notes that go to the timeline."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.errors import DeskError
from desktop.domain.escalation import Done
from desktop.domain.standup import OwnerRows
from desktop.services.standup import StandupView
from desktop.ui.kit.button import Button
from desktop.ui.kit.empty import EmptyState
from desktop.ui.kit.label import Label
from desktop.ui.kit.page_head import PageHead, stand_below
from desktop.ui.standup import words
from desktop.ui.standup.list import StandupList
from desktop.ui.standup.note_line import NoteLine
from desktop.ui.standup.ports import KeepsStandups, StandupFound
from desktop.ui.standup.turn_bar import TurnBar
from desktop.ui.surroundings import Surroundings
from desktop.ui.word_keeper import WordKeeper

_EMPTY, _RUNNING = range(2)


class StandupPage(QWidget):
    """Made for a screen that everybody looks at; driven by arrow keys and typing.

    Signals:
        open_escalation_requested: (int)
        work_done: (Done) a note was put on a timeline.
        message_requested: (str)
    """

    title = "Stand-up"
    open_escalation_requested = Signal(int)
    work_done = Signal(object)
    message_requested = Signal(str)

    def __init__(self, keeps: KeepsStandups, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keeps = keeps
        self._around = around
        self._view: StandupView | None = None
        self._at = 0
        self._turn_seen: object = None
        self.notes = WordKeeper(keeps.keep_note, around.runner, self)
        self.bar = TurnBar(around.theme)
        self.list = StandupList(around.theme, around.clock.now)
        self.quiet = Label("", "secondary", wrap=True)
        self.fault = Label("", "danger", wrap=True)
        self.fault.hide()
        self.note = NoteLine(around.theme, self.notes)
        self.end_button = Button("End the stand-up")
        self.empty = EmptyState(around.icons)
        self.empty.show_state(
            "people",
            "No stand-up is running",
            "It goes through the desk owner by owner: what changed since the last one, what is stuck, "
            "what breaks before the next. Arrow keys lead through it; what you type goes to the timeline.",
            "Start the stand-up",
        )
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()

    # -- the page protocol
    def handles(self) -> Mapping[str, Callable[[], None]]:
        """Nothing: its keys work in its list."""
        return {}

    def why_not(self, _action_id: str) -> str:
        """Everything can be done."""
        return ""

    def selected_ids(self) -> tuple[int, ...]:
        """The escalation that is talked about."""
        row = self.list.current()
        return (row.standing.escalation_id,) if row is not None and self._view is not None else ()

    def focus_first(self) -> None:
        """Take the focus where work begins."""
        (self.empty if self._view is None else self.list).setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self, *_what: object) -> None:
        """Something changed at the desk."""
        if self.isVisible():
            self._around.runner.run(self._keeps.found, self._show, owner=self)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.notes.save()

    # -- wishes
    def start(self) -> None:
        """Begin one."""
        self._at = 0
        self._do(self._keeps.start, self._started)

    def turn(self, by: int) -> None:
        """To the owner before or after; after the last one it ends."""
        view = self._view
        if view is None or self._at + by < 0:
            return
        if self._at + by >= len(view.owners):
            self.end()
            return
        self._at += by
        self._begin_turn()

    def pause(self) -> None:
        """Stop the timer, or let it go on."""
        view, owner = self._view, self._owner()
        if view is None or owner is None:
            return
        if view.running is not None and view.running.owner_id == owner.owner_id:
            self._do(partial(self._keeps.end_turn, view.id), self._take)
        else:
            self._begin_turn()

    def end(self) -> None:
        """It is over."""
        if self._view is not None:
            self.notes.save()
            self._do(partial(self._keeps.end, self._view.id), self._ended)

    def note_it(self, text: str) -> None:
        """Put a note on the timeline of the escalation."""
        row, view = self.list.current(), self._view
        if row is not None and view is not None:
            work = partial(self._keeps.note, view.id, row.standing.escalation_id, text)
            self._do(work, self._noted)

    # -- what is shown
    def _show(self, found: StandupFound) -> None:
        if found.notes is not None:
            self.notes.take(found.notes)
        self._take(found.view)

    def _take(self, view: StandupView | None) -> None:
        owner = self._owner()
        had_none, self._view = self._view is None, view
        if view is None or not view.owners:
            self._show_none(view)
            return
        ids = [each.owner_id for each in view.owners]
        if owner is not None and owner.owner_id in ids:
            self._at = ids.index(owner.owner_id)
        self._follow_turn(view, ids)
        self._at = min(self._at, len(ids) - 1)
        self._show_owner()
        self._stack.setCurrentIndex(_RUNNING)
        self.end_button.show()
        if had_none and self.isVisible():
            self.focus_first()

    def _follow_turn(self, view: StandupView, ids: list[int | None]) -> None:
        """Somebody's turn began, here or at another desk: show them."""
        turn = view.running
        seen = turn.started_at if turn is not None else None
        if turn is not None and seen != self._turn_seen and turn.owner_id in ids:
            self._at = ids.index(turn.owner_id)
        self._turn_seen = seen

    def _show_none(self, view: StandupView | None) -> None:
        self.end_button.setVisible(view is not None)
        self._stack.setCurrentIndex(_EMPTY)
        if view is not None:
            self.fault.setText("")
            self.message_requested.emit("Nobody owns anything: there is nothing to go through")

    def _show_owner(self) -> None:
        view, owner = self._view, self._owner()
        if view is None or owner is None:
            return
        self.bar.show_turn(view, self._at, self._around.clock.now())
        self.list.show_rows(owner.rows)
        self.quiet.setText(words.quiet_words(owner) or ("" if owner.rows else "Nothing to say."))
        self.quiet.setVisible(bool(self.quiet.text()))

    def _follow_row(self) -> None:
        row, view = self.list.current(), self._view
        if row is None or view is None:
            self.note.show_about("", "")
        else:
            self.note.show_about(f"{view.id}:{row.standing.escalation_id}", row.standing.number)

    def _tick(self, _now_us: int) -> None:
        if self.isVisible() and self._view is not None and self._view.owners:
            self.bar.show_turn(self._view, self._at, self._around.clock.now())

    # -- within
    def _owner(self) -> OwnerRows | None:
        owners = self._view.owners if self._view is not None else ()
        return owners[self._at] if self._at < len(owners) else None

    def _begin_turn(self) -> None:
        view, owner = self._view, self._owner()
        if view is not None and owner is not None:
            self._show_owner()
            self._do(partial(self._keeps.begin_turn, view.id, owner.owner_id), self._take)

    def _started(self, view: StandupView) -> None:
        self._take(view)
        self._begin_turn()

    def _ended(self, view: StandupView) -> None:
        count = len({turn.owner_id for turn in view.turns})
        self.message_requested.emit(f"The stand-up is over: {count} of {len(view.owners)} owners were heard")
        self._take(None)
        self.focus_first()

    def _noted(self, done: Done) -> None:
        self.note.clear_note()
        self.work_done.emit(done)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.refresh()

    def _do(self, work: Callable[[], object], then: Callable[..., None]) -> None:
        self.fault.hide()
        self._around.runner.run(work, then, self._refuse, owner=self)

    def _refuse(self, error: DeskError) -> None:
        self.fault.setText(str(error))
        self.fault.show()
        self.refresh()

    def _step(self, by: int) -> None:
        self.list.step(by)

    def _go_to_note(self) -> None:
        self.note.begin()

    def _go_to_list(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self) -> None:
        for escalation_id in self.selected_ids():
            self.open_escalation_requested.emit(escalation_id)

    def _connect(self) -> None:
        self.empty.button_pressed.connect(self.start)
        self.end_button.clicked.connect(self.end)
        self.bar.turned.connect(self.turn)
        self.bar.paused.connect(self.pause)
        self.list.turned.connect(self.turn)
        self.list.paused.connect(self.pause)
        self.list.typed.connect(self.note.begin)
        self.list.opened.connect(self._go_to_note)
        self.list.picked.connect(self._follow_row)
        self.note.noted.connect(self.note_it)
        self.note.open_requested.connect(self._open)
        self.note.field.stepped.connect(self._step)
        self.note.field.left.connect(self._go_to_list)
        self._around.heartbeat.ticked.connect(self._tick)

    def _lay_out(self) -> None:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.quiet.setContentsMargins(16, 8, 16, 8)
        self.fault.setContentsMargins(16, 8, 16, 8)
        column.addWidget(self.bar)
        column.addWidget(self.fault)
        column.addWidget(self.list, 1)
        column.addWidget(self.quiet)
        column.addWidget(self.note)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(body)
        self.end_button.hide()
        stand_below(self, PageHead(self.title, None, self.end_button), self._stack)
