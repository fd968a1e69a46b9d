"""Words on the screen: always plain text, never markup."""

import re

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop.ui.kit.tip import as_tip

_LONG_WORD = re.compile(r"\S{28}(?=\S)")
_LONGEST = 4000  # what comes from outside may be a megabyte; laying that out would stop the window


class Label(QLabel):
    """Plain text in a role: body, strong, small, heading, title, display, secondary, danger, warning, ..."""

    def __init__(
        self, text: str = "", role: str = "body", *, wrap: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setProperty("role", role)
        self.setText(text)

    def setText(self, text: str) -> None:
        shown = text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
        super().setText(breakable(shown) if self.wordWrap() else shown)

    def set_role(self, role: str) -> None:
        """Take the look of another role."""
        if self.property("role") != role:
            self.setProperty("role", role)
            self.style().unpolish(self)
            self.style().polish(self)

    def let_select(self) -> None:
        """Let a person select and copy the text, by mouse and keyboard."""
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )


def breakable(text: str) -> str:
    """The text with invisible places to break in words so long that they would push the window apart."""
    return _LONG_WORD.sub("\\g<0>\u200b", text)


class ElidedLabel(Label):
    """One line that ends in "…" where it does not fit; the whole text is its tool tip and accessible name."""

    def __init__(self, text: str = "", role: str = "body", *, parent: QWidget | None = None) -> None:
        self._own_tip = ""
        super().__init__(text, role, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:
        super().setText(" ".join(text[:_LONGEST].split()))
        self.setAccessibleName(self.text())

    def set_tip(self, tip: str) -> None:
        """What its tool tip says where the whole text fits."""
        self._own_tip = as_tip(tip)
        self.update()

    def minimumSizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance("MMM…"), metrics.height())

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 2, metrics.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        metrics = QFontMetrics(self.font())
        shown = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        if (tip := as_tip(self.text()) if shown != self.text() else self._own_tip) != self.toolTip():
            self.setToolTip(tip)
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), int(self.alignment() | Qt.TextFlag.TextSingleLine), shown)
