"""Cards for tests that ask what may be done to them."""

from typing import Any

from desktop.domain.board import BoardRow


def a_card(card_id: int, **fields: Any) -> BoardRow:
    """A new card with nothing on it but what the fields say."""
    empty = {name: 0 if kind in (int, bool) else "" for name, kind in BoardRow.__annotations__.items()}
    return BoardRow(**(empty | {"id": card_id, "state": "new"} | fields))
