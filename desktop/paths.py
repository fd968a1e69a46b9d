"""Where the program's own files and the person's files live: from source, installed and frozen."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.domain.errors import DeskError

if TYPE_CHECKING:
    from platformdirs.api import PlatformDirsABC

APP_ID = "io.github.escalationdesk.EscalationDesk"

# PyInstaller unpacks data below sys._MEIPASS; from source and installed, resources lie beside this package.
_PROGRAM_ROOT = Path(getattr(sys, "_MEIPASS", Path(__file__).resolve().parent.parent))


def is_frozen() -> bool:
    """Whether this is the packaged binary, not Python running source files."""
    return hasattr(sys, "_MEIPASS")


def resource(*parts: str) -> Path:
    """A file shipped with the program: `resource("themes", "light.toml")`."""
    return _PROGRAM_ROOT.joinpath("resources", *parts)


def data_dir() -> Path:
    """The person's data: the database, its backups, evidence."""
    return _made(_dirs().user_data_path)


def config_dir() -> Path:
    """What belongs to this person on this machine and not into the database."""
    return _made(_dirs().user_config_path)


def state_dir() -> Path:
    """What may be lost without harm: window places, the last file opened."""
    return _made(_dirs().user_state_path)


def cache_dir() -> Path:
    """What can be made again at any time."""
    return _made(_dirs().user_cache_path)


def log_dir() -> Path:
    """Log files and crash reports."""
    return _made(_dirs().user_log_path)


def _dirs() -> "PlatformDirsABC":
    from platformdirs import PlatformDirs  # imported here: a start that names its own database never needs it

    return PlatformDirs(appname=APP_ID, appauthor=False)


def _made(folder: Path) -> Path:
    """The folder, made for this person alone (0700) when it was not there yet.

    Raises:
        DeskError: It cannot be made: the disk is full or read-only, or a file is in its place.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise DeskError(
            f"The folder {folder} cannot be made: {error.strerror or error}.",
            hint="Make room there, or the right to write, or name another place with --database.",
        ) from error
    return folder
