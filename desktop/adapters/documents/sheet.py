"""Writes a document as XLSX: what is not a table on the first sheet, each table on one of its own."""

import io
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from desktop.adapters.documents.blocks import (
    Block,
    Bullets,
    Document,
    Facts,
    Heading,
    Paragraph,
    Table,
    visible,
)

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_MOST_CELL = 32_767
_MOST_TITLE = 31
#: What a sheet may not be called with (ECMA-376, 18.2.19).
_NOT_IN_TITLE = re.compile(r"[\[\]:*?/\\']")
_WIDE, _NARROW = 90, 28


def render(document: Document) -> bytes:
    """The document as a file; every cell is text, so that nothing in it is ever computed."""
    from openpyxl import Workbook  # only an export needs it

    book = Workbook()
    first = book.active
    assert first is not None  # a new book has one sheet
    _start(first, "Overview", (_NARROW, _WIDE))
    _add(first, (document.title,), bold=True)
    _add(first, (document.mark,) if document.mark else (document.running,))
    heading, taken = "Table", {"overview"}
    for block in document.blocks:
        if isinstance(block, Heading):
            heading = block.text
        if isinstance(block, Table):
            _add_table(book.create_sheet(_title(heading, taken)), block)
        else:
            for cells, is_bold in _lines(block):
                _add(first, cells, bold=is_bold)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _start(sheet: "Worksheet", title: str, widths: Sequence[int]) -> None:
    sheet.title = title
    for place, width in enumerate(widths):
        sheet.column_dimensions["ABCDEFGHIJKLMNOPQRSTUVWXYZ"[place]].width = width


def _add_table(sheet: "Worksheet", block: Table) -> None:
    share = 140 / sum(block.widths)
    _start(sheet, sheet.title, [max(8, round(width * share)) for width in block.widths])
    _add(sheet, block.headings, bold=True)
    for row in block.rows:
        _add(sheet, row)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.print_title_rows = "1:1"


def _add(sheet: "Worksheet", texts: Sequence[str], *, bold: bool = False) -> None:
    from openpyxl.styles import Alignment, Font

    row = sheet.max_row + 1 if sheet["A1"].value is not None else 1
    for column, text in enumerate(texts, start=1):
        cell = sheet.cell(row, column)
        cell.value = visible(text)[:_MOST_CELL]
        cell.data_type = "s"  # a text that begins with “=” is none the less a text
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if bold:
            cell.font = Font(bold=True)


def _lines(block: Block) -> Iterator[tuple[Sequence[str], bool]]:
    match block:
        case Heading():
            yield (block.text,), True
        case Paragraph():
            yield ("", block.text), False
        case Bullets():
            for line in block.lines:
                yield ("", line), False
        case Facts():
            for row in block.rows:
                yield row, False


def _title(heading: str, taken: set[str]) -> str:
    """A name no other sheet has."""
    plain = _NOT_IN_TITLE.sub(" ", visible(heading)).strip()[:_MOST_TITLE].strip() or "Table"
    title, number = plain, 2
    while title.casefold() in taken:
        title = f"{plain[: _MOST_TITLE - 3]} {number}"
        number += 1
    taken.add(title.casefold())
    return title
