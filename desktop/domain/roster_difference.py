"""What a change of the rota moves: which stretches, who gains and who loses, who has to be told."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from desktop.domain.alarm_text import span_words
from desktop.domain.instant import from_us, to_us
from desktop.domain.roster import Schedule, Shift
from desktop.domain.roster_people import by_person, total_us
from desktop.domain.worktime_layout import Stretch, joined

#: Real time from one instant up to another, in UTC.
Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Moved:
    """A stretch over which other people are on call than before; either side may be nobody."""

    start: datetime
    end: datetime
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def gone(self) -> tuple[str, ...]:
        """Those not on call any more."""
        return tuple(person for person in self.before if person not in self.after)

    @property
    def come(self) -> tuple[str, ...]:
        """Those now on call."""
        return tuple(person for person in self.after if person not in self.before)


@dataclass(frozen=True, slots=True)
class PersonMoved:
    """What changes for one person: stretches of shifts gained and lost, in order, touching ones made one."""

    person: str
    gained: tuple[Span, ...]
    lost: tuple[Span, ...]

    def words(self, name: str) -> str:
        """The change in a sentence: `Ana gains 24 h and loses 12 h on call.`"""
        verbs = [("gains", self.gained), ("loses", self.lost)]
        parts = [f"{verb} {span_words(_total_us(spans))}" for verb, spans in verbs if spans]
        return f"{name} {' and '.join(parts)} on call."


@dataclass(frozen=True, slots=True)
class Difference:
    """Two rotas side by side; false where everybody is on call as before.

    `people` has everybody for whom something changes, who are those to tell, by their first change. `opened`
    and `closed` are the gaps that come and go.
    """

    moved: tuple[Moved, ...]
    people: tuple[PersonMoved, ...]
    opened: tuple[Span, ...]
    closed: tuple[Span, ...]

    def __bool__(self) -> bool:
        return bool(self.moved)

    def sentences(self, name_of: Callable[[str], str] = str) -> tuple[str, ...]:
        """One for every person concerned, then for gaps."""
        lines = [each.words(name_of(each.person)) for each in self.people]
        if self.opened:
            lines.append(f"Nobody would be on call for {span_words(_total_us(self.opened))}.")
        if self.closed:
            lines.append(f"Gaps of {span_words(_total_us(self.closed))} are closed.")
        return tuple(lines)


def difference(before: Schedule, after: Schedule, start: datetime, end: datetime) -> Difference:
    """What changes from one schedule to the other between `start` and `end`."""
    return difference_of(before.shifts(start, end), after.shifts(start, end))


def difference_of(before: Sequence[Shift], after: Sequence[Shift]) -> Difference:
    """What changes from some shifts to others; both in order and not overlapping, as of one schedule.

    Only people count: a shift that another layer decides now is no change.
    """
    moved = _moved(before, after)
    had, has = by_person(before), by_person(after)
    people = [
        PersonMoved(
            person,
            _spans(_without(has.get(person, []), had.get(person, []))),
            _spans(_without(had.get(person, []), has.get(person, []))),
        )
        for person in dict.fromkeys(person for each in moved for person in (*each.gone, *each.come))
    ]
    opened = joined([(to_us(each.start), to_us(each.end)) for each in moved if not each.after])
    closed = joined([(to_us(each.start), to_us(each.end)) for each in moved if not each.before])
    return Difference(tuple(moved), tuple(people), _spans(opened), _spans(closed))


def _moved(before: Sequence[Shift], after: Sequence[Shift]) -> list[Moved]:
    cuts = sorted({at for shift in (*before, *after) for at in (shift.start, shift.end)})
    found: list[Moved] = []
    was, now = _Cursor(before), _Cursor(after)
    for start, end in pairwise(cuts):
        old, new = was.people_at(start), now.people_at(start)
        if set(old) == set(new):
            continue
        last = found[-1] if found else None
        if last is not None and last.end == start and (last.before, last.after) == (old, new):
            found[-1] = Moved(last.start, end, old, new)
        else:
            found.append(Moved(start, end, old, new))
    return found


class _Cursor:
    """Walks through shifts as time goes on."""

    def __init__(self, shifts: Sequence[Shift]) -> None:
        self._shifts = shifts
        self._at = 0

    def people_at(self, at: datetime) -> tuple[str, ...]:
        while self._at < len(self._shifts) and self._shifts[self._at].end <= at:
            self._at += 1
        if self._at < len(self._shifts) and self._shifts[self._at].start <= at:
            return self._shifts[self._at].people
        return ()


def _without(stretches: list[Stretch], others: list[Stretch]) -> list[Stretch]:
    """What of some stretches lies outside others; both in order and apart."""
    for start, end in others:
        stretches = [
            part for a, b in stretches for part in ((a, min(b, start)), (max(a, end), b)) if part[0] < part[1]
        ]
    return stretches


def _spans(stretches: Iterable[Stretch]) -> tuple[Span, ...]:
    return tuple((from_us(start), from_us(end)) for start, end in stretches)


def _total_us(spans: Iterable[Span]) -> int:
    return total_us((to_us(start), to_us(end)) for start, end in spans)
