"""Two versions of a playbook side by side: fields and steps in one row each, changed words marked."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from PySide6.QtGui import (
    QTextCharFormat,
    QTextCursor,
    QTextFrameFormat,
    QTextLength,
    QTextTableCell,
    QTextTableFormat,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from desktop.domain.playbook import Content, Step
from desktop.domain.playbook_diff import FieldChange, StepChange, Words, aligned, difference
from desktop.ui.playbook.words import step_words
from desktop.ui.theme import Theme

_DID = {"added": "new", "removed": "gone", "changed": "changed", "moved": "moved", "same": ""}


class _Row(NamedTuple):
    """A heading over both sides, and the words of each; words both have stand in both."""

    heading: str
    words: Words
    is_step: bool = False


class DifferenceView(QTextEdit):
    """A table of two columns, only read. What is gone is struck out, what is new underlined."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: tuple[str, str, Sequence[_Row]] = ("", "", ())
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QTextEdit.Shape.NoFrame)
        self.setAccessibleName("The two versions side by side")
        theme.theme_changed.connect(self._write)

    def show_versions(
        self, before_name: str, before: Content, after_name: str, after: Content, *, whole: bool = False
    ) -> None:
        """Show what differs, with `whole` also the steps that are the same."""
        rows = [_of_field(change) for change in difference(before, after).fields]
        for change in aligned(before, after):
            if whole or change.kind != "same":
                rows += _of_step(change)
        self._shown = before_name, after_name, rows
        self._write()

    def show_version(self, name: str, content: Content) -> None:
        """Show all steps of a version that nothing can be compared with."""
        empty = Content("")
        fields = [_of_field(change) for change in difference(empty, content).fields]
        steps = [row for change in aligned(content, content) for row in _of_step(change)]
        as_new = [row._replace(words=tuple(("same", text) for _, text in row.words)) for row in fields]
        self._shown = "", name, [*as_new, *steps]
        self._write()

    def _write(self) -> None:
        before, after, rows = self._shown
        self.clear()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        if not rows:
            cursor.insertText("Both say the same." if after else "", self._look("text.secondary"))
        else:
            look = QTextTableFormat()
            look.setBorder(0)
            look.setCellPadding(6)
            look.setCellSpacing(0)
            look.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
            sides = [("removed", "added"), ("added", "removed")] if before else [("added", "removed")]
            part = QTextLength(QTextLength.Type.PercentageLength, 100 / len(sides))
            look.setColumnWidthConstraints([part] * len(sides))
            look.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
            table = cursor.insertTable(len(rows) + 1, len(sides), look)
            for at, name in enumerate((before, after) if before else (after,)):
                table.cellAt(0, at).firstCursorPosition().insertText(name, self._look("text.secondary", 600))
            for line, row in enumerate(rows, 1):
                for at, (own, other) in enumerate(sides):
                    self._fill(table.cellAt(line, at), row, own, other)
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _fill(self, cell: QTextTableCell, row: _Row, own: str, other: str) -> None:
        words = [(kind, text) for kind, text in row.words if kind != other]
        if not words:
            return
        cursor = cell.firstCursorPosition()
        cursor.insertText(row.heading, self._look("text.secondary", 600))
        cursor.insertText("\u2028" if row.is_step else ": ", self._look("text.secondary"))
        for kind, text in words:
            look = self._look("text.primary")
            if kind == own:
                look.setBackground(
                    self._theme.colour("surface.danger" if own == "removed" else "surface.success")
                )
                look.setFontStrikeOut(own == "removed")
                look.setFontUnderline(own == "added")
            cursor.insertText(text.replace("\u2029", "\u2028").replace("\n", "\u2028"), look)

    def _look(self, colour: str, weight: int = 400) -> QTextCharFormat:
        look = QTextCharFormat()
        look.setForeground(self._theme.colour(colour))
        look.setFontWeight(weight)
        return look


def _of_field(change: FieldChange) -> _Row:
    return _Row(change.label, change.words)


def _of_step(change: StepChange) -> Iterable[_Row]:
    place = change.after_at or change.before_at
    moved = f", was step {change.before_at}" if change.before_at not in (0, place) else ""
    did = _DID[change.kind]
    heading = f"Step {place}{f', {did}' if did else ''}{moved}"
    words: Words = change.words or (("same", _text(change.after or change.before)),)
    yield _Row(heading, words, is_step=True)
    if change.kind in ("added", "removed"):
        step = change.after or change.before
        if step is not None and (more := step_words(step)):
            yield _Row("with", ((change.kind, more),))
    else:
        yield from (_of_field(each) for each in change.fields)


def _text(step: Step | None) -> str:
    return step.text if step is not None else ""
