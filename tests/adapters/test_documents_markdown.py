"""Whatever people type stands in a Markdown document as they typed it, read by a Markdown reader."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from desktop.adapters.documents import markdown
from desktop.adapters.documents.blocks import (
    Bullets,
    Document,
    Facts,
    Heading,
    Paragraph,
    Table,
    Tone,
    visible,
)

SIGNS = "".join(chr(code) for code in range(32, 127)) + "\n\t äß漢\u202e\x07"
texts = st.text(alphabet=st.sampled_from(SIGNS), max_size=40)


def read(text: str) -> str:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text)


@given(texts)
def test_any_text_is_one_paragraph_of_that_text(text: str):
    line = " ".join(visible(text).split())
    shown = html.unescape(read(markdown.escaped(text)))
    assert shown == (f"<p>{line}</p>\n" if line else "")


@given(texts, texts)
def test_a_table_keeps_its_cells(first: str, second: str):
    table = Table(("A", "B"), ((first, second),), (1, 1))
    shown = read(markdown.render(Document("T", "", (table,))))
    assert (shown.count("<td>"), shown.count("<tr>"), shown.count("<th>")) == (2, 2, 2)


@given(texts, texts)
def test_text_makes_no_block_of_its_own(text: str, other: str):
    blocks = (
        Heading(1, f"a{text}"),
        Paragraph(f"a{text}"),
        Bullets((f"a{text}\nb{other}", "b")),
        Paragraph("between"),
        Facts((("c", f"d{other}"),)),
        Paragraph(f"e{text}", Tone.WARNING),
    )
    shown = read(markdown.render(Document("T", "", blocks, mark="M")))
    assert [tag for tag in re.findall(r"<(\w+)", shown) if tag not in ("p", "strong", "br")] == [
        *("h1", "h2", "ul", "li", "li", "ul", "li", "blockquote")
    ]


@pytest.mark.parametrize("address", ["https://evil.example", "www.evil.example", "a@evil.example"])
def test_addresses_are_no_links_for_readers_that_make_some(address: str):
    assert "\\" in markdown.escaped(address)
