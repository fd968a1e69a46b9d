"""Writes a document as DOCX that can be edited: real styles, real tables, nothing drawn."""

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.section import Section
    from docx.table import Table as WordTable
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph as WordParagraph

_WIDTH_CM = 17.0
_FACT_CM = 4.5
#: The same document gives the same file, whenever it is written.
_WRITTEN_AT = datetime(2000, 1, 1, tzinfo=UTC)


def render(document: Document) -> bytes:
    """The document as a file of its own."""
    import docx  # a second that only an export needs
    from docx.shared import Cm

    made = docx.Document()
    core = made.core_properties
    core.title, core.author, core.comments = visible(document.title)[:255], "", ""
    core.created = core.modified = _WRITTEN_AT.replace(tzinfo=None)
    core.language = document.language
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.0)
    section.top_margin = section.bottom_margin = Cm(2.0)
    _frame(section, document)
    _add_text(made.add_heading(level=0), document.title)
    if document.mark:
        _add_text(made.add_paragraph(), document.mark, bold=True)
    for block in document.blocks:
        _block(made, block)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def _frame(section: "Section", document: Document) -> None:
    """What stands above and below each page."""
    mark = f"   {document.mark}" if document.mark else ""
    _add_text(section.header.paragraphs[0], f"{document.running}{mark}")
    foot = section.footer.paragraphs[0]
    _add_field(foot, "PAGE")
    foot.add_run(" / ")
    _add_field(foot, "NUMPAGES")


def _add_field(paragraph: "WordParagraph", name: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for kind in ("begin", "", "end"):
        run = paragraph.add_run()
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = name
        run._r.append(part)  # noqa: SLF001 the library has no fields


def _block(made: "WordDocument", block: Block) -> None:
    match block:
        case Heading():
            _add_text(made.add_heading(level=min(block.level, 9)), block.text)
        case Paragraph():
            style = "Intense Quote" if block.tone is Tone.WARNING else "Normal"
            _add_text(made.add_paragraph(style=style), block.text, muted=block.tone is Tone.MUTED)
        case Bullets():
            for line in block.lines:
                _add_text(made.add_paragraph(style="List Bullet"), line)
        case Facts():
            table = _table(made, len(block.rows), (_FACT_CM, _WIDTH_CM - _FACT_CM))
            for row, (name, value) in zip(table.rows, block.rows, strict=True):
                _fill(row.cells[0], name, bold=True)
                _fill(row.cells[1], value)
        case Table():
            _add_table(made, block)


def _add_table(made: "WordDocument", block: Table) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    share = _WIDTH_CM / sum(block.widths)
    table = _table(made, len(block.rows) + 1, tuple(width * share for width in block.widths))
    for cell, text in zip(table.rows[0].cells, block.headings, strict=True):
        _fill(cell, text, bold=True)
    is_head = OxmlElement("w:tblHeader")
    is_head.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(is_head)  # noqa: SLF001 repeated on each page
    for row, texts in zip(table.rows[1:], block.rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            _fill(cell, text)


def _table(made: "WordDocument", rows: int, widths_cm: tuple[float, ...]) -> "WordTable":
    from docx.shared import Cm

    table: WordTable = made.add_table(rows=rows, cols=len(widths_cm), style="Table Grid")
    table.autofit = False
    for row in table.rows:
        for cell, width in zip(row.cells, widths_cm, strict=True):
            cell.width = Cm(width)
    made.add_paragraph()
    return table


def _fill(cell: "_Cell", text: str, *, bold: bool = False) -> None:
    _add_text(cell.paragraphs[0], text, bold=bold)


def _add_text(paragraph: "WordParagraph", text: str, *, bold: bool = False, muted: bool = False) -> None:
    """A text as it is; its line ends are kept."""
    for place, line in enumerate(visible(text).split("\n")):
        run = paragraph.add_run(line)
        if bold:
            run.bold = True
        if muted:
            run.italic = True
        if place < text.count("\n"):
            run.add_break()
