"""What an inject says: to the players, and, apart from it, to staff alone."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.domain.drill_view import InjectLine
from desktop.ui.drill.console_words import role_titles
from desktop.ui.kit.label import Label
from desktop.ui.text import one_line
from desktop.ui.theme import Theme

_MANY = 12


class PlayerText(QFrame):
    """What the players get, word for word."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "card")
        self.way = Label("", "hint", wrap=True)
        self.subject = Label("", "strong", wrap=True)
        self.body = Label("", wrap=True)
        self.artifact = Label("", "hint", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 10)
        column.setSpacing(4)
        for label in (self.way, self.subject, self.body, self.artifact):
            column.addWidget(label)
        for label in (self.subject, self.body):
            label.let_select()
            label.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_line(self, line: InjectLine, titles: Mapping[str, str]) -> None:
        """Another inject, or the same with other words."""
        to = role_titles(line.to, titles) or "everybody"
        source = f" from {line.source[:80]}" if line.source else ""
        _say(self.way, f"Players get, by {line.channel}{source} to {to}:")
        _say(self.subject, line.subject)
        _say(self.body, line.body or ("" if line.subject else "Nothing in writing."))
        _say(self.artifact, _artifact_words(line))


class StaffText(QFrame):
    """What only staff know, on the drill's own ground and behind its stripe."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.head = Label("Staff only", "small_strong")
        self.notes = Label("", wrap=True)
        self.flags = Label("", "danger", wrap=True)
        self.rest = Label("", "hint", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 12, 8)
        column.setSpacing(4)
        for label in (self.head, self.notes, self.flags, self.rest):
            column.addWidget(label)
        theme.theme_changed.connect(self.update)

    def show_line(self, line: InjectLine, phase: str) -> None:
        """Another inject, or the same with other words."""
        notes = line.notes.removeprefix("Staff only.").strip()
        _say(self.notes, notes)
        _say(self.flags, "\n".join(f"⚑ {each}" for each in line.red_flags[:_MANY]))
        rest = [f"{line.type.replace('_', ' ')} inject" if line.type else "", phase]
        rest += [f"comes {line.condition}" if line.condition else "", line.reason]
        _say(self.rest, " · ".join(part for part in rest if part))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("drill.soft"))
        painter.fillRect(0, 0, 4, self.height(), self._theme.colour("drill.fill"))
        painter.end()


#: What an artifact is called by.
_NAMES = ("title", "name", "series", "file")


def _artifact_words(line: InjectLine) -> str:
    if not line.artifact:
        return ""
    kind = str(line.artifact.get("kind", "file"))
    name = next((line.artifact[key] for key in _NAMES if line.artifact.get(key)), "")
    return f"With a {kind}: {one_line(str(name))[:120]}" if name else f"With a {kind}"


def _say(label: Label, words: str) -> None:
    if label.text() != words:
        label.setText(words)
    label.setVisible(bool(words))
