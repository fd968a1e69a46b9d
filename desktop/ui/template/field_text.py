"""Room for the text of a template: names of fields stand out, unknown ones are underlined, names complete."""

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QCompleter, QListView, QTextEdit, QWidget

from desktop.domain.template_syntax import names_in
from desktop.ui.kit.long_text import LongText
from desktop.ui.theme import Theme

_MOST_ROWS = 9
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_OF_THE_LIST = (*_ENTER, Qt.Key.Key_Tab, Qt.Key.Key_Escape, Qt.Key.Key_Backtab)


class FieldText(LongText):
    """Plain text with names of fields in double braces; Ctrl+Space completes them, Tab leaves.

    Signals:
        edited: the person changed it.
    """

    edited = Signal()

    def __init__(
        self, name: str, theme: Theme, *, lines: int = 4, is_line: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(lines=lines, parent=parent)
        self._theme = theme
        self._is_line = is_line
        self._is_loading = False
        self._names: dict[str, None] = {}  # in the order of the table
        self.setAccessibleName(name)
        if is_line:
            self.setFixedHeight(self.fontMetrics().lineSpacing() + 24)
            self.setLineWrapMode(self.LineWrapMode.NoWrap)
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._words = QStringListModel(self)
        self.completer = QCompleter(self._words, self)
        self.completer.setWidget(self)
        self.completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.completer.setMaxVisibleItems(_MOST_ROWS)
        self._list = QListView()
        self._list.setAccessibleName("Fields")
        self.completer.setPopup(self._list)
        self.completer.activated.connect(self._complete)
        self.textChanged.connect(self._follow)
        theme.theme_changed.connect(self._mark)

    def offer(self, names: Sequence[str]) -> None:
        """The fields its readers may be told."""
        self._names = dict.fromkeys(names)
        self._mark()

    def show_text(self, text: str) -> None:
        """Another text, not by the person; the cursor stays where it can."""
        if text == self.toPlainText():
            return
        at = self.textCursor().position()
        self._is_loading = True
        self.setPlainText(" ".join(text.split("\n")) if self._is_line else text)
        self._is_loading = False
        cursor = self.textCursor()
        cursor.setPosition(min(at, max(self.document().characterCount() - 1, 0)))
        self.setTextCursor(cursor)

    def insert_field(self, name: str) -> None:
        """Put a field where the cursor is, in braces unless it stands in some."""
        cursor = self.textCursor()
        if self._inside() is not None:
            self._complete(name)
        else:
            cursor.insertText(f"{{{{{name}}}}}")
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def complete(self) -> None:
        """Show the fields that fit what is typed, those first that begin like it."""
        typed = (self._inside() or "").casefold()
        fitting = [name for name in self._names if typed in name]
        self._words.setStringList(sorted(fitting, key=lambda name: not name.startswith(typed)))
        if not fitting:
            self._list.hide()
            return
        popup = self._list
        box = self.cursorRect()
        box.setWidth(max(popup.sizeHintForColumn(0), 220) + popup.verticalScrollBar().sizeHint().width() + 24)
        self.completer.complete(box)
        popup.setCurrentIndex(self._words.index(0, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_listing = self._list.isVisible()
        if is_listing and event.key() in _OF_THE_LIST:
            event.ignore()  # the list's own
            return
        wants_list = (
            event.key() == Qt.Key.Key_Space and event.modifiers() == Qt.KeyboardModifier.ControlModifier
        )
        if wants_list:
            if not self.isReadOnly():
                self.complete()
            return
        if self._is_line and event.key() in _ENTER:
            self.focusNextChild()
            return
        super().keyPressEvent(event)
        if is_listing or (event.text() and event.text().isidentifier()):
            self._list_or_not()

    def insertFromMimeData(self, source: QMimeData) -> None:
        if self._is_line:
            self.insertPlainText(" ".join(source.text().split()))
        else:
            super().insertFromMimeData(source)

    def _list_or_not(self) -> None:
        """While a name is typed inside braces, its list stands below it."""
        typed = self._inside()
        if typed and typed not in self._names and not self.isReadOnly():
            self.complete()
        else:
            self._list.hide()

    def _inside(self) -> str | None:
        """What is typed of a name inside braces; None outside of them."""
        cursor = self.textCursor()
        block = (
            cursor.block()
            .text()
            .encode("utf-16-le")[: cursor.positionInBlock() * 2]
            .decode("utf-16-le", "replace")
        )
        begun = max(block.rfind("{{"), block.rfind("{%"))
        if begun < 0 or "}}" in block[begun:] or "%}" in block[begun:]:
            return None
        tail = block[begun + 2 :]
        count = len(tail)
        while count and (tail[count - 1].isalnum() or tail[count - 1] == "_"):
            count -= 1
        return tail[count:]

    def _complete(self, name: str) -> None:
        cursor, typed = self.textCursor(), self._inside()
        if typed is None:
            cursor.insertText(f"{{{{{name}}}}}")
            return
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(typed))
        ahead = self.toPlainText()[cursor.selectionEnd() :].lstrip(" ")
        begun = cursor.block().text()[: cursor.selectionStart() - cursor.block().position()].rstrip()
        closes = begun.endswith("{{") and not ahead.startswith(("}}", "|", "}"))
        cursor.insertText(f"{name}}}}}" if closes else name)
        self.setTextCursor(cursor)

    def _follow(self) -> None:
        self._mark()
        if not self._is_loading:
            self.edited.emit()

    def _mark(self) -> None:
        """Names of fields in colour; unknown ones underlined as misspelt words are."""
        text = self.toPlainText()
        is_plain = text.isascii() or max(map(ord, text), default=0) < 0x10000
        known, unknown = QTextCharFormat(), QTextCharFormat()
        known.setForeground(self._theme.colour("text.link"))
        unknown.setForeground(self._theme.colour("text.danger"))
        unknown.setUnderlineColor(self._theme.colour("text.danger"))
        unknown.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        marks = []
        for name, begin, end, _ in names_in(text):
            mark = QTextEdit.ExtraSelection()
            mark.cursor = QTextCursor(self.document())
            mark.cursor.setPosition(begin if is_plain else units(text, begin))
            mark.cursor.setPosition(end if is_plain else units(text, end), QTextCursor.MoveMode.KeepAnchor)
            mark.format = known if name in self._names else unknown
            marks.append(mark)
        self.setExtraSelections(marks)


def units(text: str, at: int) -> int:
    """The place in a text as Qt counts it, in units of UTF-16."""
    return len(text[:at].encode("utf-16-le", "surrogatepass")) // 2
