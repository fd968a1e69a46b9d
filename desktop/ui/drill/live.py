"""A running drill between its director and the screens: beats four times a second, tells what changed."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.drill_view import DrillView, PlayerView
from desktop.domain.errors import DeskError
from desktop.ui.tasks import TaskRunner

_BEAT_MS = 250
#: What comes at one instant reaches the players' screen half a second apart.
_BEATS_APART = 2


class Pulse(Protocol):
    """How a drill stands for both kinds of screens."""

    @property
    def trainer(self) -> DrillView:
        """For the console."""
        ...

    @property
    def player(self) -> PlayerView:
        """For the players' window."""
        ...


class Directs(Protocol):
    """The director of one run; every call is for the drill's own worker.

    Each command returns nothing; how the drill stands then is asked with `pulse`.
    Each raises DeskError with what cannot be done, and why.
    """

    @property
    def run_id(self) -> int:
        """Which run it is."""
        ...

    def tick(self) -> None:
        """Let the time pass."""
        ...

    def pulse(self) -> Pulse:
        """How it stands."""
        ...


class _Shown:
    """How many messages the players see by now."""

    def __init__(self) -> None:
        self.count = 0
        self._at_beat = -_BEATS_APART

    def up_to(self, count: int, beat: int) -> int:
        """How many of these they see at a beat: one more, if the last one came long enough ago."""
        if self.count < count and beat - self._at_beat >= _BEATS_APART:
            self.count += 1
            self._at_beat = beat
        self.count = min(self.count, count)
        return self.count


class LiveDrill(QObject):
    """One running drill for all its screens.

    Signals:
        viewed: (DrillView) at every beat, and after every command.
        player_viewed: (PlayerView) as above.
        fired: (tuple of Received) what has just reached the players.
        ended: the drill has come to its end, by whatever way.
        stopped_for_real: (int sim_ms) somebody said that something real happens.
        refused: (DeskError) a command that could not be done.
    """

    viewed = Signal(object)
    player_viewed = Signal(object)
    fired = Signal(object)
    ended = Signal()
    stopped_for_real = Signal(int)
    refused = Signal(object)

    def __init__(self, director: Directs, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._director = director
        self._runner = runner
        self._is_asking = False
        self._is_over = False
        self._beats = 0
        self._shown = _Shown()
        self.view: DrillView | None = None
        self.player: PlayerView | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_BEAT_MS)
        self._timer.timeout.connect(self.beat)

    @property
    def run_id(self) -> int:
        """Which run it is."""
        return self._director.run_id

    def begin(self) -> None:
        """Beat from now on."""
        self._timer.start()
        self.beat()

    def close(self) -> None:
        """Beat no more."""
        self._timer.stop()

    def beat(self) -> None:
        """Let the time pass, unless the last beat is still under way."""
        self._beats += 1
        if not self._is_asking:
            self._is_asking = True
            self._runner.run(partial(_beat, self._director), self._take, self._not_ticked, owner=self)

    def do(self, name: str, *values: Any, **named: Any) -> None:  # noqa: ANN401 any command of the director
        """Let the director carry out a command of that name; what it refuses is told by `refused`."""
        self._runner.run(
            partial(_do, self._director, name, values, named), self._take, self._refuse, owner=self
        )

    def ask(self, name: str, then: Callable[[Any], None], *values: Any, owner: QObject) -> None:  # noqa: ANN401
        """Ask the director something; `then` gets the answer."""
        self._runner.run(partial(_ask, self._director, name, values), then, self._refuse, owner=owner)

    def stop_for_real(self) -> None:
        """Something real happens: end the drill at once."""
        sim_ms = self.view.sim_ms if self.view is not None else 0
        self.close()
        self.stopped_for_real.emit(sim_ms)
        self.do("stop_for_real")

    def _take(self, pulse: Pulse) -> None:
        self._is_asking = False
        known = {each.number for each in self.player.inbox} if self.player is not None else set()
        is_first = self.player is None
        count = len(pulse.player.inbox)
        if not is_first and pulse.trainer.state != "ENDED":
            count = self._shown.up_to(count, self._beats)
        else:
            self._shown.count = count
        self.view, self.player = pulse.trainer, replace(pulse.player, inbox=pulse.player.inbox[:count])
        self.viewed.emit(self.view)
        self.player_viewed.emit(self.player)
        came = tuple(each for each in self.player.inbox if each.number not in known)
        if came and not is_first:
            self.fired.emit(came)
        if self.view.state == "ENDED" and not self._is_over:
            self._is_over = True
            self.close()
            self.ended.emit()

    def _not_ticked(self, error: DeskError) -> None:
        self._is_asking = False
        self.refused.emit(error)

    def _refuse(self, error: DeskError) -> None:
        self.refused.emit(error)


def _beat(director: Directs) -> Pulse:
    director.tick()
    return director.pulse()


def _do(director: Directs, name: str, values: tuple[Any, ...], named: dict[str, Any]) -> Pulse:
    getattr(director, name)(*values, **named)
    return director.pulse()


def _ask(director: Directs, name: str, values: tuple[Any, ...]) -> Any:  # noqa: ANN401 whatever it says
    return getattr(director, name)(*values)
