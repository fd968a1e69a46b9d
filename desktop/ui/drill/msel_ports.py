"""What the wizard for lists of injects asks of the desk; every call is for the worker."""

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from desktop.domain.drill_msel_check import ListMapping
from desktop.domain.drill_record import ScenarioRow
from desktop.services.drill_msel import MselPreview, MselTable, MselWish

#: What a column can be, in the order it is asked, with its words on screen.
TARGETS: tuple[tuple[str, str], ...] = (
    ("number", "Number"),
    ("title", "Title"),
    ("body", "Text"),
    ("at", "Time"),
    ("from", "From"),
    ("to", "To"),
    ("channel", "Delivered by"),
    ("expected", "Expected action"),
    ("deadline", "Deadline"),
    ("competence", "Competence"),
    ("critical", "Critical"),
    ("notes", "Notes for staff"),
    ("phase", "Phase"),
    ("type", "Type"),
    ("trigger", "Trigger"),
    ("condition", "Condition"),
    ("day", "Day of the story"),
    ("story", "Time of the story"),
    ("track", "Track"),
    ("priority", "Priority"),
    ("location", "Location"),
    ("controller", "Controller"),
    ("objectives", "Objectives"),
)
WORDS: Mapping[str, str] = dict(TARGETS)


class ImportsMsel(Protocol):
    """Lists of injects at one desk."""

    def read(self, path: Path, sheet: str = "") -> MselTable:
        """All rows of a file.

        Raises: DeskError.
        """
        ...

    def mappings(self) -> Mapping[str, ListMapping]:
        """Those that were kept, by name."""
        ...

    def save_mapping(self, name: str, mapping: ListMapping) -> None:
        """Keep one under a name."""
        ...

    def scenarios(self) -> tuple[ScenarioRow, ...]:
        """Those that a list can be taken onto."""
        ...

    def preview(self, table: MselTable, wish: MselWish) -> MselPreview:
        """What would come of it."""
        ...

    def take_in(self, table: MselTable, wish: MselWish) -> str:
        """Keep it as a draft; gives its short name.

        Raises: DeskError; NotAllowed.
        """
        ...
