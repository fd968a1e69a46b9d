"""What the board remembers over a restart."""

import json
from dataclasses import dataclass, field
from typing import Any

from desktop.domain.board import SORTS, TIME_LEFT


@dataclass(frozen=True, slots=True)
class BoardState:
    """Filter, order, layout, the current card, and the widths of the table's columns."""

    filter: dict[str, Any] = field(default_factory=dict)
    order: str = TIME_LEFT
    descending: bool = False
    is_table: bool = False
    current: int = 0
    columns: str = ""

    def to_text(self) -> str:
        """As one short text."""
        body = {name: getattr(self, name) for name in self.__slots__}
        return json.dumps(body, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_text(cls, text: str | None) -> "BoardState":
        """The state again; what is damaged or unknown gets its default."""
        try:
            body = json.loads(text or "{}")
        except ValueError:
            return cls()
        if not isinstance(body, dict):
            return cls()
        wanted, order, current = body.get("filter"), body.get("order"), body.get("current")
        return cls(
            wanted if isinstance(wanted, dict) else {},
            order if order in SORTS else TIME_LEFT,
            body.get("descending") is True,
            body.get("is_table") is True,
            current if isinstance(current, int) else 0,
            str(body.get("columns") or ""),
        )
