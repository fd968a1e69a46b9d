"""Where a database lies and what its first bytes say, told before SQLite touches the file."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from db import errors
from desktop.domain.errors import DeskError, StoreError

#: "ESCD": lets the desk, and `file`, tell our databases from others.
APPLICATION_ID = 0x45534344
#: The number of the newest migration, kept in the header as SQLite's `user_version`.
SCHEMA_VERSION = 16

_BUSY_TIMEOUT_S = 5.0
_SIDE_FILES = ("-wal", "-shm", "-journal")


class Header(NamedTuple):
    """The facts of a database's first page that tell whose it is."""

    application_id: int
    user_version: int
    size: int


def database_path(database: str | Path) -> Path:
    """The absolute path of a database given as path or as `sqlite:///` URL.

    Raises: DeskError for a URL of another kind.
    """
    text = str(database)
    if not text.strip():
        raise DeskError("No database was named.", field="database", hint="Name a file.")
    scheme, mark, rest = text.partition("://")
    if isinstance(database, Path) or not mark:
        return Path(database).expanduser().absolute()
    if scheme.startswith("postgres"):
        raise DeskError(
            "PostgreSQL is not supported in this version yet.", field="database", hint="Name a SQLite file."
        )
    if scheme != "sqlite" or not rest.startswith("/") or rest in ("/", "/:memory:"):
        raise DeskError(
            f"{text} does not name a database file.", field="database", hint="Use a path or sqlite:///path."
        )
    return Path(rest[1:]).expanduser().absolute()


def side_files(path: Path) -> list[Path]:
    """The log, shared memory and journal that SQLite keeps beside the file, those that exist."""
    beside = (path.with_name(path.name + ending) for ending in _SIDE_FILES)
    return [file for file in beside if file.exists()]


def unfinished_name(path: Path, ending: str) -> Path:
    """A name beside `path` that nobody else uses, for a file that is renamed once it is whole."""
    return path.with_name(f".{path.name}.{os.urandom(6).hex()}{ending}")


def sync(path: Path) -> None:
    """Have the operating system write a file, or the names in a folder, to the disk."""
    if os.name == "nt" and path.is_dir():
        return  # Windows cannot open folders
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def check_folder(path: Path) -> None:
    """Make sure that a file can be made at `path`.

    Raises: StoreError when the folder is missing or may not be written, or `path` is a folder.
    """
    if path.is_dir():
        raise errors.is_a_folder(path)
    if not path.parent.is_dir():
        raise errors.missing(path)
    if not os.access(path.parent, os.W_OK):
        raise errors.read_only(path)


def check_writable(path: Path) -> None:
    """Make sure that an existing database and the folder for its log may be written.

    Raises: StoreError when one of them may only be read.
    """
    check_folder(path)
    if not is_writable(path):
        raise errors.read_only(path)


def is_writable(path: Path) -> bool:
    """Whether an existing database and the folder for its log may be written."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def read_header(path: Path) -> Header:
    """What the first page says; file and folder stay untouched, but for the shared memory of a log in use.

    Raises: StoreError when there is no such file, or it is no SQLite database.
    """
    if path.is_dir():
        raise errors.is_a_folder(path)
    try:
        size = path.stat().st_size
        if not size:
            raise errors.empty(path)
        # Beside a log the file alone may be of two minds: its first page can be in there.
        return Header(*_first_page(path, "mode=ro" if has_log(path) else "mode=ro&immutable=1"), size)
    except (FileNotFoundError, NotADirectoryError):
        raise errors.missing(path) from None
    except OSError as error:
        raise errors.unreadable(path, error) from error
    except sqlite3.Error as error:
        raise errors.as_store_error(error, path) from error


def has_log(path: Path) -> bool:
    """Whether a write-ahead log lies beside the file, with something in it."""
    log = path.with_name(path.name + "-wal")
    return log.exists() and log.stat().st_size > 0


def is_foreign(path: Path) -> bool:
    """Whether an existing file is a sound-looking database that the desk did not make."""
    try:
        return read_header(path).application_id != APPLICATION_ID
    except StoreError:
        return False


def schema_version(path: Path) -> int:
    """The number of the newest migration that a database of the desk has seen.

    Raises: StoreError when there is no such file, it is no database of the desk, or a newer version made it.
    """
    header = read_header(path)
    if header.application_id != APPLICATION_ID:
        raise errors.foreign(path)
    if header.user_version > SCHEMA_VERSION:
        raise errors.newer(path)
    return header.user_version


def _first_page(path: Path, mode: str) -> tuple[int, int]:
    # By way of SQLite, and never by open(): closing a file drops all locks that this process holds on it, an
    # open store's among them.
    uri = f"{path.absolute().as_uri()}?{mode}"
    with closing(sqlite3.connect(uri, uri=True, timeout=_BUSY_TIMEOUT_S)) as driver:
        application_id: int = driver.execute("PRAGMA application_id").fetchone()[0]
        user_version: int = driver.execute("PRAGMA user_version").fetchone()[0]
    return application_id, user_version
