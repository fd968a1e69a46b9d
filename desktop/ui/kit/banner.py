"""Messages that stay in the window until they are no longer true or are put away."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.ui.icons import Icons
from desktop.ui.kit.button import Button, IconButton
from desktop.ui.kit.label import Label

_LOOK = {
    "info": ("info", "text.link"),
    "warning": ("warning", "text.warning"),
    "danger": ("danger", "text.danger"),
    "success": ("success", "text.success"),
}
_MOST = 3


class Banner(QFrame):
    """A sentence with what can be done about it.

    Signals:
        closed: (str key) the person put it away.
        pressed: (str key, str button) the person chose what to do.
    """

    closed = Signal(str)
    pressed = Signal(str, str)

    def __init__(self, icons: Icons, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self._tone = "info"
        self.key = key
        self._picture = QLabel()
        self._text = Label("", wrap=True)
        self._text.let_select()
        self._text.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(6)
        self._close = IconButton(icons, "close", "Put this message away")
        self._close.clicked.connect(self._put_away)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 8, 6)
        row.setSpacing(10)
        row.addWidget(self._picture)
        row.addWidget(self._text, 1)
        row.addLayout(self._buttons)
        row.addWidget(self._close)
        icons.icons_changed.connect(self._redraw)

    def say(self, text: str, tone: str = "info", buttons: Sequence[tuple[str, str]] = ()) -> None:
        """The sentence, its tone (info, warning, danger, success), and buttons as (key, words)."""
        self._tone = tone
        self._text.setText(text)
        self.setAccessibleName(text)
        self._close.setAccessibleName(f"Put this message away: {text[:80]}")  # several stand together
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)
        while self._buttons.count():
            item = self._buttons.takeAt(0)
            button = item.widget() if item is not None else None
            if button is not None:
                button.deleteLater()
        for name, words in buttons:
            choice = Button(words)
            choice.setObjectName(name)
            choice.clicked.connect(self._press)
            self._buttons.addWidget(choice)
        self._redraw()

    @property
    def text(self) -> str:
        return self._text.text()

    def _press(self) -> None:
        sender = self.sender()
        if isinstance(sender, QObject):
            self.pressed.emit(self.key, sender.objectName())

    def _put_away(self) -> None:
        self.closed.emit(self.key)

    def _redraw(self) -> None:
        icon, token = _LOOK[self._tone]
        self._picture.setPixmap(self._icons.pixmap(icon, 18, token))


class BannerStack(QWidget):
    """At most three banners, newest on top; one of the same key is changed in place.

    Signals:
        pressed: (str key, str button) of one of them.
        closed: (str key) one was put away by the person.
    """

    pressed = Signal(str, str)
    closed = Signal(str)

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self._banners: dict[str, Banner] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_banner(
        self, key: str, text: str, tone: str = "info", buttons: Sequence[tuple[str, str]] = ()
    ) -> Banner:
        """Say something; buttons are (key, words) and are told by `pressed`."""
        banner = self._banners.get(key)
        if banner is None:
            banner = self._banners[key] = Banner(self._icons, key)
            banner.closed.connect(self._close)
            banner.pressed.connect(self.pressed)
            self._column.insertWidget(0, banner)
            if len(self._banners) > _MOST:
                self.withdraw(next(iter(self._banners)))
        banner.say(text, tone, buttons)
        return banner

    def withdraw(self, key: str) -> None:
        """It is no longer true."""
        banner = self._banners.pop(key, None)
        if banner is not None:
            self._column.removeWidget(banner)
            banner.hide()
            banner.deleteLater()

    def texts(self) -> list[str]:
        """What is said now."""
        return [banner.text for banner in self._banners.values()]

    def _close(self, key: str) -> None:
        self.withdraw(key)
        self.closed.emit(key)
