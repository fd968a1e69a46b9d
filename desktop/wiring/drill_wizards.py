"""The wizards that make scenarios of something else: of a list of injects, of an escalation that happened."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.domain.drill_msel_check import ListMapping
from desktop.domain.drill_record import ScenarioRow
from desktop.services.desk import Desk
from desktop.services.drill_library import DrillLibrary
from desktop.services.drill_msel import MselImports, MselPreview, MselTable, MselWish
from desktop.ui.surroundings import Surroundings
from desktop.wiring.switching import operator_of

if TYPE_CHECKING:
    from desktop.ui.drill.msel_wizard import MselWizard


def msel_wizard(desk: Desk, around: Surroundings) -> "MselWizard":
    """The wizard for lists of injects."""
    from desktop.ui.drill.msel_wizard import MselWizard

    return MselWizard(DeskMsel(desk), around)


class DeskMsel:
    """Lists of injects at a desk, in the operator's name."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        library = DrillLibrary(store=desk.store, clock=desk.clock, bus=desk.bus)
        self._imports = MselImports(store=desk.store, library=library)

    def read(self, path: Path, sheet: str = "") -> MselTable:
        """All rows of a file.

        Raises: DeskError.
        """
        from desktop.adapters.msel import open_msel

        return open_msel(path, sheet)

    def mappings(self) -> Mapping[str, ListMapping]:
        """Those that were kept, by name."""
        return self._imports.mappings()

    def save_mapping(self, name: str, mapping: ListMapping) -> None:
        """Keep one under a name."""
        self._imports.save_mapping(name, mapping)

    def scenarios(self) -> tuple[ScenarioRow, ...]:
        """Those that a list can be taken onto."""
        return self._imports.scenarios()

    def preview(self, table: MselTable, wish: MselWish) -> MselPreview:
        """What would come of it."""
        return self._imports.preview(table, wish)

    def take_in(self, table: MselTable, wish: MselWish) -> str:
        """Keep it as a draft.

        Raises: DeskError; NotAllowed.
        """
        return self._imports.take_in(table, wish, operator_of(self._desk)).slug
