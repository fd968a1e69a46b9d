"""Where a watched folder is, which of its files count, and where those go that were read."""

import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from desktop.adapters.folder_file import ENDINGS
from desktop.domain.errors import DeskError

_DONE = "done"
_BETWEEN = re.compile(r"[;,\s]+")
_WILD = re.compile(r"[*?\[]")


@dataclass(frozen=True, slots=True)
class FolderPlace:
    """One folder; without patterns every file counts that can be read. `done` may be anywhere."""

    folder: Path
    patterns: tuple[str, ...]
    done: Path

    @classmethod
    def from_options(cls, options: Mapping[str, Any]) -> "FolderPlace":
        """The place that the options of a source name: folder, pattern, done_folder.

        Raises: DeskError naming the option at fault.
        """
        said = str(options.get("folder") or "").strip()
        if not said:
            raise DeskError("The source names no folder.", field="folder", hint="Choose one.")
        folder = Path(said)
        if not folder.is_absolute():
            raise DeskError(f"{said} does not say where it is.", field="folder", hint="Write the whole path.")
        patterns = tuple(filter(None, _BETWEEN.split(str(options.get("pattern") or "").casefold())))
        for pattern in patterns:
            _require_readable(pattern)
        done = folder / (str(options.get("done_folder") or "").strip() or _DONE)
        if done.resolve() == folder.resolve():
            raise DeskError(
                "Files that were read cannot stay in the folder that is watched.",
                field="done_folder",
                hint="Choose another folder.",
            )
        return cls(folder, patterns, done)

    def takes(self, name: str) -> bool:
        """Whether a file of this name counts."""
        return not self.patterns or any(fnmatchcase(name.casefold(), pattern) for pattern in self.patterns)

    def check(self) -> None:
        """Raises: DeskError where the folder is not there, or that of the files that were read cannot be."""
        if not _is_folder(self.folder):
            raise _missing(self.folder, "folder")
        if not _is_folder(self.done) and not _is_folder(self.done.parent):
            raise _missing(self.done, "done_folder")


def _missing(folder: Path, field: str) -> DeskError:
    hint = "Create it, or choose another."
    return DeskError(f"The folder {folder} is not there.", field=field, hint=hint)


def _require_readable(pattern: str) -> None:
    """Refuse a pattern that no file which can be read will ever fit."""
    ending = Path(pattern).suffix
    if ending and not _WILD.search(ending) and ending not in ENDINGS:
        raise DeskError(
            f"{pattern} fits no file that can be read.",
            field="pattern",
            hint="Files are read that end in .csv, .tsv or .json.",
        )


def _is_folder(path: Path) -> bool:
    """Raises: OSError for what cannot be looked at."""
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False
