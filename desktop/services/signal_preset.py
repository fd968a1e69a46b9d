"""Signal mappings that ship with the program or are kept as files, and which of them a body looks like."""

from collections.abc import Iterable
from pathlib import Path

from desktop.domain.errors import DeskError
from desktop.domain.signal_preset import SignalPreset
from desktop.domain.signal_type import Json
from desktop.services.shipped import shipped
from desktop.services.yaml_text import read_yaml, write_yaml

_LARGEST = 1 << 20


def presets() -> dict[str, SignalPreset]:
    """The shipped mappings by their short names.

    Raises: DeskError when the program's files are damaged.
    """
    return shipped("signals", ".yaml", "mapping", from_yaml)


def from_yaml(text: str) -> SignalPreset:
    """A mapping from its YAML.

    Raises: DeskError naming the place of a fault.
    """
    document = read_yaml(text)
    if not isinstance(document, dict):
        raise DeskError("This is no signal mapping.", hint="Save one with a source to see its form.")
    return SignalPreset.from_mapping(document)


def to_yaml(preset: SignalPreset) -> str:
    """A mapping as YAML."""
    return write_yaml(preset.to_mapping())


def load(path: Path) -> SignalPreset:
    """A mapping from a file.

    Raises: DeskError.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise DeskError(f"{path.name} is too large for a mapping.", hint="Is it the right file?")
        return from_yaml(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise DeskError(f"{path.name} is no text in UTF-8.", hint="Is it the right file?") from None
    except OSError as error:
        raise DeskError(f"{path.name} cannot be read: {error.strerror or error}.") from error


def save(path: Path, preset: SignalPreset) -> None:
    """Write a mapping into a file.

    Raises: DeskError.
    """
    try:
        path.write_text(to_yaml(preset), encoding="utf-8")
    except OSError as error:
        raise DeskError(
            f"{path.name} cannot be written: {error.strerror or error}.", hint="Choose another folder."
        ) from error


def recognised(value: Json, known: Iterable[SignalPreset]) -> SignalPreset | None:
    """The mapping that the JSON value of a body looks made for: the one that asks most of it."""
    fitting = [preset for preset in known if preset.fits(value)]
    return max(fitting, key=lambda preset: len(preset.needs), default=None)
