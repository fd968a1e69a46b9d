"""Views of the board that are saved under a name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from desktop.domain.board import SORTS, TIME_LEFT
from desktop.domain.board_filter import BoardFilter

DENSITIES = ("compact", "normal", "comfortable")


@dataclass(frozen=True, slots=True)
class SavedView:
    """What a person wants to see, and how.

    `filter` is a BoardFilter as plain values, in which *mine* means whoever opens it. An empty `density`
    leaves that of the desk. Shipped views have negative ids and cannot be changed.
    """

    id: int
    name: str
    filter: Mapping[str, Any] = field(default_factory=dict)
    order: str = TIME_LEFT
    descending: bool | None = None
    density: str = ""
    is_table: bool = False

    @property
    def is_shipped(self) -> bool:
        """Whether the view came with the program."""
        return self.id < 0

    def board_filter(self, operator_id: int | None) -> BoardFilter:
        """The filter for the person who opens the view."""
        return BoardFilter.from_mapping(self.filter, operator_id)

    def to_mapping(self) -> dict[str, Any]:
        """The view without id and name, as plain JSON values."""
        return {
            "filter": dict(self.filter),
            "order": self.order,
            "descending": self.descending,
            "density": self.density,
            "is_table": self.is_table,
        }

    @classmethod
    def from_mapping(cls, view_id: int, name: str, body: Mapping[str, Any]) -> "SavedView":
        """The view again; what is missing or not known to this version gets its default."""
        wanted, descending, density = body.get("filter"), body.get("descending"), body.get("density")
        order = str(body.get("order", TIME_LEFT))
        return cls(
            view_id,
            name,
            wanted if isinstance(wanted, dict) else {},
            order if order in SORTS else TIME_LEFT,
            descending if isinstance(descending, bool) else None,
            density if density in DENSITIES else "",
            body.get("is_table") is True,
        )


#: The views that come with the program.
SHIPPED = (
    SavedView(-1, "My desk", {"mine": True}),
    SavedView(-2, "Triage", {"states": ["new", "triaged"]}),
    SavedView(-3, "Breaching ≤ 1 h", {"due_within_min": 60}),
    SavedView(-4, "Standing > 24 h", {"standing_h": 24}, order="age"),
    SavedView(-5, "Snoozed", {"snoozed": True}),
    SavedView(-6, "Waiting on customer", {"waiting": True}),
)
