"""What the desk would make of a sample, and the places in it that a mapping can name."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from desktop.domain.errors import DeskError
from desktop.domain.signal import Signal, parse
from desktop.domain.signal_body import read_body
from desktop.domain.signal_mapping import SampleRow, SignalMapping
from desktop.domain.signal_path import child
from desktop.domain.signal_preset import SignalPreset
from desktop.domain.signal_table import read_table, table_type
from desktop.domain.signal_type import Json
from desktop.domain.source import SourceKind
from desktop.services.signal_preset import recognised

#: Kinds whose bodies are read by a mapping.
MAPPED = frozenset(
    {
        SourceKind.GENERIC,
        SourceKind.ZENDESK,
        SourceKind.JIRA,
        SourceKind.ZAMMAD,
        SourceKind.FRESHDESK,
        SourceKind.FOLDER,
    }
)
_MOST_SHOWN = 5
_LONGEST_SHOWN = 300
_HEAD = 65_536


@dataclass(frozen=True, slots=True)
class Trial:
    """What comes of a sample in words, or why it cannot be read and where; `name` the tool it looks like."""

    rows: tuple[SampleRow, ...] = ()
    outcome: str = ""
    fault: str = ""
    path: str = ""
    name: str = ""


def tried(
    kind: SourceKind,
    sample: str,
    mapping: Mapping[str, Any] | None,
    separator_of: Callable[[str], str],
    known: Iterable[SignalPreset] = (),
) -> Trial:
    """Read a sample as the desk would read it when it came from a source of this kind."""
    body = sample.encode("utf-8", "replace")
    is_table = kind is SourceKind.FOLDER and not sample.lstrip().startswith(("{", "["))
    if is_table:
        separator = separator_of(sample[:_HEAD])
        rows, name = _columns(sample, separator, is_mapped=mapping is not None), ""
    else:
        separator = ""
        rows, name = _places(kind, body, mapping, known)
    try:
        if is_table:
            signals = read_table(body, table_type("utf-8", separator), mapping)
        else:
            used = SourceKind.GENERIC if kind is SourceKind.FOLDER else kind
            signals = parse(used.value, body, mapping)
    except DeskError as fault:
        return Trial(rows, fault=str(fault), path=fault.field, name=name)
    return Trial(rows, outcome=_words(signals), name=name)


def _places(
    kind: SourceKind, body: bytes, mapping: Mapping[str, Any] | None, known: Iterable[SignalPreset]
) -> tuple[tuple[SampleRow, ...], str]:
    """The places of a body, of a list those of its first entry, as the paths of a mapping begin there."""
    try:
        value: Json = read_body(body)
        if isinstance(value, list) and value and kind in (SourceKind.GENERIC, SourceKind.FOLDER):
            value = value[0]
        found = recognised(value, known)
        nested = {"nested_json": (mapping or {}).get("nested_json", [])}
        rows = SignalMapping.from_mapping(nested).sample(json.dumps(value).encode())
    except DeskError:
        return (), ""
    is_used = found is not None and kind in MAPPED and found.mapping == _read(mapping)
    return rows if kind in MAPPED else (), found.name if found is not None and not is_used else ""


def _read(mapping: Mapping[str, Any] | None) -> SignalMapping | None:
    """A mapping as it is compared; None for none, or one at fault."""
    try:
        return SignalMapping.from_mapping(mapping) if mapping else None
    except DeskError:
        return None


def _columns(sample: str, separator: str, *, is_mapped: bool) -> tuple[SampleRow, ...]:
    """The columns of a table with what the first row says; without a mapping their case does not count."""
    try:
        rows = csv.reader(io.StringIO(sample[:_HEAD], newline=""), delimiter=separator)
        filled = (cells for cells in rows if any(cells))
        names, first = next(filled, []), next(filled, [])
    except csv.Error:
        return ()
    values = [*first, *[""] * (len(names) - len(first))]
    return tuple(
        SampleRow(
            child("", name.strip() if is_mapped else name.strip().casefold()), value.strip()[:_LONGEST_SHOWN]
        )
        for name, value in zip(names, values, strict=False)
        if name.strip()
    )


def _words(signals: list[Signal]) -> str:
    lines = [
        f"{one.action.value}: {one.title or 'without a title'}"
        f" · key {one.dedup_key or 'none'} · severity {one.severity_hint or 'not said'}"
        for one in signals[:_MOST_SHOWN]
    ]
    if len(signals) > _MOST_SHOWN:
        lines.append(f"and {len(signals) - _MOST_SHOWN} more")
    return "\n".join(line[:_LONGEST_SHOWN] for line in lines) or "It holds no signal."
