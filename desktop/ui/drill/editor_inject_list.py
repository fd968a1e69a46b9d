"""The injects of a scenario by phase with their likely times, and what is done with them."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QVBoxLayout, QWidget

from desktop.domain.drill_edit import add_inject, delete_inject, duplicate_inject, move_inject, sort_injects
from desktop.domain.drill_scenario import Scenario
from desktop.domain.drill_timeline import timeline
from desktop.ui.drill.editor_pen import Pen
from desktop.ui.drill.editor_words import clock_words
from desktop.ui.kit.button import Button, IconButton
from desktop.ui.kit.flow import FlowLayout
from desktop.ui.kit.tip import as_tip
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import one_line

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
_ALT, _CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
_MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class Line(NamedTuple):
    """A phase, or an inject by its place in the document."""

    at: int
    words: str
    said: str


class InjectModel(QAbstractListModel):
    """Phases with their injects below them; injects of no phase that is there come last."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []

    def show_scenario(self, scenario: Scenario) -> None:
        """Show its injects."""
        found = list(_lines(scenario))
        if found == self.lines:
            return
        if [line.at for line in found] == [line.at for line in self.lines]:
            self.lines = found
            self.dataChanged.emit(self.index(0), self.index(len(found) - 1))
            return
        self.beginResetModel()
        self.lines = found
        self.endResetModel()

    def row_of(self, at: int) -> int:
        """Where an inject stands; -1 for none."""
        return next((row for row, line in enumerate(self.lines) if line.at == at), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        is_inject = 0 <= index.row() < len(self.lines) and self.lines[index.row()].at >= 0
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable if is_inject else Qt.ItemFlag(0)

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        if not 0 <= index.row() < len(self.lines):
            return None
        line = self.lines[index.row()]
        if role == Role.DisplayRole:
            return line.words
        if role == Role.AccessibleTextRole:
            return line.said
        if role == Role.ToolTipRole and line.at >= 0:
            return as_tip(line.said)
        return None


def _lines(scenario: Scenario) -> list[Line]:
    marks = timeline(scenario).marks
    lines: list[Line] = []
    phases = [(phase.id, one_line(phase.title)[:60]) for phase in scenario.phases]
    known = {phase for phase, _ in phases}
    for phase, title in [*phases, ("", "No phase")]:
        own = [
            mark
            for mark, inject in zip(marks, scenario.injects, strict=True)
            if (inject.phase == phase if phase else inject.phase not in known)
        ]
        if phase or own:
            name = f"{phase}  {title}" if phase else title
            lines.append(Line(-1, name.upper(), f"Phase {name}"))
        for mark in own:
            about = "" if mark.is_exact else "~"
            title_ = one_line(mark.title)[:120]
            when = f", when {mark.condition}" if mark.condition else ""
            branch = "⤷ " if mark.condition else ""
            words = f"   {about}{clock_words(mark.at_s)}   {branch}{one_line(mark.id)[:24]}   {title_}"
            lines.append(Line(mark.place, words, f"{mark.id} at {clock_words(mark.at_s)}, {title_}{when}"))
    return lines


class InjectList(QFrame):
    """Lists, adds, copies, moves and removes.

    Signals:
        chosen: (int) another inject; -1 while there is none.
        enter_wanted: the chosen one is to be written.
    """

    chosen = Signal(int)
    enter_wanted = Signal()

    def __init__(self, pen: Pen, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "aside")
        self._pen = pen
        self.model = InjectModel(self)
        self.view = _View(self)
        self.view.setModel(self.model)
        self.add = Button("Add inject", "small", keys="Ctrl+Shift+N")
        self.copy = IconButton(around.icons, "copy", "Copy the inject (Ctrl+Shift+D)")
        self.up = IconButton(around.icons, "chevron_up", "Move the inject up (Alt+Up)")
        self.down = IconButton(around.icons, "chevron_down", "Move the inject down (Alt+Down)")
        self.remove = IconButton(around.icons, "trash", "Remove the inject and what refers to it (Delete)")
        self.sort = Button("Sort by time", "link")
        bar = QWidget()
        flow = FlowLayout(bar, 4)
        for button in (self.add, self.copy, self.up, self.down, self.remove, self.sort):
            flow.addWidget(button)
        head = QHBoxLayout()
        head.addWidget(bar)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.view, 1)
        self.setMinimumWidth(200)
        self.view.selectionModel().currentChanged.connect(self._tell)
        self.add.clicked.connect(self.add_inject)
        self.copy.clicked.connect(self.copy_inject)
        self.remove.clicked.connect(self.remove_inject)
        self.up.clicked.connect(self._up)
        self.down.clicked.connect(self._down)
        self.sort.clicked.connect(self.sort_injects)

    def at(self) -> int:
        """Which inject is chosen; -1 for none."""
        row = self.view.currentIndex().row()
        return self.model.lines[row].at if 0 <= row < len(self.model.lines) else -1

    def refresh(self) -> None:
        """Show what is written by now; the chosen place stays chosen."""
        if not self._pen.is_ready:
            return
        at = self.at()
        self.model.show_scenario(self._pen.scenario)
        count = len(self._pen.scenario.injects)
        self.choose(min(max(at, 0), count - 1))
        for button in (self.copy, self.up, self.down, self.remove, self.sort):
            button.setEnabled(count > 0)

    def choose(self, at: int) -> None:
        """Go to an inject."""
        row = self.model.row_of(at)
        index = self.model.index(row) if row >= 0 else QModelIndex()
        if self.view.currentIndex() != index:
            self.view.setCurrentIndex(index)
        self.view.scrollTo(index)

    def add_inject(self) -> None:
        """A new one below the chosen one."""
        at = self.at() + 1 if self.at() >= 0 else len(self._pen.scenario.injects)
        self._do(lambda scenario: add_inject(scenario, at), at)
        self.enter_wanted.emit()

    def copy_inject(self) -> None:
        """The same once more, with ids of its own."""
        at = self.at()
        if at >= 0:
            self._do(lambda scenario: duplicate_inject(scenario, at), at + 1)

    def remove_inject(self) -> None:
        """Take the chosen one out, and what refers to it."""
        at = self.at()
        if at >= 0:
            self._do(lambda scenario: delete_inject(scenario, at), min(at, len(self.model.lines)))
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def shift(self, by: int) -> None:
        """Take the chosen one past its neighbour in the list."""
        row, at = self.view.currentIndex().row(), self.at()
        others = [line.at for line in self.model.lines[: row if by < 0 else None] if line.at >= 0]
        if by > 0:
            others = [line.at for line in self.model.lines[row + 1 :] if line.at >= 0]
        if at < 0 or not others:
            return
        to = others[-1] if by < 0 else others[0]
        step = to - at
        self._do(lambda scenario: move_inject(scenario, at, step), to)

    def sort_injects(self) -> None:
        """Bring the document into the order of times."""
        self._do(sort_injects, self.at())

    def _do(self, operation: Callable[[Scenario], Scenario], at: int) -> None:
        self._pen.edit(operation, ("injects", at))
        self.refresh()
        self.choose(min(at, len(self._pen.scenario.injects) - 1))
        self._tell()

    def _up(self) -> None:
        self.shift(-1)

    def _down(self) -> None:
        self.shift(1)

    def _tell(self) -> None:
        self.chosen.emit(self.at())


class _View(QListView):
    def __init__(self, home: InjectList) -> None:
        super().__init__()
        self._home = home
        self.setAccessibleName("Injects")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        home, is_enter = self._home, event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.modifiers() & _ALT and event.key() in _MOVES:
            home.shift(_MOVES[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Delete:
            home.remove_inject()
        elif is_enter and not event.modifiers() & _CONTROL:
            home.enter_wanted.emit()
        elif is_enter:
            event.ignore()
        else:
            super().keyPressEvent(event)
