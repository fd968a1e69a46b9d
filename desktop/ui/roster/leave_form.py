"""The form of time off: who is away from when to when, and what that leaves open."""

from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QLineEdit

from desktop.domain.time_off import TimeOff
from desktop.ui.kit.choice import Choice
from desktop.ui.roster.forms import SpanForm
from desktop.ui.roster.ports import RosterFound

_REASONS = ("Holiday", "Ill", "Parental leave", "Training")


class LeaveForm(SpanForm):
    """Time off typed, or changed where there is some already."""

    def __init__(
        self,
        found: RosterFound,
        span: tuple[int, int],
        zone: ZoneInfo,
        *,
        person_id: int = 0,
        entry: TimeOff | None = None,
    ) -> None:
        title = "Enter time off" if entry is None else "Change time off"
        super().__init__(
            title, "Keep it", "Shifts in it are left open until somebody takes them.", span, zone
        )
        self._entry = entry
        self.person = Choice("Who is away")
        self.person.offer([(person.id, person.name) for person in found.people])
        own = found.operator.id if found.operator is not None else 0
        self.person.set_value(entry.person_id if entry is not None else person_id or own)
        self.person.setEnabled(entry is None)
        self.reason = QLineEdit(entry.reason if entry is not None else "")
        self.reason.setPlaceholderText(", ".join(_REASONS))
        self.add_field("person_id", "Who", self.person)
        self._add_times()
        self.add_field("reason", "Reason", self.reason, "Others at the desk see it.")

    def written(self) -> TimeOff:
        """As it is written now."""
        return TimeOff(
            self._entry.id if self._entry is not None else 0,
            int(str(self.person.value() or 0)),
            self.starts.instant(),
            self.ends.instant(),
            self.reason.text(),
        )
