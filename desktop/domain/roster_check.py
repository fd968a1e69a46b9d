"""What is wrong with a rota, before it goes wrong: gaps, people away, people nobody can reach, too much."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from operator import attrgetter

from desktop.domain.alarm_text import span_words
from desktop.domain.instant import from_us, span_us, to_us
from desktop.domain.roster import Schedule, Shift
from desktop.domain.roster_document import Layer
from desktop.domain.roster_merge import OVERRIDE, Decided, Override
from desktop.domain.roster_people import by_person, day_runs, total_us
from desktop.domain.worktime_layout import Stretch, clipped, joined


class Fault(StrEnum):
    """What a finding is about."""

    GAP = "gap"
    OVERLAP = "overlap"
    ON_LEAVE = "on leave"
    NO_CHANNEL = "no working channel"
    MASKED = "masked override"
    MANY_DAYS = "too many days"
    SHORT_REST = "short rest"
    NO_TURN = "never on call"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is too much.

    A week that begins and ends on Monday at nine touches 8 dates. 11 hours of rest are those of the EU's
    Working Time Directive 2003/88/EC, article 3.
    """

    most_days: int = 8
    rest: timedelta = timedelta(hours=11)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at, from `start` up to `end` in UTC; `text` is a sentence.

    `people` are those concerned; `override` is the place of an override in the schedule's list.
    """

    fault: Fault
    start: datetime
    end: datetime
    people: tuple[str, ...]
    text: str
    override: int | None = None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the schedule itself does not know.

    `is_reachable` says whether somebody has a working channel. `elsewhere` is when people are on call in
    other schedules, by name. `wanted` is when somebody has to be on call, None for always. `name_of` gives
    the name that sentences use.
    """

    is_reachable: Callable[[str], bool] | None = None
    elsewhere: Mapping[str, Sequence[Shift]] | None = None
    wanted: Sequence[tuple[datetime, datetime]] | None = None
    name_of: Callable[[str], str] = str
    limits: Limits = Limits()

    def names(self, people: Iterable[str]) -> str:
        """People as a list in words."""
        *most, last = map(self.name_of, people)
        return f"{', '.join(most)} and {last}" if most else last


def check(
    schedule: Schedule, start: datetime, end: datetime, around: Surroundings | None = None
) -> list[Finding]:
    """Everything to look at from `start` to `end`, in order of time; empty where all is well."""
    if start >= end:
        return []
    around = around or Surroundings()
    shifts = schedule.shifts(start, end)
    parts = schedule.decided_us(to_us(start), to_us(end))
    findings = [
        *_gaps(schedule, start, end, around),
        *_on_leave(schedule, parts, around),
        *_added_on_top(parts, around),
        *_elsewhere(shifts, around),
        *_unreachable(shifts, around),
        *_masked(schedule, start, end, around),
        *_strained(schedule, shifts, around),
        *_without_turn(schedule, start, end, around),
    ]
    return sorted(findings, key=attrgetter("start", "end"))


def _gaps(schedule: Schedule, start: datetime, end: datetime, around: Surroundings) -> Iterator[Finding]:
    wanted = [(to_us(start), to_us(end))]
    if around.wanted is not None:
        wanted = joined([(to_us(a), to_us(b)) for a, b in around.wanted])
    for gap in schedule.gaps(start, end):
        why = ""
        if gap.people:
            verb = "is" if len(gap.people) == 1 else "are"
            why = f": {around.names(gap.people)} {verb} away or taken out"
        for a, b in clipped(wanted, to_us(gap.start), to_us(gap.end)):
            yield _finding(Fault.GAP, a, b, gap.people, f"Nobody is on call for {_length(a, b)}{why}.")


def _on_leave(schedule: Schedule, parts: Sequence[Decided], around: Surroundings) -> Iterator[Finding]:
    """Planned by the layers while away with nobody put in their place, or put in by hand while away."""
    for person in dict.fromkeys(away.person for away in schedule.rota.time_off):
        off = joined([(each.from_us, each.to_us) for each in schedule.rota.time_off if each.person == person])
        planned = [(p.start, p.end) for p in parts if person in p.planned and p.layer != OVERRIDE]
        by_hand = [(p.start, p.end) for p in parts if person in p.people]
        for stretches, words in (
            (planned, "is away for {} of a planned shift"),
            (by_hand, "is on call by an override for {} while away"),
        ):
            for a, b in _overlaps(joined(stretches), off):
                text = f"{around.name_of(person)} {words.format(_length(a, b))}."
                yield _finding(Fault.ON_LEAVE, a, b, (person,), text)


def _added_on_top(parts: Sequence[Decided], around: Surroundings) -> Iterator[Finding]:
    """People an override put in while all that were planned are still there."""
    on_top: dict[tuple[tuple[str, ...], tuple[str, ...]], list[Stretch]] = {}
    for part in parts:
        added = tuple(person for person in part.people if person not in part.planned)
        if part.layer == OVERRIDE and added and part.planned and set(part.planned) < set(part.people):
            on_top.setdefault((added, part.planned), []).append((part.start, part.end))
    for (added, planned), stretches in on_top.items():
        verb = "is" if len(added) == 1 else "are"
        for a, b in joined(stretches):
            text = (
                f"{around.names(added)} {verb} on call on top of {around.names(planned)} for {_length(a, b)}."
            )
            yield _finding(Fault.OVERLAP, a, b, added + planned, text)


def _elsewhere(shifts: Sequence[Shift], around: Surroundings) -> Iterator[Finding]:
    here = by_person(shifts)
    for name, others in (around.elsewhere or {}).items():
        for person, stretches in by_person(others).items():
            for a, b in _overlaps(here.get(person, []), stretches):
                text = f"{around.name_of(person)} is on call in {name} as well for {_length(a, b)}."
                yield _finding(Fault.OVERLAP, a, b, (person,), text)


def _unreachable(shifts: Sequence[Shift], around: Surroundings) -> Iterator[Finding]:
    for person, stretches in by_person(shifts).items():
        if around.is_reachable is not None and not around.is_reachable(person):
            length = span_words(total_us(stretches))
            text = f"{around.name_of(person)} is on call for {length} and has no working channel."
            yield _finding(Fault.NO_CHANNEL, stretches[0][0], stretches[-1][1], (person,), text)


def _masked(schedule: Schedule, start: datetime, end: datetime, around: Surroundings) -> Iterator[Finding]:
    """Overrides without which the same people would be on call all the time they last."""
    overrides = schedule.rota.overrides
    for place, override in enumerate(overrides):
        lo, hi = override.from_us, override.to_us
        if hi <= to_us(start) or to_us(end) <= lo:
            continue
        others = [*overrides[:place], *overrides[place + 1 :]]
        if _who(schedule.decided_us(lo, hi)) == _who(schedule.decided_us(lo, hi, others)):
            people = (*override.add, *override.remove)
            text = f"The override {_override_words(override, around)} changes nothing."
            yield replace(_finding(Fault.MASKED, lo, hi, people, text), override=place)


def _who(parts: Sequence[Decided]) -> list[tuple[int, frozenset[str]]]:
    """Who is on call, from when; without cuts at which nothing changes."""
    found: list[tuple[int, frozenset[str]]] = []
    for part in parts:
        people = frozenset(part.people)
        if not found or found[-1][1] != people:
            found.append((part.start, people))
    return found


def _override_words(override: Override, around: Surroundings) -> str:
    if override.add and override.remove:
        return f"that puts {around.names(override.add)} in the place of {around.names(override.remove)}"
    if override.add:
        return f"that adds {around.names(override.add)}"
    return f"that takes out {around.names(override.remove)}"


def _strained(schedule: Schedule, shifts: Sequence[Shift], around: Surroundings) -> Iterator[Finding]:
    """Too many days in a row, too little rest between shifts; shifts in other schedules count as well."""
    everywhere = by_person([*shifts, *(s for part in (around.elsewhere or {}).values() for s in part)])
    rest_us = span_us(around.limits.rest)
    for person in by_person(shifts):
        for run in day_runs(everywhere[person], schedule.clock):
            if run.days > around.limits.most_days:
                text = f"{around.name_of(person)} is on call on {run.days} days in a row."
                yield _finding(Fault.MANY_DAYS, run.start_us, run.end_us, (person,), text)
        for (_, before), (after, _) in pairwise(everywhere[person]):
            if after - before < rest_us:
                text = f"{around.name_of(person)} has {_length(before, after)} of rest between two shifts."
                yield _finding(Fault.SHORT_REST, before, after, (person,), text)


def _without_turn(
    schedule: Schedule, start: datetime, end: datetime, around: Surroundings
) -> Iterator[Finding]:
    """People whose turns in a restricted layer all fall outside its hours, over two rounds and more."""
    for layer in schedule.rota.layers:
        if not layer.restrict:
            continue
        rota = replace(schedule.rota, layers=(layer,), overrides=(), time_off=())
        turns = len(schedule.handoffs(layer.name, start, end)) - 1
        if turns < 2 * len(layer.entries):
            continue
        alone = Schedule(rota, holidays=schedule.holidays_of)
        seen = {person for shift in alone.shifts(start, end) for person in shift.people}
        for person in dict.fromkeys(_present(layer, schedule, start, end)):
            if person not in seen:
                text = f"Every turn of {around.name_of(person)} falls outside the hours of {layer.name}."
                yield Finding(Fault.NO_TURN, start, end, (person,), text)


def _present(layer: Layer, schedule: Schedule, start: datetime, end: datetime) -> Iterator[str]:
    """The people of a layer who take part in it all the time asked about."""
    first, last = (schedule.local_date(at) for at in (start, end))
    for entry in layer.entries:
        if (entry.first_day or first) <= first and last <= (entry.last_day or last):
            yield from entry.people


def _overlaps(some: list[Stretch], others: list[Stretch]) -> Iterator[Stretch]:
    for start, end in others:
        yield from clipped(some, start, end)


def _finding(fault: Fault, start_us: int, end_us: int, people: tuple[str, ...], text: str) -> Finding:
    return Finding(fault, from_us(start_us), from_us(end_us), people, text)


def _length(start_us: int, end_us: int) -> str:
    return span_words(end_us - start_us)
