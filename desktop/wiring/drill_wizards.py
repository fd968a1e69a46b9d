"""The wizards that make scenarios of something else: of a list of injects, of an escalation that happened."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.domain.drill_msel_check import ListMapping
from desktop.domain.drill_record import ScenarioRow
from desktop.options import local_zone
from desktop.services.desk import Desk
from desktop.services.drill_file import read_text
from desktop.services.drill_from_escalation import Built, DrillFromEscalation, Material
from desktop.services.drill_library import DrillLibrary
from desktop.services.drill_msel import MselImports, MselPreview, MselTable, MselWish
from desktop.services.drill_past import PastReading
from desktop.ui.drill.from_ports import Begun, Candidate
from desktop.ui.surroundings import Surroundings
from desktop.wiring.switching import operator_of

if TYPE_CHECKING:
    from desktop.ui.drill.from_escalation import FromEscalation
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


def from_escalation(desk: Desk, around: Surroundings, escalation_id: int = 0) -> "FromEscalation":
    """The wizard for escalations that happened; 0 lets the person choose one."""
    from desktop.ui.drill.from_escalation import FromEscalation

    return FromEscalation(DeskPast(desk), around, escalation_id)


def recheck(desk: Desk, text: str) -> None:
    """Search the text of a scenario for names of the escalation it was made from.

    Raises: DeskError when more of them is found than somebody has answered for.
    """
    scenario = read_text(text).scenario
    if scenario is not None:
        _service(desk).recheck(scenario)


def _service(desk: Desk) -> DrillFromEscalation:
    reading = PastReading(store=desk.store, details=desk.escalations.details, policy=desk.policy)
    library = DrillLibrary(store=desk.store, clock=desk.clock, bus=desk.bus)
    return DrillFromEscalation(reading=reading, library=library, clock=desk.clock)


class DeskPast:
    """Drills made of a desk's own escalations, in the operator's name."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._service = _service(desk)

    def candidates(self) -> tuple[Candidate, ...]:
        """The escalations there are, the newest first."""
        return tuple(Candidate(*each) for each in self._service.candidates())

    def begin(self, escalation_id: int) -> Begun:
        """Read one.

        Raises: NotFound; NotAllowed.
        """
        by = operator_of(self._desk)
        zone = self._desk.settings.current.zone or local_zone()
        return Begun(self._service.read(escalation_id, by, zone), by.name)

    def build(self, material: Material) -> Built:
        """What comes of it."""
        return self._service.build(material)

    def create(self, material: Material, built: Built) -> str:
        """Sign the search and keep the draft.

        Raises: DeskError; NotAllowed.
        """
        by = operator_of(self._desk)
        signature = self._service.sign(material, built, by, len(built.leftovers))
        return self._service.create(material, built, signature, by).slug
