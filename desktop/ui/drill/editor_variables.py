"""Offers the scenario's variables while somebody types {{ in a text that players read."""

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QAbstractItemView, QCompleter, QLineEdit, QPlainTextEdit

from desktop.ui.drill.editor_offers import offered
from desktop.ui.drill.editor_pen import Pen

_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)


def complete_variables(field: QLineEdit | QPlainTextEdit, pen: Pen) -> None:
    """Let a field complete them."""
    VariableHelp(field, pen)


class VariableHelp(QObject):
    """Watches one field; the list stands below what is typed, Enter or Tab takes the marked name."""

    def __init__(self, field: QLineEdit | QPlainTextEdit, pen: Pen) -> None:
        super().__init__(field)
        self._field = field
        self._pen = pen
        self._made: QCompleter | None = None
        field.textChanged.connect(self._follow)
        field.installEventFilter(self)

    @property
    def completer(self) -> QCompleter:
        """The list, made when it is first needed."""
        if self._made is None:
            self._made = QCompleter(QStringListModel(self), self)
            self._made.setWidget(self._field)
            self._made.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            self._made.activated.connect(self._put_in)
        return self._made

    @property
    def is_open(self) -> bool:
        """Whether names are offered."""
        return self._made is not None and self._popup.isVisible()

    def names(self) -> list[str]:
        """What is offered now."""
        model = self.completer.completionModel()
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and self.is_open:
            popup = self._popup
            if event.key() in _KEYS:
                index = popup.currentIndex()
                self._put_in(str(index.data()) if index.isValid() else (self.names() or [""])[0])
                popup.hide()
                return True
            if event.key() == Qt.Key.Key_Escape:
                popup.hide()
                return True
        return super().eventFilter(watched, event)

    @property
    def _popup(self) -> QAbstractItemView:
        popup = self.completer.popup()
        if popup is None:
            raise LookupError("a completer has its list")
        return popup

    def _before(self) -> str:
        """What stands before the cursor, in its line."""
        if isinstance(self._field, QLineEdit):
            return self._field.text()[: self._field.cursorPosition()]
        cursor = self._field.textCursor()
        return cursor.block().text()[: cursor.positionInBlock()]

    def _follow(self) -> None:
        _, mark, begun = self._before()[-80:].rpartition("{{")
        if not mark or "}" in begun or not self._field.hasFocus():
            self._close()
            return
        model = self.completer.model()
        if isinstance(model, QStringListModel):
            model.setStringList([str(name) for name, _ in offered(self._pen, "variables")])
        self.completer.setCompletionPrefix(begun.strip())
        if not self.completer.completionCount():
            self._close()
            return
        self._popup.setCurrentIndex(self.completer.completionModel().index(0, 0))
        place = self._field.cursorRect()
        place.setWidth(max(self._popup.sizeHintForColumn(0) + 40, 160))
        self.completer.complete(place)

    def _close(self) -> None:
        if self._made is not None:
            self._popup.hide()

    def _put_in(self, name: str) -> None:
        if not name:
            return
        _, _, begun = self._before().rpartition("{{")
        if isinstance(self._field, QLineEdit):
            self._field.setSelection(self._field.cursorPosition() - len(begun), len(begun))
            self._field.insert(f"{name}}}}}")
            self._field.textEdited.emit(self._field.text())
            return
        cursor = self._field.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(begun))
        cursor.insertText(f"{name}}}}}")
        self._field.setTextCursor(cursor)
