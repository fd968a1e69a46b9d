"""Two texts of a template side by side: which lines are others, and which words in them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from desktop.domain.template import TemplateText

_WORDS = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\s+|[^\s{]+|\{")
Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A line as it was and as it is; None where there is none. `gone` and `new` are what differs in them."""

    before: str | None
    after: str | None
    gone: Spans = ()
    new: Spans = ()

    @property
    def is_same(self) -> bool:
        """Whether nothing differs."""
        return self.before == self.after


def side_by_side(before: str, after: str) -> tuple[Row, ...]:
    """The lines of two texts beside one another; the same lines stand at the same height."""
    old, new = before.split("\n"), after.split("\n")
    rows: list[Row] = []
    for _, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        left: list[str | None] = [*old[a:b]]
        right: list[str | None] = [*new[c:d]]
        height = max(len(left), len(right))
        left += [None] * (height - len(left))
        right += [None] * (height - len(right))
        rows += [_row(was, now) for was, now in zip(left, right, strict=True)]
    return tuple(rows)


def summary(before: TemplateText, after: TemplateText) -> str:
    """What differs, in words: `subject changed, 2 lines changed, 1 added`."""
    parts = [
        f"{name} changed"
        for name, was, now in (
            ("title", before.title, after.title),
            ("subject", before.subject, after.subject),
        )
        if was != now
    ]
    rows = [row for row in side_by_side(before.body, after.body) if not row.is_same]
    added = sum(row.before is None for row in rows)
    removed = sum(row.after is None for row in rows)
    changed = len(rows) - added - removed
    for count, word in ((changed, "changed"), (added, "added"), (removed, "removed")):
        if count:
            parts.append(f"{count} {'line' if count == 1 else 'lines'} {word}")
    return ", ".join(parts) or "nothing changed"


def _row(before: str | None, after: str | None) -> Row:
    if before is None or after is None or before == after:
        is_gone, is_new = after is None and bool(before), before is None and bool(after)
        return Row(before, after, _whole(before) if is_gone else (), _whole(after) if is_new else ())
    old, fresh = _WORDS.findall(before), _WORDS.findall(after)
    codes = SequenceMatcher(None, old, fresh, autojunk=False).get_opcodes()
    gone = tuple(_span(old, a, b) for tag, a, b, _, _ in codes if tag in ("delete", "replace"))
    new = tuple(_span(fresh, c, d) for tag, _, _, c, d in codes if tag in ("insert", "replace"))
    return Row(before, after, gone, new)


def _whole(line: str | None) -> Spans:
    return ((0, len(line or "")),)


def _span(words: Sequence[str], begin: int, end: int) -> tuple[int, int]:
    start = sum(map(len, words[:begin]))
    return start, start + sum(map(len, words[begin:end]))
