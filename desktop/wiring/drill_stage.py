"""One drill on its stage: its own thread, its director, what beats it, and the window of its players."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from desktop.domain.drill_record import Run, RunMode
from desktop.domain.errors import DeskError
from desktop.domain.person import Actor
from desktop.options import WindowOptions
from desktop.services.desk import Desk
from desktop.services.drill_director import DrillDirector
from desktop.services.worker import Worker
from desktop.ui.drill.live import LiveDrill
from desktop.ui.drill.ports import StartWish
from desktop.ui.tasks import TaskRunner
from desktop.ui.window import MainWindow
from desktop.wiring.drilling import DrillBackdrop
from desktop.wiring.drills import folder_of, record_of
from desktop.wiring.switching import operator_of


class _Opened(NamedTuple):
    director: DrillDirector
    run: Run
    by: Actor
    goes_on: bool


class DrillStage(QObject):
    """Carries one run from its first second to its end, or to where the window is closed.

    Signals:
        opened: (LiveDrill) it is there, running or in briefing.
        failed: (DeskError) it could not be opened.
        ended: (int run_id) by the trainer or by itself.
        stopped: (int run_id, int sim_ms) somebody said that something real happens.
        refused: (DeskError) something that could not be done in it.
        beside_requested: (WindowOptions) the window of its players.
    """

    opened = Signal(object)
    failed = Signal(object)
    ended = Signal(int)
    stopped = Signal(int, int)
    refused = Signal(object)
    beside_requested = Signal(object)

    def __init__(self, desk: Desk, bug_found: Callable[[BaseException], None], parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._worker = Worker("drill")
        self._runner = TaskRunner(self._worker, self)
        self._runner.bug_found.connect(bug_found)
        self._runner.error_raised.connect(self._tell)
        self._director: DrillDirector | None = None
        self._backdrop: DrillBackdrop | None = None
        self._is_placed = False
        self._is_closed = False
        self._is_stopped = False
        self.live: LiveDrill | None = None
        self.run: Run | None = None
        self.by = ""

    @property
    def is_on(self) -> bool:
        """Whether its drill is briefed, runs or is paused."""
        if self._is_closed or self._is_stopped:
            return False
        return self.live is None or self.live.view is None or self.live.view.state != "ENDED"

    @property
    def mode(self) -> RunMode:
        """How it is played."""
        return self.run.mode if self.run is not None else RunMode.TABLE

    def begin(self, wish: StartWish) -> None:
        """Keep a new run and open it."""
        self._runner.run(partial(_begun, self._desk, wish), self._take, self._fail, owner=self)

    def resume(self, run_id: int) -> None:
        """Open a run again, paused where it stood."""
        self._runner.run(partial(_resumed, self._desk, run_id), self._take, self._fail, owner=self)

    def start_clock(self) -> None:
        """The briefing is over."""
        if self.live is not None:
            self.live.do("start", self.by)

    def end(self, reason: str = "") -> None:
        """End the drill and score it."""
        if self.live is not None:
            self.live.do("end", self.by, reason)

    def stop_for_real(self) -> None:
        """Something real happens."""
        if self.live is not None and self.is_on:
            self.live.stop_for_real()

    def show_players(self) -> None:
        """Bring the players' window to the front, opened where it is not."""
        if self._backdrop is not None and not self._backdrop.come_forward():
            self._is_placed = False
            self.beside_requested.emit(WindowOptions(drill=self._backdrop))

    @property
    def players_window(self) -> MainWindow | None:
        """The window of the players, while there is one."""
        return self._backdrop.window if self._backdrop is not None else None

    def close(self) -> None:
        """Close the players' window, pause the drill and let go of its desk; safe to repeat."""
        if self._is_closed:
            return
        self._is_closed = True
        if self.live is not None:
            self.live.close()
        window = self.players_window
        if window is not None:
            window.close_without_question()
        self._runner.close()
        if self._director is not None:
            self._worker.submit(self._director.close)
        self._worker.close()

    def _take(self, opened: _Opened) -> None:
        if self._is_closed:
            self._close_late(opened.director)
            return
        self._director, self.run, self.by = opened.director, opened.run, opened.by.name
        live = self.live = LiveDrill(opened.director, self._runner, self)
        live.ended.connect(self._end)
        live.stopped_for_real.connect(self._stop)
        live.refused.connect(self.refused)
        live.viewed.connect(self._place)
        self._backdrop = DrillBackdrop(live, opened.director, is_loud=self._is_loud)
        if opened.goes_on:
            live.do("start", self.by)
        live.begin()
        self.opened.emit(live)
        if opened.run.mode is not RunMode.SCRIBE:
            self.show_players()

    def _is_loud(self) -> bool:
        return self._desk.settings.current.sound

    def _close_late(self, director: DrillDirector) -> None:
        """It was opened while the window was being closed: the worker takes nothing any more."""
        director.close()

    def _place(self, _view: object) -> None:
        """Where there is a second screen, the players get it."""
        window = self.players_window
        if self._is_placed or window is None or not window.isVisible():
            return
        self._is_placed = True
        own = self.parent()
        here = own.screen() if isinstance(own, MainWindow) else QGuiApplication.primaryScreen()
        others = [screen for screen in QGuiApplication.screens() if screen is not here]
        if others:
            window.setGeometry(others[0].availableGeometry())
            window.showMaximized()

    def _end(self) -> None:
        if not self._is_stopped and self.run is not None:
            self.ended.emit(self.run.id)

    def _stop(self, sim_ms: int) -> None:
        self._is_stopped = True
        if self.run is not None:
            self.stopped.emit(self.run.id, sim_ms)

    def _fail(self, error: DeskError) -> None:
        self.failed.emit(error)

    def _tell(self, error: DeskError, _owner: object) -> None:
        self.refused.emit(error)


def cancel(desk: Desk, run_id: int) -> None:
    """End a run that nobody goes on with: it is scored as far as it came, or thrown away unstarted."""
    by, record = operator_of(desk), record_of(desk)
    director = DrillDirector.open(record, run_id, live=desk, base=desk.clock, folder=folder_of(desk))
    try:
        if record.log(run_id):
            director.end(by.name, "It was interrupted and not resumed.")
            return
    finally:
        director.close()
    record.throw_away(run_id, by)


def _begun(desk: Desk, wish: StartWish) -> _Opened:
    by, record = operator_of(desk), record_of(desk)
    run = record.plan(
        wish.slug,
        wish.version,
        by,
        mode=wish.mode,
        practice=wish.practice,
        team=wish.team,
        seed=wish.seed,
        seats=wish.seats,
        folder=str(folder_of(desk)),
    )
    director = DrillDirector.open(record, run.id, live=desk, base=desk.clock, folder=folder_of(desk))
    return _Opened(director, record.run(run.id), by, wish.goes_on)


def _resumed(desk: Desk, run_id: int) -> _Opened:
    record = record_of(desk)
    director = DrillDirector.open(record, run_id, live=desk, base=desk.clock, folder=folder_of(desk))
    return _Opened(director, record.run(run_id), operator_of(desk), False)
