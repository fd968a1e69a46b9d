"""The forms of single shifts: who is on call instead, a shift taken, a change cancelled."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QLineEdit

from desktop.domain.errors import DeskError
from desktop.services.roster_cover import OverrideState
from desktop.services.roster_values import NewOverride
from desktop.ui.kit.choice import Choice
from desktop.ui.kit.segments import Segments
from desktop.ui.roster.change_form import ChangeForm
from desktop.ui.roster.ports import RosterFound
from desktop.ui.roster.time_field import InstantField
from desktop.ui.roster.words import when_words

REPLACE, ADD, REMOVE, ONE_OFF = "1", "2", "3", "4"
_KINDS = ((REPLACE, "Replace"), (ADD, "Put in"), (REMOVE, "Take out"), (ONE_OFF, "One-off shift"))


class SpanForm(ChangeForm):
    """A form about a time, from and to."""

    def __init__(self, title: str, verb: str, about: str, span: tuple[int, int], zone: ZoneInfo) -> None:
        super().__init__(title, verb, about)
        self._zone = zone
        self.starts = InstantField("From", span[0], zone)
        self.ends = InstantField("To", span[1], zone)

    def _add_times(self) -> None:
        self.add_field("start", "From", self.starts)
        self.add_field("end", "To", self.ends, self._zone.key)


class OverrideForm(SpanForm):
    """Somebody is put in, taken out or replaced for a time."""

    def __init__(
        self,
        found: RosterFound,
        schedule: str,
        span: tuple[int, int],
        zone: ZoneInfo,
        *,
        there: Sequence[int] = (),
        wanted: int = 0,
    ) -> None:
        """`there` are on call by now, `wanted` is the person of the row that was marked."""
        super().__init__("Change who is on call", "Change it", schedule, span, zone)
        self.kind = Segments(_KINDS, "What to do", even=False)
        self.comes, self.goes = Choice("On call then"), Choice("Not on call then")
        self.why = QLineEdit()
        everybody = [(person.id, person.name) for person in found.people]
        self.comes.offer([(0, "Choose somebody"), *everybody])
        first = [(person_id, found.name_of(person_id)) for person_id in there]
        self.goes.offer([*first, *(each for each in everybody if each not in first)])
        self.kind.set_value(REPLACE if there else ADD)
        if wanted and wanted not in there:
            self.comes.set_value(wanted)
        elif wanted:
            self.goes.set_value(wanted)
        self.add_field("kind", "What", self.kind)
        self.add_field("add_id", "On call then", self.comes)
        self.add_field("remove_id", "In place of", self.goes)
        self._add_times()
        self.add_field("why", "Why", self.why, "Those who are told read it.")
        self.kind.chosen.connect(self._follow)
        self._follow()

    def written(self) -> NewOverride:
        """The change as it is written now.

        Raises: DeskError when nobody is chosen.
        """
        kind = self.kind.value()
        comes = int(str(self.comes.value() or 0)) if kind != REMOVE else 0
        goes = int(str(self.goes.value() or 0)) if kind in (REPLACE, REMOVE) else 0
        if kind != REMOVE and not comes:
            raise DeskError("Nobody is chosen yet.", field="add_id", hint="Choose who is on call then.")
        return NewOverride(
            self.starts.instant(),
            self.ends.instant(),
            comes or None,
            goes or None,
            self.why.text(),
            "one_off" if kind == ONE_OFF else "override",
        )

    def _follow(self, _kind: str = "") -> None:
        kind = self.kind.value()
        self.row("add_id").set_visible(kind != REMOVE)
        self.row("remove_id").set_visible(kind in (REPLACE, REMOVE))


class TakeForm(SpanForm):
    """The operator takes over, without asking."""

    def __init__(self, found: RosterFound, schedule: str, span: tuple[int, int], zone: ZoneInfo) -> None:
        name = found.operator.name if found.operator is not None else "Nobody"
        about = f"{schedule}. {name} is on call in place of whoever is. Others are told; it stays on record."
        super().__init__("Take this shift", "Take it", about, span, zone)
        self.why = QLineEdit()
        self.add_field("why", "Why", self.why, "Such as: not to be reached.")
        self._add_times()


class CancelForm(ChangeForm):
    """Which of the changes is to count no more."""

    def __init__(self, found: RosterFound, overrides: Sequence[OverrideState], zone: ZoneInfo) -> None:
        super().__init__("Cancel a change", "Cancel it", "It counts no more from now on.")
        self.cancel_button.set_text("Keep it")
        self.which = Choice("Which change")
        self.which.offer([(each.id, _override_words(each, found, zone)) for each in reversed(overrides)])
        self.add_field("which", "Which", self.which)

    def chosen(self) -> int:
        """The id of the one that is chosen."""
        return int(str(self.which.value()))


def _override_words(override: OverrideState, found: RosterFound, zone: ZoneInfo) -> str:
    when = when_words(override.start, override.end, zone)
    come = found.name_of(override.add_id) if override.add_id is not None else ""
    gone = found.name_of(override.remove_id) if override.remove_id is not None else ""
    if come and gone:
        return f"{come} for {gone}, {when}"
    return f"{come} put in, {when}" if come else f"{gone} taken out, {when}"
