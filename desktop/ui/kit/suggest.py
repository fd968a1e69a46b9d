"""A line to type in, with what might be meant below it."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.kit.table_model import Column, RowsModel

_MOST_LINES = 8
_PADDING = 16
_LEAST_ASIDE = 48


class Suggestion(NamedTuple):
    """One thing that may be meant: its key, its words, and quieter words at the right."""

    key: object
    text: str
    aside: str = ""


class SuggestField(QLineEdit):
    """Tells what is typed and lists the suggestions it is given; Enter or a click picks one.

    The list never takes the focus: Up and Down move in it while typing goes on.

    Signals:
        query_changed: (str) other words were typed.
        picked: (object key) a suggestion was chosen; its words are in the field.
    """

    query_changed = Signal(str)
    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model: RowsModel[Suggestion] = RowsModel(
            (Column("", _text), Column("", _aside, align_right=True)), self
        )
        self._popup = QFrame(self, Qt.WindowType.ToolTip)
        self._popup.setProperty("part", "popover")
        self._list = QTableView()
        self._dress_list()
        column = QVBoxLayout(self._popup)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(self._list)
        self._list.clicked.connect(self._pick)
        self.textEdited.connect(self.query_changed)
        self.setAccessibleDescription(
            "Suggestions appear below while you type; Down goes to them, Enter takes one."
        )

    def set_suggestions(self, suggestions: Sequence[Suggestion]) -> None:
        """Show these, or nothing; the first is marked."""
        self._model.set_rows(tuple(suggestions))
        if not suggestions or not self.hasFocus():
            self._popup.hide()
            return
        self._list.setCurrentIndex(self._model.index(0, 0))
        lines = min(len(suggestions), _MOST_LINES)
        height = self._list.verticalHeader().defaultSectionSize() * lines + 4
        width = max(self.width(), 280)
        self._share_out(suggestions, width - 8)
        self._popup.setGeometry(*self.mapToGlobal(QPoint(0, self.height() + 2)).toTuple(), width, height)
        self._popup.show()

    @property
    def is_open(self) -> bool:
        """Whether suggestions are shown."""
        return self._popup.isVisible()

    def suggestions(self) -> Sequence[Suggestion]:
        """What is suggested now."""
        return self._model.rows

    def close_list(self) -> None:
        """Take the list away."""
        self._popup.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if not self._popup.isVisible():
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._pick(self._list.currentIndex())
        elif key == Qt.Key.Key_Escape:
            self._popup.hide()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        # Esc belongs to the list while it is open, not to the form around it.
        if event.type() is QEvent.Type.ShortcutOverride and self._popup.isVisible() and _is_escape(event):
            event.accept()
            return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._popup.hide()
        super().focusOutEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Move, QEvent.Type.WindowDeactivate):
            self._popup.hide()
        return super().eventFilter(watched, event)

    def _step(self, by: int) -> None:
        count = len(self._model.rows)
        row = (self._list.currentIndex().row() + by) % count if count else 0
        self._list.setCurrentIndex(self._model.index(row, 0))

    def _share_out(self, suggestions: Sequence[Suggestion], width: int) -> None:
        """Room for what is meant first: the quieter words get what is left, if it is worth reading."""
        metrics = self._list.fontMetrics()
        words = max(metrics.horizontalAdvance(each.text) for each in suggestions) + _PADDING
        asides = max(metrics.horizontalAdvance(each.aside) for each in suggestions)
        room = min(asides + _PADDING if asides else 0, width - words)
        self._list.setColumnHidden(1, room < _LEAST_ASIDE)
        self._list.setColumnWidth(1, max(room, 0))

    def _pick(self, index: QModelIndex) -> None:
        suggestion = self._model.row(index)
        self._popup.hide()
        if suggestion is not None:
            self.setText(suggestion.text)
            self.picked.emit(suggestion.key)

    def _dress_list(self) -> None:
        view = self._list
        view.setModel(self._model)
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.setShowGrid(False)
        view.horizontalHeader().hide()
        view.verticalHeader().hide()
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = view.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        view.verticalHeader().setDefaultSectionSize(max(28, self.fontMetrics().height() + 12))


def _is_escape(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape


def _text(suggestion: Suggestion) -> str:
    return suggestion.text


def _aside(suggestion: Suggestion) -> str:
    return suggestion.aside
