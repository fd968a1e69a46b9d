"""What players answer to something that reached them; every answer stays, the last one counts."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.domain.drill_view import Received
from desktop.ui.drill import player_words as words
from desktop.ui.kit.button import Button
from desktop.ui.kit.card import Card
from desktop.ui.kit.label import Label
from desktop.ui.kit.long_text import LongText

#: What nobody answers here: these only show something; a ticket is answered by the product's own messages.
_SILENT = frozenset({"monitoring", "dashboard", "ticket", "none"})
_SHOWN = 600


class ReplyCard(Card):
    """Room for an answer, kept for each message until it is sent, and the answers given so far.

    Signals:
        replied: (str inject, str text)
    """

    replied = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Answer", parent=parent)
        self._got: Received | None = None
        self._typed: dict[int, str] = {}
        self.sent = Label("", "body", wrap=True)
        self.sent.let_select()
        self.text = LongText(lines=3)
        self.text.setAccessibleName("Your answer")
        self.text.setPlaceholderText("What you say to them, word for word")
        self.button = Button("Send the answer")
        self.why = Label("", "secondary", wrap=True)
        row = QHBoxLayout()
        row.addWidget(self.why, 1)
        row.addWidget(self.button)
        for widget in (self.sent, self.text):
            self.body.addWidget(widget)
        self.body.addLayout(row)
        self.button.clicked.connect(self._send)

    def show_received(self, got: Received, why_not: str) -> None:
        """Answer this; `why_not` is why nobody can now."""
        if self._got is None or self._got.number != got.number:
            self._keep()
            self._got = got
            self.text.setPlainText(self._typed.get(got.number, ""))
        self._got = got
        self.setVisible(got.channel not in _SILENT and not got.is_recalled)
        said = [f"{words.clock(at_ms)}  {by}: {text[:_SHOWN]}" for at_ms, by, text in got.replies]
        self.sent.setText("\n".join(said))
        self.sent.setVisible(bool(said))
        self.text.setEnabled(not why_not)
        self.button.setEnabled(not why_not)
        self.button.setText("Send another answer" if said else "Send the answer")
        self.why.setText(why_not)

    def is_being_written(self) -> bool:
        """Whether somebody has begun to answer."""
        return bool(self.text.toPlainText().strip())

    def _keep(self) -> None:
        if self._got is not None:
            self._typed[self._got.number] = self.text.toPlainText()

    def _send(self) -> None:
        text = self.text.toPlainText().strip()
        if self._got is None or not text:
            self.text.setFocus()
            return
        self.text.clear()
        self._typed.pop(self._got.number, None)
        self.replied.emit(self._got.inject, text)
