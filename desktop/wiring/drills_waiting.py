"""What the window says of drills that wait: one that was left, one that is due by the calendar.

Imports nothing of drills itself: it asks two small questions at the start.
"""

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from desktop.domain.instant import to_us
from desktop.services.desk import Desk
from desktop.ui.surroundings import Surroundings
from desktop.ui.window import MainWindow

if TYPE_CHECKING:
    from db.queries.drill_plan import PlanRow

_LEFT, _DUE = "drill:left", "drill:due"
_RESUME, _END, _START = "resume", "end", "start"
_SLOW_BEATS = 20  # of a quarter of a minute each


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


class DrillsWaiting(QObject):
    """Tells of them while no drill is on, until somebody has answered.

    Signals:
        resume_requested: (int run_id) go on with it.
        end_requested: (int run_id) nobody goes on with it.
        start_requested: (str slug) set that up; empty where the wheel draws.
        changed: something else waits now.
    """

    resume_requested = Signal(int)
    end_requested = Signal(int)
    start_requested = Signal(str)
    changed = Signal()

    def __init__(self, desk: Desk, window: MainWindow, around: Surroundings) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._around = around
        self._due: tuple[DueDrill, ...] = ()
        self._beats = 0
        self._own_id = 0
        self._not_now = 0  # put away: the menu still leads to it
        self._is_on = False
        self.left: Left | None = None
        window.banners.pressed.connect(self._press)
        window.banners.closed.connect(self._put_away)
        around.heartbeat.slowly_ticked.connect(self._look_at_clock)

    def follow(self, own_id: int, *, is_on: bool) -> None:
        """That drill is this window's own, and on or not."""
        self._own_id, self._is_on = own_id, is_on
        self._say()
        self.refresh()

    def refresh(self, *_what: object) -> None:
        """See what waits."""
        self._around.runner.run(partial(_read, self._desk, self._own_id), self._show, owner=self)

    def _show(self, found: tuple[Left | None, tuple[DueDrill, ...]]) -> None:
        self.left, self._due = found
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        self._say_left()
        self._say_due()

    def _say_left(self) -> None:
        left = self.left
        if left is None or self._is_on or left.run_id == self._not_now:
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
        if not self._due or self._is_on:
            self._window.banners.withdraw(_DUE)
            return
        first = self._due[0]
        more = f" and {len(self._due) - 1} more" if len(self._due) > 1 else ""
        said = f"Drill due today: {first.title}{more}."
        self._window.banners.show_banner(_DUE, said, "info", [(_START, "Start")])

    def _press(self, banner: str, button: str) -> None:
        if banner == _LEFT and self.left is not None:
            run_id = self.left.run_id
            self._window.banners.withdraw(_LEFT)
            (self.resume_requested if button == _RESUME else self.end_requested).emit(run_id)
        elif banner == _DUE and self._due:
            slug = self._due[0].slug
            self._note_told(self._due[:1])
            self.start_requested.emit(slug)

    def _put_away(self, banner: str) -> None:
        if banner == _DUE:
            self._note_told(self._due)
        elif banner == _LEFT and self.left is not None:
            self._not_now = self.left.run_id

    def _note_told(self, due: tuple[DueDrill, ...]) -> None:
        self._due = tuple(each for each in self._due if each not in due)
        self._say_due()
        work = partial(_told, self._desk, tuple(each.id for each in due))
        self._around.runner.run(work, owner=self)

    def _look_at_clock(self, _now_us: int) -> None:
        """Every few minutes: something that recurs may be due."""
        self._beats += 1
        if self._beats % _SLOW_BEATS == 0:
            self.refresh()


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


def _told(desk: Desk, ids: tuple[int, ...]) -> None:
    from desktop.services.drill_plan import DrillPlans  # something is due: it will be wanted

    plans = DrillPlans(store=desk.store, clock=desk.clock, bus=desk.bus)
    for plan_id in ids:
        plans.note_told(plan_id)
