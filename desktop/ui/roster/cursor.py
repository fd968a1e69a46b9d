"""The time a person has marked on one row of the plan, moved by shifts and by days."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.ui.roster.rows import Row


@dataclass(frozen=True, slots=True)
class Cursor:
    """A stretch of one row; `anchor` is where marking it began, `head` where it goes on."""

    row: int
    anchor: tuple[int, int]
    head: tuple[int, int]

    @classmethod
    def at(cls, row: int, span: tuple[int, int]) -> "Cursor":
        """One stretch, marked anew."""
        return cls(row, span, span)

    @property
    def start_us(self) -> int:
        return min(self.anchor[0], self.head[0])

    @property
    def end_us(self) -> int:
        return max(self.anchor[1], self.head[1])

    @property
    def span(self) -> tuple[int, int]:
        return self.start_us, self.end_us

    def moved(self, edges: Sequence[int], by: int, *, extends: bool) -> "Cursor | None":
        """The stretch between two edges before or after this one; None where that is out of sight."""
        found = _neighbour(edges, self.head, by)
        if found is None:
            return None
        return replace(self, head=found) if extends else Cursor.at(self.row, found)


def slot_at(edges: Sequence[int], at_us: int) -> tuple[int, int]:
    """The stretch between two edges that an instant lies in; the first or last one beyond them."""
    place = min(max(bisect_right(edges, at_us), 1), len(edges) - 1)
    return edges[place - 1], edges[place]


def on_row(rows: Sequence[Row], place: int, at_us: int) -> Cursor:
    """The slot of a row at an instant."""
    return Cursor.at(place, slot_at(rows[place].edges, at_us))


def _neighbour(edges: Sequence[int], head: tuple[int, int], by: int) -> tuple[int, int] | None:
    place = bisect_left(edges, head[1]) if by > 0 else bisect_right(edges, head[0]) - 2
    return (edges[place], edges[place + 1]) if 0 <= place < len(edges) - 1 else None
