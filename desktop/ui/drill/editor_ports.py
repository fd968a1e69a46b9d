"""What the editor of scenarios asks of the desk; every call is for the worker and in the operator's name."""

from dataclasses import dataclass
from typing import Protocol

from desktop.domain.drill_record import ScenarioVersion

Choice = tuple[str, str]


@dataclass(frozen=True, slots=True)
class DeskWords:
    """The desk's own vocabulary, each word with its key; playbooks are (key, title, published version)."""

    areas: tuple[Choice, ...] = ()
    tiers: tuple[Choice, ...] = ()
    types: tuple[Choice, ...] = ()
    playbooks: tuple[tuple[str, str, int], ...] = ()


class KeepsScenario(Protocol):
    """Keeps the drafts of scenarios."""

    def words(self) -> DeskWords:
        """What areas, tiers, types and playbooks there are."""
        ...

    def open(self, slug: str) -> ScenarioVersion:
        """The draft of a scenario, begun where there is none."""
        ...

    def save(self, slug: str, text: str, edition: int) -> ScenarioVersion:
        """Keep a draft. Raises: Conflict when somebody saved since that edition."""
        ...

    def publish(self, slug: str, note: str) -> ScenarioVersion:
        """Make the draft the version that is played."""
        ...

    def discard(self, slug: str) -> None:
        """Throw the draft away."""
        ...
