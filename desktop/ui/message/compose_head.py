"""The bar above a message: to whom, how safe it is, who writes as well, and the buttons."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.kit.button import Button
from desktop.ui.kit.label import ElidedLabel
from desktop.ui.message.ports import Writing
from desktop.ui.text import clock_time, listed

_MARGINS = 40
_WORDS = 260  # room for what it is about


class ComposeHead(QFrame):
    """Title, draft, presence; leave, discard, told already, release, send.

    Signals:
        send_requested, leave_requested, discard_requested, told_requested, ask_requested, release_requested
    """

    send_requested = Signal()
    leave_requested = Signal()
    discard_requested = Signal()
    told_requested = Signal()
    ask_requested = Signal()
    release_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "top")
        self.title = ElidedLabel("Write a message", "title")
        self.about = ElidedLabel("", "secondary")
        self.presence = ElidedLabel("", "warning")
        self.kept = ElidedLabel("", "hint")
        self.discard = Button("Discard")
        self.told = Button("Already told them…")
        self.leave = Button("Leave", keys="Esc")
        self.ask = Button("Ask for release")
        self.release = Button("Release")
        self.send = Button("Send", "primary", keys="Ctrl+Enter")
        for button, signal in (
            (self.discard, self.discard_requested),
            (self.told, self.told_requested),
            (self.leave, self.leave_requested),
            (self.ask, self.ask_requested),
            (self.release, self.release_requested),
            (self.send, self.send_requested),
        ):
            button.clicked.connect(signal)
        self._lay_out()

    def show_writing(self, writing: Writing | None, *, is_sending: bool) -> None:
        """Say what it is about, and offer what can be done."""
        for button in (self.discard, self.told, self.ask, self.release, self.send):
            button.setVisible(writing is not None)
        if writing is None:
            self.title.setText("Write a message")
            self.about.setText("")
            self.show_others(())
            self.kept.setText("")
            return
        self.title.setText(f"To {writing.reader}")
        self.about.setText(f"{writing.number}  {writing.title}")
        self.show_others(writing.others)
        release = writing.release
        self.ask.setVisible(release.is_open and not release.asked_by)
        self.release.setVisible(release.is_open and bool(release.asked_by))
        self.release.setEnabled(not release.why_not)
        self.release.setToolTip(release.why_not)
        self.send.setEnabled(not is_sending and not writing.refusal)

    def show_others(self, others: Sequence[tuple[str, datetime]]) -> None:
        """Say who else writes this."""
        who = listed([name for name, _ in others])
        verb = "is" if len(others) == 1 else "are"
        since = clock_time(min(at for _, at in others)) if others else ""
        self.presence.setText(f"{who} {verb} writing too, since {since}" if others else "")
        self.presence.setVisible(bool(others))

    def show_kept(self, said: str, *, is_faulty: bool) -> None:
        """Say how safe what is typed is."""
        self.kept.set_role("danger_small" if is_faulty else "hint")
        if said != self.kept.text():
            self.kept.setText(said)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        needed = self._buttons.minimumSizeHint().width() + _WORDS + _MARGINS
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._row.setDirection(down if self.width() < needed else right)

    def minimumSizeHint(self) -> QSize:
        width = self._buttons.minimumSizeHint().width() + _MARGINS
        return QSize(width, super().minimumSizeHint().height())

    def _lay_out(self) -> None:
        said, self._buttons = QWidget(), QWidget()
        lines = QVBoxLayout(said)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(1)
        upper = QHBoxLayout()
        upper.setSpacing(12)
        upper.addWidget(self.title, 3)
        upper.addWidget(self.presence, 2)
        lower = QHBoxLayout()
        lower.setSpacing(12)
        lower.addWidget(self.about, 3)
        lower.addWidget(self.kept, 2)
        lines.addLayout(upper)
        lines.addLayout(lower)
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for button in (self.discard, self.told, self.leave, self.ask, self.release, self.send):
            row.addWidget(button)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(16, 8, 16, 8)
        self._row.setSpacing(8)
        self._row.addWidget(said, 1)
        self._row.addWidget(self._buttons, 0, Qt.AlignmentFlag.AlignRight)
