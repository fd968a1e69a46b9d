"""Saves a document under a name that says what it is written as; the file is there whole or not at all."""

import os
import tempfile
from pathlib import Path

from desktop.adapters.documents import markdown, pdf
from desktop.adapters.documents.blocks import Document
from desktop.domain.errors import DeskError

#: What a document can be saved as, by the ending of the file's name.
ENDINGS = (".pdf", ".md")


def save(document: Document, target: Path) -> tuple[str, ...]:
    """Write it; gives sentences about what the file could not be given, may be none.

    Raises: DeskError for another ending, or when the file cannot be written.
    """
    ending = target.suffix.casefold()
    if ending == ".md":
        _write(target, markdown.render(document).encode())
        return ()
    if ending == ".pdf":
        made = pdf.render(document)
        _write(target, made.data)
        return made.notes
    raise DeskError(
        f"Nothing is known of files that end in “{target.suffix}”.", hint=f"Use {' or '.join(ENDINGS)}."
    )


def _write(target: Path, data: bytes) -> None:
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
