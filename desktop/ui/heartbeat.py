"""The one repeating timer of the screens."""

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.clock import Clock
from desktop.domain.instant import to_us

_BEAT_MS = 1000
_SLOW_BEATS = 15


class Heartbeat(QObject):
    """Beats once a second while something is visible; tells the desk's own time with each beat.

    Signals:
        ticked: (now_us: int) every second, for what shows seconds.
        slowly_ticked: (now_us: int) every fifteenth second, for everything else.
    """

    ticked = Signal(object)
    slowly_ticked = Signal(object)

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._beats = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_BEAT_MS)
        self._timer.timeout.connect(self.beat)

    def now_us(self) -> int:
        """The desk's time."""
        return to_us(self._clock.now())

    def start(self) -> None:
        """Beat, at once and from now on."""
        if not self._timer.isActive():
            self._beats = 0
            self._timer.start()
            self.beat()

    def stop(self) -> None:
        """Stand still: nothing of ours can be seen."""
        self._timer.stop()

    @property
    def is_running(self) -> bool:
        return self._timer.isActive()

    def beat(self) -> None:
        """One beat now."""
        now_us = self.now_us()
        self.ticked.emit(now_us)
        if self._beats % _SLOW_BEATS == 0:
            self.slowly_ticked.emit(now_us)
        self._beats += 1
