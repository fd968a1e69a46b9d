"""What each form is about: how its preview is asked for, how it is carried out, and how it is taken back."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple, Protocol
from zoneinfo import ZoneInfo

from desktop.domain.time_off import TimeOff
from desktop.services.roster_cover import OverrideState
from desktop.services.roster_values import NewOverride, Preview, SwapState
from desktop.services.time_off import LeaveDone
from desktop.ui.roster.change_form import ChangeForm
from desktop.ui.roster.forms import CancelForm, OverrideForm, TakeForm
from desktop.ui.roster.leave_form import LeaveForm
from desktop.ui.roster.ports import KeepsRoster, RosterFound
from desktop.ui.roster.swap_form import SwapForm
from desktop.ui.roster.words import leave_words, open_words, preview_words, when_words


class Outcome(NamedTuple):
    """What was done, in a sentence, and the work that takes it back, if there is any."""

    sentence: str
    undo: Callable[[], object] | None = None


class Wish(Protocol):
    """One change while it is thought over. Work is for the worker; the rest is quick."""

    @property
    def form(self) -> ChangeForm:
        """Where it is written."""
        ...

    def look(self) -> Callable[[], object]:
        """The work that finds out what it would move.

        Raises: DeskError while something is missing.
        """
        ...

    def words(self, found: object) -> str:
        """What that work found, in words."""
        ...

    def do(self) -> Callable[[], object]:
        """The work that carries it out.

        Raises: DeskError while something is missing.
        """
        ...

    def done(self, result: object) -> Outcome:
        """What that came to."""
        ...


class _ShiftWish:
    """What is the same of all changes of single shifts."""

    def __init__(self, roster: KeepsRoster, found: RosterFound, schedule_id: int, zone: ZoneInfo) -> None:
        self._roster, self._found, self._schedule_id, self._zone = roster, found, schedule_id, zone

    def words(self, found: object) -> str:
        """What would move."""
        assert isinstance(found, Preview)
        return preview_words(found, self._found, self._zone)

    def _undo(self, ids: object) -> Callable[[], object]:
        assert isinstance(ids, Sequence)
        return partial(self._roster.cancel_overrides, tuple(ids))


class OverrideWish(_ShiftWish):
    """Somebody instead of somebody."""

    def __init__(
        self, roster: KeepsRoster, found: RosterFound, schedule_id: int, zone: ZoneInfo, form: OverrideForm
    ) -> None:
        super().__init__(roster, found, schedule_id, zone)
        self.form: ChangeForm = form
        self._fields = form

    def look(self) -> Callable[[], object]:
        return partial(self._roster.preview, self._schedule_id, (self._fields.written(),))

    def do(self) -> Callable[[], object]:
        return partial(self._roster.add_override, self._schedule_id, self._fields.written())

    def done(self, result: object) -> Outcome:
        new = self._fields.written()
        when = when_words(new.start, new.end, self._zone)
        who = self._found.name_of(new.add_id) if new.add_id is not None else ""
        gone = self._found.name_of(new.remove_id) if new.remove_id is not None else ""
        if who:
            return Outcome(
                f"{who} is on call {when}{f' in place of {gone}' if gone else ''}.", self._undo(result)
            )
        return Outcome(f"{gone} is not on call {when}.", self._undo(result))


class TakeWish(_ShiftWish):
    """The operator takes over."""

    def __init__(
        self, roster: KeepsRoster, found: RosterFound, schedule_id: int, zone: ZoneInfo, form: TakeForm
    ) -> None:
        super().__init__(roster, found, schedule_id, zone)
        self.form: ChangeForm = form
        self._fields = form

    def look(self) -> Callable[[], object]:
        times = (self._fields.starts.instant(), self._fields.ends.instant())
        return partial(self._roster.preview_take, self._schedule_id, *times)

    def do(self) -> Callable[[], object]:
        times = (self._fields.starts.instant(), self._fields.ends.instant())
        return partial(self._roster.take, self._schedule_id, *times, self._fields.why.text())

    def done(self, result: object) -> Outcome:
        when = when_words(self._fields.starts.instant(), self._fields.ends.instant(), self._zone)
        return Outcome(f"You are on call {when}.", self._undo(result))


class CancelWish(_ShiftWish):
    """A change counts no more."""

    def __init__(
        self,
        roster: KeepsRoster,
        found: RosterFound,
        zone: ZoneInfo,
        overrides: Sequence[OverrideState],
        form: CancelForm,
    ) -> None:
        super().__init__(roster, found, overrides[0].schedule_id, zone)
        self.form: ChangeForm = form
        self._fields = form
        self._by_id = {each.id: each for each in overrides}

    def look(self) -> Callable[[], object]:
        chosen = self._by_id[self._fields.chosen()]
        return partial(self._roster.preview, chosen.schedule_id, (), (chosen.id,))

    def do(self) -> Callable[[], object]:
        return partial(self._roster.cancel_overrides, (self._fields.chosen(),))

    def done(self, _result: object) -> Outcome:
        was = self._by_id[self._fields.chosen()]
        again = NewOverride(was.start, was.end, was.add_id, was.remove_id, was.why, _again(was.kind))
        return Outcome("The change is cancelled.", partial(self._roster.add_override, was.schedule_id, again))


class SwapWish(_ShiftWish):
    """Somebody is asked to take a shift."""

    def __init__(
        self, roster: KeepsRoster, found: RosterFound, schedule_id: int, zone: ZoneInfo, form: SwapForm
    ) -> None:
        super().__init__(roster, found, schedule_id, zone)
        self.form: ChangeForm = form
        self._fields = form

    def look(self) -> Callable[[], object]:
        return partial(self._roster.preview, self._schedule_id, self._fields.overrides())

    def do(self) -> Callable[[], object]:
        form = self._fields
        parts = (form.other_id, form.span(), form.back_span(), form.note.text())
        return partial(self._roster.ask_swap, self._schedule_id, *parts)

    def done(self, result: object) -> Outcome:
        name = self._found.name_of(self._fields.other_id)
        swap_id = int(getattr(result, "id", 0))
        return Outcome(f"{name} is asked.", partial(self._roster.withdraw_swap, swap_id))


class AgreeWish(_ShiftWish):
    """Whoever was asked agrees to a swap."""

    def __init__(
        self, roster: KeepsRoster, found: RosterFound, zone: ZoneInfo, swap: SwapState, form: ChangeForm
    ) -> None:
        super().__init__(roster, found, swap.schedule_id, zone)
        self.form = form
        self._swap = swap

    def look(self) -> Callable[[], object]:
        return partial(self._roster.preview, self._schedule_id, self._swap.overrides())

    def do(self) -> Callable[[], object]:
        return partial(self._roster.answer_swap, self._swap.id, accepts=True, why="")

    def done(self, result: object) -> Outcome:
        assert isinstance(result, SwapState)
        if result.state == "accepted":
            return Outcome("The swap is agreed; who moved is told.")
        return Outcome(f"Nothing changes hands: {result.ended_why}")


class LeaveWish:
    """Somebody is away."""

    def __init__(
        self,
        roster: KeepsRoster,
        found: RosterFound,
        zone: ZoneInfo,
        form: LeaveForm,
        before: TimeOff | None = None,
    ) -> None:
        self.form: ChangeForm = form
        self._fields = form
        self._roster, self._found, self._zone, self._before = roster, found, zone, before

    def look(self) -> Callable[[], object]:
        return partial(self._roster.preview_leave, self._fields.written())

    def words(self, found: object) -> str:
        assert isinstance(found, Sequence)
        return leave_words(found, self._found, self._zone)

    def do(self) -> Callable[[], object]:
        return partial(self._roster.add_leave, self._fields.written())

    def done(self, result: object) -> Outcome:
        assert isinstance(result, LeaveDone)
        entry = self._fields.written()
        when = when_words(entry.start, entry.end, self._zone)
        said = f"{self._found.name_of(entry.person_id)} is away {when}."
        if result.open:
            said = f"{said} {open_words(result.open, self._zone)}"
        if self._before is not None:
            return Outcome(said, partial(self._roster.add_leave, self._before))
        return Outcome(said, partial(self._roster.remove_leave, result.plan.added[0]))


def _again(kind: str) -> str:
    """Taken back, a shift taken or swapped comes again as a plain change."""
    return "one_off" if kind == "one_off" else "override"
