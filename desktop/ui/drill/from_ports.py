"""What the wizard for past escalations asks of the desk; every call is for the worker."""

from typing import NamedTuple, Protocol

from desktop.services.drill_from_escalation import Built, Material


class Candidate(NamedTuple):
    """An escalation that a drill can be made of."""

    id: int
    number: str
    title: str


class Begun(NamedTuple):
    """An escalation as it was read, and who will sign."""

    material: Material
    signer: str


class MakesDrills(Protocol):
    """Makes drills of the escalations of one desk."""

    def candidates(self) -> tuple[Candidate, ...]:
        """The escalations there are, the newest first."""
        ...

    def begin(self, escalation_id: int) -> Begun:
        """Read one.

        Raises: NotFound; NotAllowed.
        """
        ...

    def build(self, material: Material) -> Built:
        """What comes of it.

        Raises: DeskError when nothing is left to play.
        """
        ...

    def create(self, material: Material, built: Built) -> str:
        """Sign the search in the operator's name and keep the draft; gives its short name.

        Raises: DeskError; NotAllowed.
        """
        ...
