"""Keeps the one drill that can be on in a window: begun, resumed, forked, ended, thrown away.

Imports nothing of drills itself before somebody begins one.
"""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.domain.errors import DeskError
from desktop.services.desk import Desk
from desktop.ui.surroundings import Surroundings
from desktop.ui.window import MainWindow

if TYPE_CHECKING:
    from desktop.ui.drill.live import LiveDrill
    from desktop.ui.drill.ports import StartWish
    from desktop.wiring.drill_stage import DrillStage


class DrillKeeper(QObject):
    """Puts drills on a stage, one at a time.

    Signals:
        opened: (LiveDrill) it is there.
        failed: (DeskError) it could not be begun.
        ended: (int run_id) there is something to be looked at.
        stopped: (int sim_ms) something real happens.
        refused: (DeskError) something could not be done in it.
        changed: it is on or off from now on.
        beside_requested: (WindowOptions) open the players' window.
    """

    opened = Signal(object)
    failed = Signal(object)
    ended = Signal(int)
    stopped = Signal(int)
    refused = Signal(object)
    changed = Signal()
    beside_requested = Signal(object)

    def __init__(self, desk: Desk, window: MainWindow, around: Surroundings) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._around = around
        self.stage: DrillStage | None = None

    @property
    def is_on(self) -> bool:
        """Whether a drill is briefed, runs or is paused."""
        return self.stage is not None and self.stage.is_on

    @property
    def run_id(self) -> int:
        """The drill that is on, or was last; 0 for none."""
        return self.stage.run.id if self.stage is not None and self.stage.run is not None else 0

    @property
    def title(self) -> str:
        """What it is called."""
        return self.stage.run.title if self.stage is not None and self.stage.run is not None else ""

    @property
    def is_alone(self) -> bool:
        """Whether somebody practises without a trainer."""
        return self.stage is not None and self.stage.mode == "solo"

    @property
    def is_briefed(self) -> bool:
        """Whether its clock has not begun."""
        live = self.stage.live if self.stage is not None else None
        return live is not None and live.view is not None and live.view.state == "BRIEFING"

    def why_not_another(self) -> DeskError | None:
        """Why no drill can begin now."""
        if not self.is_on:
            return None
        title = f"“{self.title}”" if self.title else "A drill"
        return DeskError(f"{title} is on: one drill runs at a time.", hint="End it first.")

    def start(self, wish: "StartWish") -> None:
        """Begin a drill."""
        self._new_stage().begin(wish)

    def resume(self, run_id: int) -> None:
        """Go on with a drill that was left, or with a fork of one."""
        reason = self.why_not_another()
        if reason is not None:
            self._window.telling.show_error(reason)
        else:
            self._new_stage().resume(run_id)

    def fork(self, run_id: int, seq: int) -> None:
        """Go on from a moment of a run, as a run of its own."""
        reason = self.why_not_another()
        if reason is not None:
            self._window.telling.show_error(reason)
            return
        work = partial(_forked, self._desk, run_id, seq)
        self._around.runner.run(work, self.resume, owner=self)

    def throw_away(self) -> None:
        """A drill that was only briefed is not kept."""
        run_id = self.run_id
        self._forget()
        self.end_left(run_id)

    def end_left(self, run_id: int) -> None:
        """Nobody goes on with that one."""
        if run_id:
            self._around.runner.run(partial(_cancelled, self._desk, run_id), self._told, owner=self)

    def close(self) -> None:
        """The window is closed: the drill waits, its players' window goes."""
        if self.stage is not None:
            self.stage.close()

    def _new_stage(self) -> "DrillStage":
        from desktop.wiring.drill_stage import DrillStage  # brings the whole simulator

        before = self.stage
        if before is not None:
            before.close()
            before.deleteLater()
        stage = self.stage = DrillStage(self._desk, self._around.runner.bug_found.emit, self._window)
        stage.opened.connect(self._open)
        stage.failed.connect(self._fail)
        stage.ended.connect(self._end)
        stage.stopped.connect(self._stop)
        stage.refused.connect(self.refused)
        stage.beside_requested.connect(self.beside_requested)
        return stage

    def _open(self, live: "LiveDrill") -> None:
        self.opened.emit(live)
        self.changed.emit()

    def _fail(self, error: DeskError) -> None:
        self._forget()
        self.failed.emit(error)

    def _end(self, run_id: int) -> None:
        self.ended.emit(run_id)
        self.changed.emit()

    def _stop(self, _run_id: int, sim_ms: int) -> None:
        self.changed.emit()
        self.stopped.emit(sim_ms)  # last: what it says then stands above all else

    def _forget(self) -> None:
        if self.stage is not None:
            self.stage.close()
            self.stage = None
        self.changed.emit()

    def _told(self, _nothing: object) -> None:
        self.changed.emit()


def _forked(desk: Desk, run_id: int, seq: int) -> int:
    from desktop.services.drill_snapshot import fork  # seldom wanted
    from desktop.wiring.drills import folder_of, record_of
    from desktop.wiring.switching import operator_of

    return fork(record_of(desk), run_id, seq, operator_of(desk), folder=folder_of(desk)).id


def _cancelled(desk: Desk, run_id: int) -> None:
    from desktop.wiring.drill_stage import cancel  # as above

    cancel(desk, run_id)
