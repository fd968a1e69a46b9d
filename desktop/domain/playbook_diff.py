"""What changed from one version of a playbook to another: field by field, step by step, word by word."""

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from desktop.domain.handoff_words import counted
from desktop.domain.playbook import Content, Decision, Example, Step
from desktop.domain.policy_node import span_text

Op = Literal["same", "removed", "added"]
Kind = Literal["same", "added", "removed", "changed", "moved"]
Words = tuple[tuple[Op, str], ...]

_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_MOST_TOKENS = 3000


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that says something else; `words` are those of both texts, see `word_changes`."""

    field: str
    label: str
    before: str
    after: str
    words: Words


@dataclass(frozen=True, slots=True)
class StepChange:
    """What became of one step, found by its id.

    A step is `moved` only where its words stayed; one that is `changed` can have moved too (`is_moved`).
    `before_at` and `after_at` are its places, 1 for the first, 0 where it is not. `words` are of its text,
    `fields` the rest of it that changed.
    """

    id: str
    kind: Kind
    before: Step | None
    after: Step | None
    words: Words = ()
    fields: tuple[FieldChange, ...] = ()
    is_moved: bool = False
    before_at: int = 0
    after_at: int = 0


@dataclass(frozen=True, slots=True)
class Difference:
    """All that changed; false where nothing did."""

    fields: tuple[FieldChange, ...] = ()
    steps: tuple[StepChange, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.fields or self.steps)


def difference(before: Content, after: Content) -> Difference:
    """What changed; steps in the order of the newer version, removed ones where they stood."""
    return Difference(
        fields=_field_changes(before, after),
        steps=tuple(change for change in aligned(before, after) if change.kind != "same"),
    )


def aligned(before: Content, after: Content) -> tuple[StepChange, ...]:
    """Every step of both versions side by side, also those that are the same."""
    old = {step.id: (place, step) for place, step in enumerate(before.steps, 1)}
    new = {step.id: (place, step) for place, step in enumerate(after.steps, 1)}
    kept = [step.id for step in after.steps if step.id in old]
    stayed = _longest_rising([old[step_id][0] for step_id in kept])
    moved = {step_id for step_id, stays in zip(kept, stayed, strict=True) if not stays}
    found = [_of_step(old.get(step.id), new[step.id], step.id in moved) for step in after.steps]
    for place, step in enumerate(before.steps, 1):
        if step.id not in new:
            gone = StepChange(step.id, "removed", step, None, (("removed", step.text),), before_at=place)
            found.insert(_place_of(gone, found), gone)
    return tuple(found)


def summary(changes: Difference) -> str:
    """What changed in a line: "2 steps changed, 1 added"; empty where nothing did."""
    said: list[str] = []
    for kind in ("changed", "added", "removed", "moved"):
        count = sum(change.kind == kind for change in changes.steps)
        if count:
            noun = "" if said else (" step" if count == 1 else " steps")
            said.append(f"{count}{noun} {kind}")
    if changes.fields:
        labels = [change.label.lower() for change in changes.fields]
        if len(labels) > 3:
            labels = [*labels[:2], f"{len(labels) - 2} more fields"]
        listed = labels[0] if len(labels) == 1 else f"{', '.join(labels[:-1])} and {labels[-1]}"
        said.append(f"{listed} changed")
    return ", ".join(said)


def word_changes(before: str, after: str) -> Words:
    """The words of both texts in one row; longer texts are compared line by line."""
    if before == after:
        return (("same", before),) if before else ()
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    if len(old) + len(new) > _MOST_TOKENS:
        old, new = _LINE.findall(before), _LINE.findall(after)
    found: list[tuple[Op, str]] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(("same", "".join(old[i:j])))
            continue
        if j > i:
            found.append(("removed", "".join(old[i:j])))
        if m > k:
            found.append(("added", "".join(new[k:m])))
    return _smoothed(found)


def _smoothed(words: Sequence[tuple[Op, str]]) -> Words:
    """Without islands of bare space between changes, which are hard to read."""
    found: list[tuple[Op, str]] = []
    removed = added = ""
    for i, (op, text) in enumerate([*words, ("same", "")]):
        is_island = bool(removed or added) and text.isspace() and i + 1 < len(words)
        if op == "removed" or is_island:
            removed += text
        if op == "added" or is_island:
            added += text
        if op == "same" and not is_island:
            parts: tuple[tuple[Op, str], ...] = (("removed", removed), ("added", added), (op, text))
            found += [part for part in parts if part[1]]
            removed = added = ""
    return tuple(found)


def _of_step(old: tuple[int, Step] | None, new: tuple[int, Step], is_moved: bool) -> StepChange:
    after_at, after = new
    if old is None:
        return StepChange(after.id, "added", None, after, (("added", after.text),), after_at=after_at)
    before_at, before = old
    fields = tuple(
        FieldChange(key, label, said(before), said(after), word_changes(said(before), said(after)))
        for key, label, said in STEP_FIELDS
        if said(before) != said(after)
    )
    kind: Kind = "moved" if is_moved else "same"
    if fields or before.text != after.text:
        kind = "changed"
    words = word_changes(before.text, after.text)
    return StepChange(after.id, kind, before, after, words, fields, is_moved, before_at, after_at)


def _place_of(gone: StepChange, found: Sequence[StepChange]) -> int:
    """Behind the step that stood before it, which stayed."""
    best = 0
    for i, change in enumerate(found):
        if 0 < change.before_at < gone.before_at and not change.is_moved:
            best = i + 1
    return best


def _longest_rising(numbers: Sequence[int]) -> list[bool]:
    """Which of them belong to one longest rising row: the fewest are left out."""
    ends: list[int] = []
    at: list[int] = []
    before = [-1] * len(numbers)
    for i, number in enumerate(numbers):
        place = bisect_left(ends, number)
        if place == len(ends):
            ends.append(number)
            at.append(i)
        else:
            ends[place], at[place] = number, i
        before[i] = at[place - 1] if place else -1
    stays = [False] * len(numbers)
    i = at[-1] if at else -1
    while i >= 0:
        stays[i] = True
        i = before[i]
    return stays


def _field_changes(before: Content, after: Content) -> tuple[FieldChange, ...]:
    found = []
    for key, label, said in FIELDS:
        old, new = said(before), said(after)
        if old != new or _raw(before, key) != _raw(after, key):
            found.append(FieldChange(key, label, old, new, word_changes(old, new)))
    return tuple(found)


def _raw(content: Content, key: str) -> object:
    return getattr(content if hasattr(content, key) else content.tags, key)


def _joined(key: str) -> Callable[[Content], str]:
    return lambda content: "\n".join(getattr(content, key))


def _listed(values: Sequence[str]) -> str:
    return ", ".join(values)


def _decision_line(decision: Decision) -> str:
    parts = (
        decision.what,
        f"by {decision.who}" if decision.who else "",
        f"else {decision.delegate}" if decision.delegate else "",
        f"up to {decision.limit}" if decision.limit else "",
        f"recorded {decision.recorded}" if decision.recorded else "",
    )
    return f"{decision.id}: {', '.join(part for part in parts if part)}"


def _example_line(example: Example) -> str:
    link = f" ({example.link})" if example.link else ""
    return f"{'Drill: ' if example.is_drill else ''}{example.text}{link}"


def _review_words(content: Content) -> str:
    return f"every {counted(content.evergreen_days, 'day')}" if content.evergreen_days else "never"


#: Field, what people call it, and its text; together they hold all that a content says but its steps.
FIELDS: tuple[tuple[str, str, Callable[[Content], str]], ...] = (
    ("title", "Title", lambda content: content.title),
    ("purpose", "Purpose", lambda content: content.purpose),
    ("areas", "Product areas", lambda content: _listed(content.tags.areas)),
    ("types", "Issue types", lambda content: _listed(content.tags.types)),
    ("tiers", "Customer tiers", lambda content: _listed(content.tags.tiers)),
    ("levels", "Priorities", lambda content: _listed(content.tags.levels)),
    ("owner", "Owner", lambda content: content.owner),
    ("reviewers", "Reviewers", lambda content: _listed(content.reviewers)),
    ("evergreen_days", "Review", _review_words),
    ("valid_from", "Valid from", lambda content: str(content.valid_from or "")),
    ("valid_until", "Valid until", lambda content: str(content.valid_until or "")),
    ("entry", "When to use it", _joined("entry")),
    ("exit", "When it is done", _joined("exit")),
    ("do_not", "Do not", _joined("do_not")),
    ("decisions", "Decisions", lambda content: "\n".join(map(_decision_line, content.decisions))),
    ("templates", "Templates", _joined("templates")),
    ("examples", "Examples", lambda content: "\n".join(map(_example_line, content.examples))),
)

#: The same for a step, but for its text.
STEP_FIELDS: tuple[tuple[str, str, Callable[[Step], str]], ...] = (
    ("kind", "Kind", lambda step: str(step.kind)),
    ("role", "Role", lambda step: step.role),
    ("due_after", "Due after", lambda step: span_text(step.due_after) if step.due_after is not None else ""),
    ("stage", "Message", lambda step: step.stage),
    ("decision", "Decision", lambda step: step.decision),
    ("evidence", "Evidence", lambda step: step.evidence),
    ("is_optional", "Optional", lambda step: "yes" if step.is_optional else ""),
)


def label_of(field: str) -> str:
    """What people call a field of a playbook."""
    return next((label for key, label, _ in FIELDS if key == field), field)
