"""What lies over the players' pages while their drill stands still: nobody acts, and everybody sees why."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.drill.hatch import draw_hatch
from desktop.ui.kit.button import Button
from desktop.ui.kit.label import Label
from desktop.ui.theme import Theme

_VEIL = 0.86
_BAND = 10


class PauseVeil(QWidget):
    """Covers a widget with one word and a sentence; takes mouse and keyboard.

    Signals:
        inbox_requested: the person wants to read what has come.
    """

    inbox_requested = Signal()

    def __init__(self, over: QWidget, theme: Theme) -> None:
        super().__init__(over)
        self._over = over
        self._theme = theme
        self.word = Label("PAUSED", "display")
        self.sentence = Label("", "heading", wrap=True)
        self.button = Button("Read the inbox", "primary")
        for label in (self.word, self.sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addStretch(2)
        column.addWidget(self.word)
        column.addWidget(self.sentence)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.button.clicked.connect(self.inbox_requested)
        over.installEventFilter(self)
        self.hide()

    def say(self, word: str, sentence: str) -> None:
        """Say this and lie over everything."""
        self.word.setText(word)
        self.sentence.setText(sentence)
        self.setAccessibleName(f"{word}. {sentence}")
        self.setGeometry(self._over.rect())
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and event.type() is QEvent.Type.Resize:
            self.setGeometry(self._over.rect())
        elif watched is self._over and event.type() is QEvent.Type.ChildAdded and self.isVisible():
            self.raise_()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        ground = QColor(self._theme.colour("drill.soft"))
        ground.setAlphaF(_VEIL)
        painter.fillRect(self.rect(), ground)
        for top in (0, self.height() - _BAND):
            draw_hatch(painter, QRectF(0, top, self.width(), _BAND), self._theme)
