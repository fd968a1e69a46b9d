"""The rows of the plan: who is on call in the end, then each person, then each layer by itself."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from desktop.domain.instant import to_us
from desktop.domain.roster_check import Fault
from desktop.domain.roster_merge import OVERRIDE
from desktop.services.roster_cover import OverrideState
from desktop.services.roster_values import RosterShift, SwapState
from desktop.ui.roster.ports import RosterFound, Sheet
from desktop.ui.roster.who import initials, names


class Look(StrEnum):
    """What a bar is; each is told apart by its shape and its words, not by colour alone."""

    SHIFT = "shift"
    CHANGED = "changed"
    GAP = "gap"
    AWAY = "away"
    OUT = "out"
    PLANNED = "planned"


class Kind(StrEnum):
    """What a row is about."""

    FINAL = "final"
    PERSON = "person"
    LAYER = "layer"


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of a row; `words` where there is room, else `short`.

    Where two would lie over one another, each has a lane of its own out of `lanes`.
    """

    start_us: int
    end_us: int
    look: Look
    words: str
    short: str
    people: tuple[int, ...] = ()
    schedule_id: int = 0
    layer: str = ""
    note: str = ""
    lane: int = 0
    lanes: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the plan. `edges` are the instants a cursor stops at, in order, both ends included."""

    key: str
    kind: Kind
    name: str
    aside: str
    bars: tuple[Bar, ...]
    edges: tuple[int, ...]
    schedule_id: int = 0
    person_id: int = 0

    def bar_at(self, at_us: int) -> Bar | None:
        """What is shown at an instant; what lies on top comes first."""
        return next((bar for bar in reversed(self.bars) if bar.start_us <= at_us < bar.end_us), None)


def rows_of(sheet: Sheet, found: RosterFound, midnights: Sequence[int] = ()) -> tuple[Row, ...]:
    """All rows of a sheet, in the order in which they are painted."""
    start_us, end_us = to_us(sheet.start), to_us(sheet.end)
    finals = [_final(sheet, found, schedule_id) for schedule_id in sheet.schedule_ids]
    shared = {bar.start_us for bars in finals for bar in bars} | {
        bar.end_us for bars in finals for bar in bars
    }
    frame = _Frame(start_us, end_us, frozenset(shared | set(midnights if not shared else ())))
    made = [
        Row(
            f"final {schedule_id}",
            Kind.FINAL,
            _schedule_name(found, schedule_id) if len(sheet.schedule_ids) > 1 else "On call",
            "",
            bars,
            frame.edges(bars, with_shared=False),
            schedule_id,
        )
        for schedule_id, bars in zip(sheet.schedule_ids, finals, strict=True)
    ]
    made += _people(sheet, found, frame)
    if len(sheet.schedule_ids) == 1:
        made += _layers(sheet, found, frame)
    return tuple(made)


@dataclass(frozen=True, slots=True)
class _Frame:
    start_us: int
    end_us: int
    shared: frozenset[int]

    def edges(self, bars: Iterable[Bar], *, with_shared: bool) -> tuple[int, ...]:
        own = {at for bar in bars for at in (bar.start_us, bar.end_us)}
        inside = {at for at in own | (self.shared if with_shared else frozenset()) if self.holds(at)}
        return tuple(sorted({self.start_us, self.end_us} | inside))

    def holds(self, at: int) -> bool:
        return self.start_us <= at <= self.end_us


def overrides_at(sheet: Sheet, schedule_id: int, start_us: int, end_us: int) -> tuple[OverrideState, ...]:
    """The single changes of a schedule that touch a time, the latest made last."""
    return tuple(
        each
        for each in sheet.overrides
        if each.schedule_id == schedule_id and to_us(each.start) < end_us and to_us(each.end) > start_us
    )


def _final(sheet: Sheet, found: RosterFound, schedule_id: int) -> tuple[Bar, ...]:
    bars = []
    for shift in sheet.shifts:
        if shift.schedule_id == schedule_id:
            look = Look.CHANGED if _is_changed(sheet, shift) else Look.SHIFT
            who, short = names(found, shift.people), initials(found, shift.people)
            bars.append(_bar(shift, look, who, short, _why(sheet, shift)))
    for gap in sheet.found:
        if gap.schedule_id == schedule_id and gap.finding.fault is Fault.GAP:
            start_us, end_us = to_us(gap.finding.start), to_us(gap.finding.end)
            people = tuple(int(person) for person in gap.finding.people if person.isdecimal())
            bars.append(
                Bar(start_us, end_us, Look.GAP, "Nobody", "Gap", people, schedule_id, "", gap.finding.text)
            )
    return tuple(sorted(bars, key=_start))


def _people(sheet: Sheet, found: RosterFound, frame: _Frame) -> Iterator[Row]:
    involved: dict[int, None] = {}
    for shift in (*sheet.shifts, *(shift for lane in sheet.lanes for shift in lane.shifts)):
        involved |= dict.fromkeys(shift.people)
    for override in sheet.overrides:
        involved |= dict.fromkeys(one for one in (override.add_id, override.remove_id) if one is not None)
    wanted = [person_id for person_id in involved if person_id in found.everybody]
    for person_id in sorted(wanted, key=lambda one: found.name_of(one).casefold()):
        bars = _apart(sorted(_of_person(sheet, found, person_id), key=_depth))
        person = found.everybody[person_id]
        yield Row(
            f"person {person_id}",
            Kind.PERSON,
            person.name,
            person.zone,
            bars,
            frame.edges(bars, with_shared=True),
            sheet.schedule_ids[0] if len(sheet.schedule_ids) == 1 else 0,
            person_id,
        )


def _of_person(sheet: Sheet, found: RosterFound, person_id: int) -> Iterator[Bar]:
    for entry in sheet.away:
        if entry.person_id == person_id:
            reason = entry.reason or "Away"
            yield Bar(
                to_us(entry.start),
                to_us(entry.end),
                Look.AWAY,
                reason,
                "off",
                (person_id,),
                0,
                "",
                "Time off",
            )
    for override in sheet.overrides:
        if override.remove_id == person_id:
            yield Bar(
                to_us(override.start),
                to_us(override.end),
                Look.OUT,
                "Taken out",
                "out",
                (person_id,),
                override.schedule_id,
                "",
                _override_words(override),
            )
    for shift in sheet.shifts:
        if person_id in shift.people:
            asked = _swap_at(found.swaps, shift, person_id)
            look = Look.CHANGED if shift.layer == OVERRIDE else Look.SHIFT
            words = shift.schedule if len(sheet.schedule_ids) > 1 else _layer_words(shift.layer)
            text = f"{words} · swap asked" if asked else words
            yield _bar(shift, look, text, "⇄" if asked else "", _why(sheet, shift))


def _layers(sheet: Sheet, found: RosterFound, frame: _Frame) -> Iterator[Row]:
    for lane in reversed(sheet.lanes):
        bars = tuple(
            _bar(shift, Look.PLANNED, names(found, shift.people), initials(found, shift.people), "")
            for shift in lane.shifts
        )
        yield Row(
            f"layer {lane.layer}",
            Kind.LAYER,
            lane.layer,
            "Layer",
            bars,
            frame.edges(bars, with_shared=False),
            lane.schedule_id,
        )


def _bar(shift: RosterShift, look: Look, words: str, short: str, note: str) -> Bar:
    return Bar(
        to_us(shift.start),
        to_us(shift.end),
        look,
        words,
        short,
        shift.people,
        shift.schedule_id,
        shift.layer,
        note,
    )


def _start(bar: Bar) -> int:
    return bar.start_us


def _apart(bars: Sequence[Bar]) -> tuple[Bar, ...]:
    """Shifts in several rotas at once each in a lane of their own: one would hide the other."""
    shifts = [bar for bar in bars if bar.look in (Look.SHIFT, Look.CHANGED)]
    rotas = sorted({bar.schedule_id for bar in shifts})
    is_double = any(
        one.schedule_id != other.schedule_id and one.start_us < other.end_us and other.start_us < one.end_us
        for one, other in pairwise(sorted(shifts, key=_start))
    )
    if not is_double:
        return tuple(bars)
    places = {rota: place for place, rota in enumerate(rotas)}
    return tuple(
        replace(bar, lane=places[bar.schedule_id], lanes=len(rotas)) if bar in shifts else bar for bar in bars
    )


def _depth(bar: Bar) -> tuple[bool, int]:
    """What is away or taken out lies below what is on call."""
    return bar.look not in (Look.AWAY, Look.OUT), bar.start_us


def _is_changed(sheet: Sheet, shift: RosterShift) -> bool:
    touching = overrides_at(sheet, shift.schedule_id, to_us(shift.start), to_us(shift.end))
    return shift.layer == OVERRIDE or any(each.start <= shift.start for each in touching)


def _why(sheet: Sheet, shift: RosterShift) -> str:
    touching = overrides_at(sheet, shift.schedule_id, to_us(shift.start), to_us(shift.end))
    return "; ".join(_override_words(each) for each in touching[-2:])


def _override_words(override: OverrideState) -> str:
    kinds = {"take": "Taken in an emergency", "swap": "Swapped", "one_off": "One-off shift"}
    why = f": {override.why}" if override.why else ""
    return f"{kinds.get(override.kind, 'Changed')} by {override.made_by}{why}"


def _layer_words(layer: str) -> str:
    return "Changed" if layer == OVERRIDE else layer


def _swap_at(swaps: Sequence[SwapState], shift: RosterShift, person_id: int) -> bool:
    return any(
        swap.state == "asked"
        and swap.schedule_id == shift.schedule_id
        and (
            (swap.asker_id == person_id and swap.start < shift.end and swap.end > shift.start)
            or (
                swap.back is not None
                and swap.other_id == person_id
                and swap.back[0] < shift.end
                and swap.back[1] > shift.start
            )
        )
        for swap in swaps
    )


def _schedule_name(found: RosterFound, schedule_id: int) -> str:
    state = found.schedule(schedule_id)
    return state.name if state is not None else "On call"
