"""Reads and writes YAML as people write it by hand: no surprises, and every fault with its line.

Beyond PyYAML's safe loader: a name given twice is a fault, `NO` and `17:30` stay text, aliases are refused,
and neither depth nor size of a hostile file does harm.
"""

import re
from collections.abc import Iterator
from typing import Any

import yaml

from desktop.domain.errors import DeskError

_MOST_CHARACTERS = 2_000_000
_MOST_DEPTH = 40
_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_FLOAT = re.compile(r"[-+]?[0-9]{1,17}\.[0-9]{0,17}(?:[eE][-+][0-9]{1,3})?")
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
}
# The C parser where PyYAML was built with it: ten times as fast.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Writer: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_ONE_LINE = 90
_LONGEST_PATH = 120


def read_yaml(text: str) -> Any:  # noqa: ANN401 - a document may be anything
    """The one document of a text: mappings with text as keys, lists, text, numbers, true, false and None.

    Raises: DeskError naming the line and, as far as there is one, the path of the fault.
    """
    if len(text) > _MOST_CHARACTERS:
        raise DeskError(
            f"The file is longer than {_MOST_CHARACTERS:,} characters.", hint="Is it the right one?"
        )
    builder = _Builder()
    try:
        for event in yaml.parse(text, Loader=_Loader):
            builder.take(event)
    except yaml.MarkedYAMLError as fault:
        line = fault.problem_mark.line + 1 if fault.problem_mark else 1
        raise DeskError(
            f"Line {line} is not YAML: {fault.problem}.", hint="Look at its indentation, quotes and colons."
        ) from None
    except yaml.YAMLError as fault:
        raise DeskError(f"The file is not YAML: {str(fault).splitlines()[0]}.", hint="Is it text?") from None
    return builder.document()


def write_yaml(document: object) -> str:
    """A document in its own order, which `read_yaml` reads back the same; short parts stand on one line."""
    dumped: str = yaml.dump(document, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)
    return dumped


class _Dumper(_Writer):  # type: ignore[misc] # its base is chosen while running
    """Puts a part on one line where that is short enough to read."""

    def represent_sequence(self, tag: str, sequence: Any, flow_style: bool | None = None) -> Any:  # noqa: ANN401
        return super().represent_sequence(tag, sequence, flow_style=len(str(sequence)) <= _ONE_LINE)

    def represent_mapping(self, tag: str, mapping: Any, flow_style: bool | None = None) -> Any:  # noqa: ANN401
        return super().represent_mapping(tag, mapping, flow_style=len(str(mapping)) <= _ONE_LINE)


class _Open:
    """A mapping or list that is being filled."""

    __slots__ = ("key", "value")

    def __init__(self, value: dict[str, Any] | list[Any]) -> None:
        self.value = value
        self.key: str | None = None  # of a mapping: read, its value still to come


class _Builder:
    """Puts parsing events together, without recursion."""

    def __init__(self) -> None:
        self._open: list[_Open] = []
        self._documents: list[Any] = []

    def document(self) -> object:
        if len(self._documents) != 1:
            raise DeskError(
                "The file holds nothing." if not self._documents else "The file holds two documents."
            )
        return self._documents[0]

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._begin(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._put(self._open.pop().value)
        elif isinstance(event, yaml.AliasEvent):
            raise self._fault(event, f"*{event.anchor} refers to another place", "Write it out instead.")

    def _begin(self, event: yaml.CollectionStartEvent) -> None:
        if self._awaits_key():
            raise self._fault(event, "a name is a list or mapping", "Quote names with brackets or braces.")
        if len(self._open) >= _MOST_DEPTH:
            raise self._fault(event, f"nested deeper than {_MOST_DEPTH}")
        self._open.append(_Open({} if isinstance(event, yaml.MappingStartEvent) else []))

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        if event.tag not in (None, "!", "tag:yaml.org,2002:str"):
            raise self._fault(event, f"{event.tag} is not known here", "Leave the tag out.")
        if self._awaits_key():
            top = self._open[-1]
            if event.value in top.value:
                top.key = event.value
                raise self._fault(event, "this name is given twice", "Keep one of the two.")
            top.key = event.value
            return
        is_plain = event.implicit[0] and event.tag is None
        self._put(_resolved(event.value) if is_plain else event.value)

    def _put(self, value: object) -> None:
        if not self._open:
            self._documents.append(value)
            return
        top = self._open[-1]
        if isinstance(top.value, list):
            top.value.append(value)
        elif top.key is not None:
            top.value[top.key] = value
            top.key = None

    def _awaits_key(self) -> bool:
        return bool(self._open) and isinstance(self._open[-1].value, dict) and self._open[-1].key is None

    def _fault(self, event: yaml.Event, message: str, hint: str = "") -> DeskError:
        path = "".join(self._steps()).lstrip(".")[:_LONGEST_PATH]
        where = f"{path}: " if path else ""
        line = event.start_mark.line + 1 if event.start_mark else 1
        return DeskError(f"{where}{message} (line {line}).", field=path, hint=hint)

    def _steps(self) -> Iterator[str]:
        for part in self._open:
            if isinstance(part.value, list):
                yield f"[{len(part.value)}]"
            elif part.key is not None:
                yield f".{part.key}"


def _resolved(text: str) -> object:
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text
