"""Keeps what is being typed into several fields: within two seconds, on leaving, over a crash."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.errors import DeskError
from desktop.ui.tasks import TaskRunner

_WAIT_MS = 1500

#: Keeps the text of one field durably; called on the worker, an empty text too.
Keeps = Callable[[str, str], object]


class WordKeeper(QObject):
    """Knows the text of each field by its key, and which of them is not kept yet.

    Signals:
        kept: what was typed so far is safe.
        failed: (str) it could not be kept; it is tried again with the next word.
    """

    kept = Signal()
    failed = Signal(str)

    def __init__(self, keep: Keeps, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._keep = keep
        self._runner = runner
        self._known: dict[str, str] = {}
        self._unkept: dict[str, str] = {}
        self._on_the_way: dict[str, str] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self.save)

    def take(self, words: Mapping[str, str]) -> None:
        """These were kept; what is typed meanwhile stays."""
        self._known = {**words, **self._on_the_way, **self._unkept}

    def text(self, key: str) -> str:
        """What was typed into a field."""
        return self._known.get(key, "")

    def is_waiting(self, key: str) -> bool:
        """Whether something typed into a field is not kept yet."""
        return key in self._unkept or key in self._on_the_way

    def note(self, key: str, text: str) -> None:
        """A field holds this now; it is kept soon."""
        if self._known.get(key) != text:
            self._known[key] = self._unkept[key] = text
            self._timer.start()

    def forget(self, key: str) -> None:
        """It was used: nothing of it needs to be kept."""
        self._unkept.pop(key, None)
        if self._known.pop(key, ""):
            self._runner.run(partial(self._keep, key, ""), owner=self)

    def save(self) -> None:
        """Keep everything now."""
        self._timer.stop()
        if self._unkept:
            self._on_the_way, self._unkept = self._on_the_way | self._unkept, {}
            work = partial(_keep_all, self._keep, dict(self._on_the_way))
            self._runner.run(work, self._take_kept, self._take_fault, owner=self)

    def _take_kept(self, texts: Mapping[str, str]) -> None:
        for key, text in texts.items():
            if self._on_the_way.get(key) == text:
                del self._on_the_way[key]
        self.kept.emit()

    def _take_fault(self, error: DeskError) -> None:
        self._unkept = self._on_the_way | self._unkept
        self._on_the_way = {}
        self.failed.emit(str(error))


def _keep_all(keep: Keeps, texts: Mapping[str, str]) -> Mapping[str, str]:
    for key, text in texts.items():
        keep(key, text)
    return texts
