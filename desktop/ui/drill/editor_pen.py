"""The pen all forms of the editor write with: one scenario, and every step back."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.domain.drill_document import write_scenario
from desktop.domain.drill_history import History
from desktop.domain.drill_names import rename
from desktop.domain.drill_node import Path
from desktop.domain.drill_put import put, put_all, value_at
from desktop.domain.drill_scenario import Scenario
from desktop.domain.errors import DeskError
from desktop.ui.drill.editor_ports import DeskWords


class Pen(QObject):
    """Holds the scenario while it is written. There is none before `take`.

    Signals:
        changed: it says something else now.
        opened: another scenario, or the same with another history.
        went: (path) an undone or redone step was there.
    """

    changed = Signal()
    opened = Signal()
    went = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._history: History | None = None
        self._document: dict[str, Any] = {}
        self.words = DeskWords()
        self.unread: dict[Path, str] = {}

    @property
    def is_ready(self) -> bool:
        """Whether there is a scenario."""
        return self._history is not None

    @property
    def scenario(self) -> Scenario:
        """What is written."""
        if self._history is None:
            raise LookupError("no scenario is open")
        return self._history.scenario

    @property
    def document(self) -> dict[str, Any]:
        """The same as a document; not to be changed."""
        return self._document

    def value(self, path: Path) -> Any:  # noqa: ANN401
        """What stands at a place."""
        return value_at(self._document, path)

    def take(self, scenario: Scenario) -> None:
        """Begin with a scenario; nothing can be taken back yet."""
        self._history = History(scenario)
        self.unread.clear()
        self._document = write_scenario(scenario)
        self.opened.emit()

    def drop(self) -> None:
        """There is none any more."""
        self._history = None
        self.unread.clear()
        self._document = {}

    def put(self, path: Path, value: object, *, typed: bool = True) -> None:
        """Write a value at a place; None takes out what stands there."""
        self.unread.pop(path, None)
        if self._history is not None:
            self._write(put(self.scenario, path, value), path, typed=typed)

    def put_all(self, values: Mapping[Path, object], place: Path, *, typed: bool = False) -> None:
        """Write several values as one step."""
        if self._history is not None:
            self._write(put_all(self.scenario, values), place, typed=typed)

    def edit(self, operation: Callable[[Scenario], Scenario], place: Path) -> None:
        """Carry out an operation as a step of its own."""
        if self._history is not None:
            self._write(operation(self.scenario), place, typed=False)

    def rename(self, kind: str, old: str, new: str, owner: str = "", at: Path | None = None) -> str:
        """Call a thing otherwise, wherever it is named; gives why it cannot be called so."""
        if self._history is None:
            return ""
        try:
            changed = rename(self.scenario, kind, old, new, owner, at)
        except DeskError as error:
            return str(error)
        self._write(changed, (), typed=False)
        return ""

    def note_unread(self, path: Path, why: str) -> None:
        """What is typed somewhere cannot be read, or can again."""
        if why:
            self.unread[path] = why
        else:
            self.unread.pop(path, None)

    def rest(self) -> None:
        """What is typed next is a step of its own."""
        if self._history is not None:
            self._history.rest()

    @property
    def can_undo(self) -> bool:
        """Whether anything can be taken back."""
        return self._history is not None and self._history.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether anything can be done again."""
        return self._history is not None and self._history.can_redo

    def undo(self) -> None:
        """Take the last step back."""
        self._stepped(self._history.undo() if self._history is not None else None)

    def redo(self) -> None:
        """Do again what was taken back."""
        self._stepped(self._history.redo() if self._history is not None else None)

    def _stepped(self, place: Path | None) -> None:
        if place is not None:
            self.unread.clear()
            self._tell()
            self.went.emit(place)

    def _write(self, scenario: Scenario, place: Path, *, typed: bool) -> None:
        if self._history is not None and self._history.write(scenario, place, typed=typed):
            self._tell()

    def _tell(self) -> None:
        self._document = write_scenario(self.scenario)
        self.changed.emit()
