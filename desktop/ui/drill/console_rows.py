"""Lists of the console: lines that change in place, and keys that are left to the console."""

from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from desktop.ui.kit.keys import is_enter
from desktop.ui.surroundings import Surroundings

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole
_MOVES = frozenset(
    {
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
    }
)


class Line(Protocol):
    """One line of a list."""

    @property
    def key(self) -> str:
        """What it is about; the same as long as it is about the same."""
        ...

    @property
    def sentence(self) -> str:
        """All of it, for a screen reader."""
        ...

    @property
    def is_head(self) -> bool:
        """Whether it only heads those below."""
        ...


Row = TypeVar("Row", bound=Line)


class LineModel(QAbstractListModel, Generic[Row]):
    """Lines by key: those that stay are changed in place, those that come after the others are added."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[Row, ...] = ()

    def show_rows(self, rows: Sequence[Row]) -> bool:
        """Show these; False when the list had to be made anew."""
        rows, old = tuple(rows), self.rows
        shared = min(len(old), len(rows))
        # lines that are the same object, which most are, cost nothing here
        same_keys = len(rows) >= len(old) and all(
            a is b or a.key == b.key for a, b in zip(old, rows, strict=False)
        )
        if not same_keys:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()
            return False
        changed = [at for at in range(shared) if old[at] is not rows[at] and old[at] != rows[at]]
        if len(rows) > len(old):
            self.beginInsertRows(QModelIndex(), len(old), len(rows) - 1)
            self.rows = rows
            self.endInsertRows()
        else:
            self.rows = rows
        if changed:
            self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))
        return True

    def row(self, index: Index) -> Row | None:
        """The line at an index."""
        return self.rows[index.row()] if 0 <= index.row() < len(self.rows) else None

    def at(self, key: str) -> QModelIndex:
        """Where the line of a key is; an index that is not valid where there is none."""
        found = next((at for at, row in enumerate(self.rows) if row.key == key and not row.is_head), -1)
        return self.index(found) if found >= 0 else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        row = self.row(index)
        if row is None or row.is_head:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row(index)
        if row is None:
            return None
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.sentence
        return None


class LineView(QListView, Generic[Row]):
    """Shows lines; arrows move, Enter opens, every other key belongs to whoever is around it.

    Signals:
        opened: Enter or a click on a line.
    """

    opened = Signal()

    def __init__(self, around: Surroundings, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: LineModel[Row] = LineModel()
        self.setModel(self.lines)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.clicked.connect(self._open)
        around.theme.theme_changed.connect(self.doItemsLayout)
        around.actions.give_page_letters_to(self)

    def current(self) -> Row | None:
        """The line that is meant."""
        return self.lines.row(self.currentIndex())

    def stay_at(self, chosen: Row | None, top: int) -> None:
        """The list was made anew: the chosen line and the place scrolled to are as before."""
        self.doItemsLayout()
        if chosen is not None:
            self.choose(chosen.key)
        self.verticalScrollBar().setValue(top)

    def choose(self, key: str) -> None:
        """Make the line of a key the current one."""
        index = self.lines.at(key)
        if index.isValid() and index != self.currentIndex():
            self.setCurrentIndex(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_enter(event):
            self.opened.emit()
        elif event.key() in _MOVES:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def keyboardSearch(self, _text: str) -> None:
        """Letters are commands here, not a search."""

    def dataChanged(self, _first: Index, _last: Index, _roles: Sequence[int] = ()) -> None:
        """Lines keep their height: they are painted anew, not laid out."""
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _open(self, _index: QModelIndex) -> None:
        self.opened.emit()
