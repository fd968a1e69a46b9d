"""Keeps what is typed into a message: soon after it was typed, in order, and at once when it is left."""

from collections.abc import Callable
from functools import partial, reduce

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.errors import DeskError
from desktop.ui.message.ports import Changes, KeepsMessages, Key, Writing
from desktop.ui.tasks import TaskRunner

_WAIT_MS = 300  # after this without a key the texts follow the facts


class DraftKeeper(QObject):
    """Hands on what was typed, one piece after the other; knows what is not kept yet.

    Signals:
        read: (Writing) the draft as it stands now.
        failed: (DeskError) it could not be kept; it is tried again with the next word.
        settled: nothing is under way any more.
    """

    read = Signal(object)
    failed = Signal(object)
    settled = Signal()

    def __init__(self, keeps: KeepsMessages, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._keeps = keeps
        self._runner = runner
        self._key: Key | None = None
        self._unkept = Changes()
        self._on_the_way: list[Changes] = []
        self._under_way = 0
        self._serial = 0
        self._is_opening = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self.save)
        runner.bug_found.connect(self._recover)

    @property
    def unkept(self) -> Changes:
        """What the desk does not know yet: the fields keep their text meanwhile."""
        return reduce(Changes.and_then, (*self._on_the_way, self._unkept))

    @property
    def is_busy(self) -> bool:
        """Whether an answer is awaited."""
        return self._under_way > 0

    @property
    def is_settled(self) -> bool:
        """Whether all is kept and read."""
        return not self.is_busy and self._unkept.is_empty

    def take_key(self, key: Key | None) -> None:
        """Which draft is written from now on."""
        self._is_opening = False
        self._key = key

    def note(self, changes: Changes, *, at_once: bool = False) -> None:
        """This was typed or chosen; where nothing is written any more, it is nothing."""
        if self._key is None:
            return
        self._unkept = self._unkept.and_then(changes)
        if at_once:
            self.save()
        else:
            self._timer.start()

    def save(self) -> None:
        """Keep everything now."""
        self._timer.stop()
        if self._key is None or self._unkept.is_empty:
            return
        changes, self._unkept = self._unkept, Changes()
        self._on_the_way.append(changes)
        self._run(partial(self._keeps.change, self._key, changes), self._take_kept, self._refuse_kept)

    def open(self, work: Callable[[], Writing]) -> None:
        """Read another draft, after what was typed into this one is kept."""
        self._is_opening = True
        self.do(work)

    def do(self, work: Callable[[], Writing]) -> None:
        """Do something else to the draft, after what was typed is kept."""
        self.save()
        self._run(work, self._take, self._refuse)

    def forget(self) -> None:
        """The draft is gone: nothing of it is to be kept."""
        self._timer.stop()
        self._unkept = Changes()
        self._key = None

    # -- within
    def _run(
        self,
        work: Callable[[], Writing],
        then: Callable[[tuple[int, Writing]], None],
        failed: Callable[[DeskError], None],
    ) -> None:
        self._under_way += 1
        self._serial += 1
        self._runner.run(partial(_numbered, self._serial, work), then, failed, owner=self)

    def _take_kept(self, result: tuple[int, Writing]) -> None:
        if self._on_the_way:
            self._on_the_way.pop(0)
        self._take(result)

    def _take(self, result: tuple[int, Writing]) -> None:
        self._under_way = max(self._under_way - 1, 0)
        serial, writing = result
        if serial == self._serial:  # a later answer says more
            self.read.emit(writing)
        if self.is_settled:
            self.settled.emit()

    def _refuse_kept(self, error: DeskError) -> None:
        refused = self._on_the_way.pop(0) if self._on_the_way else Changes()
        if self._key is not None:
            self._unkept = refused.and_then(self._unkept)
        self._end(error)

    def _refuse(self, error: DeskError) -> None:
        # What only was to be read of a draft that is gone, nobody waits for.
        self._end(error if self._key is not None or self._is_opening else None)

    def _recover(self, _bug: object) -> None:
        """Something on the worker broke, perhaps what was awaited here: what was typed is kept again."""
        if self._under_way:
            self._unkept = self.unkept
            self._on_the_way.clear()
            self._under_way = 0
            self.settled.emit()

    def _end(self, error: DeskError | None) -> None:
        self._under_way = max(self._under_way - 1, 0)
        if error is not None:
            self.failed.emit(error)
        if not self.is_busy:
            self.settled.emit()


def _numbered(serial: int, work: Callable[[], Writing]) -> tuple[int, Writing]:
    return serial, work()
