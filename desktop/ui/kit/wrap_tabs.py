"""Tabs that go on in a second line where there is no room for all of them in one."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

from desktop.ui.kit.flow import FlowLayout


class TabButton(QPushButton):
    """One tab, with room for its words in bold, as they are once it is chosen."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setProperty("kind", "tab")
        self.call(text)

    def call(self, text: str) -> None:
        """Other words on it; it is not taken for the button of a page of that name."""
        self.setText(text)
        self.setAccessibleName(f"{text} tab")

    def sizeHint(self) -> QSize:
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        words = self.text()
        more = QFontMetrics(bold).horizontalAdvance(words) - self.fontMetrics().horizontalAdvance(words)
        return super().sizeHint() + QSize(max(more, 0) + 2, 0)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class WrapTabs(QWidget):
    """Works like a bar of tabs: one is chosen, arrows go to the next.

    Signals:
        currentChanged: (int) another one is chosen.
    """

    currentChanged = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._flow = FlowLayout(self, spacing=0)
        self._group = QButtonGroup(self)
        self._buttons: list[TabButton] = []
        self._at = -1
        self._group.idClicked.connect(self.setCurrentIndex)

    def addTab(self, text: str) -> int:
        """One more at the end; gives its place."""
        button = TabButton(text)
        at = len(self._buttons)
        self._buttons.append(button)
        self._group.addButton(button, at)
        self._flow.addWidget(button)
        if at == 0:
            self.setCurrentIndex(0)
        return at

    def count(self) -> int:
        """How many there are."""
        return len(self._buttons)

    def currentIndex(self) -> int:
        """Which one is chosen, -1 where there is none."""
        return self._at

    def setCurrentIndex(self, at: int) -> None:
        """Choose one."""
        if 0 <= at < len(self._buttons) and at != self._at:
            self._at = at
            self._buttons[at].setChecked(True)
            self.setFocusProxy(self._buttons[at])
            self.currentChanged.emit(at)

    def isTabEnabled(self, at: int) -> bool:
        """Whether one can be chosen: each can."""
        return 0 <= at < len(self._buttons)

    def tabText(self, at: int) -> str:
        """What one is called."""
        return self._buttons[at].text()

    def setTabText(self, at: int, text: str) -> None:
        """Call one otherwise."""
        self._buttons[at].call(text)
        self._buttons[at].updateGeometry()
