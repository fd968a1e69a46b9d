"""A mapping as a person writes it: one entry to a line, "title: alert.name"; lists of words with commas."""

from collections.abc import Mapping
from typing import Any

from desktop.domain.errors import DeskError
from desktop.domain.signal_mapping import SignalMapping

_LISTS = frozenset({"resolve_when", "ignore_when", "acknowledge_when", "nested_json"})
HINT = (
    "One line each: title, key, state, severity, details, customer, reference, reporter or occurred_at"
    " with a path; resolve_when, ignore_when or acknowledge_when with words."
)


def as_text(mapping: Mapping[str, Any] | None) -> str:
    """The lines of a mapping."""
    return "\n".join(
        f"{name}: {', '.join(map(str, value)) if isinstance(value, list | tuple) else value}"
        for name, value in (mapping or {}).items()
    )


def as_mapping(text: str) -> dict[str, Any] | None:
    """The mapping of such lines, None for none.

    Raises: DeskError for a line that says nothing, or an entry that is at fault.
    """
    document: dict[str, Any] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        name, colon, value = line.partition(":")
        if not colon:
            raise DeskError(f"“{line[:60]}” has no colon.", field="mapping", hint="Write: title: alert.name")
        words = [word.strip() for word in value.split(",") if word.strip()]
        document[name.strip()] = words if name.strip() in _LISTS else value.strip()
    if not document:
        return None
    try:
        SignalMapping.from_mapping(document)
    except DeskError as fault:
        raise DeskError(fault.message, field="mapping", hint=fault.hint) from None
    return document
