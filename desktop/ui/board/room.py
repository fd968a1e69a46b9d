"""How the lanes share the width of the board."""

from collections.abc import Iterable

STRIP_WIDTH = 40  # of a lane without room for cards
MARGINS = (6, 2, 6, 0)  # around all lanes
LANE_MARGINS = (2, 4, 2, 0)  # around one of them
LANE_SPACING = 2  # below its heading
_NARROWEST = 165  # a lane's least width at the 100 % text size
#: Which lanes give way first where there is no room.
GIVE_WAY = ("resolved", "contained", "new", "triaged", "acknowledged", "working")


def collapsed(width: int, scale: float, giving_way: Iterable[str]) -> frozenset[str]:
    """The lanes for whose cards that width has no room; `giving_way` are all lanes, the first to go first."""
    states = tuple(giving_way)
    narrowest, strip = round(_NARROWEST * scale), strip_width(scale) + 4
    fits = (width - 12 - strip * len(states)) // (narrowest - strip)
    return frozenset(states[: max(len(states) - max(fits, 1), 0)])


def strip_width(scale: float) -> int:
    """How wide a collapsed lane is at that text size."""
    return round(STRIP_WIDTH * max(scale, 1.0))
