"""Playbooks as files in a folder: read with limits, written without touching what is there."""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from desktop.domain.errors import DeskError
from desktop.domain.wording import one_line

_LARGEST = 1_000_000
_MOST = 5_000


class FilesRead(NamedTuple):
    """What the Markdown files say, by their paths, and why others were left out."""

    files: dict[str, str]
    skipped: tuple[str, ...]


def read_files(place: Path) -> FilesRead:
    """One Markdown file, or all of a folder and the folders in it.

    Raises: DeskError where the place cannot be read.
    """
    if not place.exists():
        raise DeskError(f"{place} is not there.", field="path", hint="Choose another file or folder.")
    files: dict[str, str] = {}
    skipped: list[str] = []
    found = [place] if place.is_file() else _markdown(place)
    for path in sorted(found):
        name = path.name if path == place else path.relative_to(place).as_posix()
        if len(files) >= _MOST:
            skipped.append(f"More than {_MOST:,} files: the rest was left out.")
            break
        try:
            if path.stat().st_size > _LARGEST:
                raise ValueError
            files[name] = path.read_text(encoding="utf-8-sig")
        except ValueError:
            skipped.append(f"{one_line(name)[:200]} is no text, or larger than 1 MB.")
        except OSError as error:
            skipped.append(f"{one_line(name)[:200]} cannot be read: {error.strerror or error}.")
    return FilesRead(files, tuple(skipped))


def write_files(folder: Path, files: Iterable[tuple[str, str]]) -> tuple[list[str], list[str]]:
    """Write texts under their paths in a folder; gives what was written and what was there already.

    Raises: DeskError where it cannot be written; what was written before stays.
    """
    written: list[str] = []
    there: list[str] = []
    for name, text in files:
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            is_new = _write_new(path, text)
            (written if is_new else there).append(name)
        except OSError as error:
            raise DeskError(
                f"{path} cannot be written: {error.strerror or error}.",
                field="path",
                hint="Choose another folder.",
            ) from error
    return written, there


def _write_new(path: Path, text: str) -> bool:
    """Whole or not at all; false where something is already."""
    try:
        file = path.open("x", encoding="utf-8", newline="\n")
    except FileExistsError:
        return False
    try:
        with file:
            file.write(text)
    except OSError:
        with suppress(OSError):
            path.unlink()
        raise
    return True


def _markdown(folder: Path) -> list[Path]:
    found = []
    for path in folder.rglob("*"):
        if path.suffix.lower() == ".md" and path.is_file() and ".git" not in path.parts:
            found.append(path)
        if len(found) > _MOST:
            break
    return found
