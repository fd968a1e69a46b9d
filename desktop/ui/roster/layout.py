"""Where everything of the plan stands: rows below one another, time from left to right."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF

from desktop.ui.roster.period import Period
from desktop.ui.roster.rows import Bar, Kind, Row

_HEIGHTS = {Kind.FINAL: 40, Kind.PERSON: 30, Kind.LAYER: 28}
_HEAD, _SECTION, _NAMES, _NAMES_NARROW = 38, 20, 176, 122
_NARROW_BELOW = 900
#: What stands above the rows of a kind.
TITLES = {Kind.PERSON: "People", Kind.LAYER: "Layers by themselves, highest first"}


class Place(NamedTuple):
    """A row and where it stands."""

    row: Row
    top: int
    height: int


class Layout:
    """The places of all rows at one width and size of text; `y` is before scrolling."""

    def __init__(self, rows: Sequence[Row], period: Period, width: int, scale: float) -> None:
        self.period = period
        self.width = width
        self.head = round(_HEAD * scale)
        self.names = round((_NAMES if width >= _NARROW_BELOW * scale else _NAMES_NARROW) * scale)
        self.section = round(_SECTION * scale)
        self.places: list[Place] = []
        self.titles: list[tuple[str, int]] = []
        top = self.head + round(6 * scale)
        kind = Kind.FINAL
        for row in rows:
            if row.kind != kind:
                kind = row.kind
                self.titles.append((TITLES[kind], top + round(4 * scale)))
                top += self.section + round(6 * scale)
            height = round(_HEIGHTS[row.kind] * scale)
            self.places.append(Place(row, top, height))
            top += height
        self.height = top + round(8 * scale)
        self._boxes: dict[str, list[tuple[QRectF, Bar]]] = {}
        self._span_us = period.end_us - period.start_us
        self._room = max(width - self.names - 6, 1)

    def x_of(self, at_us: int) -> float:
        """Where an instant stands; beyond the ends what is out of sight."""
        return self.names + (at_us - self.period.start_us) / self._span_us * self._room

    def time_at(self, x: float) -> int:
        """The instant below a place, within the period."""
        share = min(max((x - self.names) / self._room, 0.0), 1.0)
        return self.period.start_us + round(share * self._span_us)

    def row_at(self, y: float) -> int:
        """The row at a height; -1 for none."""
        found = (at for at, place in enumerate(self.places) if place.top <= y < place.top + place.height)
        return next(found, -1)

    def boxes(self, place: Place) -> list[tuple[QRectF, Bar]]:
        """Where the bars of a row stand, those in sight; worked out once."""
        found = self._boxes.get(place.row.key)
        if found is None:
            start, end = self.period.start_us, self.period.end_us
            bars = (bar for bar in place.row.bars if bar.end_us > start and bar.start_us < end)
            found = self._boxes[place.row.key] = [(self._box(place, bar), bar) for bar in bars]
        return found

    def _box(self, place: Place, bar: Bar) -> QRectF:
        whole = self.span_box(place, bar.start_us, bar.end_us)
        height = whole.height() / bar.lanes
        return QRectF(whole.left(), whole.top() + bar.lane * height, whole.width(), height)

    def span_box(self, place: Place, start_us: int, end_us: int) -> QRectF:
        """Where a stretch of a row stands."""
        left = self.x_of(max(start_us, self.period.start_us))
        right = self.x_of(min(end_us, self.period.end_us))
        return QRectF(left, place.top + 2, max(right - left - 1, 2), place.height - 4)
