"""Documents in every form: the same texts, read back by readers that know nothing of us."""

import io
import json
from html.parser import HTMLParser

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from desktop.adapters.documents import html, sheet, word
from desktop.adapters.documents.blocks import (
    Bullets,
    Document,
    Facts,
    Heading,
    Paragraph,
    Table,
    Tone,
    to_mapping,
    visible,
)

HOSTILE = (
    "<script>alert(1)</script>",
    '=HYPERLINK("http://x.example","y")',
    "#panic() $x$ `code` *bold*",
    "{{ field }} {% raw %}",
    "\u202egnp.exe",
    "a\x00b\x1fc\ufffe",
    "</td></table><img src=x onerror=1>",
)


def document_with(text: str) -> Document:
    return Document(
        f"Title {text}",
        f"Running {text}",
        (
            Heading(1, f"Heading {text}"),
            Paragraph(f"Words {text}"),
            Paragraph(f"Warned {text}", Tone.WARNING),
            Bullets((f"Point {text}",)),
            Facts((("Name", f"Fact {text}"),)),
            Table(("Column", "Other"), ((f"Cell {text}", "1"), ("Second", "2")), (3, 1)),
        ),
        mark="DRILL",
    )


class Reader(HTMLParser):
    """What a browser would show, and every element there is."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return "".join(self.words)


def word_texts(data: bytes) -> str:
    made = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in made.paragraphs] + cells)


def sheet_texts(data: bytes) -> list[str]:
    book = load_workbook(io.BytesIO(data))
    return [str(cell.value) for page in book for row in page.iter_rows() for cell in row if cell.value]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_a_text_in_html(text: str):
    plain, hostile = Reader(html.render(document_with("x"))), Reader(html.render(document_with(text)))
    assert hostile.tags == plain.tags
    assert f"Cell {visible(text)}" in hostile.text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_a_text_in_a_word_document(text: str):
    found = word_texts(word.render(document_with(text)))
    for part in ("Title", "Words", "Warned", "Point", "Fact", "Cell"):
        assert f"{part} {visible(text)}" in found


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_of_a_sheet_is_a_formula(text: str):
    data = sheet.render(document_with(text))
    book = load_workbook(io.BytesIO(data))
    assert f"Cell {visible(text)}" in sheet_texts(data)
    assert all(cell.data_type != "f" for page in book for row in page.iter_rows() for cell in row)


@given(st.text(max_size=60))
def test_any_text_can_be_written_as_html_word_and_sheet(text: str):
    document = document_with(text)
    assert f"Words {visible(text)}".replace("\n", "") in Reader(html.render(document)).text.replace("\n", "")
    assert word.render(document)
    assert sheet.render(document)


def test_a_page_fetches_nothing_and_runs_nothing():
    page = html.render(document_with("x"))
    assert "default-src 'none'" in page
    assert not {"script", "img", "link", "iframe", "a"} & set(Reader(page).tags)


def test_a_word_document_has_real_headings_and_repeats_the_heads_of_tables():
    made = docx.Document(io.BytesIO(word.render(document_with("x"))))
    assert [p.text for p in made.paragraphs if p.style is not None and p.style.name == "Heading 1"] == [
        "Heading x"
    ]
    assert "w:tblHeader" in made.tables[1].rows[0]._tr.xml
    assert made.sections[0].header.paragraphs[0].text == "Running x   DRILL"


def test_each_table_has_a_sheet_named_by_its_heading():
    book = load_workbook(io.BytesIO(sheet.render(document_with("x"))))
    assert book.sheetnames == ["Overview", "Heading x"]
    assert [cell.value for cell in book["Heading x"][1]] == ["Column", "Other"]


def test_two_tables_below_one_heading_have_two_sheets():
    table = Table(("A",), (("1",),), (1,))
    blocks = (Heading(1, "Same: [name]?"), table, table)
    book = load_workbook(io.BytesIO(sheet.render(Document("T", "R", blocks))))
    assert book.sheetnames == ["Overview", "Same   name", "Same   name 2"]


def test_a_document_as_json_says_what_each_block_is():
    made = json.loads(json.dumps(to_mapping(document_with("x"))))
    assert [block["kind"] for block in made["blocks"]] == [
        "heading", "paragraph", "paragraph", "bullets", "facts", "table",
    ]  # fmt: skip
