"""Teams: who works together, where, when, and who leads them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Team:
    """One team; `working_hours` are those of its people who have none of their own (`working_hours`)."""

    id: int
    name: str
    zone: str = "UTC"
    lead_id: int | None = None
    working_hours: str = ""
