"""What a playbook says as one document, and back; the hash that proves it unchanged."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from hashlib import sha256
from typing import Any

from desktop.domain.errors import DeskError
from desktop.domain.playbook import Content, Decision, Example, Step, StepKind, Tags
from desktop.domain.policy_node import Node, span_text
from desktop.domain.wording import clean, one_line

_LINES = ("entry", "exit", "do_not", "templates", "reviewers")
_AXES = tuple(field.name for field in fields(Tags))
_KNOWN = tuple(field.name for field in fields(Content))
_STEP = ("text", "kind", "role", "due_after", "stage", "decision", "evidence", "is_optional")
_DECISION = ("what", "who", "delegate", "limit", "recorded")
_LONGEST_DAYS = 3650


def to_mapping(content: Content) -> dict[str, Any]:
    """The document: texts, whole numbers, truths, lists and mappings; what is empty is left out."""
    parts: dict[str, Any] = {
        "title": content.title,
        "purpose": content.purpose,
        "tags": {axis: list(getattr(content.tags, axis)) for axis in _AXES if getattr(content.tags, axis)},
        "owner": content.owner,
        "reviewers": list(content.reviewers),
        "evergreen_days": content.evergreen_days,
        "valid_from": content.valid_from.isoformat() if content.valid_from else "",
        "valid_until": content.valid_until.isoformat() if content.valid_until else "",
        "entry": list(content.entry),
        "exit": list(content.exit),
        "do_not": list(content.do_not),
        "steps": [_step_document(step) for step in content.steps],
        "decisions": [_plain(("id", *_DECISION), decision) for decision in content.decisions],
        "templates": list(content.templates),
        "examples": [_plain(("text", "link", "is_drill"), example) for example in content.examples],
    }
    return {key: value for key, value in parts.items() if value or key in ("title", "evergreen_days")}


def from_mapping(document: Mapping[str, Any]) -> Content:
    """What a document says, texts as `tidy` leaves them.

    Raises: DeskError naming the path of the fault, as `steps[2].kind`.
    """
    if not isinstance(document, Mapping):
        raise DeskError("This is no playbook.", hint="A playbook is a list of names with values.")
    parts = Node(document, "").parts(("title",), tuple(key for key in _KNOWN if key != "title"))
    values: dict[str, Any] = {
        "title": _text(parts["title"]),
        "purpose": _text(parts["purpose"]) if "purpose" in parts else "",
        "owner": _text(parts["owner"]) if "owner" in parts else "",
    }
    for key in _LINES:
        values[key] = tuple(map(_text, parts[key].items(least=0))) if key in parts else ()
    for key in ("valid_from", "valid_until"):
        values[key] = _date(parts[key]) if key in parts else None
    if "evergreen_days" in parts:
        values["evergreen_days"] = parts["evergreen_days"].whole(0, _LONGEST_DAYS)
    values["tags"] = _tags(parts.get("tags"))
    values["steps"] = tuple(map(_step, _items(parts, "steps")))
    values["decisions"] = tuple(map(_decision, _items(parts, "decisions")))
    values["examples"] = tuple(map(_example, _items(parts, "examples")))
    return tidy(Content(**values))


def to_text(content: Content) -> str:
    """The one JSON text that a content has: keys sorted, no spaces, letters as they are."""
    return json.dumps(to_mapping(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_text(text: str) -> Content:
    """What such a text says.

    Raises: DeskError when it is damaged.
    """
    try:
        document = json.loads(text)
    except ValueError as error:
        raise DeskError(f"This is no playbook: {error}.") from error
    return from_mapping(document)


def content_hash(content: Content) -> str:
    """SHA-256 of the canonical JSON, as 64 hexadecimal digits."""
    return text_hash(to_text(tidy(content)))


def text_hash(text: str) -> str:
    """SHA-256 of a text as it is kept."""
    return sha256(text.encode()).hexdigest()


def tidy(content: Content) -> Content:
    """The same with clean texts: no outer spaces, no empty lines in lists, titles and names on one line."""
    return Content(
        title=one_line(content.title),
        purpose=clean(content.purpose),
        tags=Tags(**{axis: _once(getattr(content.tags, axis)) for axis in _AXES}),
        owner=one_line(content.owner),
        reviewers=_once(content.reviewers),
        evergreen_days=content.evergreen_days,
        valid_from=content.valid_from,
        valid_until=content.valid_until,
        entry=_lines(content.entry),
        exit=_lines(content.exit),
        do_not=_lines(content.do_not),
        steps=tuple(map(_tidy_step, content.steps)),
        decisions=tuple(map(_tidy_decision, content.decisions)),
        templates=_once(content.templates),
        examples=tuple(
            Example(one_line(example.text), one_line(example.link), example.is_drill)
            for example in content.examples
            if one_line(example.text) or one_line(example.link)
        ),
    )


def _tidy_step(step: Step) -> Step:
    return Step(
        id=one_line(step.id),
        text=clean(step.text),
        kind=StepKind(step.kind),
        role=one_line(step.role),
        due_after=step.due_after,
        stage=one_line(step.stage),
        decision=one_line(step.decision),
        evidence=one_line(step.evidence),
        is_optional=step.is_optional,
    )


def _tidy_decision(decision: Decision) -> Decision:
    return Decision(*(one_line(getattr(decision, key)) for key in ("id", *_DECISION)))


def _lines(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(line for line in map(one_line, texts) if line)


def _once(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_lines(texts)))


def _step_document(step: Step) -> dict[str, Any]:
    document = _plain(("id", *_STEP), step)
    if step.due_after is not None:
        document["due_after"] = span_text(step.due_after)
    if step.kind is not StepKind.CHECK:
        document["kind"] = str(step.kind)
    else:
        document.pop("kind", None)
    return document


def _plain(keys: Sequence[str], value: object) -> dict[str, Any]:
    found = {key: getattr(value, key) for key in keys}
    return {key: part for key, part in found.items() if part or key == "id"}


def _items(parts: Mapping[str, Node], key: str) -> list[Node]:
    return parts[key].items(least=0) if key in parts else []


def _tags(node: Node | None) -> Tags:
    if node is None:
        return Tags()
    parts = node.parts((), _AXES)
    return Tags(**{axis: tuple(map(_text, part.items(least=0))) for axis, part in parts.items()})


def _step(node: Node) -> Step:
    parts = node.parts(("id",), _STEP)
    values: dict[str, Any] = {"id": _text(parts["id"])}
    for key in ("text", "role", "stage", "decision", "evidence"):
        values[key] = _text(parts[key]) if key in parts else ""
    if "kind" in parts:
        values["kind"] = parts["kind"].choice(StepKind)
    if "due_after" in parts:
        values["due_after"] = parts["due_after"].span(may_be_zero=True)
    values["is_optional"] = "is_optional" in parts and _truth(parts["is_optional"])
    return Step(**values)


def _decision(node: Node) -> Decision:
    parts = node.parts(("id",), _DECISION)
    return Decision(_text(parts["id"]), *(_text(parts[key]) if key in parts else "" for key in _DECISION))


def _example(node: Node) -> Example:
    parts = node.parts((), ("text", "link", "is_drill"))
    return Example(
        text=_text(parts["text"]) if "text" in parts else "",
        link=_text(parts["link"]) if "link" in parts else "",
        is_drill="is_drill" in parts and _truth(parts["is_drill"]),
    )


def _text(node: Node) -> str:
    if not isinstance(node.value, str):
        raise node.fault("this is not text.", "Put it in quotes.")
    return node.value


def _truth(node: Node) -> bool:
    if not isinstance(node.value, bool):
        raise node.fault("this is neither true nor false.")
    return node.value


def _date(node: Node) -> date | None:
    if type(node.value) is date:
        return node.value
    text = _text(node)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise node.fault(f"“{text}” is no date.", "Write it as 2026-11-24.") from None
