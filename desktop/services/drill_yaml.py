"""YAML as people write it, with the line of every value; nothing in it can do harm or surprise.

`12:30`, `no` and `on` without quotes, which YAML programs read as numbers and truths, come out as `Trap`.
"""

import re
from dataclasses import dataclass
from typing import Any

import yaml

from desktop.domain.drill_node import Fault, Path, Trap

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 30
_MOST_ALIASES = 50
_MOST_NODES = 50_000
_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_FLOAT = re.compile(r"[-+]?[0-9]{1,17}\.[0-9]{0,17}(?:[eE][-+]?[0-9]{1,3})?")
_SIXTIES = re.compile(r"[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?")
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
}
_TRUTHS = re.compile(r"(?:yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF)")


class NotYaml(Exception):
    """A text that cannot be read at all; the line says where reading ended."""

    def __init__(self, line: int, message: str, hint: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Located:
    """A document, the line of each of its parts, and what is wrong with its writing."""

    value: object
    lines: dict[Path, int]
    faults: list[Fault]


class _Node:
    """A value while it is read: words, a list of nodes, or names with nodes."""

    __slots__ = ("key", "line", "twice", "value")

    def __init__(self, value: object, line: int) -> None:
        self.value: Any = value
        self.line = line
        self.key: tuple[str, int] | None = None  # of a mapping: read, its value still to come
        self.twice: list[tuple[str, int]] = []


def read_located(text: str) -> Located:
    """The one document of a text.

    Raises: NotYaml.
    """
    reader = _Reader()
    try:
        for event in yaml.parse(text, Loader=_Loader):
            reader.take(event)
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        line = mark.line + 1 if mark else 1
        raise NotYaml(
            line, f"this is not YAML: {fault.problem}.", "Look at indentation, quotes and colons."
        ) from None
    except yaml.YAMLError as fault:
        raise NotYaml(1, f"this is not YAML: {str(fault).splitlines()[0]}.", "Is it text?") from None
    if len(reader.documents) != 1:
        said = "the file holds nothing." if not reader.documents else "the file holds two documents."
        raise NotYaml(1, said, "A file is one scenario.")
    return _Laying().laid(reader.documents[0])


class _Reader:
    """Puts parsing events together, without recursion."""

    def __init__(self) -> None:
        self.documents: list[_Node] = []
        self._open: list[tuple[_Node, str | None]] = []
        self._named: dict[str, _Node] = {}
        self._aliases = 0

    def take(self, event: yaml.Event) -> None:
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event, line)
        elif isinstance(event, yaml.CollectionStartEvent):
            if self._awaits_key():
                raise NotYaml(line, "a name is a list or mapping.", "Quote names with brackets or braces.")
            if len(self._open) >= _DEEPEST:
                raise NotYaml(line, f"nested deeper than {_DEEPEST}.", "Is it a scenario?")
            node = _Node({} if isinstance(event, yaml.MappingStartEvent) else [], line)
            self._open.append((node, event.anchor))
        elif isinstance(event, yaml.CollectionEndEvent):
            self._put(*self._open.pop())
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event, line)

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> None:
        if event.tag not in (None, "!", "tag:yaml.org,2002:str"):
            raise NotYaml(line, f"the tag {event.tag} is not known here.", "Leave the tag out.")
        if self._awaits_key():
            top = self._open[-1][0]
            if event.value in top.value:
                top.twice.append((event.value, line))
            top.key = (event.value, line)
            return
        is_plain = event.implicit[0] and event.tag is None
        self._put(_Node(_resolved(event.value) if is_plain else event.value, line), event.anchor)

    def _alias(self, event: yaml.AliasEvent, line: int) -> None:
        self._aliases += 1
        if self._awaits_key() or event.anchor not in self._named:
            raise NotYaml(line, f"*{event.anchor} refers to nothing.", "Write it out instead.")
        if self._aliases > _MOST_ALIASES:
            raise NotYaml(line, f"more than {_MOST_ALIASES} places refer to others.", "Write them out.")
        self._put(self._named[event.anchor], None)

    def _put(self, node: _Node, anchor: str | None) -> None:
        if anchor:
            self._named[anchor] = node
        if not self._open:
            self.documents.append(node)
            return
        top = self._open[-1][0]
        if isinstance(top.value, list):
            top.value.append(node)
        elif top.key is not None:
            key, line = top.key
            top.value[key] = (node, line)
            top.key = None

    def _awaits_key(self) -> bool:
        return (
            bool(self._open) and isinstance(self._open[-1][0].value, dict) and self._open[-1][0].key is None
        )


class _Laying:
    """Lays a document out plainly and notes the line of every part."""

    def __init__(self) -> None:
        self._lines: dict[Path, int] = {}
        self._faults: list[Fault] = []
        self._count = 0

    def laid(self, node: _Node) -> Located:
        return Located(self._plain(node, ()), self._lines, self._faults)

    def _plain(self, node: _Node, path: Path) -> object:
        self._count += 1
        if self._count > _MOST_NODES or len(path) > _DEEPEST:
            raise NotYaml(node.line, "the file holds more than any scenario needs.", "Is it the right one?")
        self._lines.setdefault(path, node.line)
        if isinstance(node.value, list):
            return [self._plain(each, (*path, i)) for i, each in enumerate(node.value)]
        if not isinstance(node.value, dict):
            return node.value
        for key, line in node.twice:
            self._lines[(*path, key)] = line
            self._faults.append(Fault((*path, key), f"“{key}” is given twice.", "Keep one of the two."))
        made = {}
        for key, (each, line) in node.value.items():
            self._lines.setdefault((*path, key), line)
            made[key] = self._plain(each, (*path, key))
        return made


def _resolved(text: str) -> object:
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    if _TRUTHS.fullmatch(text) or _SIXTIES.fullmatch(text):
        return Trap(text)
    return text
