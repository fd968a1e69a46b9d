"""The bar above the form: what it is, how safe it is, and the buttons."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QMenu, QWidget

from desktop.ui.intake.drafts import draft_title
from desktop.ui.kit.button import Button
from desktop.ui.kit.label import ElidedLabel, Label
from desktop.ui.text import moment

if TYPE_CHECKING:
    from desktop.services.draft import Draft

_MOST_DRAFTS = 20
_MARGINS = 40
_KEPT_WIDTH = 90  # room for the words on the draft


class IntakeHead(QFrame):
    """Title, state of the draft, drafts, paste, cancel, submit.

    Signals:
        submit_requested, cancel_requested, discard_requested, paste_requested: a button was pressed.
        draft_requested: (str key) another draft is wanted.
    """

    submit_requested = Signal()
    cancel_requested = Signal()
    discard_requested = Signal()
    paste_requested = Signal()
    draft_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "top")
        self._kept = ElidedLabel("", "hint")
        self._menu = QMenu(self)
        self._menu.triggered.connect(self._choose)
        self._drafts = Button("Drafts", "menu")
        self._drafts.setMenu(self._menu)
        self._discard = Button("Discard")
        self._paste = Button("Paste e-mail")
        self._cancel = Button("Cancel", keys="Esc")
        self.submit = Button("Open escalation", "primary", keys="Ctrl+Enter")
        for button, signal in (
            (self._discard, self.discard_requested),
            (self._paste, self.paste_requested),
            (self._cancel, self.cancel_requested),
            (self.submit, self.submit_requested),
        ):
            button.clicked.connect(signal)
        self._left, self._right = QWidget(), QWidget()
        words = QHBoxLayout(self._left)
        words.setSpacing(8)
        words.addWidget(Label("New escalation", "title"))
        words.addWidget(self._kept, 1)
        buttons = QHBoxLayout(self._right)
        buttons.setSpacing(8)
        for button in (self._drafts, self._paste, self._discard, self._cancel, self.submit):
            buttons.addWidget(button)
        for row in (words, buttons):
            row.setContentsMargins(0, 0, 0, 0)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(16, 10, 16, 10)
        self._row.setSpacing(8)
        self._row.addWidget(self._left, 1)
        self._row.addWidget(self._right, 0, Qt.AlignmentFlag.AlignRight)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        needed = self._left.minimumSizeHint().width() + self._right.minimumSizeHint().width() + _MARGINS
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._row.setDirection(down if self.width() < needed + _KEPT_WIDTH else right)

    def minimumSizeHint(self) -> QSize:
        width = max(part.minimumSizeHint().width() for part in (self._left, self._right))
        return QSize(width + _MARGINS, super().minimumSizeHint().height())

    def show_kept(self, words: str, *, is_faulty: bool) -> None:
        """Say how safe what is typed is."""
        self._kept.set_role("danger_small" if is_faulty else "hint")
        if words != self._kept.text():
            self._kept.setText(words)

    def show_drafts(self, drafts: "Sequence[Draft]", now: datetime) -> None:
        """Offer these drafts to go on with."""
        self._menu.clear()
        for draft in drafts[:_MOST_DRAFTS]:
            words = f"{draft_title(draft)}  ({moment(draft.updated_at, now)})"
            self._menu.addAction(words.replace("&", "&&")).setData(draft.key)
        self._drafts.set_text(f"Drafts {len(drafts)}")
        self._drafts.setVisible(bool(drafts))

    def show_state(self, *, has_content: bool, is_sending: bool) -> None:
        """Allow what makes sense now."""
        self._discard.setEnabled(has_content and not is_sending)
        self.submit.setEnabled(not is_sending)
        self.submit.set_text("Opening…" if is_sending else "Open escalation")

    @property
    def kept(self) -> str:
        """What it says of the draft."""
        return self._kept.text()

    @property
    def menu(self) -> QMenu:
        return self._menu

    def _choose(self, entry: QAction) -> None:
        self.draft_requested.emit(str(entry.data()))
