"""The form of a swap: which of one's shifts somebody else is to take, perhaps for one of theirs."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QLineEdit

from desktop.domain.errors import DeskError
from desktop.domain.instant import to_us
from desktop.services.roster_values import NewOverride, RosterShift
from desktop.ui.kit.choice import Choice
from desktop.ui.roster.change_form import ChangeForm
from desktop.ui.roster.ports import RosterFound
from desktop.ui.roster.words import when_words

Span = tuple[datetime, datetime]
_NONE = ""


class SwapForm(ChangeForm):
    """The operator asks; nothing changes hands until the other agrees."""

    def __init__(
        self,
        found: RosterFound,
        schedule: str,
        shifts: Sequence[RosterShift],
        zone: ZoneInfo,
        *,
        marked: int = 0,
        wanted: int = 0,
    ) -> None:
        """`shifts` are those to come; the one at the instant `marked` is meant, and the person `wanted`."""
        about = f"{schedule}. Both have to agree: nothing moves before the other one has said yes."
        super().__init__("Ask for a swap", "Ask", about)
        self._found, self._zone = found, zone
        self._own_id = found.operator.id if found.operator is not None else 0
        self._shifts = tuple(shifts)
        self.shift, self.other, self.back = Choice("Your shift"), Choice("Who takes it"), Choice("In return")
        self.note = QLineEdit()
        self.shift.offer(self._offered(self._own_id))
        mine = next((s for s in self._of(self._own_id) if to_us(s.start) <= marked < to_us(s.end)), None)
        if mine is not None:
            self.shift.set_value(_key(mine))
        others = [person for person in found.people if person.id != self._own_id]
        on_call = {person_id for each in shifts for person_id in each.people}
        others.sort(key=lambda person: (person.id not in on_call, person.name.casefold()))
        self.other.offer([(person.id, person.name) for person in others])
        if wanted and wanted != self._own_id:
            self.other.set_value(wanted)
        self._follow()
        self.add_field("shift", "Your shift", self.shift)
        self.add_field("other_id", "Who takes it", self.other)
        self.add_field("back", "In return", self.back)
        self.add_field("note", "Note", self.note, "The other one reads it.")
        self.other.currentIndexChanged.connect(self._follow)

    @property
    def other_id(self) -> int:
        """Who is asked."""
        return int(str(self.other.value() or 0))

    def span(self) -> Span:
        """The shift that is given away.

        Raises: DeskError where there is none.
        """
        found = self._span(self._own_id, self.shift)
        if found is None:
            raise DeskError(
                "You have no shift to come in this rota.",
                field="shift",
                hint="Only one's own can be swapped.",
            )
        return found

    def back_span(self) -> Span | None:
        """The shift wanted in return."""
        return self._span(self.other_id, self.back)

    def overrides(self) -> tuple[NewOverride, ...]:
        """What it would do once both want it."""
        there = NewOverride(*self.span(), self.other_id, self._own_id)
        back = self.back_span()
        return (there,) if back is None else (there, NewOverride(*back, self._own_id, self.other_id))

    def _follow(self, _at: int = 0) -> None:
        self.back.offer([(_NONE, "Nothing"), *self._offered(self.other_id)])
        self.back.setCurrentIndex(0)

    def _of(self, person_id: int) -> list[RosterShift]:
        return [shift for shift in self._shifts if person_id in shift.people]

    def _offered(self, person_id: int) -> list[tuple[object, str]]:
        return [
            (_key(shift), when_words(shift.start, shift.end, self._zone)) for shift in self._of(person_id)
        ]

    def _span(self, person_id: int, chosen: Choice) -> Span | None:
        key = chosen.value()
        found = next((shift for shift in self._of(person_id) if _key(shift) == key), None)
        return None if found is None else (found.start, found.end)


def _key(shift: RosterShift) -> str:
    return shift.start.isoformat()
