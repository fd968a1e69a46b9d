"""What the page of the load asks of the desk; every call is for the worker and in the operator's name."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from desktop.domain.person import Person
from desktop.services.load import PersonLoad, TeamWeek


@dataclass(frozen=True, slots=True)
class LoadFound:
    """The load of oneself, for leads of everybody by name; and the sums of all, which anybody may see."""

    operator: Person | None = None
    is_lead: bool = False
    loads: tuple[PersonLoad, ...] = ()
    team: tuple[TeamWeek, ...] = ()


class ReadsLoad(Protocol):
    """The load of one desk."""

    def found(self, weeks: int) -> LoadFound:
        """The last weeks, this one included."""
        ...

    def export(self, weeks: int, target: Path) -> Path:
        """Write the sums of all as CSV, without names.

        Raises: DeskError when it cannot be written.
        """
        ...
