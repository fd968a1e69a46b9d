"""A drill with its players' window in this process: a real director over a desk of its own, time by hand."""

import gc
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtTest import QTest

from desktop.domain.clock import ManualClock
from desktop.domain.drill_record import RunMode, Seat
from desktop.domain.person import Actor, Role
from desktop.options import WindowOptions
from desktop.services.desk import Desk
from desktop.services.drill_director import DrillDirector
from desktop.services.drill_library import DrillLibrary
from desktop.services.drill_record import DrillRecord
from desktop.services.worker import Worker
from desktop.ui.drill.live import LiveDrill
from desktop.ui.tasks import TaskRunner
from desktop.wiring.drill_steering import DrillSteering
from desktop.wiring.drilling import DrillBackdrop
from desktop.wiring.session import WindowSession
from tests.support.real_window import Heard, RealWindow, _delete

CHARGED = "drl-charged-again"
TRAINER = "Tara Sato"
_BY = Actor(TRAINER, None, frozenset({Role.TRAINER, Role.LEAD}))
SEATS = (
    Seat("triage", "Support triage", "Cora Lind"),
    Seat("lead", "Escalation lead", "Leo Marsh"),
    Seat("oncall", "Billing on-call", "Onno Kay"),
    Seat("comms", "Customer liaison", "Mira Sol"),
    Seat("nextlead", "Incoming shift lead", "Ines Falk"),
)


class Players(RealWindow):
    """The players' window, the drill behind it, and the clock on the wall."""

    def __init__(
        self, session: WindowSession, live: LiveDrill, director: DrillDirector, wall: ManualClock
    ) -> None:
        super().__init__(session, director.desk.store.path)
        self.live = live
        self.director = director
        self.wall = wall

    @property
    def steering(self) -> DrillSteering:
        """What joins the window to its drill."""
        found = self.window.findChild(DrillSteering)
        assert isinstance(found, DrillSteering)
        return found

    def say(self, name: str, *values: object, **named: object) -> None:
        """Let the trainer command something, and everybody see it."""
        self.live.do(name, *values, **named)
        self.come_to_rest()

    def later(self, **span: float) -> None:
        """Let that much time pass on the wall, in steps: a drill takes a longer one for a sleep."""
        left_s = timedelta(**span).total_seconds()
        while left_s > 0:
            step_s = min(left_s, 4.0)
            left_s -= step_s
            self.wall.forward(seconds=step_s)
            self.live.beat()
            self.until(lambda: self.live._runner.pending == 0, "a beat of the drill")
        self.come_to_rest()

    def come_to_rest(self) -> None:
        """Let the drill answer, and the window follow."""
        self.until(lambda: self.live._runner.pending == 0, "an answer of the drill")
        QTest.qWait(300)  # the desk tells its window at most four times a second
        self.settle()


@contextmanager
def players_window(
    folder: Path, *, mode: RunMode = RunMode.TABLE, size: tuple[int, int] = (1440, 900), theme: str = "light"
) -> Iterator[Players]:
    """The players' window of "Charged again and again", not started yet; closed at the end."""
    wall = ManualClock(datetime(2026, 11, 24, 9, 0, tzinfo=UTC))
    with closing(Desk.open(folder / "live.sqlite3", folder / "backups", wall)) as home:
        home.settings.set("theme", theme)
        worker = Worker("drill")
        try:
            director = worker.submit(partial(_directed, home, wall, folder, mode)).result()
            runner = TaskRunner(worker)
            live = LiveDrill(director, runner)
            with _window(DrillBackdrop(live, director), size) as session:
                opened = Players(session, live, director, wall)
                opened.live.beat()
                opened.come_to_rest()
                yield opened
            live.close()
            worker.submit(director.close).result()
            runner.close()
        finally:
            worker.close()


def _directed(home: Desk, wall: ManualClock, folder: Path, mode: RunMode) -> DrillDirector:
    library = DrillLibrary(store=home.store, clock=wall, bus=home.bus)
    library.ensure_shipped()
    record = DrillRecord(store=home.store, clock=wall, bus=home.bus)
    run = record.plan(
        CHARGED, 0, _BY, mode=mode, practice=False, team="Billing", seed=7, seats=SEATS, folder=str(folder)
    )
    return DrillDirector.open(record, run.id, live=home, base=wall, folder=folder)


@contextmanager
def _window(backdrop: DrillBackdrop, size: tuple[int, int]) -> Iterator[WindowSession]:
    trace = Heard()
    session = WindowSession(WindowOptions(drill=backdrop), backdrop.clock, trace)
    opened = RealWindow(session, backdrop.place.database)
    opened.window.resize(*size)
    session.start()
    try:
        opened.until(lambda: "all_ready" in trace.events, "everything ready")
        opened.window.resize(*size)
        opened.window.activateWindow()
        opened.until(opened.window.isActiveWindow, "the keyboard")
        opened.settle()
        yield session
    finally:
        ended: list[object] = []
        session.ended.connect(ended.append)
        opened.window.close_without_question()
        opened.until(lambda: ended or not opened.window.isVisible(), "the end of the window")
        for part in (opened.window, session, trace):
            _delete(part)
        gc.unfreeze()
