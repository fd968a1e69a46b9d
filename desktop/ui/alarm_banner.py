"""One alarm over the page."""

from dataclasses import dataclass

from PySide6.QtCore import QEasingCurve, QRectF, QSize, QVariantAnimation, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.ui.icons import Icons
from desktop.ui.kit.button import Button, IconButton
from desktop.ui.kit.label import Label
from desktop.ui.theme import Theme

_PULSE_MS = 1000
_PULSES = 3
_STRIP = 10


@dataclass(frozen=True, slots=True)
class BannerText:
    """What a banner says: `token` is the ageing step whose colours it wears, `buttons` are (key, words)."""

    headline: str
    text: str
    act: str
    token: str
    stays: bool
    buttons: tuple[tuple[str, str], ...]


class AlarmBanner(QFrame):
    """A headline, a line with number, time, owner and what to do, and the buttons.

    Signals:
        pressed: (str key, str button)
        closed: (str key) the person put it away.
    """

    pressed = Signal(str, str)
    closed = Signal(str)

    def __init__(self, key: str, theme: Theme, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self.stays = False
        self._theme = theme
        self._icons = icons
        self._token = "none"
        self._glow = 0.0
        self._buttons: dict[str, Button] = {}
        self._picture = QLabel()
        self._picture.setFixedSize(QSize(20, 20))
        self._headline = Label("", "strong", wrap=True)
        self._text = Label("", wrap=True)
        self._close = IconButton(icons, "close", "Put this alarm away")
        self._close.clicked.connect(self._put_away)
        room = self._close.sizePolicy()
        room.setRetainSizeWhenHidden(True)  # so that the buttons of all banners stand in line
        self._close.setSizePolicy(room)
        self._pulse = QVariantAnimation(self)
        self._pulse.setDuration(_PULSE_MS)
        self._pulse.setLoopCount(_PULSES)
        self._pulse.setStartValue(0.0)
        self._pulse.setKeyValueAt(0.5, 1.0)
        self._pulse.setEndValue(0.0)
        self._pulse.setEasingCurve(QEasingCurve.Type.InOutSine)
        self._pulse.valueChanged.connect(self._set_glow)
        self._lay_out()
        theme.theme_changed.connect(self._redraw)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self._headline)
        words.addWidget(self._text)
        self._row = QHBoxLayout()
        self._row.setSpacing(6)
        line = QHBoxLayout(self)
        line.setContentsMargins(_STRIP + 12, 7, 8, 8)
        line.setSpacing(10)
        line.addWidget(self._picture)
        line.addLayout(words, 1)
        line.addLayout(self._row)
        line.addWidget(self._close)

    @property
    def sentence(self) -> str:
        """All it says."""
        return f"{self._headline.text()} {self._text.text()}"

    def button(self, key: str) -> Button:
        """The button of a key: acknowledge, snooze, open."""
        return self._buttons[key]

    def is_in_use(self) -> bool:
        """Whether the pointer or the focus is on it."""
        focus = QApplication.focusWidget()
        return self.underMouse() or (focus is not None and self.isAncestorOf(focus))

    def say(self, text: BannerText) -> None:
        """Show this."""
        self.stays = text.stays
        self._headline.setText(text.headline)
        act = "" if not text.act or text.act in text.text else f" — {text.act}"
        self._text.setText(f"{text.text}{act}")
        self.setAccessibleName(self.sentence)
        self._close.setVisible(not text.stays)
        if tuple(self._buttons) != tuple(key for key, _ in text.buttons):
            self._set_buttons(text)
        self._token = text.token
        self._redraw()

    def _set_buttons(self, text: BannerText) -> None:
        for button in self._buttons.values():
            self._row.removeWidget(button)
            button.deleteLater()
        self._buttons = {}
        for key, words in text.buttons:
            button = self._buttons[key] = Button(words)
            button.setObjectName(key)
            button.setAccessibleName(f"{words}: {text.headline}")
            button.clicked.connect(self._press)
            self._row.addWidget(button)

    def pulse(self, *, is_still: bool) -> None:
        """Draw the eye three times within three seconds, then stand still (WCAG 2.2.2, 2.3.1)."""
        self._pulse.stop()
        if not is_still:
            self._pulse.start()

    @property
    def is_pulsing(self) -> bool:
        """Whether it moves now."""
        return self._pulse.state() is QVariantAnimation.State.Running

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        accent = self._theme.colour(f"{self._token}.accent")
        painter.fillRect(self.rect(), self._ground())
        glow = QColor(accent)
        glow.setAlphaF(0.22 * self._glow)
        painter.fillRect(self.rect(), glow)
        painter.fillRect(QRectF(0, 0, _STRIP, self.height()), accent)
        painter.setPen(QPen(self._theme.colour("line.control"), 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)

    def _ground(self) -> QColor:
        token = {"breached": "surface.danger", "breaching_soon": "breaching_soon.tint"}.get(self._token)
        return self._theme.colour(token or "surface.banner")

    def _set_glow(self, value: object) -> None:
        self._glow = float(value) if isinstance(value, float) else 0.0
        self.update()

    def _redraw(self) -> None:
        self._picture.setPixmap(self._icons.pixmap("bell_hollow", 20, "text.primary"))
        self.update()

    def _press(self) -> None:
        self.pressed.emit(self.key, self.sender().objectName())

    def _put_away(self) -> None:
        self.closed.emit(self.key)
