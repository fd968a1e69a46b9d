"""The form of one team."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from desktop.domain.errors import DeskError
from desktop.domain.hours_text import read_hours
from desktop.domain.person import Person
from desktop.domain.team import Team
from desktop.domain.working_hours import hours_words
from desktop.ui.kit.button import Button
from desktop.ui.kit.choice import Choice
from desktop.ui.kit.form import FormRow, FormRows
from desktop.ui.kit.label import Label
from desktop.ui.settings.parts import Inset

_HOURS = "Such as mon–fri 09:00–17:30; they count for whoever has none of their own."
_LONGEST = 80


class TeamForm(Inset):
    """Name, lead, time zone, working hours; for a new or a known team.

    Signals:
        keep_requested: (Team) as filled in; id 0 for a new one.
        cancelled: the person wants nothing changed.
    """

    keep_requested = Signal(object)
    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._team = Team(0, "")
        self.name, self.zone, self.hours = QLineEdit(), QLineEdit(), QLineEdit()
        self.name.setMaxLength(_LONGEST)
        self.lead = Choice("Lead of the team")
        self.keep_button = Button("Save team", "primary", keys="Ctrl+Enter")
        self.cancel_button = Button("Cancel", keys="Esc")
        self._error = Label("", "danger", wrap=True)
        rows = FormRows()
        fields = (
            ("name", "Name", self.name, "Another name is one everywhere: people and rotas follow."),
            ("lead_id", "Lead", self.lead, ""),
            (
                "zone",
                "Time zone",
                self.zone,
                "Such as Europe/Berlin; the hours below are hours of this zone.",
            ),
            ("working_hours", "Working hours", self.hours, _HOURS),
        )
        self._rows: dict[str, FormRow] = {
            key: rows.add_row(text, widget, hint) for key, text, widget, hint in fields
        }
        buttons = QHBoxLayout()
        buttons.addWidget(self._error, 1)
        buttons.addStretch(0)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.keep_button)
        self.body.addWidget(rows)
        self.body.addLayout(buttons)
        self.keep_button.clicked.connect(self.keep)
        self.cancel_button.clicked.connect(self.cancelled)

    def show_team(self, team: Team, people: Sequence[Person]) -> None:
        """Fill the fields; whatever was typed before is gone."""
        self._team = team
        self.set_title(team.name or "New team")
        self.name.setText(team.name)
        self.zone.setText(team.zone)
        self.hours.setText(hours_words(team.working_hours))
        self.lead.offer([(0, "Nobody"), *((person.id, person.name) for person in people)])
        self.lead.set_value(team.lead_id or 0)
        self._clear_errors()

    def keep(self) -> None:
        """Ask for what is filled in to be kept."""
        try:
            hours = read_hours(self.hours.text())
        except DeskError as error:
            self.show_error(error)
            return
        self._clear_errors()
        self.keep_requested.emit(
            replace(
                self._team,
                name=self.name.text(),
                zone=self.zone.text().strip(),
                lead_id=int(str(self.lead.value())) or None,
                working_hours=hours,
            )
        )

    def show_error(self, error: DeskError) -> None:
        """Say what is wrong, beside its field; what was typed stays."""
        self._clear_errors()
        if error.field in self._rows:
            self._rows[error.field].set_error(str(error))
            self._rows[error.field].field.setFocus()
        else:
            self._error.setText(str(error))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.keep()
        else:
            super().keyPressEvent(event)

    def _clear_errors(self) -> None:
        self._error.setText("")
        for row in self._rows.values():
            row.set_error("")
