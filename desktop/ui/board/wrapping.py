"""Text broken into lines of a width, once, when a card is built."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics


def two_lines(text: str, metrics: QFontMetrics, width: int) -> tuple[str, str]:
    """A text in one or two lines; the second ends in "…" where the text goes on."""
    if metrics.horizontalAdvance(text) <= width:
        return text, ""
    words = text.split(" ")
    first, taken = "", 0
    for word in words:
        longer = f"{first} {word}" if first else word
        if metrics.horizontalAdvance(longer) > width:
            break
        first, taken = longer, taken + 1
    if not first:  # one word fills the line: break it where the line ends
        first, rest = _broken(words[0], metrics, width)
        return first, metrics.elidedText(" ".join([rest, *words[1:]]), Qt.TextElideMode.ElideRight, width)
    return first, metrics.elidedText(" ".join(words[taken:]), Qt.TextElideMode.ElideRight, width)


def _broken(word: str, metrics: QFontMetrics, width: int) -> tuple[str, str]:
    low, high = 1, len(word)
    while low < high:
        middle = (low + high + 1) // 2
        if metrics.horizontalAdvance(word[:middle]) <= width:
            low = middle
        else:
            high = middle - 1
    return word[:low], word[low:]
