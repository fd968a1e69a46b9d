"""A line to type in that stands for one of several known things."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.kit.suggest import SuggestField, Suggestion


class PickField(SuggestField):
    """Finds one of its options by any of its words; `value` is the key of the one that is meant.

    A field that may stay empty is not `eager`: whoever only passes through it must not pick with the Enter
    that ends the form, so its list opens when it is clicked, typed into or asked for with Down.
    """

    def __init__(
        self,
        options: Sequence[Suggestion] = (),
        value: str = "",
        *,
        eager: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._eager = eager
        self._options: tuple[Suggestion, ...] = ()
        self._key = ""
        self.query_changed.connect(self._search)
        self.picked.connect(self._take)
        self.set_options(options)
        self.set_value(value)

    def set_options(self, options: Sequence[Suggestion]) -> None:
        """Offer others."""
        self._options = tuple(options)

    def value(self) -> str:
        """The key of what is meant: picked, or typed in full; nothing where it is not clear."""
        if self._key:
            return self._key
        typed = " ".join(self.text().casefold().split())
        found = [option for option in self._options if option.text.casefold() == typed]
        matching = found or (self._matching(typed) if typed else [])
        return str(matching[0].key) if len(matching) == 1 else ""

    @property
    def is_unclear(self) -> bool:
        """Whether something is typed that stands for none of them, or for several."""
        return bool(self.text().strip()) and not self.value()

    def set_value(self, key: str) -> None:
        """Show the option of that key, or nothing."""
        option = next((option for option in self._options if str(option.key) == key), None)
        self._key = key if option is not None else ""
        self.setText(option.text if option is not None else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and not self.is_open:
            self.set_suggestions(self._options)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.text() and event.reason() is Qt.FocusReason.PopupFocusReason:
            self.selectAll()  # what was kept from before is typed over, as after Tab
        is_wanted = self._eager or event.reason() is Qt.FocusReason.MouseFocusReason
        if is_wanted and not self.text() and event.reason() is not Qt.FocusReason.ActiveWindowFocusReason:
            self.set_suggestions(self._options)

    def _search(self, text: str) -> None:
        self._key = ""
        self.set_suggestions(self._matching(" ".join(text.casefold().split())))

    def _matching(self, typed: str) -> list[Suggestion]:
        words = typed.split()
        return [option for option in self._options if _has_words(f"{option.text} {option.aside}", words)]

    def _take(self, key: object) -> None:
        self._key = str(key)


def _has_words(text: str, words: Sequence[str]) -> bool:
    """Whether each word typed is the beginning of a word of the text."""
    own = text.casefold().split()
    return all(any(word.startswith(typed) for word in own) for typed in words)
