"""The mappings that ship with the program, and which of them a file looks like."""

from collections.abc import Iterable, Sequence

from desktop.domain.errors import DeskError, NotFound
from desktop.domain.ticket import index_of
from desktop.domain.ticket_mapping import TicketMapping
from desktop.services.shipped import shipped
from desktop.services.yaml_text import read_yaml, write_yaml


def presets() -> dict[str, TicketMapping]:
    """The shipped mappings by the short name they have on the command line.

    Raises: DeskError when the program's files are damaged.
    """
    return shipped("imports", ".yaml", "mapping", from_yaml)


def preset(name: str) -> TicketMapping:
    """A shipped mapping by its short name.

    Raises: NotFound.
    """
    found = presets()
    if name not in found:
        raise NotFound(f"There is no preset “{name}”.", hint=f"Presets are: {', '.join(found)}.")
    return found[name]


def from_yaml(text: str) -> TicketMapping:
    """A mapping from its YAML.

    Raises: DeskError naming the place of a fault.
    """
    document = read_yaml(text)
    if not isinstance(document, dict):
        raise DeskError("This is no import mapping.", hint="Save one from the import page to see its form.")
    return TicketMapping.from_mapping(document)


def to_yaml(mapping: TicketMapping) -> str:
    """A mapping as YAML."""
    return write_yaml(mapping.to_mapping())


def recognised(columns: Sequence[str], mappings: Iterable[TicketMapping]) -> TicketMapping | None:
    """The mapping a file of these columns looks made for: the one that finds most of its fields there."""
    index = index_of(columns)
    fitting = [mapping for mapping in mappings if mapping.fits(columns) and not mapping.unmapped(index)]
    return max(fitting, key=lambda mapping: _found(mapping, index), default=None)


def _found(mapping: TicketMapping, index: dict[str, int]) -> tuple[int, int]:
    return sum(bool(mapping.sources_of(key, index)) for key in mapping.rules), len(mapping.needs)
