"""One alarm over the page, in one line."""

from PySide6.QtCore import QEasingCurve, QRect, QRectF, QSize, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from desktop.ui.alarm_words import LIST, BannerText
from desktop.ui.icons import Icons
from desktop.ui.kit.button import Button, IconButton
from desktop.ui.kit.tip import as_tip
from desktop.ui.theme import Theme

_PULSE_MS = 1000
_PULSES = 3
_STRIP = 6
_BUTTON = 26
_AIR = 4  # above and below the buttons: a line of 34 px
_BELL = 18
_GAP = 10
#: The words are cut here before they are measured, however long what was typed or imported.
_LONGEST = 500


class AlarmLine(QWidget):
    """A headline and the facts behind it, cut off at the right where they do not fit."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._headline = ""
        self._facts = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)

    def say(self, headline: str, facts: str) -> None:
        """Show this."""
        self._headline, self._facts = headline[:_LONGEST], facts[:_LONGEST]
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self._theme.colour("text.primary"))
        used = self._draw(painter, "strong", self._headline, 0)
        self._draw(painter, "body", self._facts, used + _GAP)

    def _draw(self, painter: QPainter, role: str, text: str, left: int) -> int:
        """Where the text ends."""
        room = self.width() - left
        metrics = QFontMetrics(self._theme.font(role))
        if room < metrics.horizontalAdvance("MM…"):
            return left
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        painter.setFont(self._theme.font(role))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine
        painter.drawText(QRect(left, 0, room, self.height()), int(flags), shown)
        return left + metrics.horizontalAdvance(shown)


class Tail(QWidget):
    """The right end of a line: a link to the alarms that are not shown, and a cross to put this one away."""

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = 0
        self.more = Button("", "link")
        self.more.setObjectName(LIST)
        self.more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.more.hide()
        self.close_button = IconButton(icons, "close", "Put this alarm away")
        self.close_button.setMinimumSize(_BUTTON, _BUTTON)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        row.addWidget(self.close_button, 1, Qt.AlignmentFlag.AlignRight)

    def set_rest(self, count: int) -> None:
        """How many alarms are not shown; none hides the link."""
        if count != self._count:
            self._count = count
            self.more.set_text(f"+ {count:,} more")
            self.more.setAccessibleName(f"Show all alarms, {count:,} more")
            self.more.setVisible(count > 0)


class AlarmBanner(QFrame):
    """A line in the colour of its step: bell, words, buttons, and at the right end the way to the rest.

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
        self._said: BannerText | None = None
        self._theme = theme
        self._icons = icons
        self._token = "none"
        self._glow = 0.0
        self._buttons: dict[str, Button] = {}
        self._picture = QLabel()
        self._picture.setFixedSize(QSize(_BELL, _BELL))
        self._line = AlarmLine(theme)
        self.tail = Tail(icons)
        self.tail.more.clicked.connect(self._press)
        self.tail.close_button.clicked.connect(self._put_away)
        self._pulse = QVariantAnimation(self)
        self._pulse.setDuration(_PULSE_MS)
        self._pulse.setLoopCount(_PULSES)
        self._pulse.setStartValue(0.0)
        self._pulse.setKeyValueAt(0.5, 1.0)
        self._pulse.setEndValue(0.0)
        self._pulse.setEasingCurve(QEasingCurve.Type.InOutSine)
        self._pulse.valueChanged.connect(self._set_glow)
        self._lay_out()
        self._redraw()
        theme.theme_changed.connect(self._redraw)

    def _lay_out(self) -> None:
        self._row = QHBoxLayout()
        self._row.setSpacing(6)
        line = QHBoxLayout(self)
        line.setContentsMargins(_STRIP + _GAP, _AIR, 8, _AIR)
        line.setSpacing(8)
        line.addWidget(self._picture)
        line.addWidget(self._line, 1)
        line.addLayout(self._row)
        line.addWidget(self.tail)
        self.setMinimumHeight(_BUTTON + 2 * _AIR)

    @property
    def sentence(self) -> str:
        """All it says."""
        return self._said.full if self._said else ""

    def button(self, key: str) -> Button:
        """The button of a key: acknowledge, snooze, open, list."""
        return self._buttons[key]

    def is_in_use(self) -> bool:
        """Whether the pointer or the focus is on it."""
        return self.underMouse() or self.holds_focus()

    def holds_focus(self) -> bool:
        """Whether one of its buttons has the focus."""
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def stops(self) -> list[QWidget]:
        """Where the focus stops on its way through."""
        return [*self._buttons.values(), self.tail.more, self.tail.close_button]

    def take_focus(self) -> None:
        """Put the focus on the last button: a second Enter must not answer an alarm that nobody has read."""
        self.stops()[len(self._buttons) - 1].setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, text: BannerText) -> None:
        """Show this; the same again costs nothing."""
        if text == self._said:
            return
        if self._said is None or text.buttons != self._said.buttons:
            self._set_buttons(text)
        self._said = text
        self.stays = text.stays
        self._line.say(text.headline, text.facts)
        self._line.setToolTip(as_tip(text.full))
        self.setAccessibleName(text.full)
        self.tail.close_button.setVisible(not text.stays)
        self.tail.close_button.setAccessibleName(f"Put this alarm away: {text.headline}")
        for key, words in text.buttons:
            self._buttons[key].setAccessibleName(f"{words}: {text.headline}")
        self._token = text.token
        self.update()

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

    def _set_buttons(self, text: BannerText) -> None:
        for button in self._buttons.values():
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = {key: self._made_button(key, words) for key, words in text.buttons}
        for button in self._buttons.values():
            self._row.addWidget(button)

    def _made_button(self, key: str, words: str) -> Button:
        button = Button(words, "small")
        button.setObjectName(key)
        # A click must not take the caret out of a field that somebody is writing in.
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(self._press)
        return button

    def _ground(self) -> QColor:
        token = {"breached": "surface.danger", "breaching_soon": "breaching_soon.tint"}.get(self._token)
        return self._theme.colour(token or "surface.banner")

    def _set_glow(self, value: object) -> None:
        self._glow = float(value) if isinstance(value, float) else 0.0
        self.update()

    def _redraw(self) -> None:
        self._picture.setPixmap(self._icons.pixmap("bell_hollow", _BELL, "text.primary"))
        self.update()

    def _press(self) -> None:
        self.pressed.emit(self.key, self.sender().objectName())

    def _put_away(self) -> None:
        self.closed.emit(self.key)
