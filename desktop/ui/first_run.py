"""The first start: three questions with answers already in them, and a way past all of them."""

import getpass
import os
import sys
from dataclasses import dataclass, replace
from datetime import time
from typing import Protocol

from PySide6.QtCore import Qt, QTimeZone, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.person import Actor, Person
from desktop.ui.kit.button import Button
from desktop.ui.kit.card import Card
from desktop.ui.kit.check import CheckBox
from desktop.ui.kit.form import FormRows
from desktop.ui.kit.label import Label
from desktop.ui.kit.scroll import ScrollColumn
from desktop.ui.kit.segments import Segments

_WIDE = 560
_ALWAYS = "always"
_HOURS = {
    _ALWAYS: ("Any hour", None, None),
    "office": ("08:00–18:00", time(8), time(18)),
    "early": ("06:00–14:00", time(6), time(14)),
    "late": ("14:00–22:00", time(14), time(22)),
}


@dataclass(frozen=True, slots=True)
class FirstAnswers:
    """Who works here, when, and whether the sample desk is wanted. Both hours or neither."""

    name: str
    zone: str
    works_from: time | None = None
    works_to: time | None = None
    wants_sample: bool = False


class FirstRun(QWidget):
    """A card in the middle of the window; Enter starts with what it says, Esc with the defaults.

    Signals:
        answered: (FirstAnswers) start with these.
    """

    answered = Signal(object)

    def __init__(self, name: str, zone: str, parent: QWidget | None = None) -> None:
        """`name` and `zone` are what this computer says."""
        super().__init__(parent)
        self._defaults = FirstAnswers(name, zone)
        self.name = QLineEdit(name)
        self.zone = QLineEdit(zone)
        self.hours = Segments(
            [(key, words) for key, (words, _, _) in _HOURS.items()], "Working hours", even=False
        )
        self.hours.set_value(_ALWAYS)
        self.sample = CheckBox("Show me a sample desk first")
        self.sample.setChecked(True)
        self.start_button = Button("Start working", "primary", keys="Enter")
        self.skip_button = Button("Skip", "quiet", keys="Esc")
        self._lay_out()
        self.setFocusProxy(self.name)
        self.start_button.clicked.connect(self.start)
        self.skip_button.clicked.connect(self.skip)

    def _lay_out(self) -> None:
        rows = FormRows()
        self.name_row = rows.add_row("Your &name", self.name, "What you do carries this name.")
        self.zone_row = rows.add_row(
            "Working &hours", self._when(), "Outside them only what cannot wait reaches you."
        )
        rows.add_row("To begin with", self.sample, "In a file of its own; one action removes it.")
        card = Card()
        card.setMaximumWidth(_WIDE)
        card.body.setSpacing(14)
        card.body.addWidget(Label("Welcome to Escalation Desk", "title"))
        card.body.addWidget(
            Label("Each question has an answer already. All can be changed later.", "secondary", wrap=True)
        )
        card.body.addWidget(rows)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.skip_button)
        buttons.addWidget(self.start_button)
        card.body.addLayout(buttons)
        ground = QFrame()
        ground.setProperty("part", "board")
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(card, 100)
        line.addStretch(1)
        inside = QVBoxLayout(ground)
        inside.setContentsMargins(16, 16, 16, 16)
        inside.addStretch(2)
        inside.addLayout(line)
        inside.addStretch(3)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(ScrollColumn(ground))

    def _when(self) -> QWidget:
        """Hours and the zone they are told in."""
        when = QWidget()
        when.setFocusProxy(self.hours)
        place = QHBoxLayout()
        place.addWidget(Label("in the time zone", "secondary"))
        place.addWidget(self.zone, 1)
        column = QVBoxLayout(when)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.hours)
        column.addLayout(place)
        self.zone.setAccessibleName("Time zone")
        return when

    def start(self) -> None:
        """Take the answers as they stand, unless one cannot be."""
        name, zone = " ".join(self.name.text().split()), self.zone.text().strip()
        self.name_row.set_error("" if name else "Type the name you are known by.")
        is_known = not zone or QTimeZone(zone.encode()).isValid()
        self.zone_row.set_error("" if is_known else f"{zone} is not known. Use a name such as Europe/Berlin.")
        if not name:
            self.name.setFocus()
        elif not is_known:
            self.zone.setFocus()
        else:
            _, works_from, works_to = _HOURS[self.hours.value() or _ALWAYS]
            self.answered.emit(FirstAnswers(name, zone, works_from, works_to, self.sample.isChecked()))

    def skip(self) -> None:
        """Start with what this computer says, on an empty desk."""
        self.answered.emit(self._defaults)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.start()
        elif event.key() == Qt.Key.Key_Escape:
            self.skip()
        else:
            super().keyPressEvent(event)


class FirstPeople(Protocol):
    """Takes the first person."""

    def ensure_first_person(self, name: str, zone: str = "") -> Person | None:
        """Who works here, made new where there is nobody."""
        ...

    def edit(self, person: Person, by: Actor) -> Person:
        """Keep other values."""
        ...


class FirstSettings(Protocol):
    """Keeps that the questions are answered."""

    def set(self, key: str, value: str | bool | int) -> object:
        """Keep one."""
        ...


def keep_answers(people: FirstPeople, settings: FirstSettings, answers: FirstAnswers) -> None:
    """Keep who works here and when; on the worker. The sample desk is another file: it is not made here.

    Raises: DeskError for a time zone that is not known.
    """
    person = people.ensure_first_person(answers.name, answers.zone)
    if person is not None and answers.works_from is not None and answers.works_to is not None:
        quiet = replace(person, quiet_from=answers.works_to, quiet_to=answers.works_from)
        people.edit(quiet, person.actor())
    settings.set("first_run_done", True)


def account_name() -> str:
    """The name of who is logged in on this computer, the full one where it is known; may be empty."""
    if sys.platform == "win32":
        try:
            return getpass.getuser().replace(".", " ").title()
        except OSError:
            return ""
    else:
        import pwd  # not on Windows

        try:
            entry = pwd.getpwuid(os.getuid())
        except KeyError:
            return ""
        full = entry.pw_gecos.partition(",")[0].strip()
        return full or entry.pw_name.replace(".", " ").title()


def computer_zone() -> str:
    """The time zone of this computer, as people and calendars name it; UTC where it says nothing usable."""
    name = bytes(QTimeZone.systemTimeZoneId().data()).decode("ascii", "ignore")
    return name if "/" in name else "UTC"
