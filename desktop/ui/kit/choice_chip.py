"""A chip that opens a list in which any number can be ticked: customers, tiers, areas, teams."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QVBoxLayout, QWidget

from desktop.ui.kit.chip import Chip
from desktop.ui.theme import Theme

_SEARCH_FROM = 9
Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole


class ChoiceModel(QAbstractListModel):
    """The choices with their ticks, those that contain what is looked for; ticked ones first."""

    ticks_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choices: tuple[str, ...] = ()
        self._shown: list[str] = []
        self.ticked: frozenset[str] = frozenset()

    def set_choices(self, choices: Sequence[str], looked_for: str = "") -> None:
        """These choices, narrowed to those that contain the words."""
        self.beginResetModel()
        self._choices = tuple(choices)
        found = [c for c in self._choices if looked_for.casefold() in c.casefold()]
        self._shown = sorted(found, key=self._is_not_ticked)
        self.endResetModel()

    def look_for(self, words: str) -> None:
        self.set_choices(self._choices, words)

    def toggle(self, row: int) -> None:
        """Tick or untick a line."""
        if 0 <= row < len(self._shown):
            self.ticked ^= {self._shown[row]}
            self.dataChanged.emit(self.index(row), self.index(row))
            self.ticks_changed.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        if not 0 <= index.row() < len(self._shown):
            return None
        choice = self._shown[index.row()]
        if role == Role.DisplayRole:
            return choice
        if role == Role.CheckStateRole:
            return Qt.CheckState.Checked if choice in self.ticked else Qt.CheckState.Unchecked
        return None

    def _is_not_ticked(self, choice: str) -> bool:
        return choice not in self.ticked


class _Ticks(QListView):
    """The lines are not checkable for Qt, so that box and words answer a click alike, and once."""

    def __init__(self, model: ChoiceModel) -> None:
        super().__init__()
        self._choices = model
        self.setModel(model)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self._choices.toggle(self.currentIndex().row())
        else:
            super().keyPressEvent(event)


class ChoicePopup(QFrame):
    """The list below a chip, with a field to find in it where it is long."""

    def __init__(self, model: ChoiceModel, name: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("part", "popover")
        self._model = model
        self.search = QLineEdit()
        self.search.setPlaceholderText("Find")
        self.search.setAccessibleName(f"Find in {name}")
        self.search.textChanged.connect(model.look_for)
        self.list = _Ticks(model)
        self.list.setAccessibleName(name)
        self.list.setUniformItemSizes(True)
        self.list.clicked.connect(self._toggle)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.setSpacing(6)
        column.addWidget(self.search)
        column.addWidget(self.list)

    def open_below(self, chip: QWidget) -> None:
        """Show the list below its chip."""
        count = self._model.rowCount()
        self.search.setVisible(count >= _SEARCH_FROM)
        self.search.clear()
        line = max(self.list.sizeHintForRow(0), 24) if count else 24
        self.list.setFixedHeight(min(count, 12) * line + 6)
        self.setFixedWidth(max(self.list.sizeHintForColumn(0) + 50, 200))
        self.adjustSize()
        self.move(chip.mapToGlobal(QPoint(0, chip.height() + 2)))
        self.show()
        if count:
            self.list.setCurrentIndex(self._model.index(0))
        (self.search if count >= _SEARCH_FROM else self.list).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.close()
        elif event.key() == Qt.Key.Key_Down and self.search.hasFocus():
            self.list.setFocus()
        else:
            super().keyPressEvent(event)

    def _toggle(self, index: QModelIndex) -> None:
        self._model.toggle(index.row())


class ChoiceChip(Chip):
    """A chip with a list; it is on while anything is ticked and says what.

    Signals:
        choice_changed: (frozenset[str]) what is ticked now.
        choices_wanted: the list is about to open; call `set_choices` now where they may have changed.
    """

    choice_changed = Signal(object)
    choices_wanted = Signal()

    def __init__(self, text: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(text, theme, checkable=True, opens=True, parent=parent)
        self._name = text
        self._model = ChoiceModel(self)
        self._choices: tuple[str, ...] = ()
        self._popup: ChoicePopup | None = None
        self._model.ticks_changed.connect(self._tell)
        self.clicked.connect(self._open)

    @property
    def popup(self) -> ChoicePopup | None:
        """The list, once it was opened."""
        return self._popup

    def set_choices(self, choices: Sequence[str]) -> None:
        """What can be ticked."""
        self._choices = tuple(choices)

    def chosen(self) -> frozenset[str]:
        """What is ticked."""
        return self._model.ticked

    def set_chosen(self, chosen: frozenset[str]) -> None:
        """Tick these without telling."""
        self._model.ticked = frozenset(chosen)
        self._show()

    def _open(self) -> None:
        self._show()
        self.choices_wanted.emit()
        self._model.set_choices(sorted({*self._choices, *self._model.ticked}, key=str.casefold))
        if self._popup is None:
            self._popup = ChoicePopup(self._model, self._name, self)
        self._popup.open_below(self)

    def _tell(self) -> None:
        self._show()
        self.choice_changed.emit(self._model.ticked)

    def _show(self) -> None:
        ticked = sorted(self._model.ticked)
        self.setChecked(bool(ticked))
        if not ticked:
            self.set_label(self._name)
        else:
            more = f" +{len(ticked) - 1}" if len(ticked) > 1 else ""
            self.set_label(f"{self._name}: {ticked[0][:18]}{more}")
