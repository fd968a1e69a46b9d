"""What the program was started with, and where its databases lie when nothing else was said."""

import os
from pathlib import Path
from typing import NamedTuple

from desktop import paths


class WindowOptions(NamedTuple):
    """What the window opens: a database by path or URL, the sample desk, or a log to be replayed.

    `start`, `end` (days as 2016-03-01) and `zone` say which part of the log and how its dates are meant.
    `new` goes to the form of a new escalation as soon as it is there. `drill` is the desk of a drill that
    runs already, as the window needs it (a DrillBackdrop of the wiring).
    """

    database: str | None = None
    sample: bool = False
    replay: Path | None = None
    start: str = ""
    end: str = ""
    zone: str = ""
    new: bool = False
    drill: object = None


def default_database() -> Path:
    """The desk's own database.

    Raises: DeskError when its folder cannot be made.
    """
    return paths.data_dir() / "desk.sqlite3"


def sample_database() -> Path:
    """The database of the sample desk, apart from the person's own.

    Raises: DeskError when its folder cannot be made.
    """
    return paths.data_dir() / "sample.sqlite3"


def backups_folder(database: Path) -> Path:
    """Where the backups of a database lie: beside it, so that they are found again with it."""
    return database.with_name(f"{database.stem}-backups")


def local_zone() -> str:
    """The name of this computer's time zone; UTC where it has none that is known by name."""
    for name in (os.environ.get("TZ", "").lstrip(":"), _link_of(Path("/etc/localtime"))):
        if name and _is_zone(name):
            return "UTC" if name == "Etc/UTC" else name
    return "UTC"


def _link_of(path: Path) -> str:
    try:
        return str(path.resolve(strict=True)).partition("zoneinfo/")[2]
    except OSError:
        return ""


def _is_zone(name: str) -> bool:
    from zoneinfo import ZoneInfo  # a window's first picture would wait for it

    try:
        ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        return False
    return True
