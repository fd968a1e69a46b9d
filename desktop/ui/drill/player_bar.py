"""The bar over every page of the players' window: that this is a drill, its clock, who acts, the way out."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.drill_record import RunMode, Seat
from desktop.domain.drill_view import PlayerView
from desktop.ui.drill import player_words as words
from desktop.ui.drill.hatch import draw_hatch
from desktop.ui.kit.button import Button
from desktop.ui.kit.choice import Choice
from desktop.ui.kit.label import Label
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import one_line
from desktop.ui.theme import Theme

STOP_KEYS = "Ctrl+Shift+X"
_PAD = 14
_GAP = 10
_SEAT_LETTERS = 10
_SEAT_MOST = 300
_NOTHING = "Nothing here reaches real people or the live board"


class StateStrip(QWidget):
    """Stripes with the state in words; while the drill stands still they are pale."""

    def __init__(self, theme: Theme, role: str = "heading", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._role = role
        self._word = "DRILL"
        self._title = ""
        self._is_going = False
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.theme_changed.connect(self.updateGeometry)

    def show_state(self, word: str, title: str, *, is_going: bool) -> None:
        """Say it."""
        if (word, title, is_going) != (self._word, self._title, self._is_going):
            self._word, self._title, self._is_going = word, title, is_going
            self.setAccessibleName(f"{word.replace('❚❚ ', '')}. {title}. {_NOTHING}")
            self.update()

    @property
    def word(self) -> str:
        """The state as it stands there."""
        return self._word

    def sizeHint(self) -> QSize:
        return QSize(400, round(QFontMetrics(self._theme.font(self._role)).height() * 1.7))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, box = self._theme, QRectF(self.rect())
        if self._is_going:
            draw_hatch(painter, box, theme)
            ink = theme.colour("drill.text")
        else:
            painter.fillRect(box, theme.colour("drill.soft"))
            painter.fillRect(QRectF(0, box.height() - 3, box.width(), 3), theme.colour("drill.fill"))
            ink = theme.colour("drill.word")
        painter.setPen(ink)
        self._draw_words(painter, box)

    def _draw_words(self, painter: QPainter, box: QRectF) -> None:
        """The state at the left, the scenario at the right, and in between what holds for all of it."""
        strong, plain = self._theme.font(self._role), self._theme.font("strong")
        metrics, small = QFontMetrics(strong), QFontMetrics(plain)
        inner = box.adjusted(_PAD, 0, -_PAD, 0)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.setFont(strong)
        painter.drawText(inner, int(flags | Qt.AlignmentFlag.AlignLeft), self._word)
        left = inner.left() + metrics.horizontalAdvance(self._word) + 3 * _PAD
        painter.setFont(plain)
        room = inner.right() - left
        title = small.elidedText(self._title, Qt.TextElideMode.ElideRight, max(round(room * 0.6), 0))
        painter.drawText(inner, int(flags | Qt.AlignmentFlag.AlignRight), title)
        right = inner.right() - small.horizontalAdvance(title) - 3 * _PAD
        if right - left >= small.horizontalAdvance(_NOTHING):
            between = QRectF(left, box.top(), right - left, box.height())
            painter.drawText(between, int(flags | Qt.AlignmentFlag.AlignHCenter), _NOTHING)


class PlayerBar(QFrame):
    """State, clock, time of the story, the acting seat, the inbox, a hint, and No duff.

    Signals:
        seat_chosen: (str role) somebody else acts from now on.
        inbox_requested, hint_requested: as pressed.
        page_requested: the seat is chosen; the keyboard goes back to the page.
        stop_requested: something real happens.
    """

    seat_chosen = Signal(str)
    inbox_requested = Signal()
    hint_requested = Signal()
    page_requested = Signal()
    stop_requested = Signal()

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "top")
        self.setAccessibleName("Drill")
        self._announcer = around.announcer
        self._theme = around.theme
        self._state = ""
        self._seats: tuple[Seat, ...] = ()
        self.strip = StateStrip(around.theme)
        self.clock = Label("", "display")
        self.clock.setAccessibleName("Time of the drill")
        self.story = Label("", "small")
        self.here = Label("", "hint")
        self.seat = Choice("Who acts", least=_SEAT_LETTERS)
        self.seat.setToolTip("Who acts now: everything done in this window is done by this seat")
        self.inbox = Button("Inbox", "primary")
        self.hint = Button("Hint")
        self.hint.setAccessibleDescription("Say what helps most now; a hint costs some of the score")
        self.stop = Button("No duff", "danger", keys=STOP_KEYS)
        self.stop.setAccessibleDescription(f"Something real happens: end the drill at once. {STOP_KEYS}")
        self.stop.setToolTip("Something real happens: the drill ends at once and the live desk comes back")
        self._lay_out()
        self.seat.activated.connect(self._choose_seat)
        self.inbox.clicked.connect(self.inbox_requested)
        self.hint.clicked.connect(self.hint_requested)
        self.stop.clicked.connect(self.stop_requested)
        self._keep_clock_still()
        around.theme.theme_changed.connect(self._keep_clock_still)

    def show_view(self, view: PlayerView) -> None:
        """How it stands now."""
        title = one_line(view.title[:200])
        self.strip.show_state(words.state_word(view), title, is_going=view.state == words.RUNNING)
        shown = words.clock(view.sim_ms)
        if shown != self.clock.text():
            self.clock.setText(shown)
            self.clock.setAccessibleDescription(words.spoken_clock(view.sim_ms))
        self.story.setText(f"Story {words.story(view.story_at)}")
        self.here.setText(words.on_the_board(view.story_at))
        self.here.setVisible(bool(self.here.text()))
        self._show_seats(view)
        self.hint.setVisible(view.mode is RunMode.SOLO)
        self.hint.setEnabled(view.can_hint and view.state == words.RUNNING)
        self.stop.set_text(one_line(view.stop_phrase[:30]) or "No duff")
        self.stop.setVisible(view.state != words.ENDED)
        if view.state != self._state:
            self._announcer.say(self, words.spoken_state(view.state), about="drill state")
            self._state = view.state

    def set_unread(self, count: int) -> None:
        """How much in the inbox nobody has opened yet."""
        self.inbox.set_text(f"Inbox ({count})" if count else "Inbox")
        self.inbox.setAccessibleName(f"Inbox, {count} unread" if count else "Inbox")

    def _lay_out(self) -> None:
        times = QVBoxLayout()
        times.setSpacing(0)
        for label in (self.story, self.here):
            times.addWidget(label)
        self._left, self._right = QWidget(), QWidget()
        left = QHBoxLayout(self._left)
        left.addWidget(self.clock)
        left.addLayout(times)
        left.addStretch(1)
        right = QHBoxLayout(self._right)
        right.addStretch(1)
        acting = Label("&Acting as", "secondary")
        acting.setBuddy(self.seat)
        right.addWidget(acting)
        right.addWidget(self.seat, 8)
        for button in (self.inbox, self.hint, self.stop):
            right.addWidget(button)
        for line in (left, right):
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(_GAP)
        self.seat.setMaximumWidth(_SEAT_MOST)
        self._lines = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lines.setContentsMargins(_PAD, 4, _PAD, 6)
        self._lines.setSpacing(_GAP)
        self._lines.addWidget(self._left)
        self._lines.addWidget(self._right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip)
        column.addLayout(self._lines)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the wider of its two halves: large letters put them below one another."""
        wide = max(half.minimumSizeHint().width() for half in (self._left, self._right))
        return QSize(wide + 2 * _PAD, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return done

    def _fit(self) -> None:
        wide = sum(half.minimumSizeHint().width() for half in (self._left, self._right))
        one_line_fits = wide + _GAP + 2 * _PAD <= self.width()
        wanted = QBoxLayout.Direction.LeftToRight if one_line_fits else QBoxLayout.Direction.TopToBottom
        if self._lines.direction() is not wanted:
            self._lines.setDirection(wanted)
            self.updateGeometry()

    def _keep_clock_still(self) -> None:
        """Digits differ in width: nothing beside the clock may move as it runs."""
        metrics = QFontMetrics(self._theme.font("display"))
        self.clock.setMinimumWidth(metrics.horizontalAdvance("T+00:00:00") + 6)

    def _show_seats(self, view: PlayerView) -> None:
        seats = tuple(seat for seat in view.seats if not seat.is_staff)
        if seats != self._seats:
            self._seats = seats
            self.seat.offer([(seat.role, seat_words(seat)) for seat in seats])
        is_open = self.seat.view().isVisible()
        if not is_open and self.seat.value() != view.acting:
            self.seat.set_value(view.acting)
        self.seat.setEnabled(len(seats) > 1 and view.state != words.ENDED)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
        if event.key() in keys and self.seat.hasFocus() and not event.modifiers():
            self.page_requested.emit()
            return
        super().keyPressEvent(event)

    def _choose_seat(self, _at: int) -> None:
        self.seat_chosen.emit(str(self.seat.value()))


def seat_words(seat: Seat) -> str:
    """A seat with whoever sits there: "Escalation lead · Ada Brandt"."""
    title, name = one_line(seat.title[:80]), one_line(seat.name[:80])
    return f"{title} · {name}" if name and name != title else title
