"""What stands on the page before there is a rota: what one is for, and three ways to begin."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.ui.icons import Icons
from desktop.ui.kit.button import Button
from desktop.ui.kit.label import Label

WEEKLY, SUN, NIGHTS, BLANK = "weekly", "sun", "nights", "blank"
_TITLE = "No rota yet"
_TEXT = (
    "A rota says who is on call at every moment. People take turns; layers lie over one another, and the"
    " highest one with somebody wins. Single shifts are changed, swapped and taken in the plan."
)
#: The ways to begin, with what each is good for.
WAYS = (
    (WEEKLY, "One person a week", "Everybody takes a week in turn, handing over on Monday morning."),
    (SUN, "Follow the sun", "Three teams share the day: each has its eight hours by daylight."),
    (NIGHTS, "Day and night", "One layer for days, one for nights and weekends."),
)


class StartPanel(QWidget):
    """Teaches and begins.

    Signals:
        wanted: (str way) build a rota that begins so.
    """

    wanted = Signal(str)

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self._picture = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        title, text = Label(_TITLE, "heading", wrap=True), Label(_TEXT, "secondary", wrap=True)
        for label in (title, text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setMaximumWidth(560)
        self.build_button = Button("Build a rota", "primary")
        self.build_button.setObjectName(BLANK)
        self.build_button.clicked.connect(self._tell)
        self.ways: dict[str, Button] = {}
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addStretch(2)
        column.addWidget(self._picture)
        for label in (title, text):
            column.addLayout(_centred(label))
        column.addWidget(self.build_button, 0, Qt.AlignmentFlag.AlignHCenter)
        also = Label("Or begin with one of these; everything can be changed.", "hint", wrap=True)
        also.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addLayout(_centred(also))
        for way, words, about in WAYS:
            button = self.ways[way] = Button(words)
            button.setObjectName(way)
            button.clicked.connect(self._tell)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
            hint = Label(about, "hint", wrap=True)
            hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
            hint.setMaximumWidth(560)
            column.addLayout(_centred(hint))
        column.addStretch(3)
        self.setFocusProxy(self.build_button)
        self._redraw()
        icons.icons_changed.connect(self._redraw)

    def _tell(self) -> None:
        sender = self.sender()
        if isinstance(sender, Button):
            self.wanted.emit(sender.objectName())

    def _redraw(self) -> None:
        self._picture.setPixmap(self._icons.pixmap("calendar", 40, "text.secondary"))


def _centred(label: Label) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(label, 100)
    row.addStretch(1)
    return row
