"""The main window: pages, menus, what is said to the person, and what is remembered.

It is shown before most of what it will hold is loaded: what is imported within a method here is not needed
for the first picture.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.text import counted, moment
from desktop.ui.window_frame import WindowFrame

if TYPE_CHECKING:
    from desktop.domain.board import BoardRow
    from desktop.domain.errors import DeskError
    from desktop.ui.board.page import BoardPage
    from desktop.ui.details_host import ShowsEscalation
    from desktop.ui.dispatch import RunsCommands
    from desktop.ui.furniture import Furniture
    from desktop.ui.kit.banner import BannerStack
    from desktop.ui.kit.dialogs import Question
    from desktop.ui.kit.toast import Toast
    from desktop.ui.menus import Menus
    from desktop.ui.palette import Palette
    from desktop.ui.statusline import StatusLine
    from desktop.ui.surroundings import Surroundings
    from desktop.ui.undo import DoneWork
    from desktop.ui.window_handlers import WindowHandlers
    from desktop.ui.window_state import WindowState

_NARROW_BELOW = 1100
_HOUR_US = 3_600_000_000

#: The board carries these out itself, on the card that is selected.
_BOARD_MOVES = "escalation.move"


class MainWindow(WindowFrame):
    """One desk in one window: at first with a picture of it, then furnished.

    Signals:
        closing: the person has decided to quit; keep what is to be kept.
        page_changed: (str action_id) another page is in sight.
    """

    closing = Signal()
    page_changed = Signal(str)

    banners: "BannerStack"
    palette_box: "Palette"
    status: "StatusLine"
    menus: "Menus"
    toast: "Toast"
    handlers: "WindowHandlers"
    state: "WindowState"
    _around: "Surroundings"

    def __init__(self, picture: QWidget | None = None) -> None:
        super().__init__()
        self.setWindowTitle("Escalation Desk")
        self._furniture: Furniture | None = None
        self._may_close = False
        self._question: Question | None = None
        self._makers: dict[str, Callable[[], QWidget]] = {}
        if picture is not None:
            self.setCentralWidget(picture)

    def furnish(self, furniture: "Furniture", board: "BoardPage") -> None:
        """Take the parts of the window over; they come into sight with `unveil`."""
        from desktop.ui.window_handlers import WindowHandlers

        self._furniture = furniture
        furniture.centre.setParent(self)  # before the board goes there: it is styled once
        around = self._around = furniture.around
        self.board = board
        self.history, self.dispatcher = furniture.history, furniture.dispatcher
        self.banners, self.side, self.top = furniture.banners, furniture.side, furniture.top
        self.status, self.stack, self.menus = furniture.status, furniture.stack, furniture.menus
        self.toast, self.palette_box, self.state = furniture.toast, furniture.palette_box, furniture.state
        self.handlers = WindowHandlers(self, furniture.settings, around)
        self._connect()
        self.add_page("page.board", board)
        if not self.isVisible():
            self.state.restore()

    def unveil(self) -> None:
        """Put the parts where the picture was, all at once."""
        furniture = self._furniture
        assert furniture is not None
        self.setMenuBar(furniture.bar)
        self.setStatusBar(furniture.status)
        self.setCentralWidget(furniture.centre)
        furniture.centre.show()
        self.side.set_narrow(self.width() < _NARROW_BELOW)
        if self.isVisible():
            self._around.heartbeat.start()
            self.board.focus_first()

    def _connect(self) -> None:
        self.dispatcher.add_handlers(self.handlers.handles())
        self.palette_box.chosen.connect(self.dispatcher.run)
        self.palette_box.escalation_chosen.connect(self.open_escalation)
        self.history.undone.connect(self._told_undone)
        self.history.failed.connect(self.show_error)
        self.history.changed.connect(self.handlers.show_checks)
        self.toast.pressed.connect(self.history.undo)
        self.board.peek_requested.connect(self.peek_escalation)
        self.board.current_changed.connect(self._follow)
        self.board.new_escalation_requested.connect(self._around.actions["new_escalation"].trigger)
        self.board.density_chosen.connect(self.handlers.set_density)
        self.board.views.views_changed.connect(self._rebuild_menus)
        self.board.views.view_chosen.connect(self._go_to_board)
        self._around.runner.error_raised.connect(self.show_error)
        self._around.heartbeat.slowly_ticked.connect(self._show_deadline)

    # ---- pages

    def add_page(self, action_id: str, page: QWidget, *, at_bottom: bool = False) -> None:
        """One more page; its action goes to it. The signals it has of the page contract are connected."""
        self._pages[action_id] = page
        self._take_page(page)
        self._announce(action_id, at_bottom=at_bottom)
        if len(self._pages) == 1:
            self.go_to(action_id)

    def add_page_later(self, action_id: str, make: Callable[[], QWidget], *, at_bottom: bool = False) -> None:
        """One more page, made when somebody goes there for the first time."""
        self._pages[action_id] = QWidget(self)  # stands for it until then
        self._pages[action_id].hide()
        self._makers[action_id] = make
        self._announce(action_id, at_bottom=at_bottom)

    def _announce(self, action_id: str, *, at_bottom: bool = False) -> None:
        actions = self._around.actions
        self.side.add_page(actions[action_id], actions.spec(action_id), at_bottom=at_bottom)
        self.dispatcher.add_handlers({action_id: partial(self.go_to, action_id)})

    def _take_page(self, page: QWidget) -> None:
        from desktop.ui.dispatch import HandlesActions

        self.stack.addWidget(page)
        if isinstance(page, HandlesActions):
            self.dispatcher.add_page(page)
        for name, slot in (
            ("open_escalation_requested", self.open_escalation),
            ("message_requested", self.say),
            ("work_done", self.take_work),
            ("work_told", self.take_work),
            ("states_changed", self.dispatcher.refresh_soon),
        ):
            signal = getattr(page, name, None)
            if signal is not None:
                signal.connect(slot)

    def show_pages(self) -> None:
        """Back to the pages."""
        self.side.show()
        self.top.show()
        self.go_to(next(iter(self._pages)))

    def show_instead(self, page: QWidget) -> None:
        """Show something in place of every page: the desk is not open, or has a question first."""
        self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        self.side.hide()
        self.top.hide()
        self.dispatcher.set_current(None)

    def page(self, action_id: str) -> QWidget:
        """A page by the action that goes to it; made now if it was not yet."""
        make = self._makers.pop(action_id, None)
        if make is not None:
            self._pages[action_id].deleteLater()
            self._pages[action_id] = make()
            self._take_page(self._pages[action_id])
        return self._pages[action_id]

    def go_to(self, action_id: str) -> None:
        """Show a page and put the focus there."""
        from desktop.ui.dispatch import HandlesActions

        page = self.page(action_id)
        self.stack.setCurrentWidget(page)
        for known in self._pages:
            self._around.actions[known].setChecked(known == action_id)
        self.dispatcher.set_current(page if isinstance(page, HandlesActions) else None)
        focus_first = getattr(page, "focus_first", None)
        if focus_first is not None:
            focus_first()
        self.page_changed.emit(action_id)

    def ids_now(self) -> tuple[int, ...]:
        """What commands act on: the selected cards, else what the details panel shows."""
        if self.stack.currentWidget() is self.board and self.board.selected_ids():
            return self.board.selected_ids()
        shown = self.details.current_id if self.details is not None else 0
        return (shown,) if shown else ()

    # ---- escalations

    def set_details(self, panel: QWidget, shows: "ShowsEscalation") -> None:
        """Put the details panel beside the cards; both are the same object."""
        from desktop.ui.details_host import DetailsHost

        host = self.details = DetailsHost(panel, shows)
        self.board.set_details(host)
        host.shown_changed.connect(self.handlers.show_checks)
        for name, slot in (
            ("close_requested", host.close_panel),
            ("action_requested", self._act_on_shown),
            ("work_done", self.take_work),
            ("message_requested", self.say),
            ("open_escalation_requested", self.open_escalation),
        ):
            signal = getattr(panel, name, None)
            if signal is not None:
                signal.connect(slot)
        self.state.restore_details()

    def _act_on_shown(self, action_id: str) -> None:
        """The panel's buttons mean the escalation it shows, whatever is selected on the board."""
        shown = self.details.current_id if self.details is not None else 0
        if action_id.startswith("escalation.") and not action_id.startswith(_BOARD_MOVES) and shown:
            self.dispatcher.run_on(action_id, (shown,))
        else:
            self.dispatcher.run(action_id)

    def set_commands(self, commands: "RunsCommands") -> None:
        """Who carries out commands on escalations."""
        self.dispatcher.set_commands(commands)
        signal = getattr(commands, "work_done", None)
        if signal is not None:
            signal.connect(self.take_work)

    def open_escalation(self, escalation_id: int) -> None:
        """Show an escalation beside the board, whether it has a card there or not, and go there."""
        self.go_to("page.board")
        self.board.go_to(escalation_id)
        if self.details is not None:
            self.details.open(escalation_id)

    def peek_escalation(self, escalation_id: int) -> None:
        """Show an escalation beside the board; the focus stays."""
        if self.details is not None and escalation_id:
            self.details.peek(escalation_id)

    def take_work(self, work: "DoneWork | Sequence[DoneWork]", sentence: str = "") -> None:
        """Something was done: it can be undone, is told, and shows on the board at once."""
        from desktop.ui.undo import as_one

        done = as_one(work)
        can_undo = getattr(done, "undo", True) and bool(done.seqs)
        if can_undo:
            self.history.push(done)
        if sentence or done.label:
            self.toast.say(sentence or done.label, "Undo" if can_undo else "")
        self.board.refresh(own=True)

    # ---- what is said

    def put_below_top(self, widget: QWidget) -> None:
        """Show something over every page, below the top bar."""
        if self._furniture is not None:
            self._furniture.notices.addWidget(widget)

    def say(self, sentence: str) -> None:
        """A message that goes by itself."""
        self.toast.say(sentence)

    def show_error(self, error: "DeskError", _owner: object = None) -> None:
        """A refusal or fault that a person can put right: stays until put away."""
        self.banners.show_banner(f"error:{error.message}", str(error), "danger")

    def _told_undone(self, sentence: str) -> None:
        self.toast.say(sentence)
        self.board.refresh(own=True)

    def _show_deadline(self, now_us: int) -> None:
        nearest = min((row.due_us for row in self.board.running_clocks() if row.due_us > now_us), default=0)
        row = next((row for row in self.board.running_clocks() if row.due_us == nearest), None)
        self.status.say("deadline", _deadline(row, now_us))

    # ---- room, hiding and closing

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._furniture is not None:
            self.side.set_narrow(self.width() < _NARROW_BELOW)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._furniture is not None:
            self._around.heartbeat.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._furniture is not None:
            self._around.heartbeat.stop()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._furniture is None:
            self.closing.emit()
            super().closeEvent(event)
            return
        due = self._due_within_an_hour()
        if due and not self._may_close:
            event.ignore()
            self._warn(due)
            return
        self.state.keep()
        self.board.keep_state()
        self.palette_box.keep_state()
        self._around.heartbeat.stop()
        self.closing.emit()
        super().closeEvent(event)

    def close_without_question(self) -> None:
        """Close although clocks are due: the desk goes on in another window."""
        self._may_close = True
        self.close()

    def _due_within_an_hour(self) -> int:
        now_us = self._around.heartbeat.now_us()
        return sum(now_us < row.due_us <= now_us + _HOUR_US for row in self.board.running_clocks())

    def _warn(self, due: int) -> None:
        from desktop.ui.kit.dialogs import Question

        self._question = Question(
            self,
            "Notifications stop when you quit.",
            f"{counted(due, 'clock')} will breach in the next hour.",
            (("quit", "Quit"), ("minimise", "Minimise"), ("cancel", "Cancel")),
            safe="cancel",
            cancel="cancel",
        )
        self._question.answered.connect(self._answered)
        self._question.open()

    def _answered(self, answer: str) -> None:
        if answer == "minimise":
            self.showMinimized()
        elif answer == "quit":
            self._may_close = True
            self.close()

    def _follow(self, escalation_id: int) -> None:
        if self.details is not None:
            self.details.follow(escalation_id)

    def _go_to_board(self) -> None:
        if self.stack.currentWidget() is not self.board:
            self.go_to("page.board")

    def _rebuild_menus(self) -> None:
        self.menus.rebuild()
        self.dispatcher.refresh()


def _deadline(row: "BoardRow | None", now_us: int) -> str:
    if row is None:
        return ""
    from desktop.domain.instant import from_us

    when = moment(from_us(row.due_us), from_us(now_us)).removeprefix("today ")
    return f"Next deadline {when} · {row.number} {row.clock}"
