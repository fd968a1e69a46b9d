"""Opens the form that belongs to a wish, filled with what is marked; says why where it cannot be."""

from functools import partial
from typing import NamedTuple
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QRect

from desktop.domain.clock import Clock
from desktop.domain.instant import to_us
from desktop.domain.time_off import TimeOff
from desktop.services.roster_cover import OverrideState
from desktop.services.roster_values import RosterShift
from desktop.ui.roster.change_form import ChangeForm
from desktop.ui.roster.changes import Changes
from desktop.ui.roster.forms import CancelForm, OverrideForm, TakeForm
from desktop.ui.roster.leave_form import LeaveForm
from desktop.ui.roster.plan_tab import Marked, PlanTab
from desktop.ui.roster.ports import KeepsRoster, RosterFound
from desktop.ui.roster.rows import overrides_at
from desktop.ui.roster.swap_form import SwapForm
from desktop.ui.roster.wishes import AgreeWish, CancelWish, LeaveWish, OverrideWish, SwapWish, TakeWish
from desktop.ui.tasks import TaskRunner

_DAY_US = 86_400_000_000


class _ToSwap(NamedTuple):
    marked: Marked
    anchor: QRect
    shifts: tuple[RosterShift, ...]


class Deeds(QObject):
    """What can be done to the time that is marked in the plan."""

    def __init__(
        self, roster: KeepsRoster, plan: PlanTab, changes: Changes, clock: Clock, runner: TaskRunner
    ) -> None:
        super().__init__(plan)
        self._roster, self._plan, self._changes = roster, plan, changes
        self._clock, self._runner = clock, runner

    def why_not(self, action: str) -> str:
        """Why something cannot be done to what is marked; nothing where it can."""
        marked = self._plan.marked()
        if action == "roster.leave":
            return ""
        if marked is None or not marked.schedule_id:
            return "Mark a time in one rota first."
        if marked.span[1] <= to_us(self._clock.now()):
            return "This is past: it stays as it was."
        if action == "roster.cancel" and not self._overrides(marked):
            return "Nothing was changed there."
        if action in ("roster.take", "roster.swap") and self._found.operator is None:
            return "Nobody has said who works at this desk. Say so under Settings."
        return ""

    def override(self, anchor: QRect) -> None:
        """Somebody instead of somebody."""
        marked = self._plan.marked()
        if marked is None:
            return
        there = marked.bar.people if marked.bar is not None and marked.row.person_id == 0 else ()
        if marked.row.person_id or not there:
            there = self._on_call(marked)
        form = OverrideForm(
            self._found,
            self._name(marked.schedule_id),
            self._coming(marked.span),
            self._zone,
            there=there,
            wanted=marked.row.person_id,
        )
        wish = OverrideWish(self._roster, self._found, marked.schedule_id, self._zone, form)
        self._changes.open(wish, anchor)

    def take(self, anchor: QRect) -> None:
        """The operator takes over."""
        marked = self._plan.marked()
        if marked is not None:
            form = TakeForm(
                self._found, self._name(marked.schedule_id), self._coming(marked.span), self._zone
            )
            wish = TakeWish(self._roster, self._found, marked.schedule_id, self._zone, form)
            self._changes.open(wish, anchor)

    def cancel(self, anchor: QRect) -> None:
        """A change counts no more."""
        marked = self._plan.marked()
        overrides = self._overrides(marked) if marked is not None else ()
        if overrides:
            form = CancelForm(self._found, overrides, self._zone)
            wish = CancelWish(self._roster, self._found, self._zone, overrides, form)
            self._changes.open(wish, anchor)

    def swap(self, anchor: QRect) -> None:
        """Somebody is asked to take a shift; first the shifts to come are fetched."""
        marked = self._plan.marked()
        if marked is not None:
            work = partial(_to_swap, self._roster, marked, anchor)
            self._runner.run(work, self._open_swap, owner=self)

    def leave(self, anchor: QRect, entry: TimeOff | None = None) -> None:
        """Somebody is away; the days are those that are marked."""
        marked = self._plan.marked()
        person_id = marked.row.person_id if marked is not None else 0
        if entry is not None:
            span = (to_us(entry.start), to_us(entry.end))
        else:
            span = self._whole_days(marked.span if marked is not None else None)
        form = LeaveForm(self._found, span, self._zone, person_id=person_id, entry=entry)
        self._changes.open(LeaveWish(self._roster, self._found, self._zone, form, entry), anchor)

    def agree(self, swap_id: int) -> None:
        """Whoever was asked for a swap sees what it would move, then agrees."""
        swap = next((each for each in self._found.swaps if each.id == swap_id), None)
        if swap is not None:
            about = f"{self._name(swap.schedule_id)}, asked by {self._found.name_of(swap.asker_id)}."
            form = ChangeForm("Agree to this swap", "Agree", f"{about} {swap.note}".strip())
            form.setFocusProxy(form.accept_button)
            self._changes.open(AgreeWish(self._roster, self._found, self._zone, swap, form))

    # -- within

    @property
    def _found(self) -> RosterFound:
        return self._plan.found

    @property
    def _zone(self) -> ZoneInfo:
        return self._plan.period.zone

    def _name(self, schedule_id: int) -> str:
        state = self._found.schedule(schedule_id)
        return state.name if state is not None else "On call"

    def _on_call(self, marked: Marked) -> tuple[int, ...]:
        """Who is on call in the rota at the beginning of what is marked."""
        sheet = self._plan.sheet
        shifts = sheet.shifts if sheet is not None else ()
        return next(
            (
                shift.people
                for shift in shifts
                if shift.schedule_id == marked.schedule_id
                and to_us(shift.start) <= marked.span[0] < to_us(shift.end)
            ),
            (),
        )

    def _overrides(self, marked: Marked) -> tuple[OverrideState, ...]:
        sheet = self._plan.sheet
        if sheet is None:
            return ()
        now = self._clock.now()
        found = overrides_at(sheet, marked.schedule_id, *marked.span)
        return tuple(each for each in found if each.end > now)

    def _coming(self, span: tuple[int, int]) -> tuple[int, int]:
        """What of a time is still to come, from the full minute on."""
        minute = 60_000_000
        now_us = to_us(self._clock.now())
        return max(span[0], now_us - now_us % minute), span[1]

    def _whole_days(self, span: tuple[int, int] | None) -> tuple[int, int]:
        """The local days that a time touches; today where nothing to come is marked."""
        now_us, midnights = to_us(self._clock.now()), self._plan.period.midnights
        start, end = span or (now_us, now_us)
        if end <= now_us:
            start = end = now_us
        first = max((us for us in midnights if us <= start), default=start)
        last = min((us for us in midnights if us >= end and us > first), default=first + _DAY_US)
        return first, last

    def _open_swap(self, answer: _ToSwap) -> None:
        marked = answer.marked
        form = SwapForm(
            self._found,
            self._name(marked.schedule_id),
            answer.shifts,
            self._zone,
            marked=marked.span[0],
            wanted=marked.row.person_id,
        )
        wish = SwapWish(self._roster, self._found, marked.schedule_id, self._zone, form)
        self._changes.open(wish, answer.anchor)


def _to_swap(roster: KeepsRoster, marked: Marked, anchor: QRect) -> _ToSwap:
    return _ToSwap(marked, anchor, tuple(roster.coming(marked.schedule_id)))
