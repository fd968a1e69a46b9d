"""Where a database lies and what its first bytes say, told before SQLite touches the file."""

import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from db import errors
from desktop.domain.errors import DeskError, StoreError

#: "ESCD": lets the desk, and `file`, tell our databases from others.
APPLICATION_ID = 0x45534344
#: The number of the newest migration, kept in the header as SQLite's `user_version`.
SCHEMA_VERSION = 2

_MAGIC = b"SQLite format 3\x00"
_HEADER_BYTES = 100
_SIDE_FILES = ("-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class Header:
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
    return path.with_name(f".{path.name}.{uuid4().hex[:12]}{ending}")


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
    if not os.access(path, os.W_OK):
        raise errors.read_only(path)


def read_header(path: Path) -> Header:
    """What the first bytes say; the file itself stays untouched.

    Raises: StoreError when there is no such file, or it is no SQLite database.
    """
    if path.is_dir():
        raise errors.is_a_folder(path)
    try:
        with path.open("rb") as file:
            head = file.read(_HEADER_BYTES)
            size = os.fstat(file.fileno()).st_size
    except (FileNotFoundError, NotADirectoryError):
        raise errors.missing(path) from None
    except OSError as error:
        raise errors.unreadable(path, error) from error
    if not head:
        raise errors.empty(path)
    if len(head) < _HEADER_BYTES or not head.startswith(_MAGIC):
        raise errors.not_a_database(path)
    return Header(
        application_id=int.from_bytes(head[68:72], "big"),
        user_version=int.from_bytes(head[60:64], "big"),
        size=size,
    )


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
    version = header.user_version
    if version <= SCHEMA_VERSION and _has_log(path):
        version = _version_by_query(path)
    if version > SCHEMA_VERSION:
        raise errors.newer(path)
    return version


def _has_log(path: Path) -> bool:
    log = path.with_name(path.name + "-wal")
    return log.exists() and log.stat().st_size > 0


def _version_by_query(path: Path) -> int:
    # A log beside the file may hold a newer first page than the file itself.
    try:
        driver = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=5)
        try:
            version: int = driver.execute("PRAGMA user_version").fetchone()[0]
        finally:
            driver.close()
    except sqlite3.Error as error:
        raise errors.as_store_error(error, path) from error
    return version
