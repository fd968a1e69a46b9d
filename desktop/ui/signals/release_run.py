"""A release of held signals that goes slice by slice: the window and the desk live on between them."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop.domain.errors import DeskError
from desktop.services.releasing import Release, Releasing
from desktop.services.signal_release import Released, slices
from desktop.ui.signals.calls import operator
from desktop.ui.signals.ports import SignalsServices
from desktop.ui.tasks import TaskRunner


class ReleaseRun(QObject):
    """One release at a time.

    Signals:
        progressed: (int done, int all) another slice is kept.
        ended: (Released) as much as was done before it came to its end, was stopped or was refused.
        refused: (DeskError) it could not begin, or not go on; comes after `ended` where something was done.
    """

    progressed = Signal(int, int)
    ended = Signal(object)
    refused = Signal(object)

    def __init__(self, services: SignalsServices, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._runner = runner
        self._left: list[tuple[int, ...]] = []
        self._how = Releasing(Release.DISMISS, None, "")
        self._released = Released()
        self.total = 0
        self.is_running = False

    @property
    def done(self) -> int:
        """How many were decided about or refused so far."""
        return self._released.number + len(self._released.refused)

    def start(self, ids: Sequence[int], how: Release, answers: Mapping[str, str]) -> None:
        """Release these, unless a release is under way."""
        if self.is_running or not ids:
            return
        into = answers.get("into", "")
        self._how = Releasing(how, int(into) if into else None, answers.get("reason", ""))
        self._left = list(slices(ids, how))
        self.total = len(ids)
        self._released = Released()
        self.is_running = True
        self._next()

    def stop(self) -> None:
        """Go no further than the slice that is under way."""
        self._left.clear()

    def _next(self) -> None:
        some, self._left = self._left[0], self._left[1:]
        work = partial(_release, self._services, some, self._how)
        self._runner.run(work, self._take, self._refuse, owner=self)

    def _take(self, released: Released) -> None:
        self._released += released
        self.progressed.emit(self.done, self.total)
        if self._left:
            self._next()
        else:
            self._end()

    def _end(self) -> None:
        self.is_running = False
        self.ended.emit(self._released)

    def _refuse(self, error: DeskError) -> None:
        self._left.clear()
        if self._released.number:
            self._end()
        self.is_running = False
        self.refused.emit(error)


def _release(services: SignalsServices, ids: tuple[int, ...], how: Releasing) -> Released:
    return services.signals.releases.release(ids, operator(services), how)
