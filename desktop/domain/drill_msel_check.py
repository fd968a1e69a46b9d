"""Looks through a list of injects row by row before it is taken in: what is wrong, and what is odd."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from desktop.domain.drill_msel import Columns, fits, recognise
from desktop.domain.drill_msel_import import Wanted
from desktop.domain.drill_msel_time import Stamp, read_stamp, resolve
from desktop.domain.drill_msel_values import inject_id, listed, one_line

Row = tuple[int, tuple[str, ...]]
_MOST_PREAMBLE = 40
_SAMPLES = 3


@dataclass(frozen=True, slots=True)
class ListMapping:
    """How a list is to be read: which column is what, how times are meant, when the story begins.

    `columns` is target to heading; a target with an empty heading is not in the list.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    times: str = ""
    start: datetime | None = None
    title: str = ""

    def wanted(self) -> Wanted:
        """As the import takes it."""
        return Wanted(self.times, self.start, self.title, {k: v for k, v in self.columns.items() if v})


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong or odd in a row; an error leaves the row out. `target` is the column at fault."""

    row: int
    target: str
    text: str
    value: str
    is_error: bool


@dataclass(frozen=True, slots=True)
class Looked:
    """What a list comes to: its rows that can be taken, with what is wrong, and the rows that are no injects.

    `short` are times that can be read in two ways, `needs_start` that times of day were given without a day.
    """

    columns: Columns
    rows: tuple[Row, ...]
    faults: tuple[RowFault, ...]
    sections: tuple[Row, ...]
    preamble: tuple[Row, ...]
    ids: tuple[str, ...]
    roles: tuple[str, ...]
    short: tuple[str, ...]
    needs_start: bool

    @property
    def good(self) -> tuple[Row, ...]:
        """The rows without an error."""
        bad = {fault.row for fault in self.faults if fault.is_error}
        return tuple(row for row in self.rows if row[0] not in bad)


def heading_at(rows: Sequence[Row], names: Collection[str] = ()) -> int | None:
    """Which of the first rows looks most like the heading; None where none does."""
    best, found = 0, None
    for at, (_, cells) in enumerate(rows[:_MOST_PREAMBLE]):
        score = fits(cells) + sum(name in cells for name in names if name)
        if score > best:
            best, found = score, at
    return found


def columns_of(header: Sequence[str], mapping: ListMapping) -> Columns:
    """Which column is what: as the mapping says, else by name."""
    found = recognise(header, {k: v for k, v in mapping.columns.items() if v})
    left_out = {target for target, name in mapping.columns.items() if not name}
    at = {target: place for target, place in found.at.items() if target not in left_out}
    freed = tuple(found.at[target] for target in left_out if target in found.at)
    guessed = tuple(each for each in found.guessed if each not in mapping.columns)
    return replace(found, at=at, guessed=guessed, kept=tuple(sorted((*found.kept, *freed))))


def samples(rows: Sequence[Row], place: int) -> tuple[str, ...]:
    """The first different texts of a column."""
    found = (one_line(cells[place]) for _, cells in rows if place < len(cells))
    return tuple(dict.fromkeys(text for text in found if text))[:_SAMPLES]


def look_through(
    rows: Sequence[Row],
    header_at: int,
    mapping: ListMapping,
    *,
    fixes: Mapping[tuple[int, str], str] | None = None,
    roles: Collection[str] = (),
    phases: Collection[str] = (),
) -> Looked:
    """Every row below a heading; `fixes` are texts put in by hand, by row and target.

    With `roles` and `phases` of a scenario there is already, others than these are odd.
    """
    columns = columns_of(rows[header_at][1], mapping)
    below, sections = [], []
    for row in rows[header_at + 1 :]:
        filled = [text for text in row[1] if text.strip()]
        if len(filled) == 1 and len(columns.at) > 2:
            sections.append(row)
        elif filled:
            below.append(_fixed(row, columns, fixes or {}))
    looking = _Looking(columns, below, mapping, roles, phases)
    faults = sorted(looking.faults(), key=lambda each: (each.row, not each.is_error))
    return Looked(
        columns=columns, rows=tuple(below), faults=tuple(faults), sections=tuple(sections),
        preamble=tuple(rows[:header_at]), ids=looking.ids, roles=looking.named_roles, short=looking.short,
        needs_start=looking.needs_start,
    )  # fmt: skip


class _Looking:
    def __init__(
        self,
        columns: Columns,
        rows: Sequence[Row],
        mapping: ListMapping,
        roles: Collection[str],
        phases: Collection[str],
    ) -> None:
        self._columns = columns
        self._rows = rows
        self._roles = {each.casefold() for each in roles}
        self._phases = {each.casefold() for each in phases}
        times = mapping.times or ("elapsed" if columns.dialect == "own" else "")
        self._stamps = [self._stamp(row) for row in rows]
        self._seconds, _, _ = resolve(self._stamps, times=times, start=mapping.start)
        short = (
            self._cell(row, "at")
            for row, stamp in zip(rows, self._stamps, strict=True)
            if stamp and stamp.short
        )
        self.short = tuple(dict.fromkeys(short))[:_SAMPLES] if columns.dialect != "own" else ()
        has_day = any(stamp and stamp.moment for stamp in self._stamps)
        self.needs_start = mapping.start is None and not has_day
        self.ids = tuple(inject_id(self._cell(row, "number"), n) for n, row in enumerate(rows, start=1))
        named = (each for row in rows for each in listed(self._cell(row, "to")))
        self.named_roles = tuple(dict.fromkeys(named))

    def faults(self) -> Iterator[RowFault]:
        last_s, met = 0, dict[str, int]()
        for row, name, stamp, seconds in zip(self._rows, self.ids, self._stamps, self._seconds, strict=True):
            yield from self._errors(row, stamp)
            if name in met:
                said = self._cell(row, "number") or name
                yield self._odd(row, "number", f"The number {said} stands in row {met[name]} too.")
            met.setdefault(name, row[0])
            if seconds is not None and 0 <= seconds < last_s:
                yield self._odd(row, "at", "It comes before the row above it.")
            last_s = max(last_s, seconds or 0)
            yield from self._unknown(row)

    def _errors(self, row: Row, stamp: Stamp | None) -> Iterator[RowFault]:
        if not self._cell(row, "title") and not self._cell(row, "body"):
            yield RowFault(row[0], "title", "It has neither title nor text.", "", is_error=True)
        time = self._cell(row, "at")
        if time and stamp is None and not time.startswith("after "):
            yield RowFault(row[0], "at", f"The time “{time[:40]}” cannot be read.", time, is_error=True)
        if self._cell(row, "story") and not self._cell(row, "day") and not time:
            text = "A time of the story says little without its day."
            yield RowFault(row[0], "day", text, "", is_error=True)

    def _unknown(self, row: Row) -> Iterator[RowFault]:
        for title in listed(self._cell(row, "to")) if self._roles else ():
            if title.casefold() not in self._roles:
                yield self._odd(row, "to", f"The scenario has no role “{title[:40]}” yet: it gets one.")
        phase = self._cell(row, "phase")
        if self._phases and phase and phase.casefold() not in self._phases:
            yield self._odd(row, "phase", f"The scenario has no phase “{phase[:40]}” yet: it gets one.")

    def _odd(self, row: Row, target: str, text: str) -> RowFault:
        return RowFault(row[0], target, text, self._cell(row, target), is_error=False)

    def _stamp(self, row: Row) -> Stamp | None:
        text = self._cell(row, "at")
        return None if not text or text.startswith("after ") else read_stamp(text)

    def _cell(self, row: Row, target: str) -> str:
        place = self._columns.at.get(target)
        return row[1][place].strip() if place is not None and place < len(row[1]) else ""


def _fixed(row: Row, columns: Columns, fixes: Mapping[tuple[int, str], str]) -> Row:
    cells = list(row[1])
    for (number, target), text in fixes.items():
        place = columns.at.get(target)
        if number == row[0] and place is not None:
            cells.extend([""] * (place + 1 - len(cells)))
            cells[place] = text
    return row[0], tuple(cells)
