"""What stands below the head of a message: what it is for and its facts, its texts, what there is to say."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.kit.label import Label
from desktop.ui.kit.scroll import ScrollColumn
from desktop.ui.message.compose_facts import FactForm
from desktop.ui.message.compose_findings import FindingList
from desktop.ui.message.compose_media import MediaPane
from desktop.ui.message.compose_next import NextUpdate
from desktop.ui.message.compose_stage import StagePick
from desktop.ui.message.ports import Release
from desktop.ui.theme import Theme

_LEFT, _ASIDE = 310, 290
_ANY = 16_777_215
_WIDE = 1120  # from here on, what there is to say stands beside the texts, else below


class ComposeBody(QWidget):
    """Three columns, or two where there is less room."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.pick = StagePick()
        self.facts = FactForm()
        self.media = MediaPane(theme)
        self.next = NextUpdate()
        self.findings = FindingList(theme)
        self.release = Label("", "warning", wrap=True)
        self.release.hide()
        self.unreal = Label(
            "This desk sends nothing to anybody: what is written here is only recorded.", "hint", wrap=True
        )
        self.unreal.hide()
        self._left, self._aside = QWidget(), QFrame()
        self._aside.setProperty("part", "aside")
        # What scrolls says itself how narrow it may be; how wide it is to be, what is around it says.
        self.scroller = ScrollColumn(self._made_left())
        for holder, content in ((self._left, self.scroller), (self._aside, ScrollColumn(self._made_aside()))):
            around = QVBoxLayout(holder)
            around.setContentsMargins(0, 0, 0, 0)
            around.addWidget(content)
        self.facts.reached.connect(self.scroller.reveal)
        self.media.setContentsMargins(12, 12, 12, 12)
        self._right = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._right.setSpacing(0)
        self._right.addWidget(self.media, 1)
        self._right.addWidget(self._aside)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left)
        row.addLayout(self._right, 1)

    def minimumSizeHint(self) -> QSize:
        """What the two columns need that stand beside one another in little room."""
        parts = (self.media.minimumSizeHint().width(), self._aside.minimumSizeHint().width())
        width = self._left.minimumSizeHint().width() + max(parts)
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def show_release(self, release: Release) -> None:
        """Say whether a second person has to let it go."""
        said = ""
        if release.released_by:
            said = f"Released by {release.released_by}."
        elif release.is_open:
            asked = f"{release.asked_by} asks for it." if release.asked_by else "Ask for it when it is ready."
            said = f"Somebody else has to release it first. {asked} {release.why_not}".rstrip()
        self.release.set_role("success" if release.released_by else "warning")
        self.release.setText(said)
        self.release.setVisible(bool(said))

    def _arrange(self) -> None:
        scale = max(self._theme.text_scale, 1.0)
        least = self._left.minimumSizeHint().width()
        self._left.setFixedWidth(max(min(round(_LEFT * scale), self.width() // 3), least))
        is_wide = self.width() >= _WIDE * scale
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._right.setDirection(right if is_wide else down)
        self._said.setDirection(down if is_wide else right)
        for at, share in enumerate((0, 0) if is_wide else (2, 3)):
            self._said.setStretch(at, share)
        wanted = max(round(_ASIDE * scale), self._aside.minimumSizeHint().width())
        self._aside.setMinimumWidth(wanted if is_wide else 0)
        self._aside.setMaximumWidth(wanted if is_wide else _ANY)
        self._aside.setMaximumHeight(_ANY if is_wide else max(self.height() * 2 // 5, 160))

    def _made_left(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(16, 12, 12, 16)
        column.setSpacing(12)
        column.addWidget(self.pick)
        column.addWidget(Label("Facts", "strong"))
        column.addWidget(self.facts)
        column.addStretch(1)
        return holder

    def _made_aside(self) -> QWidget:
        promised, said, holder = QWidget(), QWidget(), QWidget()
        upper, lower = QVBoxLayout(promised), QVBoxLayout(said)
        upper.addWidget(Label("Next update", "strong"))
        for widget in (self.next, self.unreal, self.release):
            upper.addWidget(widget)
        lower.addWidget(self.findings)
        for column in (upper, lower):
            column.setContentsMargins(14, 12, 14, 8)
            column.setSpacing(8)
        lower.addStretch(1)
        upper.addStretch(1)
        self._said = QBoxLayout(QBoxLayout.Direction.TopToBottom, holder)
        self._said.setContentsMargins(0, 0, 0, 0)
        self._said.setSpacing(0)
        self._said.addWidget(promised)
        self._said.addWidget(said)
        self._said.addStretch(1)
        return holder
