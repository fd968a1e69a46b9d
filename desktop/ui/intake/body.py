"""Form and outlook side by side, or one below the other where the window is narrow."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QVBoxLayout, QWidget

from desktop.domain.instant import from_us
from desktop.domain.policy import Policy
from desktop.ui.intake.asker import Asker
from desktop.ui.intake.asking import Outlook
from desktop.ui.intake.content import Content
from desktop.ui.intake.form import IntakeForm
from desktop.ui.intake.outlook import OutlookColumn
from desktop.ui.intake.ports import Desk
from desktop.ui.intake.similar import SimilarCard
from desktop.ui.kit.scroll import ScrollColumn
from desktop.ui.surroundings import Surroundings

if TYPE_CHECKING:
    from desktop.services.search import Similar

_SCROLL_BAR = 14
_SIDE_WIDTH = 350
_ANY_WIDTH = 16_777_215


class IntakeBody(QWidget):
    """Shows what is filled in and what it comes to.

    Signals:
        changed: something else is filled in.
        text_pasted: (str) into a field.
        dropped: (tuple of NewEvidence or Path) something to attach.
        similar_changed: other escalations look like it.
        focus_lost: a field was left.
    """

    changed = Signal()
    text_pasted = Signal(str)
    dropped = Signal(object)
    similar_changed = Signal()
    focus_lost = Signal()

    def __init__(self, desk: Desk, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._around = around
        self.form: IntakeForm | None = None
        self.outlook = OutlookColumn(around.theme)
        self.similar = SimilarCard()
        self.asker = Asker(desk, around.runner, self)
        self.asker.outlook_came.connect(self._take_outlook)
        self.asker.similar_came.connect(self._take_similar)
        around.heartbeat.slowly_ticked.connect(self._look_again)
        self._lay_out()

    @property
    def content(self) -> Content:
        """What is filled in."""
        return self.form.content() if self.form is not None else Content()

    def set_policy(self, policy: Policy) -> None:
        """Make the form for a policy; what is filled in stays."""
        kept = self.content
        if self.form is not None:
            self._place.removeWidget(self.form)
            self.form.deleteLater()
        self.form = IntakeForm(policy, self._desk, self._around.runner)
        self._place.insertWidget(0, self.form)
        self.form.set_content(kept)
        self.form.changed.connect(self._change)
        self.form.text_pasted.connect(self.text_pasted)
        self.form.focus_lost.connect(self.focus_lost)
        self.form.pieces.dropped.connect(self.dropped)
        self.outlook.set_policy(policy)
        self.asker.note(kept)

    def set_content(self, content: Content) -> None:
        """Fill in all of it."""
        if self.form is not None:
            self.form.set_content(content)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self._arrange()
        return super().eventFilter(watched, event)

    def _arrange(self) -> None:
        """Side by side where both have room."""
        scale = self._around.theme.text_scale
        needed = self._left.minimumSizeHint().width() + self._side.minimumSizeHint().width() + _SCROLL_BAR
        is_narrow = self.width() < needed
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._row.setDirection(down if is_narrow else right)
        self._side.setMaximumWidth(_ANY_WIDTH if is_narrow else round(_SIDE_WIDTH * scale))

    def _lay_out(self) -> None:
        left = self._left = QWidget()
        self._place = QVBoxLayout(left)
        self._place.setContentsMargins(16, 18, 16, 18)
        self._side = QFrame()
        self._side.setProperty("part", "aside")
        side = QVBoxLayout(self._side)
        side.setContentsMargins(16, 18, 16, 18)
        side.setSpacing(16)
        side.addWidget(self.outlook)
        side.addWidget(self.similar)
        side.addStretch(1)
        inside = _Inside(left, self._side)
        inside.installEventFilter(self)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(left, 1)
        self._row.addWidget(self._side, 0)
        scroll = ScrollColumn(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)

    def _look_again(self) -> None:
        """What would be promised moves on with the time."""
        if self.isVisible() and not self.content.is_empty:
            self.asker.ask_again()

    def _change(self) -> None:
        self.asker.note(self.content)
        self.changed.emit()

    def _take_outlook(self, outlook: Outlook) -> None:
        self.outlook.show_outlook(outlook, from_us(self._around.heartbeat.now_us()))

    def _take_similar(self, similar: "Similar") -> None:
        self.similar.show_similar(similar, from_us(self._around.heartbeat.now_us()))
        self.similar_changed.emit()


class _Inside(QWidget):
    """Never needs more width than its parts one below the other."""

    def __init__(self, left: QWidget, side: QWidget) -> None:
        super().__init__()
        self._parts = (left, side)

    def minimumSizeHint(self) -> QSize:
        width = max(part.minimumSizeHint().width() for part in self._parts)
        return QSize(width, super().minimumSizeHint().height())
