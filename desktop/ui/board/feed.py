"""Brings the board's rows in and keeps them current, without moving anything under the pointer."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop.domain.board_rows import BoardRows
from desktop.domain.clock import Clock
from desktop.domain.errors import DeskError
from desktop.domain.instant import to_us
from desktop.ui.board.ports import Changes, ReadsBoard
from desktop.ui.tasks import TaskRunner

_IDLE_S = 2.0


class BoardFeed(QObject):
    """Loads the rows, asks for what has changed, and settles their order when the person looks elsewhere.

    Signals:
        loaded: all rows are there.
        changed: (frozenset[int] removed) rows came, changed or went.
        settled: cards may be in other places than before.
        failed: (DeskError) the rows could not be read.
    """

    loaded = Signal()
    changed = Signal(object)
    settled = Signal()
    failed = Signal(object)

    def __init__(
        self,
        rows: BoardRows,
        board: ReadsBoard,
        runner: TaskRunner,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._rows = rows
        self._board = board
        self._runner = runner
        self._clock = clock
        self._revision = -1
        self._day_us = 0
        self._is_asking = False
        self._ask_again = False
        self._is_own = False
        self._touched_s = -_IDLE_S

    @property
    def is_loaded(self) -> bool:
        """Whether all rows are there."""
        return self._revision >= 0

    @property
    def is_new_desk(self) -> bool:
        """Whether nothing has ever happened at this desk."""
        return self._revision == 0

    def load(self) -> None:
        """Read all rows anew."""
        self._is_asking = True
        self._runner.run(self._board.load, self.take, self._give_up, owner=self)

    def refresh(self, *, own: bool = False) -> None:
        """Ask for what has changed; with `own`, the person did it, and cards may move at once."""
        self._is_own = self._is_own or own
        if self._is_asking or not self.is_loaded:
            self._ask_again = True
            return
        self._is_asking, self._ask_again = True, False
        work = partial(self._board.changes, self._revision, self._day_us)
        self._runner.run(work, self._take, self._give_up, owner=self)

    def touch(self) -> None:
        """The person points at the cards or uses the keys just now."""
        self._touched_s = self._clock.monotonic()

    @property
    def is_busy(self) -> bool:
        """Whether the person was at the cards within the last two seconds."""
        return self._clock.monotonic() - self._touched_s < _IDLE_S

    def settle(self) -> None:
        """Put every card where its values call for, now."""
        if self._rows.is_unsettled:
            self._rows.settle()
            self.settled.emit()

    def beat(self) -> None:
        """A second has passed."""
        if not self.is_busy:
            self.settle()
        self.refresh()

    def take(self, found: Changes) -> None:
        """All rows are here, whoever has read them."""
        self._is_asking = False
        self._remember(found)
        self._rows.load(found.rows, self._now_us())
        self.loaded.emit()
        self._go_on()

    def _take(self, found: Changes) -> None:
        self._is_asking = False
        self._remember(found)
        is_own, self._is_own = self._is_own, self._is_own and self._ask_again
        if found.rows or found.removed_ids:
            reorder = is_own or not self.is_busy
            self._rows.apply(found.rows, found.removed_ids, self._now_us(), reorder=reorder)
            self.changed.emit(frozenset(found.removed_ids))
        self._go_on()

    def _remember(self, found: Changes) -> None:
        self._revision, self._day_us = found.revision, found.day_us

    def _go_on(self) -> None:
        if self._ask_again:
            self.refresh()

    def _give_up(self, error: DeskError) -> None:
        self._is_asking = False
        self.failed.emit(error)

    def _now_us(self) -> int:
        return to_us(self._clock.now())
