"""Writes a document as one HTML file that needs nothing beside it and fetches nothing."""

from collections.abc import Sequence
from html import escape

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

#: No script, no picture, no address is followed, whatever a text may look like.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_STYLE = """
body { font: 16px/1.5 Inter, "Segoe UI", "SF Pro Text", Cantarell, "Noto Sans", "DejaVu Sans", sans-serif;
       color: #1b1f24; background: #fff; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 1rem; }
h2 { font-size: 1.3rem; margin: 2rem 0 .6rem; }
h3 { font-size: 1.1rem; margin: 1.5rem 0 .5rem; }
.mark { font-weight: 700; letter-spacing: .06em; border: 2px solid currentColor; padding: .2rem .6rem;
        display: inline-block; margin: 0 0 1rem; }
.running, .muted { color: #4d5661; }
.warning { border-left: .3rem solid #d99a2b; background: #fdf3e1; padding: .5rem .8rem; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; margin: .6rem 0; }
th, td { text-align: left; vertical-align: top; padding: .35rem .5rem; border-bottom: 1px solid #c9ced6; }
dl { display: grid; grid-template-columns: minmax(8rem, max-content) 1fr; gap: .3rem 1rem; margin: .6rem 0; }
dt { color: #4d5661; } dd { margin: 0; }
@media print { body { margin: 0; max-width: none; font-size: 11pt; } thead { display: table-header-group; }
               tr { break-inside: avoid; } h2, h3 { break-after: avoid; } }
"""


def render(document: Document) -> str:
    """The document as a page, ending with a line feed."""
    mark = f'<p class="mark">{_text(document.mark)}</p>\n' if document.mark else ""
    body = "\n".join(_block(block) for block in document.blocks)
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(document.language, quote=True)}">\n<head>\n'
        f'<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_text(document.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n{mark}"
        f'<h1>{_text(document.title)}</h1>\n<p class="running">{_text(document.running)}</p>\n{body}\n'
        "</body>\n</html>\n"
    )


def _text(text: str) -> str:
    return escape(visible(text), quote=True).replace("\n", "<br>")


def _block(block: Block) -> str:
    match block:
        case Heading():
            level = min(block.level + 1, 6)
            return f"<h{level}>{_text(block.text)}</h{level}>"
        case Paragraph():
            tone = "" if block.tone is Tone.PLAIN else f' class="{block.tone.value}"'
            return f"<p{tone}>{_text(block.text)}</p>"
        case Bullets():
            return _listed("ul", [f"<li>{_text(line)}</li>" for line in block.lines])
        case Facts():
            facts = [f"<dt>{_text(name)}</dt><dd>{_text(value)}</dd>" for name, value in block.rows]
            return _listed("dl", facts)
        case Table():
            head = _row("th", block.headings, ' scope="col"')
            rows = "\n".join(_row("td", row) for row in block.rows)
            return f"<table>\n<thead>\n{head}\n</thead>\n<tbody>\n{rows}\n</tbody>\n</table>"


def _listed(name: str, lines: Sequence[str]) -> str:
    return "\n".join([f"<{name}>", *lines, f"</{name}>"])


def _row(name: str, cells: Sequence[str], more: str = "") -> str:
    return f"<tr>{''.join(f'<{name}{more}>{_text(cell)}</{name}>' for cell in cells)}</tr>"
