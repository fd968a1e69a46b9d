"""What a draft is, how far it has come, and what can be done with it as a whole."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.playbook import State
from desktop.domain.playbook_check import Fault
from desktop.ui.kit.button import Button
from desktop.ui.kit.flow import FlowLayout
from desktop.ui.kit.label import ElidedLabel, Label
from desktop.ui.kit.tip import as_tip
from desktop.ui.playbook.editor_words import kept_words, review_words, state_words
from desktop.ui.playbook.ports import Opened
from desktop.ui.text import counted, one_line
from desktop.ui.theme import Theme

_MOST_REVIEWS, _MOST_FAULTS, _FEW_FAULTS = 3, 6, 2
_WIDE = 700


class EditorHead(QWidget):
    """The draft's name, its state, and a button for each deed that is possible."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._may_write = True
        self.title = ElidedLabel("", "heading")
        self.state = ElidedLabel("", "secondary")
        self.kept = ElidedLabel("", "secondary")
        self.reviews = Label("", "secondary", wrap=True)
        self.rights = Label("", "secondary", wrap=True)
        self.publish = Button("Publish…", "primary", keys="Ctrl+Enter")
        self.review = Button("Ask for review")
        self.approve = Button("Approve")
        self.object = Button("Object…")
        self.read = Button("Read")
        self.discard = Button("Discard…")
        buttons = QWidget()
        flow = FlowLayout(buttons, 8)
        for button in self.buttons():
            flow.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 8)
        column.setSpacing(4)
        for widget in (self.title, self.state, self.kept, self.reviews, self.rights, buttons):
            column.addWidget(widget)
        self.read.setToolTip("See it as it will look")

    def buttons(self) -> tuple[Button, ...]:
        """Every button, in their order."""
        return (self.approve, self.object, self.publish, self.review, self.read, self.discard)

    def show_opened(self, opened: Opened, now: datetime, why_not_write: str) -> None:
        """The draft as it is by now."""
        draft = opened.draft
        if draft is None:
            return
        self._may_write = not why_not_write
        self.title.setText(f"{one_line(draft.content.title) or 'Untitled playbook'}, {draft.label}")
        self.kept.setText(kept_words(draft, now))
        self.state.setText(state_words(draft, opened.reviews))
        self.state.setVisible(draft.state is State.IN_REVIEW)  # that it is a draft, its name says
        said = [review_words(review, now) for review in opened.reviews[-_MOST_REVIEWS:]]
        self.reviews.setText("\n".join(said))
        self.reviews.setVisible(bool(said))
        self.rights.setText(why_not_write)
        self.rights.setVisible(bool(why_not_write))
        is_asked = draft.state is State.IN_REVIEW
        may_answer = is_asked and not opened.why_not_review
        self.approve.setVisible(may_answer)
        self.object.setVisible(may_answer)
        self.publish.setEnabled(not opened.why_not_publish)
        self.publish.setToolTip(as_tip(opened.why_not_publish))
        self.publish.setAccessibleDescription(opened.why_not_publish or "Ctrl+Enter")
        self.review.setVisible(self._may_write and not is_asked)
        self.discard.setVisible(self._may_write)

    def say_unkept(self) -> None:
        """Something is typed that is not kept yet."""
        if not self.kept.text().startswith("Not kept yet"):
            self.kept.setText(f"Not kept yet · {self.kept.text()}")


class MissingList(QWidget):
    """What is still missing before it can be published; each entry leads to its field.

    Signals:
        picked: (str) the path of the field.
    """

    picked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._faults: tuple[Fault, ...] = ()
        self.head = Label("", "secondary", wrap=True)
        self.links = [Button("", "link") for _ in range(_MOST_FAULTS)]
        self.more = Label("", "secondary")
        holder = QWidget()
        flow = FlowLayout(holder, 4)
        for link in self.links:
            link.clicked.connect(self._pick)
            flow.addWidget(link)
        flow.addWidget(self.more)
        self._holder = holder
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 16, 8)
        column.setSpacing(0)
        self.head.setContentsMargins(4, 0, 0, 0)
        column.addWidget(self.head)
        column.addWidget(holder)

    def show_faults(self, faults: Sequence[Fault]) -> None:
        """Say what is missing; nothing when nothing is."""
        self._faults = tuple(faults)
        self.head.setText(f"{counted(len(faults), 'thing')} to put right before it can be published:")
        for link, fault in zip(self.links, faults, strict=False):
            link.set_text(one_line(fault.message)[:120].replace("&", "&&"))
        self._show()
        self.setVisible(bool(faults))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show()

    def said(self) -> list[str]:
        """What is said to be missing."""
        return [link.text() for link in self.links if not link.isHidden()]

    def _pick(self) -> None:
        sender = self.sender()
        if isinstance(sender, Button) and sender in self.links:
            at = self.links.index(sender)
            if at < len(self._faults):
                self.picked.emit(self._faults[at].field)

    def _show(self) -> None:
        """As many as there is room for without pushing the form away."""
        most = _MOST_FAULTS if self.width() >= _WIDE * self._theme.text_scale else _FEW_FAULTS
        for at, link in enumerate(self.links):
            link.setVisible(at < min(most, len(self._faults)))
        more = len(self._faults) - most
        self.more.setText(f"and {more} more")
        self.more.setVisible(more > 0)
