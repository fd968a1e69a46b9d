"""Writes a document as Markdown (CommonMark with tables) in which every typed text stays literal."""

import re
from collections.abc import Sequence

from desktop.adapters.documents.blocks import (
    Block,
    Bullets,
    Document,
    Facts,
    Heading,
    Paragraph,
    Table,
    Tone,
    visible,
)

#: What means something within a line; any of it may be escaped by a backslash (CommonMark 0.31, 2.4).
_INLINE = re.compile(r"([\\`*_\[\]<>#|~&$])")
#: What means something at the beginning of a line only: lists, rules, ordered lists.
_LEADING = re.compile(r"^(\d{1,9})([.)])|^([-+:=])")
#: Addresses that many readers would make links of by themselves.
_ADDRESS = re.compile(r"(?i)\b(https?|ftp|mailto)(:)|\b(www)(\.)|(\S)(@)")


def render(document: Document) -> str:
    """The document as text, ending with a line feed."""
    parts = [f"# {escaped(document.title)}"]
    if document.mark:
        parts.append(f"**{escaped(document.mark)}**")
    parts += [_block(block) for block in document.blocks]
    return "\n\n".join(part for part in parts if part) + "\n"


def escaped(text: str) -> str:
    """A text as one line in which nothing has a meaning."""
    line = " ".join(visible(text).split())
    return _LEADING.sub(_lead, _ADDRESS.sub(_address, _INLINE.sub(r"\\\1", line)))


def _lead(match: re.Match[str]) -> str:
    return f"{match[1]}\\{match[2]}" if match[1] else f"\\{match[3]}"


def _address(match: re.Match[str]) -> str:
    before, sign = next((match[i], match[i + 1]) for i in (1, 3, 5) if match[i] is not None)
    return f"{before}\\{sign}"


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"{'#' * (block.level + 1)} {escaped(block.text)}"
        case Paragraph():
            text = _lines(block.text, "")
            return f"> **Note:** {text}" if block.tone is Tone.WARNING else text
        case Bullets():
            return "\n".join(f"- {_lines(line, '  ')}" for line in block.lines)
        case Facts():
            return "\n".join(f"- **{escaped(name)}:** {_lines(value, '  ')}" for name, value in block.rows)
        case Table():
            return _table(block.headings, block.rows)


def _lines(text: str, indent: str) -> str:
    """Lines one below the other; empty ones are left out."""
    kept = [escaped(line) for line in text.split("\n") if line.strip()]
    return f"\\\n{indent}".join(kept)


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [_row(headings), _row(["---"] * len(headings), is_rule=True), *(_row(row) for row in rows)]
    return "\n".join(lines)


def _row(cells: Sequence[str], *, is_rule: bool = False) -> str:
    return f"| {' | '.join(cell if is_rule else _cell(cell) for cell in cells)} |"


def _cell(text: str) -> str:
    """A cell has one line: where there are more, a stroke stands between them."""
    return " / ".join(escaped(line) for line in text.split("\n") if line.strip())
