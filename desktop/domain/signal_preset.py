"""Mappings with a name: those shipped for known tools, and those a person keeps."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from desktop.domain.errors import DeskError
from desktop.domain.signal_mapping import SignalMapping
from desktop.domain.signal_path import Path, path_of
from desktop.domain.signal_type import Json

FORMAT = "escalation-desk-signals/1"
_TEXTS = ("name", "about")
_KNOWN = frozenset({"format", "name", "about", "recognised_by", "mapping"})


@dataclass(frozen=True, slots=True)
class SignalPreset:
    """One mapping for `generic` and what it is for; a body with all the paths of `needs` is of that tool."""

    name: str
    mapping: SignalMapping
    about: str = ""
    needs: tuple[Path, ...] = ()

    @classmethod
    def from_mapping(cls, document: Mapping[str, Any]) -> "SignalPreset":
        """The preset of a document, in the form `to_mapping` gives.

        Raises: DeskError with the faulty entry as `field`.
        """
        if document.get("format") != FORMAT:
            raise DeskError(f"This is no signal mapping: its format is not {FORMAT}.", field="format")
        unknown = sorted(set(document) - _KNOWN)
        if unknown:
            raise DeskError(f"A signal mapping has no {unknown[0]!r}.", field=unknown[0])
        name, about = (_text(document, entry) for entry in _TEXTS)
        if not name:
            raise DeskError("The signal mapping has no name.", field="name", hint="Name the tool.")
        needs = document.get("recognised_by", [])
        if not isinstance(needs, list) or not all(isinstance(need, str) for need in needs):
            raise DeskError("recognised_by is a list of paths.", field="recognised_by")
        return cls(name, _mapping(document.get("mapping")), about, tuple(map(path_of, needs)))

    def to_mapping(self) -> dict[str, Any]:
        """The preset as a document of plain texts and lists."""
        return {
            "format": FORMAT,
            "name": self.name,
            "about": self.about,
            "recognised_by": [path.text for path in self.needs],
            "mapping": self.mapping.to_mapping(),
        }

    def fits(self, value: Json) -> bool:
        """Whether the JSON value of a body looks like one of this tool."""
        value = self.mapping.opened(value)
        return bool(self.needs) and all(path.first(value) is not None for path in self.needs)


def _text(document: Mapping[str, Any], entry: str) -> str:
    value = document.get(entry, "")
    if not isinstance(value, str):
        raise DeskError(f"{entry} is not a text.", field=entry)
    return " ".join(value.split())


def _mapping(document: object) -> SignalMapping:
    if not isinstance(document, Mapping):
        raise DeskError("The mapping names no paths.", field="mapping")
    try:
        return SignalMapping.from_mapping(document)
    except DeskError as fault:
        raise DeskError(fault.message, field=f"mapping.{fault.field}", hint=fault.hint) from None
