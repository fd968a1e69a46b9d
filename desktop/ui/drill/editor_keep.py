"""Keeps a draft while it is written: one saving after the other, nothing overwritten, nothing lost."""

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.drill_record import ScenarioVersion
from desktop.domain.drill_scenario import Scenario
from desktop.domain.errors import Conflict, DeskError
from desktop.ui.drill.editor_ports import DeskWords, KeepsScenario
from desktop.ui.drill.editor_text import opens_in_forms
from desktop.ui.tasks import TaskRunner

_SAVE_MS = 900


_Opened = tuple[DeskWords, ScenarioVersion, Scenario | None]


def _opened(keeps: KeepsScenario, slug: str) -> _Opened:
    version = keeps.open(slug)
    return keeps.words(), version, opens_in_forms(version.text)


class Keeper(QObject):
    """Saves some time after the last change, or at once.

    Signals:
        rested: the typing rests: `save` wants to be called.
        opened: (DeskWords, ScenarioVersion, Scenario | None) the draft, as forms show it where they can.
        saved: the draft is kept as it was given.
        conflicted: (str, ScenarioVersion) somebody saved since; nothing was overwritten.
        failed: (DeskError) it could not be kept; the next change tries again.
        published: (ScenarioVersion)
        discarded: the draft is gone.
    """

    rested = Signal()
    opened = Signal(object, object, object)
    saved = Signal()
    conflicted = Signal(str, object)
    failed = Signal(object)
    published = Signal(object)
    discarded = Signal()

    def __init__(self, keeps: KeepsScenario, runner: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._keeps = keeps
        self._runner = runner
        self._asked = ""
        self._next: str | None = None
        self._refused = ""
        self.version: ScenarioVersion | None = None
        self.kept = ""  # the text as it was read or given here; the desk may have put its number into it
        self.is_busy = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SAVE_MS)
        self._soon.timeout.connect(self.rested)

    @property
    def is_waiting(self) -> bool:
        """Whether something was typed that is not even given to be kept."""
        return self._soon.isActive() or self._next is not None

    def open(self, slug: str) -> None:
        """Fetch a draft."""
        self.version = None
        self._soon.stop()
        self._next = None
        self._runner.run(partial(_opened, self._keeps, slug), self._take, self.failed.emit, owner=self)

    def follow(self) -> None:
        """Something was typed: save when the typing rests."""
        self._soon.start()

    def save(self, text: str) -> None:
        """Keep a text now, or after the one that is being kept."""
        self._soon.stop()
        if self.version is None:
            return
        if self.is_busy:
            self._next = text
        elif text == self.kept:
            self.saved.emit()
        else:
            self.is_busy, self._asked = True, text
            work = partial(self._keeps.save, self.version.slug, text, self.version.edition)
            self._runner.run(work, self._kept, self._not_kept, owner=self)

    def go_on_from(self, theirs: ScenarioVersion) -> None:
        """Their edition is the one that is changed from now on."""
        self.version, self.kept = theirs, theirs.text

    def publish(self, note: str) -> None:
        """Publish what is kept."""
        if self.version is not None and not self.is_busy:
            work = partial(self._keeps.publish, self.version.slug, note)
            self._runner.run(work, self.published.emit, self.failed.emit, owner=self)

    def discard(self) -> None:
        """Throw the draft away."""
        if self.version is not None:
            self._soon.stop()
            work = partial(self._keeps.discard, self.version.slug)
            self._runner.run(work, self._gone, self.failed.emit, owner=self)

    def forget(self) -> None:
        """Nothing is to be kept any more."""
        self._soon.stop()
        self._next = None
        self.version = None

    def _take(self, found: _Opened) -> None:
        self.go_on_from(found[1])
        self.is_busy = False
        self.opened.emit(*found)

    def _kept(self, version: ScenarioVersion) -> None:
        self.is_busy = False
        if self.version is None or version.slug != self.version.slug:
            return
        self.version, self.kept = version, self._asked
        following, self._next = self._next, None
        if following is not None and following != self.kept:
            self.save(following)
        else:
            self.saved.emit()

    def _not_kept(self, error: DeskError) -> None:
        self.is_busy, self._next = False, None
        if isinstance(error, Conflict) and self.version is not None:
            self._refused = str(error)
            work = partial(self._keeps.open, self.version.slug)
            self._runner.run(work, self._compare, self.failed.emit, owner=self)
        else:
            self.failed.emit(error)

    def _compare(self, theirs: ScenarioVersion) -> None:
        self.conflicted.emit(self._refused, theirs)

    def _gone(self, _nothing: object) -> None:
        self.forget()
        self.discarded.emit()
