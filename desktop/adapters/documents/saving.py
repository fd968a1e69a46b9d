"""Saves a document under a name that says what it is written as; the file is there whole or not at all."""

import json
import os
import tempfile
from pathlib import Path

from desktop.adapters.documents import html, markdown, pdf, sheet, word
from desktop.adapters.documents.blocks import Document, to_mapping
from desktop.domain.errors import DeskError

#: What a document can be saved as, by the ending of the file's name.
ENDINGS = (".pdf", ".docx", ".md", ".html", ".xlsx", ".json")


def save(document: Document, target: Path) -> tuple[str, ...]:
    """Write it; gives sentences about what the file could not be given, may be none.

    Raises: DeskError for another ending, or when the file cannot be written.
    """
    ending = target.suffix.casefold()
    if ending == ".pdf":
        made = pdf.render(document)
        write(target, made.data)
        return made.notes
    if ending not in ENDINGS:
        raise DeskError(
            f"Nothing is known of files that end in “{target.suffix}”.",
            hint=f"Use {', '.join(ENDINGS[:-1])} or {ENDINGS[-1]}.",
        )
    write(target, _rendered(document, ending))
    return ()


def _rendered(document: Document, ending: str) -> bytes:
    if ending == ".docx":
        return word.render(document)
    if ending == ".xlsx":
        return sheet.render(document)
    if ending == ".html":
        return html.render(document).encode()
    if ending == ".json":
        return (json.dumps(to_mapping(document), ensure_ascii=False, indent=2) + "\n").encode()
    return markdown.render(document).encode()


def write(target: Path, data: bytes) -> None:
    """Let a file be there whole or not at all.

    Raises: DeskError when it cannot be written.
    """
    unfinished = None
    try:
        handle, unfinished = tempfile.mkstemp(prefix=".document-", suffix=".part", dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(unfinished).replace(target)
    except OSError as error:
        if unfinished is not None:
            Path(unfinished).unlink(missing_ok=True)
        raise DeskError(
            f"{target.name} could not be written: {error.strerror or error}.", hint="Choose another folder."
        ) from error
