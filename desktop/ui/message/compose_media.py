"""The texts of a message: side by side where there is room, behind tabs where there is not."""

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.message import Finding, Medium
from desktop.ui.kit.scroll import ScrollColumn
from desktop.ui.kit.wrap_tabs import WrapTabs
from desktop.ui.message import compose_words as words
from desktop.ui.message.compose_medium import MediumBox
from desktop.ui.message.ports import Difference, MediumText, WayOut, Writing
from desktop.ui.theme import Theme

_WIDE = 620  # from here on, two stand beside one another
_LEAST = 220  # pixels of height each of the smaller ones needs


class MediaPane(QWidget):
    """The first text large, the others in a column beside it.

    Signals: those of the boxes.
    """

    typed = Signal(object, str, str)
    restore_requested = Signal(object)
    copy_requested = Signal(object)
    spread_requested = Signal(object)
    way_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._boxes: dict[Medium, MediumBox] = {}
        self._is_wide = True
        self.tabs = self._made_tabs(())
        self._first, self._others = QWidget(), QWidget()
        self._first_column = QVBoxLayout(self._first)
        self._other_column = QVBoxLayout(self._others)
        for column in (self._first_column, self._other_column):
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(10)
        self._scroll = ScrollColumn(self._others)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self._first, 4)
        row.addWidget(self._scroll, 3)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.tabs)
        column.addLayout(row, 1)

    @property
    def boxes(self) -> Mapping[Medium, MediumBox]:
        """The texts there are, in their order."""
        return self._boxes

    def show_writing(self, writing: Writing, typing: Collection[Medium]) -> None:
        """Show the texts; of those in `typing` the fields keep what is in them."""
        wanted = [text.medium for text in writing.media]
        if wanted != list(self._boxes):
            self._rebuild(wanted)
        for text in writing.media:
            self._boxes[text.medium].show_text(text, keep=text.medium in typing)
        self.show_said(writing.findings, writing.differences)

    def show_said(self, findings: Sequence[Finding], differences: Sequence[Difference]) -> None:
        """Show what there is to say about the texts."""
        for box in self._boxes.values():
            box.show_findings(findings)
            box.show_differences(differences)
        for at, medium in enumerate(self._boxes):
            count = sum(1 for each in findings if each.medium is medium and each.kind == "block")
            said = words.MEDIA[medium]
            self.tabs.setTabText(at, f"{said} ({count})" if count else said)

    def forget_choices(self) -> None:
        """Another draft is shown from now on."""
        for box in self._boxes.values():
            box.forget_choice()

    def chosen(self) -> dict[Medium, WayOut]:
        """What is used, and how it goes out."""
        ways = {medium: box.chosen() for medium, box in self._boxes.items()}
        return {medium: out for medium, out in ways.items() if out is not None}

    def texts(self) -> tuple[MediumText, ...]:
        """What stands in the fields now."""
        return tuple(MediumText(medium, *box.text) for medium, box in self._boxes.items())

    def go_to(self, medium: Medium, begin: int = -1, end: int = -1) -> None:
        """Put the focus into a text, at a place of it where one is named."""
        if medium not in self._boxes:
            return
        self.tabs.setCurrentIndex(list(self._boxes).index(medium))
        box = self._boxes[medium]
        if begin >= 0:
            box.body_field.select(begin, end)
        else:
            box.focus_body()

    def focus_first(self) -> None:
        """Go to the first text."""
        for medium in self._boxes:
            self.go_to(medium)
            return

    def minimumSizeHint(self) -> QSize:
        """What one text needs: where there is no room for two, the others go behind tabs."""
        widths = [box.minimumSizeHint().width() for box in self._boxes.values()]
        return QSize(max(widths, default=0), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = self.width() >= _WIDE * max(self._theme.text_scale, 1.0)
        if is_wide != self._is_wide:
            self._is_wide = is_wide
            self._arrange()

    def _rebuild(self, media: Sequence[Medium]) -> None:
        for medium, box in list(self._boxes.items()):
            if medium not in media:
                box.hide()
                box.setParent(None)
                box.deleteLater()
        self._boxes = {medium: self._boxes.get(medium) or self._made(medium) for medium in media}
        old, self.tabs = self.tabs, self._made_tabs(media)
        self._column.replaceWidget(old, self.tabs)
        old.hide()
        old.deleteLater()
        self._arrange()

    def _made_tabs(self, media: Sequence[Medium]) -> WrapTabs:
        tabs = WrapTabs("Channels")
        for medium in media:
            tabs.addTab(words.MEDIA[medium])
        tabs.currentChanged.connect(self._arrange)
        return tabs

    def _made(self, medium: Medium) -> MediumBox:
        box = MediumBox(medium, self._theme)
        box.typed.connect(self.typed)
        box.restore_requested.connect(self.restore_requested)
        box.copy_requested.connect(self.copy_requested)
        box.spread_requested.connect(self.spread_requested)
        box.way_changed.connect(self.way_changed)
        return box

    def _arrange(self) -> None:
        """Put each text where it belongs at this width."""
        boxes = list(self._boxes.values())
        alone = not self._is_wide
        self.tabs.setVisible(alone and len(boxes) > 1)
        for at, box in enumerate(boxes):
            column = self._first_column if at == 0 or alone else self._other_column
            box.setMinimumHeight(0 if column is self._first_column else _LEAST)
            if column.indexOf(box) < 0:
                column.addWidget(box)
            box.setVisible(not alone or at == self.tabs.currentIndex())
        self._scroll.setVisible(not alone and len(boxes) > 1)
