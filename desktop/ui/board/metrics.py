"""Where everything stands on a card, for a density, a width and a size of text."""

from enum import StrEnum
from typing import NamedTuple


class Density(StrEnum):
    """How close the cards are."""

    COMPACT = "compact"
    NORMAL = "normal"
    COMFORTABLE = "comfortable"


#: Heights of a row, the gap to the next card within it, at the 100 % text size: five lines want air.
_ROW = {Density.COMPACT: 44, Density.NORMAL: 98, Density.COMFORTABLE: 122}
_GAP = {Density.COMPACT: 4, Density.NORMAL: 7, Density.COMFORTABLE: 8}
#: Baselines from the top of the card: header, title, its second line, customer, word, time. 0: no such line.
_BASELINES = {
    (Density.COMPACT, False): (11.5, 24, 0, 24, 36, 36),
    (Density.COMPACT, True): (15.5, 15.5, 0, 32, 32, 32),
    (Density.NORMAL, False): (17.5, 34.5, 0, 50.5, 67, 83),
    (Density.NORMAL, True): (20, 40, 0, 59, 78, 78),
    (Density.COMFORTABLE, False): (18, 35.5, 51, 67.5, 85, 102),
    (Density.COMFORTABLE, True): (20.5, 41, 57.5, 77, 98, 98),
}
_OWNER = {Density.COMPACT: 16, Density.NORMAL: 22, Density.COMFORTABLE: 24}
_WIDE_FROM = {Density.COMPACT: 300, Density.NORMAL: 236, Density.COMFORTABLE: 236}

_LEFT = 17  # behind the widest strip, so that the text of all cards stands in one line
_TIGHT_BELOW = 175
SIDE = 4  # room at the sides of a card for the focus ring outside it
STRIP_WIDTHS = (6, 6, 8, 10, 12)


class CardMetrics(NamedTuple):
    """One card: `width` × `height` in pixels at its place in a row of `row_height`.

    Baselines count from the top of the card; `title_2` is 0 where a title has one line. `is_wide` cards say
    word and time on one line.
    """

    density: Density
    scale: float
    width: int
    height: int
    row_height: int
    is_wide: bool
    left: int
    right: int
    number: int
    title_1: int
    title_2: int
    customer: int
    word: int
    time: int
    severity: int
    owner: int

    @property
    def is_tight(self) -> bool:
        """Whether every pixel beside the number counts."""
        return self.width < _TIGHT_BELOW * self.scale

    @property
    def time_right(self) -> int:
        """Where the time must end: at the owner, unless a narrow compact card has its owner a line above."""
        is_free = self.density is Density.COMPACT and not self.is_wide
        return self.right if is_free else self.right - self.owner - 4

    @property
    def top(self) -> int:
        """From the top of the row to the card."""
        return (self.row_height - self.height) // 2

    @classmethod
    def of(cls, density: Density, view_width: int, scale: float) -> "CardMetrics":
        """The metrics for a lane of that width; scale 1.0 is the 100 % text size."""
        row = row_height(density, scale)
        width = max(view_width - 2 * SIDE, 60)
        is_wide = width >= _WIDE_FROM[density] * scale
        number, title_1, title_2, customer, word, time = (
            round(at * scale) for at in _BASELINES[(density, is_wide)]
        )
        return cls(
            density=density,
            scale=scale,
            width=width,
            height=row - round(_GAP[density] * scale),
            row_height=row,
            is_wide=is_wide,
            left=_LEFT,
            right=width - 7,
            number=number,
            title_1=title_1,
            title_2=title_2,
            customer=customer,
            word=word,
            time=time,
            severity=round((14 if density is Density.COMPACT else 17) * scale),
            owner=round((_OWNER[density] - (2 if width < _TIGHT_BELOW * scale else 0)) * scale),
        )


def row_height(density: Density, scale: float) -> int:
    """The fixed height of every row of a lane."""
    return round(_ROW[density] * scale)
