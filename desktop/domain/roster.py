"""Who is on call: layers of rotations, overrides over them, time off as holes; exact on the wall clock.

The rules, in one place:

* A rotation is counted on the wall clock of its zone. A handoff at a wall time that a clock change skips is
  at the first instant after; at one that comes twice it is at the first of the two, so that whoever takes
  over is there before whoever leaves, and every instant belongs to exactly one turn.
* A restriction runs from the first time its start is shown to the last time its end is: over a repeated hour
  two restrictions that meet overlap and never leave a gap.
* Layers are listed lowest first; the last one with somebody wins. An empty slot, and what lies outside a
  layer's restrictions, lets the next lower layer through.
* Time off takes the person out of what the layers gave, without asking the layers again: the others of the
  group remain, and where there is nobody else a hole is left, to be seen and filled by a person.
* Overrides come last, one after the other, and always win, over time off too: `remove` takes somebody out,
  `add` puts somebody in (in the place of the one removed, else at the end), whoever else is on call.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

#: What `Shift.layer` says where an override put somebody on call.
OVERRIDE = "override"
#: The holidays of a country or a part of it (`DE-BY`) in a year.
HolidaysOf = Callable[[str, int], Iterable[date]]


class Shift(NamedTuple):
    """Some people on call together from `start` up to `end`, in UTC; `layer` says which layer decided."""

    start: datetime
    end: datetime
    people: tuple[str, ...]
    layer: str


class Gap(NamedTuple):
    """Nobody on call from `start` up to `end`, in UTC; `people` were planned and are off or taken out."""

    start: datetime
    end: datetime
    people: tuple[str, ...]


class Schedule:
    """The rota of one team; immutable, equal and hashed by content. Takes aware instants, answers in UTC."""

    @classmethod
    def from_mapping(cls, document: Mapping[str, Any], *, holidays: HolidaysOf | None = None) -> "Schedule":
        """The schedule of a document.

        Raises: DeskError naming the fault, its path (`layers[0].every.unit`) in `field`.
        """
        raise NotImplementedError

    def to_mapping(self) -> dict[str, Any]:
        """The document that `from_mapping` makes an equal schedule of."""
        raise NotImplementedError

    def on_call(self, at: datetime) -> tuple[str, ...]:
        """Who is on call at an instant; empty for nobody."""
        raise NotImplementedError

    def shifts(self, start: datetime, end: datetime) -> list[Shift]:
        """Who is on call from `start` to `end`, cut there; in order, without the gaps, may be empty.

        One shift lasts while the same people are on call by the same layer, over handoffs to themselves too.
        """
        raise NotImplementedError

    def gaps(self, start: datetime, end: datetime) -> list[Gap]:
        """Where nobody is on call from `start` to `end`, cut there; in order, may be empty."""
        raise NotImplementedError

    def handoffs(self, layer: str, start: datetime, end: datetime) -> list[datetime]:
        """The instants at which a layer's rotation hands over, from `start` to `end`, both included.

        Those of the rotation alone: whether restrictions let it be seen then is not asked.

        Raises: NotFound for a layer that is not there.
        """
        raise NotImplementedError
