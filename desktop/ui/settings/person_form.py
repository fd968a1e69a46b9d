"""The form of one person."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import time

from PySide6.QtCore import QStringListModel, Qt, QTime, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QTimeEdit, QWidget

from desktop.domain.errors import DeskError
from desktop.domain.hours_text import read_hours
from desktop.domain.person import Person, Role
from desktop.domain.working_hours import hours_words
from desktop.services.roster_leaving import Ties
from desktop.ui.kit.button import Button
from desktop.ui.kit.card import Card
from desktop.ui.kit.check import CheckBox
from desktop.ui.kit.flow import FlowLayout
from desktop.ui.kit.form import FormRow, FormRows
from desktop.ui.kit.label import Label
from desktop.ui.settings.person_leaving import LeavingBox

#: What a person may hold; the owner's role follows from owning an escalation.
_ROLES = tuple(role for role in Role if role is not Role.OWNER)
_EVENING, _MORNING = QTime(18, 0), QTime(8, 0)


class PersonForm(Card):
    """Name, initials, roles, team, mail, phone, zone, hours; for a new or a known person.

    Signals:
        keep_requested: (Person) as filled in; id 0 for a new one.
        cancelled: the person wants nothing changed.
        ties_wanted: (int) somebody is to leave; answered by `show_ties`.
        hand_over_requested: (int person id, object other id or None) give the accounts to another person.
    """

    keep_requested = Signal(object)
    cancelled = Signal()
    ties_wanted = Signal(int)
    hand_over_requested = Signal(int, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Person", parent=parent)
        self._person = Person(0, "", "")
        self.name = QLineEdit()
        self.initials = QLineEdit()
        self.initials.setMaxLength(3)
        self.team = QLineEdit()
        self._teams = QStringListModel(self)
        completer = QCompleter(self._teams, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.team.setCompleter(completer)
        self.email, self.phone = QLineEdit(), QLineEdit()
        self.zone, self.hours = QLineEdit(), QLineEdit()
        self.quiet = CheckBox("Only what cannot wait, from")
        self.quiet_from, self.quiet_to = QTimeEdit(), QTimeEdit()
        for edit, words in ((self.quiet_from, "Quiet hours from"), (self.quiet_to, "Quiet hours to")):
            edit.setDisplayFormat("HH:mm")
            edit.setAccessibleName(words)
            edit.setSizePolicy(self.quiet.sizePolicy())
        self.active = CheckBox("Works at this desk")
        self.leaving = LeavingBox()
        self.roles = {role: CheckBox(role.value.capitalize()) for role in _ROLES}
        self.keep_button = Button("Save person", "primary", keys="Ctrl+Enter")
        self.cancel_button = Button("Cancel", keys="Esc")
        self._error = Label("", "danger", wrap=True)
        self._error.hide()
        self._rows: dict[str, FormRow] = {}
        self._lay_out()
        self.quiet.toggled.connect(self._show_quiet)
        self.active.clicked.connect(self._ask_ties)
        self.leaving.hand_over_requested.connect(self._hand_over)
        self.keep_button.clicked.connect(self.keep)
        self.cancel_button.clicked.connect(self.cancelled)

    def _lay_out(self) -> None:
        rows = FormRows()
        roles = QWidget()
        flow = FlowLayout(roles, spacing=14)
        for box in self.roles.values():
            flow.addWidget(box)
        quiet = QWidget()
        line = QHBoxLayout(quiet)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        for part in (self.quiet, self.quiet_from, Label("to"), self.quiet_to):
            line.addWidget(part)
        line.addStretch(1)
        fields = (
            ("name", "Name", self.name, ""),
            (
                "initials",
                "Initials",
                self.initials,
                "Up to three letters on the cards; made from the name if empty.",
            ),
            ("roles", "Roles", roles, "They decide what this person may do."),
            ("team", "Team", self.team, ""),
            ("email", "E-mail", self.email, ""),
            ("phone", "Phone", self.phone, "To be read and dialled; pages go by the channels below."),
            (
                "zone",
                "Time zone",
                self.zone,
                "Such as Europe/Berlin; the hours below are hours of this zone.",
            ),
            ("working_hours", "Working hours", self.hours, "Such as mon–fri 09:00–17:30; empty: the team's."),
            ("quiet_from", "Quiet hours", quiet, "The rest comes as one digest at their end."),
            ("active", "At the desk", self.active, ""),
        )
        for key, words, widget, hint in fields:
            self._rows[key] = rows.add_row(words, widget, hint)
        buttons = QHBoxLayout()
        buttons.addWidget(self._error, 1)
        buttons.addStretch(0)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.keep_button)
        for widget in (rows, self.leaving):
            self.body.addWidget(widget)
        self.body.addLayout(buttons)

    def show_person(self, person: Person) -> None:
        """Fill the fields; whatever was typed before is gone."""
        self._person = person
        self.set_title(person.name if person.id else "New person")
        self.name.setText(person.name)
        self.initials.setText(person.initials)
        self.team.setText(person.team)
        self.email.setText(person.email)
        self.phone.setText(person.phone)
        self.hours.setText(hours_words(person.working_hours))
        self.zone.setText(person.zone)
        self.active.setChecked(person.active)
        for role, box in self.roles.items():
            box.setChecked(role in person.roles)
        has_quiet = person.quiet_from is not None and person.quiet_to is not None
        self.quiet.setChecked(has_quiet)
        self.quiet_from.setTime(_shown(person.quiet_from, _EVENING))
        self.quiet_to.setTime(_shown(person.quiet_to, _MORNING))
        self._show_quiet(has_quiet)
        self.leaving.hide()
        self.show_error(None)

    def offer_teams(self, names: Sequence[str]) -> None:
        """Complete the team's name out of these."""
        self._teams.setStringList(list(names))

    def show_ties(self, ties: Ties, others: Sequence[Person]) -> None:
        """What the person would leave open."""
        if not self.active.isChecked():
            self.leaving.show_ties(self._person, ties, others)

    def show_error(self, error: DeskError | None) -> None:
        """Say what is wrong, beside its field; what was typed stays."""
        for row in self._rows.values():
            row.set_error("")
        field = {"quiet_to": "quiet_from"}.get(error.field, error.field) if error is not None else ""
        if field in self._rows:
            self._rows[field].set_error(str(error))
        is_general = error is not None and field not in self._rows
        self._error.setText(str(error) if is_general else "")
        self._error.setVisible(is_general)

    def keep(self) -> None:
        """Ask for what is filled in to be kept."""
        is_quiet = self.quiet.isChecked()
        try:
            hours = read_hours(self.hours.text())
        except DeskError as error:
            self.show_error(error)
            return
        self.keep_requested.emit(
            replace(
                self._person,
                name=self.name.text(),
                initials=self.initials.text(),
                team=self.team.text(),
                email=self.email.text(),
                phone=self.phone.text(),
                working_hours=hours,
                zone=self.zone.text().strip(),
                active=self.active.isChecked(),
                roles=frozenset(role for role, box in self.roles.items() if box.isChecked()),
                quiet_from=_time(self.quiet_from) if is_quiet else None,
                quiet_to=_time(self.quiet_to) if is_quiet else None,
            )
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        with_control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and with_control:
            self.keep()
        else:
            super().keyPressEvent(event)

    def _ask_ties(self, is_active: bool) -> None:
        self.leaving.hide()
        if not is_active and self._person.id:
            self.ties_wanted.emit(self._person.id)

    def _hand_over(self, to_id: int | None) -> None:
        self.hand_over_requested.emit(self._person.id, to_id)

    def _show_quiet(self, is_on: bool) -> None:
        self.quiet_from.setEnabled(is_on)
        self.quiet_to.setEnabled(is_on)


def _shown(at: time | None, otherwise: QTime) -> QTime:
    return QTime(at.hour, at.minute) if at is not None else otherwise


def _time(edit: QTimeEdit) -> time:
    shown = edit.time()
    return time(shown.hour(), shown.minute())
