"""What somebody says about a list of injects beforehand, as a YAML file: columns, how times are meant."""

from datetime import datetime
from pathlib import Path

from desktop.domain.drill_msel import SYNONYMS
from desktop.domain.drill_msel_import import Wanted
from desktop.domain.drill_node import nearest
from desktop.domain.errors import DeskError
from desktop.services.yaml_text import read_yaml

_TIMES = ("elapsed", "clock", "minutes")
_KEYS = ("columns", "times", "start", "title")


def load_mapping(path: Path) -> Wanted:
    """The mapping in a file: `columns: {title: Heading}`, `times`, `start`, `title`, each of them optional.

    Raises: DeskError naming the fault.
    """
    try:
        document = read_yaml(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise DeskError(f"{path} cannot be read: {error}.", hint="Check its name.") from error
    if not isinstance(document, dict):
        raise DeskError(f"{path.name} is no mapping.", hint="Write  columns: {title: Subject, at: Time}")
    if document and not set(document) & set(_KEYS):
        document = {"columns": document}  # nothing but columns
    for key in document:
        if key not in _KEYS:
            near = nearest(key, _KEYS)
            raise DeskError(
                f"{path.name}: nothing is known by the name “{key}”.",
                hint=f"Did you mean “{near}”?" if near else f"Known are {', '.join(_KEYS)}.",
            )
    times = str(document.get("times") or "")
    if times and times not in _TIMES:
        raise DeskError(f"{path.name}: times are {', '.join(_TIMES)}, not “{times}”.", field="times")
    return Wanted(
        times, _start(path, document.get("start")), str(document.get("title") or ""), _columns(path, document)
    )


def _columns(path: Path, document: dict[str, object]) -> dict[str, str]:
    columns = document.get("columns") or {}
    if not isinstance(columns, dict):
        raise DeskError(f"{path.name}: columns is a list of what and heading.", field="columns")
    if columns and all(str(name) in SYNONYMS for name in columns.values()):
        columns = {str(target): name for name, target in columns.items()}  # written the other way round
    for target in columns:
        if target not in SYNONYMS:
            near = nearest(target, SYNONYMS)
            raise DeskError(
                f"{path.name}: no column can be “{target}”.",
                field="columns",
                hint=f"Did you mean “{near}”?" if near else f"Known are {', '.join(SYNONYMS)}.",
            )
    return {str(target): str(name) for target, name in columns.items()}


def _start(path: Path, value: object) -> datetime | None:
    if value is None:
        return None
    try:
        at = datetime.fromisoformat(str(value))
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise DeskError(
            f"{path.name}: start is no time with its offset.",
            field="start",
            hint='Write it like "2026-03-02T09:00:00+01:00".',
        )
    return at
