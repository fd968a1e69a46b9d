"""What stands where there is nothing to show: why, and what to do."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.ui.icons import Icons
from desktop.ui.kit.button import Button
from desktop.ui.kit.label import Label


class EmptyState(QWidget):
    """A picture, one sentence, and the one thing to do about it.

    Signals:
        button_pressed: the person wants to do it.
    """

    button_pressed = Signal()

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self._icon = "inbox"
        self._picture = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._title = Label("", "heading", wrap=True)
        self._text = Label("", "secondary", wrap=True)
        self._button = Button("", "primary")
        self._button.clicked.connect(self.button_pressed)
        for label in (self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setMaximumWidth(460)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addStretch(2)
        column.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignHCenter)
        for label in (self._title, self._text):
            column.addLayout(_centred(label))
        column.addSpacing(8)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        icons.icons_changed.connect(self._redraw)

    def show_state(self, icon: str, title: str, text: str = "", button: str = "") -> None:
        """Say it; without words for the button there is none."""
        self._icon = icon
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self._button.set_text(button)
        self._button.setVisible(bool(button))
        # What is hidden cannot take the focus; Qt's own type hint leaves out that there may be no proxy.
        self.setFocusProxy(self._button if button else None)  # type: ignore[arg-type]
        self.setAccessibleName(f"{title} {text}".strip())
        self._redraw()

    @property
    def button(self) -> Button:
        """Where the focus is while there is something to do about it."""
        return self._button

    @property
    def sentence(self) -> str:
        """What it says."""
        return f"{self._title.text()} {self._text.text()}".strip()

    def _redraw(self) -> None:
        self._picture.setPixmap(self._icons.pixmap(self._icon, 40, "text.secondary"))


def _centred(label: QLabel) -> QHBoxLayout:
    """Between two springs: an alignment would leave wrapped words too little height."""
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(label, 100)
    row.addStretch(1)
    return row
