"""Room for several lines that stays quick whatever is pasted into it."""

import re

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

#: A text longer than this had better be a file.
LARGE = 50_000
# Laying out one line takes time with the square of its length.
_LONG_LINE = re.compile(r"[^\n]{5000}(?=[^\n])")


class LongText(QPlainTextEdit):
    """Plain text; Tab leaves it. Lines of thousands of characters are broken, nothing is left out.

    Signals:
        large_pasted: (str) more than `LARGE` characters, where `hands_over` is set; nothing was put in.
    """

    large_pasted = Signal(str)

    def __init__(
        self, text: str = "", *, lines: int = 4, hands_over: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._hands_over = hands_over
        self.setTabChangesFocus(True)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * lines + 14)
        self.setPlainText(text)

    def setPlainText(self, text: str) -> None:
        super().setPlainText(with_breaks(text))

    def insertFromMimeData(self, source: QMimeData) -> None:
        text = source.text()
        if self._hands_over and len(text) > LARGE:
            self.large_pasted.emit(text)
        elif text:
            self.insertPlainText(with_breaks(text))


def with_breaks(text: str) -> str:
    """The text with line ends in lines that are too long to be laid out."""
    return _LONG_LINE.sub(r"\g<0>\n", text) if len(text) > 5000 else text
