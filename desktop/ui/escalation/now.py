"""What holds at the moment: who is told next, what it waits for, snoozes, where it was merged."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.instant import from_us, to_us
from desktop.domain.rights import Action
from desktop.ui.escalation.action_ids import ID_OF
from desktop.ui.icons import Icons
from desktop.ui.kit.button import Button
from desktop.ui.kit.label import Label
from desktop.ui.text import counted, duration, moment, one_line

if TYPE_CHECKING:
    from desktop.services.details import EscalationDetails

_LONGEST = 1000


class NowSection(QFrame):
    """Sentences about the present state, each with what can be done about it.

    Signals:
        action_requested: (str action id).
        open_escalation_requested: (int id) of the one it was merged into.
    """

    action_requested = Signal(str)
    open_escalation_requested = Signal(int)

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "section")
        self._merged_into = 0
        self._told = _Sentence(icons, "bell", "")
        self._waiting = _Sentence(icons, "pause", "Resume clock")
        self._snooze = _Sentence(icons, "snooze", "End snooze")
        self._merged = _Sentence(icons, "merge", "Open it")
        self._alarms = _Sentence(icons, "alarm", "Acknowledge")
        self._waiting.button.clicked.connect(self._resume)
        self._snooze.button.clicked.connect(self._end_snooze)
        self._merged.button.clicked.connect(self._open_merged)
        self._alarms.button.clicked.connect(self._acknowledge)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(4)
        self._all = (self._merged, self._alarms, self._waiting, self._snooze, self._told)
        for sentence in self._all:
            column.addWidget(sentence)

    def show_details(self, details: "EscalationDetails", now: datetime) -> None:
        """Say what holds of one escalation."""
        allowed = {state.action for state in details.actions if state.allowed}
        self._merged_into = details.escalation.merged_into_id or 0
        self._merged.say("Merged into another escalation." if self._merged_into else "", can=True)
        self._waiting.say(waiting_words(details, now), can=Action.RESUME in allowed)
        self._snooze.say(snooze_words(details, now), can=Action.END_SNOOZE in allowed)
        raised = len(details.alarms)
        said = f"{counted(raised, 'alarm')} not acknowledged." if raised else ""
        self._alarms.say(said, can=Action.ACKNOWLEDGE in allowed)
        self._told.say(told_words(details, now))
        self.setVisible(any(sentence.text for sentence in self._all))

    def texts(self) -> list[str]:
        """What is said."""
        return [sentence.text for sentence in self._all if sentence.text]

    def _acknowledge(self) -> None:
        self.action_requested.emit(ID_OF[Action.ACKNOWLEDGE])

    def _resume(self) -> None:
        self.action_requested.emit(ID_OF[Action.RESUME])

    def _end_snooze(self) -> None:
        self.action_requested.emit(ID_OF[Action.END_SNOOZE])

    def _open_merged(self) -> None:
        self.open_escalation_requested.emit(self._merged_into)


class _Sentence(QWidget):
    """A picture, a sentence, and a button where something can be done."""

    def __init__(self, icons: Icons, icon: str, verb: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self._icon = icon
        self._picture = Label("")
        self._text = Label("", "body", wrap=True)
        self.button = Button(verb, "link")
        self.button.setVisible(bool(verb))
        self._has_verb = bool(verb)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        icons.icons_changed.connect(self._redraw)
        self._redraw()

    def say(self, text: str, *, can: bool = False) -> None:
        """Say it, or nothing; `can`: whether its button makes sense for this person."""
        self._text.setText(text)
        self.button.setAccessibleName(f"{self.button.text()}: {text}")
        self.setVisible(bool(text))
        self.button.setVisible(self._has_verb and can)

    @property
    def text(self) -> str:
        return self._text.text()

    def _redraw(self) -> None:
        self._picture.setPixmap(self._icons.pixmap(self._icon, 16, "text.secondary"))


def told_words(details: "EscalationDetails", now: datetime) -> str:
    """Who is told next, and when."""
    escalation = details.escalation
    if not escalation.next_told or escalation.next_told_at is None or not escalation.is_open:
        return ""
    who = one_line(escalation.next_told[:_LONGEST])
    left_us = to_us(escalation.next_told_at) - to_us(now)
    when = f"in {duration(left_us)}" if left_us > 0 else moment(escalation.next_told_at, now)
    return f"Next told {when}: {who}"


def waiting_words(details: "EscalationDetails", now: datetime) -> str:
    """Which clocks stand still, for whom, since when and until when at most."""
    for view in details.commitments:
        for pause in view.commitment.pauses:
            if view.commitment.is_running and pause.holds(now):
                whom = f" on {one_line(pause.waiting_on[:_LONGEST])}" if pause.waiting_on else ""
                until = f", until {moment(pause.ends_at, now)} at the latest" if pause.ends_at else ""
                by = one_line(pause.by[:120])
                return f"Waiting{whom}: paused by {by} {moment(pause.started_at, now)}{until}."
    waiting = details.escalation.waiting_on
    return f"Waiting on {one_line(waiting[:_LONGEST])}." if waiting else ""


def snooze_words(details: "EscalationDetails", now: datetime) -> str:
    """Until when alarms are held back, by whom and why."""
    snooze = details.snooze
    if snooze is None:
        return ""
    until = from_us(snooze.until_us)
    left_us = snooze.until_us - to_us(now)
    left = f", {duration(left_us)} left" if left_us > 0 else ""
    by, reason = one_line(snooze.by[:120]), one_line(snooze.reason[:_LONGEST])
    return f"Snoozed until {moment(until, now)}{left}, by {by}: {reason}"
