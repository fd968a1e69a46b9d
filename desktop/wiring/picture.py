"""The first picture of a desk, from a first look at its file."""

import json

from db.first_look import FirstLook
from desktop.domain.board import TIME_LEFT
from desktop.ui.board.look import BoardLook
from desktop.ui.board.metrics import Density
from desktop.ui.first_picture import FirstPicture
from desktop.ui.theme import Theme


def density_of(look: FirstLook | None) -> Density:
    """The density the person chose."""
    stored = look.settings.get("density") if look is not None else None
    return next((density for density in Density if density == stored), Density.NORMAL)


def picture_of(look: FirstLook | None, theme: Theme, now_us: int) -> FirstPicture:
    """The picture for a window."""
    cards = BoardLook(theme, density_of(look))
    cards.now_us = now_us
    picture = FirstPicture(look.rows if look is not None and _shows_lanes(look) else None, cards)
    cards.setParent(picture)
    return picture


def _shows_lanes(look: FirstLook) -> bool:
    """Whether the board was left with lanes of all cards in their usual order."""
    try:
        kept = json.loads(look.ui.get("board", "{}"))
    except ValueError:
        return True
    return not isinstance(kept, dict) or not (
        kept.get("filter") or kept.get("is_table") or kept.get("order", TIME_LEFT) != TIME_LEFT
    )
