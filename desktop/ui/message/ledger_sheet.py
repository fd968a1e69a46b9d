"""The sheet beside a list of messages: one of them in full, word for word."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.kit.button import Button
from desktop.ui.kit.label import Label
from desktop.ui.kit.long_text import LongText
from desktop.ui.kit.scroll import ScrollColumn

_LONGEST_LINE = 400
_NO_LIMIT = 16_777_215


class Sheet(QFrame):
    """A title, lines below it, texts as they were written, and lines at the end; buttons at the foot."""

    def __init__(self, name: str, buttons: Sequence[Button] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setMinimumWidth(300)
        self.title = Label("", "heading", wrap=True)
        self.lines = Label("", "secondary", wrap=True)
        self.text = LongText()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(f"Text of {name.lower()}")
        self.text.setMinimumHeight(150)
        self.text.setMaximumHeight(_NO_LIMIT)
        self.more = Label("", wrap=True)
        for label in (self.title, self.lines, self.more):
            label.let_select()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        column.addWidget(self.title)
        column.addWidget(self.lines)
        column.addWidget(self.text, 1)
        column.addWidget(self.more)
        column.addStretch(0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(ScrollColumn(inside), 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 0, 16, 12)
        foot.setSpacing(8)
        for button in buttons:
            foot.addWidget(button)
        foot.addStretch(1)
        if buttons:
            whole.addLayout(foot)
        self.clear()

    def show_words(self, title: str, lines: Sequence[str], text: str = "", more: Sequence[str] = ()) -> None:
        """Show one thing; without a text there is none."""
        self.title.setText(title)
        self.lines.setText("\n".join(line[:_LONGEST_LINE] for line in lines if line))
        if self.text.toPlainText() != text:
            self.text.setPlainText(text)
        self.text.setVisible(bool(text))
        self.more.setText("\n".join(line[:_LONGEST_LINE] for line in more if line))
        self.more.setVisible(bool(more))

    def clear(self) -> None:
        """Nothing is chosen."""
        self.show_words("", ())
