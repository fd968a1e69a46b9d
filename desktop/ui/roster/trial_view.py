"""What a rota would give over four weeks, painted, and what it would move."""

from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.ui.kit.label import Label
from desktop.ui.kit.scroll import ScrollColumn
from desktop.ui.roster.period import FOUR_WEEKS, Period
from desktop.ui.roster.plan_view import PlanView
from desktop.ui.roster.ports import RosterFound, Trial
from desktop.ui.roster.rows import rows_of
from desktop.ui.roster.words import preview_words
from desktop.ui.surroundings import Surroundings

_HOURS_SHOWN = 8
_LEAST_SAID = 48


class TrialView(QFrame):
    """A picture and words, nothing to do."""

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "details")
        now = around.clock.now()
        self._period = Period.around(now, FOUR_WEEKS, ZoneInfo("UTC"))
        self.view = PlanView(around.theme, around.clock, self._period)
        self.view.setAccessibleName("What this rota would give")
        self.title = Label("What this would give", "strong")
        self.quality = Label("", wrap=True)
        self.moved = Label("", wrap=True)
        self.moved.setAlignment(Qt.AlignmentFlag.AlignTop)
        inner = QWidget()
        words = QVBoxLayout(inner)
        words.setContentsMargins(16, 6, 16, 10)
        words.addWidget(self.quality)
        words.addWidget(self.moved)
        words.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        self.title.setContentsMargins(16, 0, 16, 0)
        said = ScrollColumn(inner)
        said.setMinimumHeight(_LEAST_SAID)
        column.addWidget(self.title)
        column.addWidget(self.view, 3)
        column.addWidget(said, 2)

    def period_of(self, now: datetime, zone: ZoneInfo) -> Period:
        """The time it shows, from the Monday before on."""
        return Period.around(now, FOUR_WEEKS, zone)

    def show_trial(self, trial: Trial, found: RosterFound, zone: ZoneInfo) -> None:
        """Show what came of trying it."""
        self._period = Period.around(trial.sheet.start, FOUR_WEEKS, zone)
        rows = rows_of(trial.sheet, found, self._period.midnights)
        self.view.show_rows(rows, self._period, found)
        self.title.setText(f"What this would give, {self._period.title()} ({zone.key})")
        quality = trial.quality
        hours = [f"{_name(person, found)} {hours:,.0f} h" for person, hours in quality.hours[:_HOURS_SHOWN]]
        more = len(quality.hours) - _HOURS_SHOWN
        shown = " · ".join(hours) + (f" and {more} more" if more > 0 else "")
        self.quality.setText(
            f"Coverage {quality.coverage:.0%}, fairness {quality.fairness:.0%}. {shown or 'Nobody yet.'}"
        )
        if trial.preview is not None:
            self.moved.setText(preview_words(trial.preview, found, zone))
        else:
            self.moved.setText("New: from the moment it is saved these people are on call, and are told so.")


def _name(person: str, found: RosterFound) -> str:
    return found.name_of(int(person)) if person.isdecimal() else person
