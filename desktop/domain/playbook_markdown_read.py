"""Reads the body of a playbook from its Markdown, as `playbook_markdown` writes it and as people do."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from desktop.domain.errors import DeskError
from desktop.domain.message import Stage
from desktop.domain.playbook import Decision, Example, Step, StepKind
from desktop.domain.playbook_check import is_id, slug_of
from desktop.domain.playbook_markdown import SECTIONS
from desktop.domain.policy_node import Node

_BY_HEADING = {heading.casefold(): name for heading, name in SECTIONS.items()}
_STEP = ("kind", "role", "due", "message", "decision", "evidence", "optional")
_DECISION = ("who", "delegate", "limit", "recorded")
_EXAMPLE = ("link", "drill")
_PARTS: Mapping[str, tuple[str, ...]] = {"steps": _STEP, "decisions": _DECISION, "examples": _EXAMPLE}

_ESCAPED = re.compile(r"\\(?:u\{([0-9a-f]{1,6})\}|([\\#*+-]))")
_ITEM = re.compile(r"(?P<indent>[ ]*)(?:[-*+]|(?P<number>[0-9]{1,4})[.)])(?:[ \t]+(?P<text>.*)|$)")
_PART = re.compile(r"(?P<name>[A-Za-z]+)[ ]*:(?P<value>.*)")
_ID = re.compile(r"(?P<text>.*?)[ \t]*\{#(?P<id>[^{}]*)\}")
_YES = {"yes": True, "no": False, "": True}
_BLANK = " \t"


@dataclass(slots=True)
class _Value:
    """Words with the lines they stand on; blank lines count once another follows."""

    line: int
    lines: list[str]
    blank: int = 0

    def go_on(self, text: str) -> None:
        self.lines += [""] * self.blank + [text]
        self.blank = 0

    @property
    def text(self) -> str:
        return "\n".join(map(_plain, self.lines))


@dataclass(slots=True)
class _Item(_Value):
    id: str = ""
    parts: dict[str, _Value] = field(default_factory=dict)


def read_body(lines: Sequence[str], first: int = 1) -> dict[str, object]:
    """The fields of `Content` that a body fills; `first` is the number of its first line in the file.

    Raises: DeskError naming the line.
    """
    reader = _Reader()
    for number, line in enumerate(lines, first):
        reader.take(number, line)
    return reader.fields(first)


def fault(line: int, message: str, hint: str = "") -> DeskError:
    """What is wrong in a line."""
    return DeskError(f"Line {line}: {message}", field=f"line {line}", hint=hint)


class _Reader:
    """Takes line after line."""

    def __init__(self) -> None:
        self._title: _Value | None = None
        self._purpose: list[str] = []
        self._section = ""
        self._items: dict[str, list[_Item]] = {}
        self._value: _Value | None = None

    def take(self, number: int, line: str) -> None:
        line = line.rstrip(_BLANK)
        if line.startswith("#"):
            self._head(number, line)
        elif self._section:
            self._listed(number, line)
        elif self._title is not None:
            self._purpose.append(line)
        elif line:
            raise fault(number, "the title is missing.", "Begin with a line like “# Charged twice”.")

    def fields(self, first: int) -> dict[str, object]:
        if self._title is None:
            raise fault(first, "there is no title.", "Begin with a line like “# Charged twice”.")
        found: dict[str, object] = {"title": self._title.text, "purpose": _purpose(self._purpose)}
        for name, items in self._items.items():
            _check_ids(items)
            found[name] = tuple(_READERS[name](item) for item in items)
        return found

    def _head(self, number: int, line: str) -> None:
        words = line.lstrip("#")
        depth = len(line) - len(words)
        if words[:1] not in ("", " ", "\t"):
            raise fault(number, f"“{line[:60]}” is no heading.", "Put a space after the #.")
        if depth == 1 and self._title is None:
            self._title = _Value(number, [words.strip(_BLANK)])
            return
        name = _BY_HEADING.get(words.strip(_BLANK).casefold())
        if depth != 2 or name is None or self._title is None:
            known = ", ".join(f"## {heading}" for heading in SECTIONS)
            raise fault(number, f"“{line[:60]}” is not known here.", f"Headings are {known}.")
        if name in self._items:
            raise fault(number, f"“{line[:60]}” stands here twice.", "Put both under one heading.")
        self._section, self._value = name, None
        self._items[name] = []

    def _listed(self, number: int, line: str) -> None:
        if not line:
            if self._value is not None:
                self._value.blank += 1
            return
        begun = _ITEM.fullmatch(line)
        if begun is None:
            self._continued(number, line)
        elif len(begun["indent"]) < 2:
            self._begun(number, begun["text"] or "")
        elif begun["number"]:
            self._continued(number, line)
        else:
            self._part(number, begun["text"] or "")

    def _begun(self, number: int, text: str) -> None:
        item = _Item(number, [text.strip(_BLANK)])
        if self._section in ("steps", "decisions"):
            found = _ID.fullmatch(item.lines[0])
            if found is not None:
                item.lines, item.id = [found["text"]], found["id"].strip()
                if not is_id(item.id):
                    raise fault(
                        number, f"“{item.id[:60]}” is no id.", "Ids have letters a to z, digits and dashes."
                    )
        self._items[self._section].append(item)
        self._value = item

    def _part(self, number: int, text: str) -> None:
        allowed = _PARTS.get(self._section, ())
        found = _PART.fullmatch(text.strip(_BLANK))
        items = self._items[self._section]
        if found is None or found["name"].lower() not in allowed or not items:
            hint = (
                f"It may have {', '.join(allowed)}."
                if allowed
                else "Move it to the left, or put a \\ before -."
            )
            raise fault(number, f"“{text[:60]}” does not belong to the item above.", hint)
        name = found["name"].lower()
        if name in items[-1].parts:
            raise fault(number, f"{name} stands here twice.", "Keep one of the two.")
        self._value = items[-1].parts[name] = _Value(number, [found["value"].strip(_BLANK)])

    def _continued(self, number: int, line: str) -> None:
        value = self._value
        is_outside = value is not None and value.blank and not line.startswith((" ", "\t"))
        if value is None or is_outside:
            raise fault(number, f"“{line[:60]}” belongs to no item.", "Begin it with “- ”, or indent it.")
        value.go_on(line.strip(_BLANK))


def _purpose(lines: Sequence[str]) -> str:
    begin, end = 0, len(lines)
    while begin < end and not lines[begin]:
        begin += 1
    while end > begin and not lines[end - 1]:
        end -= 1
    return "\n".join(map(_plain, lines[begin:end]))


def _check_ids(items: Iterable[_Item]) -> None:
    seen: dict[str, int] = {}
    for item in items:
        if item.id and item.id in seen:
            raise fault(item.line, f"the id {item.id} is taken by line {seen[item.id]}.", "Give it another.")
        seen[item.id] = item.line
    for item in items:
        if not item.id:
            item.id = slug_of(" ".join(item.text.split()[:5]), seen.keys(), "item")
            seen[item.id] = item.line


def _text_of(item: _Item) -> str:
    return item.text


def _step(item: _Item) -> Step:
    parts = item.parts
    return Step(
        id=item.id,
        text=item.text,
        kind=_choice(parts.get("kind"), StepKind, StepKind.CHECK),
        role=_words(parts.get("role")),
        due_after=_span(parts.get("due")),
        stage=_stage(parts.get("message")),
        decision=_words(parts.get("decision")),
        evidence=_words(parts.get("evidence")),
        is_optional=_yes(parts.get("optional")),
    )


def _decision(item: _Item) -> Decision:
    return Decision(item.id, item.text, *(_words(item.parts.get(name)) for name in _DECISION))


def _example(item: _Item) -> Example:
    return Example(item.text, _words(item.parts.get("link")), _yes(item.parts.get("drill")))


def _words(value: _Value | None) -> str:
    return "" if value is None else value.text


def _yes(value: _Value | None) -> bool:
    if value is None:
        return False
    found = _YES.get(value.text.lower())
    if found is None:
        raise fault(value.line, f"“{value.text[:60]}” is neither yes nor no.")
    return found


def _span(value: _Value | None) -> timedelta | None:
    if value is None:
        return None
    try:
        return Node(value.text, f"line {value.line}").span(may_be_zero=True)
    except DeskError as error:
        raise fault(value.line, f"“{value.text[:60]}” is not a length of time.", error.hint) from None


def _choice(value: _Value | None, kind: type[StepKind], default: StepKind) -> StepKind:
    if value is None:
        return default
    try:
        return kind(value.text.lower())
    except ValueError:
        known = ", ".join(kind)
        raise fault(value.line, f"“{value.text[:60]}” is no kind of step.", f"Kinds are {known}.") from None


def _stage(value: _Value | None) -> str:
    text = _words(value)
    if value is not None and text not in set(Stage):
        raise fault(value.line, f"“{text[:60]}” is no message.", f"Messages are {', '.join(Stage)}.")
    return text


_READERS: Mapping[str, Callable[[_Item], object]] = {
    "entry": _text_of,
    "exit": _text_of,
    "do_not": _text_of,
    "steps": _step,
    "decisions": _decision,
    "examples": _example,
}


def _plain(line: str) -> str:
    return _ESCAPED.sub(_sign_of, line)


def _sign_of(found: re.Match[str]) -> str:
    if found[2]:
        return found[2]
    number = int(found[1], 16)
    return chr(number) if number <= 0x10FFFF else found[0]
