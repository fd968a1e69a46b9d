"""The one repeating timer of the screens."""

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.clock import Clock
from desktop.domain.instant import to_us

_BEAT_MS = 1000
_FRAME_MS = 125
_SLOW_BEATS = 15
#: Frames of a second while something moves.
FRAMES_PER_S = _BEAT_MS // _FRAME_MS


class Heartbeat(QObject):
    """Beats once a second while something is visible; tells the desk's own time with each beat.

    Signals:
        ticked: (now_us: int) every second, for what shows seconds.
        slowly_ticked: (now_us: int) every fifteenth second, for everything else.
        quickly_ticked: eight times a second, only while `hurry` is in force: something moves.
    """

    ticked = Signal(object)
    slowly_ticked = Signal(object)
    quickly_ticked = Signal()

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._beats = 0
        self._into_ms = 0
        self._is_hurried = False
        self._timer = QTimer(self)
        self._timer.setInterval(_BEAT_MS)
        self._timer.timeout.connect(self._time_out)

    def now_us(self) -> int:
        """The desk's time."""
        return to_us(self._clock.now())

    def start(self) -> None:
        """Beat, at once and from now on."""
        if not self._timer.isActive():
            self._beats = 0
            self._timer.start(_BEAT_MS)
            self.beat()

    def stop(self) -> None:
        """Stand still: nothing of ours can be seen."""
        self._timer.stop()
        self._is_hurried = False

    @property
    def is_running(self) -> bool:
        return self._timer.isActive()

    @property
    def is_hurried(self) -> bool:
        """Whether it ticks eight times a second."""
        return self._is_hurried

    def hurry(self) -> None:
        """Tick eight times a second as well, until `calm`; the seconds go on where they were."""
        if self._timer.isActive() and self._timer.interval() == _BEAT_MS:
            self._into_ms = _BEAT_MS - max(self._timer.remainingTime(), 0)
            self._timer.start(_FRAME_MS)
        self._is_hurried = self._timer.isActive()

    def calm(self) -> None:
        """Nothing moves any more: from the next second on, tick once a second."""
        self._is_hurried = False

    def beat(self) -> None:
        """One beat now."""
        now_us = self.now_us()
        self.ticked.emit(now_us)
        if self._beats % _SLOW_BEATS == 0:
            self.slowly_ticked.emit(now_us)
        self._beats += 1

    def _time_out(self) -> None:
        if self._timer.interval() == _BEAT_MS:
            self.beat()
            return
        if self._is_hurried:
            self.quickly_ticked.emit()
        self._into_ms += _FRAME_MS
        if self._into_ms < _BEAT_MS:
            return
        self._into_ms = 0
        if not self._is_hurried:
            self._timer.start(_BEAT_MS)
        self.beat()
