"""How the body of any tool becomes a signal: which paths hold what, and which words mean what."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

from desktop.domain.errors import DeskError
from desktop.domain.signal_body import DEEPEST, read_body, read_nested, require_depth
from desktop.domain.signal_path import Path, child, path_of
from desktop.domain.signal_type import Json, text_of

_MOST_WORDS = 100
_MOST_ROWS = 1000
_LONGEST_SAMPLE = 300


class SampleRow(NamedTuple):
    """A place in a body: its path, and what stands there, shortened."""

    path: str
    value: str


@dataclass(frozen=True, slots=True)
class SignalMapping:
    """One mapping: paths, None where the tool says nothing of the kind, and the words of the state.

    A state that no list of words names opens or joins. Words are compared without regard to case; `true` and
    `false` are words too. `nested_json` are the places whose text is JSON itself.
    """

    title: Path | None = None
    key: Path | None = None
    state: Path | None = None
    severity: Path | None = None
    priority: Path | None = None
    details: Path | None = None
    customer: Path | None = None
    reference: Path | None = None
    reporter: Path | None = None
    occurred_at: Path | None = None
    resolve_when: frozenset[str] = frozenset()
    ignore_when: frozenset[str] = frozenset()
    acknowledge_when: frozenset[str] = frozenset()
    nested_json: tuple[Path, ...] = ()

    @classmethod
    def from_mapping(cls, document: Mapping[str, Any]) -> "SignalMapping":
        """The mapping of a document, in the form `to_mapping` gives.

        Raises: DeskError with the faulty entry as `field`.
        """
        made: dict[str, Any] = {}
        for name, value in document.items():
            if name not in _ENTRIES:
                hint = f"It may have: {', '.join(_ENTRIES)}."
                raise DeskError(f"A mapping has no {name!r}.", field=str(name), hint=hint)
            if name in _WORDS:
                made[name] = frozenset(map(word_of, _listed(name, value)))
            elif name == "nested_json":
                made[name] = tuple(_path(name, entry) for entry in _listed(name, value))
            elif value is not None and value != "":
                made[name] = _path(name, value)
        return cls(**made)

    def to_mapping(self) -> dict[str, Any]:
        """The mapping as a document of plain texts and lists; what is not said is left out."""
        document: dict[str, Any] = {}
        for name in _ENTRIES:
            value = getattr(self, name)
            if isinstance(value, Path):
                document[name] = value.text
            elif value and name in _WORDS:
                document[name] = sorted(value)
            elif value:
                document[name] = [path.text for path in value]
        return document

    def over(self, other: "SignalMapping") -> "SignalMapping":
        """The same, with the other's entries where this one has none."""
        return SignalMapping(**{name: getattr(self, name) or getattr(other, name) for name in _ENTRIES})

    def opened(self, value: Json) -> Json:
        """A body with the texts at `nested_json` replaced by the JSON they hold.

        Raises: DeskError where it is nested too deep then.
        """
        if not self.nested_json:
            return value
        for path in self.nested_json:
            for steps in path.alternatives:
                value = _opened_at(value, steps)
        require_depth(value)
        return value

    def sample(self, body: bytes) -> tuple[SampleRow, ...]:
        """Every place of a real body with what stands there, for choosing paths; at most a thousand.

        Raises: DeskError for a body that cannot be read.
        """
        return _rows_of(self.opened(read_body(body)))


_ENTRIES = tuple(entry.name for entry in fields(SignalMapping))
_WORDS = frozenset({"resolve_when", "ignore_when", "acknowledge_when"})


def word_of(value: Json) -> str:
    """A state as it is compared."""
    return text_of(value).strip().casefold()


def _listed(name: str, value: object) -> list[Any]:
    entries = list(value) if isinstance(value, list | tuple | set | frozenset) else [value]
    if value is None:
        return []
    if len(entries) > _MOST_WORDS or not all(isinstance(entry, str | int | float) for entry in entries):
        raise DeskError(f"{name} is a list of up to {_MOST_WORDS} words, numbers, true or false.", field=name)
    return entries


def _path(name: str, value: object) -> Path:
    if not isinstance(value, str):
        raise DeskError(f"{name} is a path like alert.labels.severity.", field=name)
    try:
        return path_of(value)
    except DeskError as fault:
        raise DeskError(fault.message, field=name, hint=fault.hint) from None


def _opened_at(value: Json, steps: tuple[str | int, ...]) -> Json:
    """A copy in which the text at these steps is the JSON it holds; the value itself where there is none."""
    if not steps:
        return read_nested(value) if isinstance(value, str) else value
    step = steps[0]
    if isinstance(value, dict) and str(step) in value:
        inner = _opened_at(value[str(step)], steps[1:])
        return value | {str(step): inner}
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return [*value[:step], _opened_at(value[step], steps[1:]), *value[step + 1 :]]
    return value


def _rows_of(value: Json) -> tuple[SampleRow, ...]:
    rows: list[SampleRow] = []

    def add(path: str, value: Json, depth: int) -> None:
        if len(rows) >= _MOST_ROWS or depth > DEEPEST:
            return
        if isinstance(value, dict):
            for name, inner in value.items():
                add(child(path, name), inner, depth + 1)
        elif isinstance(value, list):
            for place, inner in enumerate(value):
                add(f"{path}[{place}]", inner, depth + 1)
        elif path:
            rows.append(SampleRow(path, "" if value is None else text_of(value)[:_LONGEST_SAMPLE]))

    add("", value, 0)
    return tuple(rows)
