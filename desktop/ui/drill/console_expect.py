"""One expected action at the console: its time, what staff saw of it, its rating, its hints."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.drill_view import ExpectationLine
from desktop.domain.drill_words import RATINGS
from desktop.ui.drill.console_checks import Checks
from desktop.ui.drill.console_countdown import Countdown
from desktop.ui.drill.console_words import (
    competence_title,
    is_settled,
    state_mark,
    state_token,
    state_words,
)
from desktop.ui.kit.button import Button
from desktop.ui.kit.flow import FlowLayout
from desktop.ui.kit.label import Label
from desktop.ui.kit.pill import Pill
from desktop.ui.kit.segments import Segments
from desktop.ui.surroundings import Surroundings

_LONGEST = 300
_TONES = {"text.success": "success", "text.warning": "warning", "text.danger": "danger"}
_EVIDENCE = {"auto": "seen by the program", "manual": "on staff's word", "either": "program or staff"}


class ExpectCard(QFrame):
    """An expected action; it is changed in place as long as it is about the same one.

    Signals:
        wished: (str deed, object value) tick, withdraw, check (the ids that are right), rate, hint, adjust
            or happened (whether it did).
        meant: the trainer works on this one.
    """

    wished = Signal(str, object)
    meant = Signal()

    def __init__(self, line: ExpectationLine, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "card")
        self._theme = around.theme
        self._line = line
        self._is_meant = False
        self._may_act = True
        self.number = Pill(around.theme)
        self.text = Label(line.text[:_LONGEST], "strong", wrap=True)
        self.state = Label("", "small_strong")
        self.bar = Countdown(around.theme)
        self.about = Label("", "hint", wrap=True)
        self.checks = Checks(line)
        self.tick = Button("Tick")
        self.ratings = Segments(
            [(each.lower(), each) for each in RATINGS], f"Rating of {line.id}", even=False
        )
        self.hint = Button("Show a hint")
        self.adjust = Button("Adjust…")
        self.hints = Label("", "hint", wrap=True)
        self._lay_out()
        self.tick.clicked.connect(self._tick)
        self.ratings.chosen.connect(self._rate)
        self.checks.changed.connect(self._check)
        self.hint.clicked.connect(self._hint)
        self.adjust.clicked.connect(self._adjust)
        for part in (self.tick, self.hint, self.adjust, *self.ratings.findChildren(QWidget)):
            part.installEventFilter(self)

    @property
    def line(self) -> ExpectationLine:
        """How it stands."""
        return self._line

    def show_line(self, line: ExpectationLine, sim_ms: int, number: int, role: str, may_act: bool) -> None:
        """How it stands now; `number` is its key, 0 for none."""
        before, self._line = self._line, line
        self.bar.show_line(line, sim_ms)
        words = f"{state_mark(line)} {state_words(line, sim_ms)}"
        if self.state.text() != words:
            self.state.setText(words)
            self.state.set_role(_TONES.get(state_token(line, sim_ms), "secondary"))
        shown = str(number) if number else line.id
        if self.number.text != shown:
            self.number.set_text(shown)
        if before is not line or not self.about.text() or may_act != self._may_act:
            self._may_act = may_act
            self._show_still(line, role, may_act)

    def set_meant(self, is_meant: bool) -> None:
        """Whether the rating keys and the hint key are for this one."""
        if is_meant != self._is_meant:
            self._is_meant = is_meant
            self.number.set_text(self.number.text, "primary" if is_meant else "neutral")
            self.update()

    def _show_still(self, line: ExpectationLine, role: str, may_act: bool) -> None:
        """What does not change with the time alone."""
        parts = [role, competence_title(line.competence), _EVIDENCE.get(line.evidence, line.evidence)]
        if line.is_critical:
            parts.insert(0, "CRITICAL")
        if line.is_negative:
            parts.insert(0, "must not happen")
        if line.score is not None and is_settled(line):
            parts.append(f"{line.score:,} of 1,000")
        if line.is_by_staff:
            parts.append("ticked by staff")
        _say(self.about, " · ".join(part for part in parts if part))
        is_asked = line.state != "waiting"
        self.bar.setVisible(is_asked and not line.is_negative and line.deadline_ms is not None)
        self._show_tick(line, may_act and is_asked)
        self.checks.show_line(line, may_act)
        self.ratings.setVisible(not line.is_negative)
        self.ratings.setEnabled(may_act and is_asked)
        if self.ratings.value() != line.rating.lower():
            self.ratings.set_value(line.rating.lower())
        self._show_hints(line, may_act and is_asked)
        self.adjust.setVisible(is_settled(line) and not line.is_negative)
        self.adjust.setEnabled(may_act)

    def _show_tick(self, line: ExpectationLine, may_act: bool) -> None:
        is_ticked = line.is_by_staff and (line.seen_ms is not None or line.state == "violated")
        if line.is_negative:
            words = "Take back" if line.state == "violated" else "It happened"
        else:
            words = "Take back" if is_ticked else "Tick"
        if self.tick.accessibleName() != f"{words}: {line.id}":
            self.tick.set_text(words)
            self.tick.setAccessibleName(f"{words}: {line.id}")
        self.tick.setEnabled(may_act)
        self.tick.setVisible(is_ticked or line.is_negative or line.seen_ms is None)

    def _show_hints(self, line: ExpectationLine, may_act: bool) -> None:
        left = len(line.hints) - line.hints_shown
        self.hint.setVisible(bool(line.hints))
        self.hint.setEnabled(may_act and left > 0 and not self._is_done(line))
        number = f"{line.hints_shown + 1} of {len(line.hints)}"
        words = f"Show hint {number} (−100)" if left > 0 else "No hint left"
        if self.hint.accessibleName() != f"{words}: {line.id}":
            self.hint.set_text(words)
            self.hint.setAccessibleName(f"{words}: {line.id}")
        said = [f"Told: {each}" for each in line.hints[: line.hints_shown]]
        if left > 0:
            said.append(f"Next hint: {line.hints[line.hints_shown]}")
        _say(self.hints, "\n".join(said))
        self.hints.setVisible(bool(said))

    @staticmethod
    def _is_done(line: ExpectationLine) -> bool:
        return line.state in ("met", "late", "clean", "violated")

    def _tick(self) -> None:
        self.meant.emit()
        line = self._line
        if line.is_negative:
            self.wished.emit("happened", line.state != "violated")
        elif line.is_by_staff and line.seen_ms is not None:
            self.wished.emit("withdraw", None)
        else:
            self.wished.emit("tick", None)

    def _rate(self, key: str) -> None:
        self.meant.emit()
        self.wished.emit("rate", key.upper())

    def _check(self, ok: tuple[str, ...]) -> None:
        self.meant.emit()
        self.wished.emit("check", ok)

    def _hint(self) -> None:
        self.meant.emit()
        self.wished.emit("hint", None)

    def _adjust(self) -> None:
        self.meant.emit()
        self.wished.emit("adjust", None)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.number, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.text, 1)
        head.addWidget(self.state, 0, Qt.AlignmentFlag.AlignTop)
        flow = FlowLayout(spacing=6)
        for widget in (self.tick, self.ratings, self.hint, self.adjust):
            flow.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 10, 8)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.bar)
        column.addWidget(self.about)
        column.addWidget(self.checks)
        column.addLayout(flow)
        column.addWidget(self.hints)
        self.ratings.setToolTip("Rate it: P, S, M or U")
        self.adjust.setAccessibleName(f"Adjust the result of {self._line.id}")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.meant.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusIn:
            self.meant.emit()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._is_meant:
            painter = QPainter(self)
            painter.fillRect(0, 2, 4, self.height() - 4, self._theme.colour("focus.ring"))
            painter.end()


def _say(label: Label, words: str) -> None:
    if label.text() != words:
        label.setText(words)
