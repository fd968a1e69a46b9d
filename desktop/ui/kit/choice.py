"""A list to choose from or type into."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget


class Choice(QComboBox):
    """A list of (key, words); with `free`, anything may be typed. The wheel scrolls what is around it."""

    def __init__(
        self, name: str, *, free: bool = False, least: int = 8, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setEditable(free)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(least)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        completer = self.completer()
        if completer is not None:
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCompletionMode(completer.CompletionMode.PopupCompletion)

    def offer(self, choices: Sequence[tuple[object, str]]) -> None:
        """Offer these; what is chosen or typed stays."""
        kept = self.value()
        self.blockSignals(True)
        self.clear()
        for key, words in choices:
            self.addItem(words, key)
        self.set_value(kept)
        self.blockSignals(False)

    def value(self) -> object:
        """The key of what is chosen, or the text that is typed."""
        text = self.currentText().strip()
        at = self.findText(text, Qt.MatchFlag.MatchFixedString) if self.isEditable() else self.currentIndex()
        return self.itemData(at) if at >= 0 else text

    def key_of(self, words: str) -> object:
        """The key of these words; words that are no choice are their own."""
        at = self.findText(words, Qt.MatchFlag.MatchFixedString)
        return self.itemData(at) if at >= 0 else words

    def words_of(self, key: object) -> str:
        """The words of a key; one that is no choice speaks for itself."""
        at = next((at for at in range(self.count()) if self.itemData(at) == key), -1)
        return self.itemText(at) if at >= 0 else str(key)

    def set_value(self, value: object) -> None:
        """Show the choice of that key, or type it."""
        at = next((at for at in range(self.count()) if self.itemData(at) == value), -1)
        if at >= 0:
            self.setCurrentIndex(at)
        elif self.isEditable():
            self.setCurrentIndex(-1)
            self.setEditText("" if value is None else str(value))
        elif self.count():
            self.setCurrentIndex(0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
