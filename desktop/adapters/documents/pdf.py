"""Writes a document as PDF with typst; it works without a network and reads nothing but its own template."""

import json
from dataclasses import dataclass
from typing import Literal

from desktop.adapters.documents.blocks import Document, to_mapping
from desktop.domain.errors import DeskError
from desktop.paths import resource

#: The families of the window, and after them one that typst brings along: it has no Greek beyond the letters,
#: no Arabic, no Chinese, so that a machine without any font loses those.
FAMILIES = ("Inter", "Segoe UI", "SF Pro Text", "Cantarell", "Noto Sans", "DejaVu Sans", "Libertinus Serif")


@dataclass(frozen=True, slots=True)
class Pdf:
    """The file as bytes; `notes` are sentences about what it could not be given, may be empty."""

    data: bytes
    notes: tuple[str, ...]


def render(document: Document) -> Pdf:
    """The document as PDF, in the first of the families that this machine has.

    Raises: DeskError when it cannot be set.
    """
    (data,), family = _compile(document, "pdf")
    if family == FAMILIES[0]:
        return Pdf(data, ())
    return Pdf(data, (f"The font {FAMILIES[0]} is not on this machine: {family} stands in for it.",))


def render_pictures(document: Document, per_inch: int = 96) -> tuple[bytes, ...]:
    """The document's pages as PNG, for a preview.

    Raises: as `render`.
    """
    return _compile(document, "png", per_inch)[0]


def _compile(
    document: Document, form: Literal["pdf", "png"], per_inch: int = 96
) -> tuple[tuple[bytes, ...], str]:
    """The files, and the family they are set in."""
    import typst  # 70 MB that only an export needs

    fonts = typst.Fonts()
    known = set(fonts.families())
    families = [family for family in FAMILIES if family in known] or [FAMILIES[-1]]
    template = resource("documents", "blocks.typ")
    inputs = {"document": to_mapping(document), "families": families}
    try:
        made: bytes | list[bytes] | None = typst.compile(
            template,
            root=template.parent,
            font_paths=fonts,
            format=form,
            ppi=float(per_inch),
            sys_inputs={name: json.dumps(value, ensure_ascii=False) for name, value in inputs.items()},
        )
    except (typst.TypstError, OSError) as error:
        raise DeskError("The document could not be made.", hint=str(error).split("\n")[0][:200]) from error
    return ((made,) if isinstance(made, bytes) else tuple(made or ())), families[0]
