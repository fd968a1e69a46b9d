"""The top of the console: whether the drill runs, its time, its speed, and what can be done with it."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.domain.drill_record import RunMode
from desktop.domain.drill_view import DrillView
from desktop.ui.drill.console_state import StateWord
from desktop.ui.drill.console_words import BRIEFING, ENDED, RUNNING, may_steer, mmss, sim_clock
from desktop.ui.kit.button import Button
from desktop.ui.kit.flow import FlowLayout
from desktop.ui.kit.label import ElidedLabel, Label
from desktop.ui.kit.segments import Segments
from desktop.ui.surroundings import Surroundings
from desktop.ui.text import moment

#: What each button wants, its words, and its keys.
_BUTTONS = (
    ("next", "Next inject", "I"),
    ("jump", "Jump…", "J"),
    ("improvise", "Inject something now…", "X"),
    ("draw", "Draw a complication", "C"),
    ("players", "Open board for participants", "B"),
    ("end", "End and debrief…", ""),
)
#: Where there is little room.
_SHORT = {"improvise": "Inject now…", "draw": "Complication", "players": "Participants", "end": "End…"}
_NARROW = 1100


class ConsoleHead(QFrame):
    """State, clock, speeds and buttons.

    Signals:
        wished: (str) what a button stands for.
        speed_chosen: (int) this one.
    """

    wished = Signal(str)
    speed_chosen = Signal(int)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "filters")
        self._around = around
        self._speeds: tuple[int, ...] = ()
        self.state = StateWord(around.theme)
        self.clock = Label("", "display")
        self.story = ElidedLabel("", "secondary")
        self.behind = Label("", "small_strong")
        self.slow = ElidedLabel("", "warning")  # shown empty rather than hidden: it holds the others together
        self.ends = Label("", "secondary")
        self.overrun = Label("", "danger", wrap=True)
        self.pause = Button("Pause", "primary", keys="Space")
        self.no_duff = Button("No duff", "danger", keys="Ctrl+Shift+X")
        self.speeds: Segments | None = None
        self.buttons = {key: Button(words, keys=keys) for key, words, keys in _BUTTONS}
        self._is_narrow = False
        self._lay_out()
        self.clock.setAccessibleName("Drill clock")
        self.no_duff.setToolTip("Something real happens: end the drill at once and go back to the live desk")
        self.no_duff.setAccessibleDescription(
            "Ctrl+Shift+X. Something real happens: ends the drill at once and goes back to the live desk."
        )
        for key, button in self.buttons.items():
            button.setObjectName(key)
        self.pause.setObjectName("pause")
        self.no_duff.setObjectName("no_duff")
        for button in (self.pause, self.no_duff, *self.buttons.values()):
            # a click leaves the keyboard where it is: Space goes on to pause the drill
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(self._wish)

    def show_view(self, view: DrillView) -> None:
        """The drill as it is now; only what differs is painted."""
        self.state.show_word(view.state)
        _say(self.clock, sim_clock(view.sim_ms))
        self.clock.setEnabled(view.state == RUNNING)
        _say(self.story, self._times(view))
        _say(self.ends, "the drill is over" if view.state == ENDED else f"ends {sim_clock(view.duration_ms)}")
        self._show_pace(view)
        self._show_buttons(view)
        over = view.overrun_ms > 0 and view.state != ENDED
        self.overrun.setVisible(over)
        if over:
            twice = " Twice the planned time has passed." if view.sim_ms >= 2 * view.duration_ms else ""
            # said once a minute: a banner that changes every second asks for eyes that belong elsewhere
            minutes = mmss(view.overrun_ms // 60_000 * 60_000)
            _say(self.overrun, f"Past the planned end by {minutes}.{twice} End the drill, or let it go on.")

    def _times(self, view: DrillView) -> str:
        now = self._around.clock.now()
        said = [f"story {_story(view.story_at)}"]
        if view.started_at is not None:
            said.append(f"started {moment(view.started_at, now)}")
        return " · ".join(said)

    def _show_pace(self, view: DrillView) -> None:
        if view.speeds != self._speeds:
            self._offer(view.speeds)
        if self.speeds is not None:
            if self.speeds.value() != str(view.chosen_speed):
                self.speeds.set_value(str(view.chosen_speed))
            self.speeds.setEnabled(may_steer(view))
            self.speeds.setVisible(len(view.speeds) > 1 and view.state != ENDED)
        slower = view.speed < view.chosen_speed and view.state != ENDED
        _say(self.slow, f"runs at ×{view.speed}: {view.slow_why or 'a deadline is open'}" if slower else "")
        is_behind = view.behind_ms >= 1000 and view.state != ENDED
        _say(self.behind, f"behind plan {mmss(view.behind_ms)}" if is_behind else "on plan")
        self.behind.set_role("warning" if is_behind else "secondary")
        self.behind.setVisible(view.state not in (ENDED, BRIEFING))

    def _show_buttons(self, view: DrillView) -> None:
        words = {RUNNING: "Pause", BRIEFING: "Start the drill"}.get(view.state, "Resume")
        if self.pause.accessibleName() != words:
            self.pause.set_text(words)
        is_open, steers = view.state != ENDED, may_steer(view)
        self.pause.setVisible(is_open and view.mode is not RunMode.SOLO)
        for key in ("next", "jump", "improvise", "draw"):
            self.buttons[key].setVisible(is_open and view.mode is not RunMode.SOLO)
            self.buttons[key].setEnabled(steers)
        self.buttons["draw"].setEnabled(steers and view.complications_left > 0)
        left = view.complications_left
        tip = f"{left} left in the deck" if left else "None is left in the deck"
        if self.buttons["draw"].toolTip() != tip:
            self.buttons["draw"].setToolTip(tip)
        self.no_duff.setVisible(is_open)
        words = self._words("end") if is_open else "Go to the debrief"
        if self.buttons["end"].accessibleName() != words:
            self.buttons["end"].set_text(words)
            self.buttons["end"].set_kind("normal" if is_open else "primary")

    def _words(self, key: str) -> str:
        whole = next(words for known, words, _ in _BUTTONS if known == key)
        return _SHORT.get(key, whole) if self._is_narrow else whole

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < _NARROW * self._around.theme.text_scale
        if is_narrow == self._is_narrow:
            return
        self._is_narrow = is_narrow
        for key in _SHORT:
            if self.buttons[key].accessibleName() != "Go to the debrief":
                self.buttons[key].set_text(self._words(key))
        for button in self.findChildren(QPushButton):
            button.setProperty("fit", "tight" if is_narrow else "")
            button.style().unpolish(button)
            button.style().polish(button)

    def _offer(self, speeds: tuple[int, ...]) -> None:
        self._speeds = speeds
        if self.speeds is not None:
            self._speed_line.removeWidget(self.speeds)
            self.speeds.deleteLater()
        self.speeds = Segments([(str(each), f"×{each}") for each in speeds], "Speed", even=False)
        for each in speeds:
            button = self.speeds.button(str(each))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setProperty("fit", "tight" if self._is_narrow else "")
        self.speeds.chosen.connect(self._choose_speed)
        self._speed_line.addWidget(self.speeds)

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(12)
        first.addWidget(self.state)
        first.addWidget(self.clock)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.story)
        second_line = QHBoxLayout()
        second_line.setSpacing(8)
        second_line.addWidget(self.ends)
        second_line.addWidget(self.behind)
        second_line.addWidget(self.slow, 1)
        words.addLayout(second_line)
        first.addLayout(words, 1)
        first.addWidget(self.no_duff)
        speed_box = QWidget()
        self._speed_line = QHBoxLayout(speed_box)
        self._speed_line.setContentsMargins(0, 0, 0, 0)
        second = FlowLayout(spacing=8)
        second.addWidget(self.pause)
        second.addWidget(speed_box)
        for key in self.buttons:
            second.addWidget(self.buttons[key])
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(8)
        column.addLayout(first)
        column.addLayout(second)
        column.addWidget(self.overrun)
        self.overrun.hide()

    def _choose_speed(self, key: str) -> None:
        self.speed_chosen.emit(int(key))

    def _wish(self) -> None:
        self.wished.emit(self.sender().objectName())


def _say(label: Label, words: str) -> None:
    """Only what differs: a label lays itself out anew with each text."""
    if label.text() != words:
        label.setText(words)


def _story(at: datetime) -> str:
    """The story's time as the story's own people have it: in its own zone."""
    return f"{at:%a %H:%M:%S}"
