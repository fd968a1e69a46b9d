"""Drills in the window of the live desk: the page when visited, and word of a drill on every page.

Imports nothing of drills itself: a desk on which nobody drills starts without them.
"""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import DeskError
from desktop.services.desk import Desk
from desktop.ui.bridge import Bridge
from desktop.ui.surroundings import Surroundings
from desktop.ui.window import MainWindow
from desktop.wiring.drill_keeping import DrillKeeper
from desktop.wiring.drills_waiting import DrillsWaiting

if TYPE_CHECKING:
    from desktop.ui.drill.live import LiveDrill
    from desktop.ui.drill.page import DrillPage
    from desktop.ui.drill.ports import StartWish
    from desktop.ui.kit.dialogs import Question
    from desktop.wiring.drill_stage import DrillStage

PAGE = "page.drill"
_RUNNING, _REAL = "drill:running", "drill:real"
_SHOW, _END, _NEW = "show", "end", "new"
_NONE = "No drill runs."
_ALONE = "You practise alone: the program does that."
#: What the console carries out, from every page.
_BY_CONSOLE = ("drill.pause", "drill.next", "drill.jump", "drill.improvise", "drill.decide", "drill.note")
_WHILE_ON = ("drill.players", "drill.end", "drill.stop")


class DrillScreens(QObject):
    """Announces the page, carries out what the window's actions want, and says that a drill is on.

    Signals:
        beside_requested: (WindowOptions) open the players' window.
    """

    beside_requested = Signal(object)

    def __init__(self, desk: Desk, window: MainWindow, around: Surroundings, bridge: Bridge) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._around = around
        self._bridge = bridge
        self._is_in_sight = False
        self._question: Question | None = None
        self.keeper = DrillKeeper(desk, window, around)
        self.waiting = DrillsWaiting(desk, window, around)
        window.pages.add_later(PAGE, self._made)
        handlers = {
            "drill.start": self.begin,
            "drill.resume": self.resume,
            "drill.players": self.show_players,
            "drill.end": self.end,
            "drill.stop": self.stop_for_real,
            "drill.from_escalation": self.make_from_escalation,
        }
        handlers |= {action_id: partial(self._by_console, action_id) for action_id in _BY_CONSOLE}
        window.dispatcher.add_handlers(handlers)
        self._connect()
        self._follow()

    @property
    def stage(self) -> "DrillStage | None":
        """The drill that is on, or was last."""
        return self.keeper.stage

    def close(self) -> None:
        """The window is closed: the drill waits, its players' window goes."""
        self.keeper.close()

    # -- what people want
    def begin(self) -> None:
        """Choose a drill."""
        self._window.pages.go_to(PAGE)
        page = self._page()
        page.show_library()
        page.focus_first()

    def make_from_escalation(self) -> None:
        """Turn the escalation that is selected into a drill; without one the person chooses."""
        ids = self._window.escalations.ids_now()
        self._window.pages.go_to(PAGE)
        self._page().make_from_escalation(ids[0] if ids else 0)

    def resume(self) -> None:
        """Go on with the drill that was left."""
        if self.waiting.left is not None:
            self.keeper.resume(self.waiting.left.run_id)

    def show_players(self) -> None:
        """Bring the players' window to the front."""
        if self.keeper.stage is not None:
            self.keeper.stage.show_players()

    def end(self) -> None:
        """End the drill, after a question; one that was only briefed goes away."""
        if self.keeper.is_briefed:
            self._page().end_drill()
            self.keeper.throw_away()
        elif self.keeper.is_alone:
            self._ask_end()
        elif self.keeper.is_on:
            self._by_console("drill.end")

    def stop_for_real(self) -> None:
        """Something real happens."""
        if self.keeper.stage is not None:
            self.keeper.stage.stop_for_real()

    def _start(self, wish: "StartWish") -> None:
        page, reason = self._page(), self.keeper.why_not_another()
        if reason is not None:
            page.refuse_start(reason)
            return
        page.show_busy("Getting ready …")
        self.keeper.start(wish)

    def _start_clock(self) -> None:
        if self.keeper.stage is not None:
            self.keeper.stage.start_clock()

    def _set_up(self, slug: str) -> None:
        """A drill is due: set it up, or let the wheel draw one."""
        self._window.pages.go_to(PAGE)
        if slug:
            self._page().set_up(slug)
        else:
            self._page().show_plan()

    def _by_console(self, action_id: str) -> None:
        self._window.pages.go_to(PAGE)
        self._page().run_in_console(action_id)

    def _ask_end(self) -> None:
        from desktop.ui.kit.dialogs import Question

        self._question = Question(
            self._window,
            "End the drill?",
            "Its score is worked out now. What has not come yet counts as not exercised.",
            ((_END, "End the drill"), ("cancel", "Go on")),
            safe="cancel",
            cancel="cancel",
        )
        self._question.answered.connect(self._answer_end)
        self._question.open()

    def _answer_end(self, answer: str) -> None:
        if answer == _END and self.keeper.stage is not None:
            self.keeper.stage.end()

    # -- what becomes of a drill
    def _opened(self, live: "LiveDrill") -> None:
        stage = self.keeper.stage
        if stage is None or stage.run is None:
            return
        self._window.banners.withdraw(_REAL)
        self._window.pages.go_to(PAGE)
        self._page().show_drill(live, stage.run, stage.by)

    def _failed(self, error: DeskError) -> None:
        page = self._page()
        page.refuse_start(error)
        if not page.start.isVisible():
            self._window.telling.show_error(error)

    def _ended(self, run_id: int) -> None:
        page = self._page()
        page.end_drill()
        self._window.pages.go_to(PAGE)
        page.show_run(run_id)

    def _stopped(self, sim_ms: int) -> None:
        from desktop.ui.drill.words import sim_time  # loaded with the drill
        from desktop.ui.raising import come_forward

        self._page().end_drill()
        self._window.pages.go_to("page.board")
        said = f"REAL EVENT: drill stopped at {sim_time(sim_ms)}. This is the real desk."
        self._window.banners.show_banner(_REAL, said, "danger", [(_NEW, "Open a real escalation")])
        come_forward(self._window)

    def _refused(self, error: DeskError) -> None:
        """The console says itself what it cannot do; elsewhere the window says it."""
        if not self._is_in_sight:
            self._window.telling.show_error(error)

    # -- what is said of it
    def _follow(self) -> None:
        self.waiting.follow(self.keeper.run_id, is_on=self.keeper.is_on)
        self._say_running()
        self._say_reasons()

    def _follow_page(self, is_in_sight: bool) -> None:
        self._is_in_sight = is_in_sight
        self._say_running()

    def _say_running(self) -> None:
        if not self.keeper.is_on or not self.keeper.title or self._is_in_sight:
            self._window.banners.withdraw(_RUNNING)
            return
        said = f"DRILL: “{self.keeper.title}” is on. Nothing of it reaches real people or this board."
        self._window.banners.show_banner(_RUNNING, said, "info", [(_SHOW, "Show the drill")])

    def _say_reasons(self) -> None:
        is_on, dispatcher = self.keeper.is_on, self._window.dispatcher
        for action_id in _WHILE_ON:
            dispatcher.set_reason(action_id, "" if is_on else _NONE)
        by_console = (_ALONE if self.keeper.is_alone else "") if is_on else _NONE
        for action_id in _BY_CONSOLE:
            dispatcher.set_reason(action_id, by_console)
        can_resume = self.waiting.left is not None and not is_on
        dispatcher.set_reason("drill.resume", "" if can_resume else "No drill was interrupted.")

    def _press(self, banner: str, _button: str) -> None:
        if banner == _RUNNING:
            self._window.pages.go_to(PAGE)
            self._page().show_console()
        elif banner == _REAL:
            self._window.banners.withdraw(_REAL)
            self._window.dispatcher.run("new_escalation")

    # -- parts
    def _connect(self) -> None:
        keeper, waiting = self.keeper, self.waiting
        self._window.banners.pressed.connect(self._press)
        self._bridge.drills_changed.connect(waiting.refresh)
        waiting.changed.connect(self._say_reasons)
        waiting.resume_requested.connect(keeper.resume)
        waiting.end_requested.connect(keeper.end_left)
        waiting.start_requested.connect(self._set_up)
        keeper.opened.connect(self._opened)
        keeper.failed.connect(self._failed)
        keeper.ended.connect(self._ended)
        keeper.stopped.connect(self._stopped)
        keeper.refused.connect(self._refused)
        keeper.changed.connect(self._follow)
        keeper.beside_requested.connect(self.beside_requested)

    def _page(self) -> "DrillPage":
        from desktop.ui.drill.page import DrillPage  # loaded by then

        page = self._window.pages.page(PAGE)
        assert isinstance(page, DrillPage)
        return page

    def _made(self) -> QWidget:
        from desktop.wiring.drill_page import drill_page  # seldom visited, and large

        page = drill_page(self._desk, self._around, self._bridge, self.keeper.fork)
        page.start_wanted.connect(self._start)
        page.clock_wanted.connect(self._start_clock)
        page.players_wanted.connect(self.show_players)
        page.end_wanted.connect(self.end)
        page.came_in_sight.connect(self._follow_page)
        page.message_requested.connect(self._window.telling.say)
        return page
