"""Drills in the window of the live desk: the page when visited, and word of a drill on every page.

Imports nothing of drills itself: a desk on which nobody drills starts without them.
"""

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import DeskError
from desktop.domain.instant import to_us
from desktop.services.desk import Desk
from desktop.ui.bridge import Bridge
from desktop.ui.surroundings import Surroundings
from desktop.ui.window import MainWindow

if TYPE_CHECKING:
    from db.queries.drill_plan import PlanRow
    from desktop.ui.drill.live import LiveDrill
    from desktop.ui.drill.page import DrillPage
    from desktop.ui.drill.ports import StartWish
    from desktop.ui.kit.dialogs import Question
    from desktop.wiring.drill_stage import DrillStage

PAGE = "page.drill"
_RUNNING, _LEFT, _REAL, _DUE = "drill:running", "drill:left", "drill:real", "drill:due"
_SHOW, _RESUME, _END, _NEW, _START = "show", "resume", "end", "new", "start"
_NONE = "No drill runs."
_ALONE = "You practise alone: the program does that."
#: What the console carries out, from every page.
_BY_CONSOLE = ("drill.pause", "drill.next", "drill.jump", "drill.improvise", "drill.decide", "drill.note")
_WHILE_ON = ("drill.players", "drill.end", "drill.stop")


class Left(NamedTuple):
    """A drill that was not played to its end."""

    run_id: int
    title: str
    sim_ms: int
    is_begun: bool
    more: int


class DueDrill(NamedTuple):
    """A recurring drill whose time has come; without a slug the wheel draws it."""

    id: int
    title: str
    slug: str


class DrillScreens(QObject):
    """Announces the page, keeps the one drill that can run, and leads to it.

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
        self._stage: DrillStage | None = None
        self._left: Left | None = None
        self._due: tuple[DueDrill, ...] = ()
        self._is_in_sight = False
        self._question: Question | None = None
        window.pages.add_later(PAGE, self._made)
        handlers = {
            "drill.start": self.begin,
            "drill.resume": self.resume,
            "drill.players": self.show_players,
            "drill.end": self.end,
            "drill.stop": self.stop_for_real,
            "escalation.drill": self.make_from_escalation,
        }
        window.dispatcher.add_handlers(handlers)
        for action_id in _BY_CONSOLE:
            window.dispatcher.add_handlers({action_id: partial(self._by_console, action_id)})
        window.banners.pressed.connect(self._press)
        window.banners.closed.connect(self._put_away)
        bridge.drills_changed.connect(self.refresh)
        around.heartbeat.slowly_ticked.connect(self._look_at_clock)
        self._minutes = 0
        self._say_reasons()
        self.refresh()

    @property
    def stage(self) -> "DrillStage | None":
        """The drill that is on, or was last."""
        return self._stage

    def close(self) -> None:
        """The window is closed: the drill waits, its players' window goes."""
        if self._stage is not None:
            self._stage.close()

    def refresh(self, *_what: object) -> None:
        """See what was left and what is due."""
        self._around.runner.run(partial(_read, self._desk, self._own_id()), self._show, owner=self)

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
        if self._left is not None:
            self._go_on(self._left.run_id)

    def show_players(self) -> None:
        """Bring the players' window to the front."""
        if self._stage is not None:
            self._stage.show_players()

    def end(self) -> None:
        """End the drill, after a question."""
        stage = self._stage
        if stage is None or stage.live is None or stage.live.view is None:
            return
        if stage.live.view.state == "BRIEFING":
            self._cancel_briefing()
        elif stage.mode == "solo":
            self._ask_end()
        else:
            self._by_console("drill.end")

    def stop_for_real(self) -> None:
        """Something real happens."""
        if self._stage is not None:
            self._stage.stop_for_real()

    def start(self, wish: "StartWish") -> None:
        """Begin a drill; one at a time."""
        from desktop.wiring.drill_stage import DrillStage  # brings the whole simulator

        page = self._page()
        if self._is_on():
            page.refuse_start(self._why_not_another())
            return
        self._put_stage(DrillStage(self._desk, self._around.runner.bug_found.emit, self._window))
        assert self._stage is not None
        page.show_busy("Getting ready …")
        self._stage.begin(wish)

    def fork(self, run_id: int, seq: int) -> None:
        """Go on from a moment of a run, as a run of its own."""
        if self._is_on():
            self._window.telling.show_error(self._why_not_another())
            return
        work = partial(_forked, self._desk, run_id, seq)
        self._around.runner.run(work, self._go_on, owner=self)

    # -- the drill
    def _go_on(self, run_id: int) -> None:
        from desktop.wiring.drill_stage import DrillStage  # as above

        if self._is_on():
            self._window.telling.show_error(self._why_not_another())
            return
        self._window.banners.withdraw(_LEFT)
        self._put_stage(DrillStage(self._desk, self._around.runner.bug_found.emit, self._window))
        assert self._stage is not None
        self._stage.resume(run_id)

    def _put_stage(self, stage: "DrillStage") -> None:
        before, self._stage = self._stage, stage
        if before is not None:
            before.close()
            before.deleteLater()
        stage.opened.connect(self._opened)
        stage.failed.connect(self._failed)
        stage.ended.connect(self._ended)
        stage.stopped.connect(self._stopped)
        stage.refused.connect(self._refused)
        stage.beside_requested.connect(self.beside_requested)

    def _opened(self, live: "LiveDrill") -> None:
        stage = self._stage
        if stage is None or stage.run is None:
            return
        live.viewed.connect(self._follow)
        self._window.banners.withdraw(_REAL)
        self._window.pages.go_to(PAGE)
        self._page().show_drill(live, stage.run, stage.by)
        self._say_reasons()
        self._say_running()
        self.refresh()

    def _failed(self, error: DeskError) -> None:
        self._forget_stage()
        page = self._page()
        page.refuse_start(error)
        if not page.start.isVisible():
            self._window.telling.show_error(error)
        self.refresh()

    def _ended(self, run_id: int) -> None:
        page = self._page()
        page.end_drill()
        self._window.banners.withdraw(_RUNNING)
        self._window.pages.go_to(PAGE)
        page.show_run(run_id)
        self._say_reasons()

    def _stopped(self, _run_id: int, sim_ms: int) -> None:
        from desktop.ui.drill.words import sim_time  # loaded with the drill
        from desktop.ui.raising import come_forward

        self._page().end_drill()
        self._window.banners.withdraw(_RUNNING)
        self._window.pages.go_to("page.board")
        self._window.banners.show_banner(
            _REAL,
            f"REAL EVENT: drill stopped at {sim_time(sim_ms)}. This is the real desk.",
            "danger",
            [(_NEW, "Open a real escalation")],
        )
        come_forward(self._window)
        self._say_reasons()

    def _refused(self, error: DeskError) -> None:
        """The console says itself what it cannot do; elsewhere the window says it."""
        if not self._is_in_sight:
            self._window.telling.show_error(error)

    def _follow(self, _view: object) -> None:
        if not self._is_on():
            self._say_reasons()

    def _forget_stage(self) -> None:
        if self._stage is not None:
            self._stage.close()
            self._stage = None
        self._say_reasons()

    def _cancel_briefing(self) -> None:
        """A drill that was only briefed is not kept."""
        run_id = self._own_id()
        self._forget_stage()
        self._page().end_drill()
        self._window.banners.withdraw(_RUNNING)
        self._cancel(run_id)

    def _cancel(self, run_id: int) -> None:
        self._around.runner.run(partial(_cancelled, self._desk, run_id), self.refresh, owner=self)

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
        if answer == _END and self._stage is not None:
            self._stage.end()

    def _start_clock(self) -> None:
        if self._stage is not None:
            self._stage.start_clock()

    # -- what is said of it
    def _show(self, found: tuple[Left | None, tuple[DueDrill, ...]]) -> None:
        self._left, self._due = found
        self._say_left()
        self._say_due()
        self._say_reasons()

    def _say_left(self) -> None:
        left = self._left
        if left is None or self._is_on():
            self._window.banners.withdraw(_LEFT)
            return
        if left.is_begun:
            from desktop.ui.drill.words import sim_time  # a drill was left: it will be wanted

            said = f"A drill was interrupted: “{left.title}” at {sim_time(left.sim_ms)}."
        else:
            said = f"A drill was set up and never started: “{left.title}”."
        more = f" {left.more} more wait." if left.more else ""
        buttons = [(_RESUME, "Resume paused" if left.is_begun else "Go on"), (_END, "End it")]
        self._window.banners.show_banner(_LEFT, f"{said}{more}", "warning", buttons)

    def _say_due(self) -> None:
        if not self._due or self._is_on():
            self._window.banners.withdraw(_DUE)
            return
        first = self._due[0]
        more = f" and {len(self._due) - 1} more" if len(self._due) > 1 else ""
        said = f"Drill due today: {first.title}{more}."
        self._window.banners.show_banner(_DUE, said, "info", [(_START, "Start")])

    def _say_running(self) -> None:
        stage = self._stage
        if stage is None or not self._is_on() or self._is_in_sight or stage.run is None:
            self._window.banners.withdraw(_RUNNING)
            return
        said = f"DRILL: “{stage.run.title}” is on. Nothing of it reaches real people or this board."
        self._window.banners.show_banner(_RUNNING, said, "info", [(_SHOW, "Show the drill")])

    def _say_reasons(self) -> None:
        reason = "" if self._is_on() else _NONE
        dispatcher = self._window.dispatcher
        for action_id in _WHILE_ON:
            dispatcher.set_reason(action_id, reason)
        is_alone = self._stage is not None and self._stage.mode == "solo"
        for action_id in _BY_CONSOLE:
            dispatcher.set_reason(action_id, reason or (_ALONE if is_alone else ""))
        left = "" if self._left is not None and not self._is_on() else "No drill was interrupted."
        dispatcher.set_reason("drill.resume", left)

    def _follow_page(self, is_in_sight: bool) -> None:
        self._is_in_sight = is_in_sight
        self._say_running()

    def _look_at_clock(self, _now_us: int) -> None:
        """Every few minutes: something that recurs may be due."""
        self._minutes += 1
        if self._minutes % 20 == 0:
            self.refresh()

    def _press(self, banner: str, button: str) -> None:
        if banner == _RUNNING:
            self._window.pages.go_to(PAGE)
            self._page().show_console()
        elif banner == _LEFT and self._left is not None:
            if button == _RESUME:
                self._go_on(self._left.run_id)
            else:
                self._window.banners.withdraw(_LEFT)
                self._cancel(self._left.run_id)
        elif banner == _REAL:
            self._window.banners.withdraw(_REAL)
            self._window.dispatcher.run("new_escalation")
        elif banner == _DUE and self._due:
            self._start_due(self._due[0])

    def _put_away(self, banner: str) -> None:
        if banner == _DUE:
            self._note_told()

    def _start_due(self, due: DueDrill) -> None:
        self._note_told()
        self._window.pages.go_to(PAGE)
        page = self._page()
        if due.slug:
            page.set_up(due.slug)
        else:
            page.show_plan()

    def _note_told(self) -> None:
        ids = tuple(each.id for each in self._due)
        self._due = ()
        self._window.banners.withdraw(_DUE)
        self._around.runner.run(partial(_told, self._desk, ids), owner=self)

    # -- parts
    def _by_console(self, action_id: str) -> None:
        self._window.pages.go_to(PAGE)
        self._page().run_in_console(action_id)

    def _is_on(self) -> bool:
        return self._stage is not None and self._stage.is_on

    def _own_id(self) -> int:
        return self._stage.run.id if self._stage is not None and self._stage.run is not None else 0

    def _why_not_another(self) -> DeskError:
        run = self._stage.run if self._stage is not None else None
        title = f"“{run.title}”" if run is not None else "A drill"
        return DeskError(f"{title} is on: one drill runs at a time.", hint="End it first.")

    def _page(self) -> "DrillPage":
        from desktop.ui.drill.page import DrillPage  # loaded by then

        page = self._window.pages.page(PAGE)
        assert isinstance(page, DrillPage)
        return page

    def _made(self) -> QWidget:
        from desktop.wiring.drill_page import drill_page  # seldom visited, and large

        page = drill_page(self._desk, self._around, self._bridge, self.fork)
        page.start_wanted.connect(self.start)
        page.clock_wanted.connect(self._start_clock)
        page.players_wanted.connect(self.show_players)
        page.end_wanted.connect(self.end)
        page.came_in_sight.connect(self._follow_page)
        page.message_requested.connect(self._window.telling.say)
        return page


def _read(desk: Desk, own_id: int) -> tuple[Left | None, tuple[DueDrill, ...]]:
    """Two small questions to the database."""
    from db.queries import drill_plan, drill_run  # nothing but words and rows

    now_us = to_us(desk.clock.now())
    with desk.store.read() as session:
        rows = [row for row in drill_run.unfinished(session) if row.id != own_id]
        plans = drill_plan.all_plans(session)
    due = tuple(DueDrill(each.id, each.title, each.slug) for each in plans if _is_due(each, now_us))
    if not rows:
        return None, due
    first = rows[0]
    return Left(first.id, first.title, first.sim_ms, first.started_us is not None, len(rows) - 1), due


def _is_due(plan: "PlanRow", now_us: int) -> bool:
    """Its time has come, now or before, and nobody has taken note of that."""
    has_come = plan.due_us is not None and plan.told_us is None
    return has_come or (plan.next_us is not None and plan.next_us <= now_us)


def _forked(desk: Desk, run_id: int, seq: int) -> int:
    from desktop.services.drill_snapshot import fork  # seldom wanted
    from desktop.wiring.drills import folder_of, record_of
    from desktop.wiring.switching import operator_of

    return fork(record_of(desk), run_id, seq, operator_of(desk), folder=folder_of(desk)).id


def _cancelled(desk: Desk, run_id: int) -> None:
    from desktop.wiring.drill_stage import cancel  # as above

    if run_id:
        cancel(desk, run_id)


def _told(desk: Desk, ids: tuple[int, ...]) -> None:
    from desktop.services.drill_plan import DrillPlans  # something is due: it will be wanted

    plans = DrillPlans(store=desk.store, clock=desk.clock, bus=desk.bus)
    for plan_id in ids:
        plans.note_told(plan_id)
