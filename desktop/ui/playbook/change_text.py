"""What two versions of a playbook differ in, line by line, as text that is only read."""

from collections.abc import Iterator
from typing import Literal

from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.domain.playbook import Content, Step
from desktop.domain.playbook_diff import FieldChange, StepChange, difference
from desktop.domain.playbook_markdown import body_text
from desktop.ui.theme import Theme

Kind = Literal["about", "head", "same", "removed", "added"]
Line = tuple[Kind, str]
_SIGN = {"about": "", "head": "", "same": "  ", "removed": "− ", "added": "+ "}
_COLOUR = {
    "about": "text.secondary",
    "head": "text.primary",
    "same": "text.primary",
    "removed": "text.danger",
    "added": "text.success",
}
_DID = {
    "added": "is new",
    "removed": "is gone",
    "changed": "changed",
    "moved": "moved",
    "same": "is the same",
}


def change_lines(before: Content | None, after: Content | None) -> tuple[Line, ...]:
    """The lines to show; all of it where there is nothing to compare with."""
    only = after or before
    if before is None or after is None:
        return tuple(("same", line) for line in body_text(only).split("\n")) if only is not None else ()
    found = difference(before, after)
    lines = [line for change in found.fields for line in _field(change)]
    lines += [line for step in found.steps for line in _step(step)]
    return tuple(lines) or (("same", "Both say the same."),)


class ChangePane(QPlainTextEdit):
    """Shows them; what was taken away and what came stand out by sign and colour."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lines: tuple[Line, ...] = ()
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.setAccessibleName("What is different")
        theme.theme_changed.connect(self._write)

    def show_change(self, before: Content | None, after: Content | None, words: str = "") -> None:
        """Show what is different, or all there is, below a sentence."""
        about: tuple[Line, ...] = (("about", words), ("about", "")) if words else ()
        self._lines = (*about, *change_lines(before, after))
        self._write()

    def show_words(self, words: str) -> None:
        """Show a sentence in its place."""
        self._lines = tuple(("same", line) for line in words.split("\n"))
        self._write()

    def _write(self) -> None:
        self.clear()
        cursor = QTextCursor(self.document())
        for at, (kind, text) in enumerate(self._lines):
            look = QTextCharFormat()
            look.setForeground(self._theme.colour(_COLOUR[kind]))
            look.setFontWeight(600 if kind == "head" else 400)
            shown = text.replace("\u2029", " ").replace("\u2028", " ")
            cursor.insertText(("\n" if at else "") + _SIGN[kind] + shown, look)
        self.moveCursor(QTextCursor.MoveOperation.Start)


def _field(change: FieldChange) -> Iterator[Line]:
    yield "head", change.label
    yield from _both(change.before, change.after)


def _step(change: StepChange) -> Iterator[Line]:
    place = change.after_at or change.before_at
    moved = f", was step {change.before_at}" if change.before_at not in (0, place) else ""
    yield "head", f"Step {place} {_DID[change.kind]}{moved}"
    before, after = _text(change.before), _text(change.after)
    if before == after:
        yield from (("same", line) for line in after.split("\n"))
    else:
        yield from _both(before, after)
    for each in change.fields:
        yield "same", f"{each.label}:"
        yield from _both(each.before, each.after)


def _both(before: str, after: str) -> Iterator[Line]:
    if before:
        yield from (("removed", line) for line in before.split("\n"))
    if after:
        yield from (("added", line) for line in after.split("\n"))


def _text(step: Step | None) -> str:
    return step.text if step is not None else ""
