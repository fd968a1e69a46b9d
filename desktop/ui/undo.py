"""Undo and redo of what a person did at the desk: compensating commands, never deletion."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from desktop.domain.errors import DeskError
from desktop.ui.tasks import TaskRunner
from desktop.ui.text import counted

_DEPTH = 200


class DoneWork(Protocol):
    """What a command handed back."""

    @property
    def seqs(self) -> Sequence[int]:
        """Its events."""
        ...

    @property
    def label(self) -> str:
        """Its name: "Move of ESC-2026-0412"."""
        ...


@dataclass(frozen=True, slots=True)
class OneStep:
    """Several commands that a person did at once, as one step to take back."""

    seqs: tuple[int, ...]
    label: str
    undo: bool


def as_one(done: DoneWork | Sequence[DoneWork]) -> DoneWork:
    """What was done, as one step: screens hand over one command or several."""
    if not isinstance(done, Sequence):
        return done
    kept = [each for each in done if getattr(each, "undo", True)]
    seqs = tuple(seq for each in kept for seq in each.seqs)
    label = done[0].label if len(done) == 1 else counted(len(done), "change")
    return OneStep(seqs, label, undo=bool(seqs))


class Undoes(Protocol):
    """Called on the worker."""

    def undo(self, seqs: Sequence[int]) -> DoneWork:
        """Take back what these events changed; undoing what this hands back does it again.

        Raises: DeskError, Conflict when somebody changed the same thing meanwhile.
        """
        ...


class UndoHistory(QObject):
    """What can be taken back, latest last.

    Signals:
        undone: (str) a sentence: something was taken back, or done again.
        failed: (DeskError) it could not be.
        changed: other things can be undone or redone now.
    """

    undone = Signal(str)
    failed = Signal(object)
    changed = Signal()

    def __init__(self, service: Undoes, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._service = service
        self._runner = runner
        self._stack = QUndoStack(self)
        self._stack.setUndoLimit(_DEPTH)
        self._stack.indexChanged.connect(self.changed)
        self._running: _Command | None = None
        self._verb = ""

    def push(self, done: DoneWork) -> None:
        """This was done; it is one step."""
        if done.seqs:
            self._stack.push(_Command(done, self._run))

    def undo(self) -> None:
        """Take the last step back."""
        if self._running is None:
            self._verb = "Undone"
            self._stack.undo()

    def redo(self) -> None:
        """Do it again."""
        if self._running is None:
            self._verb = "Done again"
            self._stack.redo()

    @property
    def undo_text(self) -> str:
        """What would be taken back, or nothing."""
        return self._stack.undoText()

    @property
    def redo_text(self) -> str:
        """What would be done again, or nothing."""
        return self._stack.redoText()

    def _run(self, command: "_Command") -> None:
        self._running = command
        work = partial(self._service.undo, command.seqs)
        self._runner.run(work, self._take, self._refuse, owner=self)

    def _take(self, done: DoneWork) -> None:
        command, self._running = self._running, None
        if command is not None:
            command.seqs = tuple(done.seqs)
            self.undone.emit(f"{self._verb}: {command.text()}")

    def _refuse(self, error: DeskError) -> None:
        """What cannot be taken back leaves the history; Qt drops it when next passed."""
        command, self._running = self._running, None
        if command is not None:
            command.setObsolete(True)
            command.is_dead = True
            # the stack has stepped over it already: step back, which drops it
            if self._verb == "Undone":
                self._stack.redo()
            else:
                self._stack.undo()
        self.failed.emit(error)
        self.changed.emit()


class _Command(QUndoCommand):
    """One step: its events, and whom to ask to take them back."""

    def __init__(self, done: DoneWork, run: Callable[["_Command"], None]) -> None:
        super().__init__(done.label)
        self.seqs = tuple(done.seqs)
        self.is_dead = False
        self._run = run
        self._is_first = True

    def undo(self) -> None:
        if not self.is_dead:
            self._run(self)

    def redo(self) -> None:
        if self._is_first:  # pushing calls it once for what was done already
            self._is_first = False
        elif not self.is_dead:
            self._run(self)
