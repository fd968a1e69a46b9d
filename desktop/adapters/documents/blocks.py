"""What a document is made of, whatever it is written as; every text is literal, whoever typed it."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from desktop.domain.drill_mark import marked_line, marked_title


class Tone(StrEnum):
    """How a paragraph is meant."""

    PLAIN = "plain"
    MUTED = "muted"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `level` 1 is the highest below the title."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A text, its line ends kept."""

    text: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list, each line an entry."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and what they stand for."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings, all of one length; `widths` are shares of the page."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


Block = Heading | Paragraph | Bullets | Facts | Table


@dataclass(frozen=True, slots=True)
class Document:
    """A title, what stands above each page, and the blocks in order; `mark` is set across a draft."""

    title: str
    running: str
    blocks: tuple[Block, ...]
    mark: str = ""
    language: str = "en"


def marked(document: Document, mark: str) -> Document:
    """The document of a drill's own desk: its mark in the title, above each page and across it."""
    if not mark:
        return document
    return replace(
        document,
        title=marked_title(document.title, mark),
        running=marked_title(document.running, mark),
        mark=marked_line(document.mark, mark),
    )


def visible(text: str) -> str:
    """Text with what would hide or reorder its letters shown as �; line ends and tabs are white space."""
    return "".join(_visible(character) for character in text.replace("\t", "    "))


def _visible(character: str) -> str:
    if character == "\n":
        return character
    # Joiners make letters of many scripts and faces; what turns the direction of reading only misleads here.
    is_joiner = character in "\u200c\u200d\ufe0f"
    hides = unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") and not is_joiner
    return "�" if hides or character in "\ufffe\uffff" else character


def to_mapping(document: Document) -> dict[str, Any]:
    """The document as JSON values, each block with its kind."""
    return {
        "title": visible(document.title),
        "running": visible(document.running),
        "mark": visible(document.mark),
        "language": document.language,
        "blocks": [_block(block) for block in document.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading():
            return {"kind": "heading", "level": block.level, "text": visible(block.text)}
        case Paragraph():
            return {"kind": "paragraph", "tone": block.tone.value, "text": visible(block.text)}
        case Bullets():
            return {"kind": "bullets", "lines": _texts(block.lines)}
        case Facts():
            return {"kind": "facts", "rows": [_texts(row) for row in block.rows]}
        case Table():
            return {
                "kind": "table",
                "headings": _texts(block.headings),
                "rows": [_texts(row) for row in block.rows],
                "widths": list(block.widths),
            }


def _texts(texts: Sequence[str]) -> list[str]:
    return [visible(text) for text in texts]
