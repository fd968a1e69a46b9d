"""Who is on call: layers of rotations, overrides over them, time off as holes; exact on the wall clock.

The rules, in one place:

* A rotation is counted on the wall clock of its zone. A handoff at a wall time that a clock change skips is
  at the first instant after; at one that comes twice it is at the first of the two. Every instant belongs to
  exactly one turn; a turn of an hour may be without any time, or last two.
* A restriction runs from the first time its start is shown to the last time its end is: over a repeated hour
  two restrictions that meet overlap and never leave a gap.
* Layers are listed lowest first; the last one with somebody wins. An empty slot, and what lies outside a
  layer's restrictions, lets the next lower layer through.
* Time off takes the person out of what the layers gave, without asking the layers again: the others of the
  group remain, and where there is nobody else a hole is left, to be seen and filled by a person.
* Overrides come last, one after the other, and always win, over time off too: `remove` takes somebody out,
  `add` puts somebody in (in the place of the one removed, else at the end), whoever else is on call.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import Any, NamedTuple

from desktop.domain.errors import DeskError, NotFound
from desktop.domain.instant import from_us, to_us
from desktop.domain.roster_document import Layer, Rota, read_rota, write_rota
from desktop.domain.roster_merge import Decided, Override, Piece, changed, decided, free, within
from desktop.domain.roster_restrict import Holidays, HolidaysOf, on_duty
from desktop.domain.roster_rotation import Rotation, wall_of
from desktop.domain.roster_value import FIRST_YEAR, LAST_YEAR
from desktop.domain.roster_wall import WallClock


class Shift(NamedTuple):
    """Some people on call together from `start` up to `end`, in UTC.

    `layer` is the layer that decided, or "override" where an override put somebody on call.
    """

    start: datetime
    end: datetime
    people: tuple[str, ...]
    layer: str


class Gap(NamedTuple):
    """Nobody on call from `start` up to `end`, in UTC; `people` were planned and are off or taken out."""

    start: datetime
    end: datetime
    people: tuple[str, ...]


class _Lane:
    """One layer with its rotation and its clock."""

    def __init__(self, layer: Layer, clock: WallClock) -> None:
        self.layer = layer
        self.clock = clock
        self.rotation = Rotation(layer.start, layer.unit, layer.counts, layer.entries)

    def pieces(self, lo: int, hi: int, holidays: Holidays) -> list[Piece]:
        """Who is on duty from `lo` to `hi`, cut at the end; the first may have begun before."""
        table = self.clock.over(lo, hi)
        first, last = self._turns(lo, hi - 1)
        bounds = table.firsts(self.rotation.bounds(first, last))
        people = self.rotation.people(first, last)
        name = self.layer.name
        pieces = [
            (start, end, group, name)
            for start, end, group in zip(bounds, [*bounds[1:], hi], people, strict=True)
            if group and start < end
        ]
        if not self.layer.restrict:
            return pieces
        return within(pieces, on_duty(self.layer.restrict, table, holidays.is_holiday, lo, hi))

    def handoffs(self, lo: int, hi: int) -> list[int]:
        """The instants from `lo` to `hi`, both included, at which a turn begins, each once."""
        table = self.clock.over(lo, hi)
        bounds = table.firsts(self.rotation.bounds(*self._turns(lo - 1, hi)))
        return [at for before, at in pairwise([lo - 1, *bounds]) if lo <= at and before < at]

    def _turns(self, lo: int, hi: int) -> tuple[int, int]:
        table = self.clock.over(lo, hi)
        return self.rotation.turn_at(table.latest(lo)), self.rotation.turn_at(table.latest(hi))


class Schedule:
    """The rota of one team; immutable, equal and hashed by content. Takes aware instants, answers in UTC.

    Works over the years 1900 to 2200; raises a DeskError for instants beyond, and for times without a zone.
    """

    __slots__ = ("_clock", "_holidays", "_holidays_of", "_lanes", "_rota")

    def __init__(self, rota: Rota, *, holidays: HolidaysOf | None = None) -> None:
        """Takes what `read_rota` gives, and who tells the holidays of countries not listed in it."""
        clocks = {
            zone: WallClock(zone) for zone in {rota.zone, *(layer.zone for layer in rota.layers)} if zone
        }
        self._rota = rota
        self._clock = clocks[rota.zone]
        self._holidays_of = holidays
        self._holidays = Holidays(rota.holidays, holidays)
        self._lanes = tuple(_Lane(layer, clocks[layer.zone or rota.zone]) for layer in rota.layers)

    @classmethod
    def from_mapping(cls, document: Mapping[str, Any], *, holidays: HolidaysOf | None = None) -> "Schedule":
        """The schedule of a document: `zone`, `layers`, `overrides`, `time_off`, `holidays`, `name`.

        A layer has `name`, `start` (wall time), `every` (`unit`, and `count` as a number or a list for
        uneven turns), `people` (lists of people, or `people` with the days `from` and `to` of joining and
        leaving, both included), and may have `restrict` (`days`, `from`, `to`, and `holidays` with `only`
        true or false) and a `zone` of its own. An override has `from`, `to`, and `add`, `remove` or both.
        `holidays` lists dates by the names that restrictions use; others are asked of the argument.

        Raises: DeskError naming the fault, its path (`layers[0].every.unit`) in `field`.
        """
        return cls(read_rota(document, holidays_follow=holidays is not None), holidays=holidays)

    @property
    def rota(self) -> Rota:
        """What it was made of."""
        return self._rota

    @property
    def clock(self) -> WallClock:
        """The clock on the wall of its zone."""
        return self._clock

    @property
    def holidays_of(self) -> HolidaysOf | None:
        """Who tells the holidays that are not listed in it."""
        return self._holidays_of

    def local_date(self, at: datetime) -> date:
        """The date its zone's calendar shows at an instant."""
        at_us = _within_reach(at)
        return wall_of(self._clock.over(at_us, at_us).shown(at_us)).date()

    def to_mapping(self) -> dict[str, Any]:
        """The document that `from_mapping` makes an equal schedule of."""
        return write_rota(self._rota)

    def on_call(self, at: datetime) -> tuple[str, ...]:
        """Who is on call at an instant; empty for nobody."""
        at_us = _within_reach(at)
        return self.decided_us(at_us, at_us + 1)[0].people

    def shifts(self, start: datetime, end: datetime) -> list[Shift]:
        """Who is on call from `start` to `end`, cut there; in order, without the gaps, may be empty.

        One shift lasts while the same people are on call by the same layer, over handoffs to themselves
        too: those are in `handoffs`.
        """
        return [
            Shift(from_us(a), from_us(b), people, layer) for a, b, people, layer in self._final(start, end)
        ]

    def planned(self, start: datetime, end: datetime) -> list[Shift]:
        """What the layers alone give, before time off and overrides; as `shifts`."""
        lo, hi = _within_reach(start), _within_reach(end)
        pieces = _joined(self._layered(lo, hi)) if lo < hi else []
        return [Shift(from_us(a), from_us(b), people, layer) for a, b, people, layer in pieces]

    def gaps(self, start: datetime, end: datetime) -> list[Gap]:
        """Where nobody is on call from `start` to `end`, cut there; in order, may be empty."""
        lo, hi = _within_reach(start), _within_reach(end)
        parts = self.decided_us(lo, hi) if lo < hi else []
        holes = _joined([(part.start, part.end, part.planned, "") for part in parts if not part.people])
        return [Gap(from_us(a), from_us(b), people) for a, b, people, _ in holes]

    def handoffs(self, layer: str, start: datetime, end: datetime) -> list[datetime]:
        """The instants at which a layer's rotation hands over, from `start` to `end`, both included.

        Those of the rotation alone: whether restrictions let it be seen then is not asked. A turn that a
        clock change leaves no time at all has no instant of its own.

        Raises: NotFound for a layer that is not there.
        """
        lo, hi = _within_reach(start), _within_reach(end)
        for lane in self._lanes:
            if lane.layer.name == layer:
                return [from_us(at) for at in lane.handoffs(lo, hi)] if lo <= hi else []
        raise NotFound(f"The schedule has no layer “{layer}”.", field="layer")

    def decided_us(self, lo: int, hi: int, overrides: Sequence[Override] | None = None) -> list[Decided]:
        """All the time from `lo` to `hi` with who is on call, nobody included, and whom the layers planned.

        Cut wherever anything may change; with other overrides in place of its own where they are given.
        """
        chosen = self._rota.overrides if overrides is None else overrides
        return decided(self._layered(lo, hi), lo, hi, self._rota.time_off, chosen)

    def _final(self, start: datetime, end: datetime) -> list[Piece]:
        lo, hi = _within_reach(start), _within_reach(end)
        if lo >= hi:
            return []
        pieces = self._layered(lo, hi)
        moved = changed(self._rota.time_off, self._rota.overrides, lo, hi)
        if moved:
            parts = decided(within(pieces, moved), lo, hi, self._rota.time_off, self._rota.overrides)
            pieces = within(pieces, free(moved, lo, hi))
            pieces += [(part.start, part.end, part.people, part.layer) for part in parts if part.people]
            pieces.sort()
        return _joined(pieces)

    def _layered(self, lo: int, hi: int) -> list[Piece]:
        """The layers over one another, highest first until nothing is left free."""
        found: list[Piece] = []
        left = [(lo, hi)]
        for lane in reversed(self._lanes):
            lower = within(lane.pieces(lo, hi, self._holidays), left)
            if lower:
                found = sorted(found + lower)
                left = free(found, lo, hi)
            if not left:
                break
        return found

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Schedule):
            return NotImplemented
        return self._rota == other._rota and self._holidays_of == other._holidays_of

    def __hash__(self) -> int:
        return hash(self._rota)

    def __repr__(self) -> str:
        return f"Schedule({self.to_mapping()})"


def _within_reach(at: datetime) -> int:
    at_us = to_us(at)
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise DeskError(
            f"The year {at.year} is out of a rota's reach.", hint=f"Choose one up to {LAST_YEAR}."
        )
    return at_us


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Touching pieces of the same people and layer made one."""
    found: list[Piece] = []
    for piece in pieces:
        if found:
            start, end, people, layer = found[-1]
            if end == piece[0] and people == piece[2] and layer == piece[3]:
                found[-1] = (start, piece[1], people, layer)
                continue
        found.append(piece)
    return found
