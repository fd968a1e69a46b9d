"""Layers laid over one another, and overrides and time off over all of them.

A piece is some time on call: instants in microseconds, half-open; lists of pieces are in order and do not
overlap.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from desktop.domain.worktime_layout import Stretch, clipped, joined

#: Start, end, people, layer.
Piece = tuple[int, int, tuple[str, ...], str]
#: What the layer of a piece is called where an override put somebody on call.
OVERRIDE = "override"

_start, _end = itemgetter(0), itemgetter(1)


@dataclass(frozen=True, slots=True)
class Override:
    """Takes out and puts in people from `from_us` up to `to_us`, whatever the layers say."""

    from_us: int
    to_us: int
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class TimeOff:
    """Somebody away from `from_us` up to `to_us`."""

    person: str
    from_us: int
    to_us: int
    reason: str = ""


class Decided(NamedTuple):
    """Who is on call over a piece of time, nobody included, and whom the layers had planned."""

    start: int
    end: int
    people: tuple[str, ...]
    layer: str
    planned: tuple[str, ...]


def within(pieces: Sequence[Piece], stretches: Sequence[Stretch]) -> list[Piece]:
    """What of the pieces lies within the stretches, which are in order and apart."""
    found: list[Piece] = []
    first = 0
    for lo, hi in stretches:
        first = bisect_right(pieces, lo, first, key=_end)
        stop = bisect_left(pieces, hi, first, key=_start)
        if first == stop:
            continue
        begin = len(found)
        found += pieces[first:stop]
        # Only the outermost two can reach beyond.
        start, end, people, layer = found[begin]
        found[begin] = (max(start, lo), min(end, hi), people, layer)
        start, end, people, layer = found[-1]
        found[-1] = (start, min(end, hi), people, layer)
        first = stop - 1
    return found


def free(taken: Sequence[Piece] | Sequence[Stretch], lo: int, hi: int) -> list[Stretch]:
    """What pieces or stretches leave free from `lo` to `hi`, in order and apart."""
    bounds = [(lo, lo), *((each[0], each[1]) for each in taken), (hi, hi)]
    return [(before[1], after[0]) for before, after in pairwise(bounds) if before[1] < after[0]]


def changed(time_off: Iterable[TimeOff], overrides: Iterable[Override], lo: int, hi: int) -> list[Stretch]:
    """The stretches from `lo` to `hi` over which time off or an override may change something."""
    spans = [(each.from_us, each.to_us) for each in time_off]
    spans += [(each.from_us, each.to_us) for each in overrides]
    return clipped(joined(spans), lo, hi)


def decided(
    pieces: Sequence[Piece], lo: int, hi: int, time_off: Iterable[TimeOff], overrides: Iterable[Override]
) -> list[Decided]:
    """Who is on call from `lo` to `hi`, all of it, after time off and then the overrides in order."""
    found: list[Decided] = []
    windows = _windows(lo, hi, time_off, overrides)
    i = 0
    for start, end, people, layer in _filled(pieces, lo, hi):
        while windows[i][1] <= start:
            i += 1
        k = i
        while k < len(windows) and windows[k][0] < end:
            a, b, off, changes = windows[k]
            now_people, now_layer = people, layer
            if off or changes:
                now_people, now_layer = decision(people, layer, off, changes)
            found.append(Decided(max(a, start), min(b, end), now_people, now_layer, people))
            k += 1
    return found


def decision(
    people: tuple[str, ...], layer: str, off: Sequence[TimeOff], overrides: Sequence[Override]
) -> tuple[tuple[str, ...], str]:
    """Who remains of the people planned, with whoever is added, and the layer that decided.

    The layer is the override where it put somebody on call who else would not be; where people were only
    taken out it is still the one they were planned in, and empty where nobody remains.
    """
    away = {each.person for each in off}
    left = [person for person in people if person not in away]
    now = list(left)
    for override in overrides:
        gone = [i for i, person in enumerate(now) if person in override.remove]
        now = [person for person in now if person not in override.remove]
        place = gone[0] if gone else len(now)
        now[place:place] = [person for person in override.add if person not in now]
    if not now:
        return (), ""
    return tuple(now), layer if set(now) <= set(left) else OVERRIDE


def _filled(pieces: Sequence[Piece], lo: int, hi: int) -> list[Piece]:
    """The pieces with the gaps between them as pieces of nobody."""
    found: list[Piece] = []
    at = lo
    for piece in pieces:
        if at < piece[0]:
            found.append((at, piece[0], (), ""))
        found.append(piece)
        at = piece[1]
    if at < hi:
        found.append((at, hi, (), ""))
    return found


def _windows(
    lo: int, hi: int, time_off: Iterable[TimeOff], overrides: Iterable[Override]
) -> list[tuple[int, int, list[TimeOff], list[Override]]]:
    """The time from `lo` to `hi`, cut wherever time off or an override begins or ends."""
    off = [each for each in time_off if each.from_us < hi and each.to_us > lo]
    changes = [each for each in overrides if each.from_us < hi and each.to_us > lo]
    spans = [(each.from_us, each.to_us) for each in off] + [(each.from_us, each.to_us) for each in changes]
    cuts = sorted({lo, hi, *(min(max(at, lo), hi) for span in spans for at in span)})
    places = {cut: i for i, cut in enumerate(cuts)}
    found: list[tuple[int, int, list[TimeOff], list[Override]]] = [(a, b, [], []) for a, b in pairwise(cuts)]
    for away in off:
        for i in range(places[max(away.from_us, lo)], places[min(away.to_us, hi)]):
            found[i][2].append(away)
    for change in changes:
        for i in range(places[max(change.from_us, lo)], places[min(change.to_us, hi)]):
            found[i][3].append(change)
    return found
