"""The bar over a replayed desk: play, pause, speed, step, and the day it shows."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop.domain.clock import Clock
from desktop.domain.errors import DeskError
from desktop.services.replay import Played
from desktop.services.replay_report import ReplayReport
from desktop.ui.kit.button import Button, IconButton
from desktop.ui.kit.label import ElidedLabel, Label
from desktop.ui.kit.meter import Meter
from desktop.ui.kit.segments import Segments
from desktop.ui.surroundings import Surroundings
from desktop.ui.tasks import TaskRunner
from desktop.ui.text import counted

SPEEDS = (("60", "× 60"), ("600", "× 600"), ("3600", "× 3,600"), ("21600", "× 21,600"))
_FIRST_SPEED = "600"
#: So many deeds at most between two looks at the board: the window stays lively however fast time runs.
_AT_ONCE = 60
_LONGEST_S = 5.0


class Plays(Protocol):
    """A log being played on a desk of its own; `advance`, `step` and `report` are for the worker."""

    starts_at: datetime
    ends_at: datetime
    played: Played

    @property
    def now(self) -> datetime:
        """Where it stands."""
        ...

    @property
    def is_over(self) -> bool:
        """Whether every deed is done."""
        ...

    @property
    def total(self) -> int:
        """How many deeds there are."""
        ...

    def advance(self, to: datetime, most: int | None = None) -> Played:
        """Do everything up to an instant."""
        ...

    def step(self) -> Played:
        """Do the next deed."""
        ...

    def report(self) -> ReplayReport:
        """How the desk fared so far."""
        ...


class ReplayDrive(QObject):
    """Moves a replay on while it plays, from beat to beat, at a speed.

    `clock` is the machine's own: the replay's stands still between two advances.

    Signals:
        moved: time has gone on, or was stopped.
        failed: (str) it cannot go on.
        reported: (ReplayReport)
    """

    moved = Signal()
    failed = Signal(str)
    reported = Signal(object)

    def __init__(
        self, player: Plays, runner: TaskRunner, clock: Clock, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.player = player
        self.speed = float(_FIRST_SPEED)
        self._runner = runner
        self._clock = clock
        self._is_playing = False
        self._is_busy = False
        self._seen_s = 0.0

    @property
    def is_playing(self) -> bool:
        """Whether time runs."""
        return self._is_playing

    def play(self) -> None:
        """Let time run."""
        if not self.player.is_over:
            self._is_playing = True
            self._seen_s = self._clock.monotonic()
            self.moved.emit()
            self.beat()

    def pause(self) -> None:
        """Let time stand."""
        self._is_playing = False
        self.moved.emit()

    def toggle(self) -> None:
        """Play or pause."""
        if self._is_playing:
            self.pause()
        else:
            self.play()

    def step(self) -> None:
        """Pause, and go to the next deed."""
        self._is_playing = False
        self._do(self.player.step)

    def ask_report(self) -> None:
        """Have the report made as it stands."""
        self._runner.run(self.player.report, self.reported.emit, self._fail, owner=self)

    def beat(self, _now_us: int = 0) -> None:
        """Go as far as the machine's time since the last beat allows."""
        if not self._is_playing or self._is_busy:
            return
        now_s = self._clock.monotonic()
        passed_s = min(now_s - self._seen_s, _LONGEST_S)
        self._seen_s = now_s
        to = self.player.now + timedelta(seconds=passed_s * self.speed)
        self._do(partial(self.player.advance, to, _AT_ONCE))

    def _do(self, work: Callable[[], Played]) -> None:
        if self._is_busy:
            return
        self._is_busy = True
        self._runner.run(work, self._done, self._fail, owner=self)

    def _done(self, _played: Played) -> None:
        self._is_busy = False
        if self.player.is_over:
            self._is_playing = False
        self.moved.emit()

    def _fail(self, error: DeskError) -> None:
        self._is_busy = False
        self._is_playing = False
        self.failed.emit(str(error))
        self.moved.emit()


class ReplayBar(QFrame):
    """Shows and steers a replay; stands above the pages of its window.

    Signals:
        report_requested: the person wants to read how it went so far.
    """

    report_requested = Signal()

    def __init__(
        self, drive: ReplayDrive, around: Surroundings, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("part", "top")
        self.setAccessibleName(f"Replay of {name}")
        self._drive = drive
        self._play = IconButton(around.icons, "play", "Play")
        self._step = Button("Next event", "quiet")
        self._speed = Segments(SPEEDS, "Speed", even=False)
        self._speed.set_value(_FIRST_SPEED)
        self._when = Label("", "strong")
        self._done = ElidedLabel("", "secondary")
        self._meter = Meter(around.theme)
        self._report = Button("Report")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(12)
        row.addWidget(ElidedLabel(f"Replay of {name}", "secondary"), 2)
        for widget in (self._play, self._step, self._speed, self._when):
            row.addWidget(widget)
        row.addWidget(self._meter, 1)
        row.addWidget(self._done, 2)
        row.addWidget(self._report)
        self._play.clicked.connect(drive.toggle)
        self._step.clicked.connect(drive.step)
        self._speed.chosen.connect(self._set_speed)
        self._report.clicked.connect(self.report_requested)
        drive.moved.connect(self.refresh)
        around.heartbeat.ticked.connect(drive.beat)
        self.refresh()

    def refresh(self) -> None:
        """Show where the replay stands."""
        player, drive = self._drive.player, self._drive
        words = "Pause" if drive.is_playing else "Play"
        self._play.set_icon("pause" if drive.is_playing else "play")
        self._play.setAccessibleName(words)
        self._play.setToolTip(words)
        self._play.setEnabled(not player.is_over)
        self._step.setEnabled(not player.is_over)
        self._when.setText(f"{player.now.astimezone():%a %d %b %Y, %H:%M}")
        played = player.played
        self._done.setText(f"{counted(played.opened, 'ticket')} · {counted(played.alarms, 'alarm')}")
        share = played.deeds / max(player.total, 1)
        self._meter.set_share(share, f"{share:.0%} of the log")

    def _set_speed(self, key: str) -> None:
        self._drive.speed = float(key)
