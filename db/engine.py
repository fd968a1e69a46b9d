"""Opens a database: the driver's connections with their pragmas, SQLAlchemy over them when it is wanted."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from db import errors
from db.place import SCHEMA_VERSION, check_writable, database_path, has_log, is_writable, schema_version
from db.unit_of_work import Store

if TYPE_CHECKING:
    import sqlalchemy

#: How long a writer waits for another program on the same file.
BUSY_TIMEOUT_MS = 5_000

_EVERY_CONNECTION = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cell_size_check = ON",
    "PRAGMA recursive_triggers = ON",  # INSERT OR REPLACE must not get round the triggers on DELETE
)
_WRITER = (
    "PRAGMA synchronous = FULL",
    "PRAGMA fullfsync = ON",  # macOS: fsync alone does not reach the platter there
    "PRAGMA cache_size = -2048",  # beyond that the system's own cache is as quick, and shared
    "PRAGMA journal_size_limit = 67108864",
    "PRAGMA secure_delete = FAST",  # Debian's SQLite overwrites all that is freed: a quarter slower in bulk
)
_READER = ("PRAGMA query_only = ON", "PRAGMA cache_size = -1024")


def open_store(
    database: str | Path, *, read_only: bool = False, busy_timeout_ms: int = BUSY_TIMEOUT_MS
) -> Store:
    """The store of an existing database that is up to date (`db.migrate.prepare` makes it so).

    Raises: StoreError when it cannot be used as it is; the file is then untouched.
    """
    path = database_path(database)
    if schema_version(path) < SCHEMA_VERSION:
        raise errors.older(path)
    if not read_only:
        check_writable(path)
    return Store(path, SqliteOpener(path, read_only=read_only, busy_timeout_ms=busy_timeout_ms))


class SqliteOpener:
    """Makes the connections of one database file."""

    def __init__(
        self, path: Path, *, read_only: bool = False, busy_timeout_ms: int = BUSY_TIMEOUT_MS
    ) -> None:
        self.path = path
        self.is_read_only = read_only
        self._busy_timeout_ms = busy_timeout_ms
        self._lock = threading.Lock()
        self._engine: sqlalchemy.Engine | None = None
        self._handed = threading.local()

    def writer(self) -> sqlite3.Connection:
        """A connection that writes durably, in write-ahead mode.

        Raises: StoreError when the file may not be written or is held by another program.
        """
        driver = self._connect("rw")
        try:
            for pragma in (*_EVERY_CONNECTION, *_WRITER):
                driver.execute(pragma)
            mode = driver.execute("PRAGMA journal_mode = WAL").fetchone()[0]
            driver.execute("SELECT 1 FROM sqlite_schema").fetchone()
        except sqlite3.Error as error:
            with self.left_as_it_lies():
                driver.close()
            raise errors.as_store_error(error, self.path) from error
        if mode != "wal":
            driver.close()
            raise errors.read_only(self.path)
        return driver

    def reader(self) -> sqlite3.Connection:
        """A connection that cannot write.

        Raises: StoreError when the file cannot be read.
        """
        # A connection that might write clears its log away at its end and knows the checks of the schema;
        # one that may not does neither.
        driver = self._connect("rw" if is_writable(self.path) else "ro")
        try:
            for pragma in (*_EVERY_CONNECTION, *_READER):
                driver.execute(pragma)
            driver.execute("SELECT 1 FROM sqlite_schema").fetchone()
        except sqlite3.Error as error:
            with self.left_as_it_lies():
                driver.close()
            if self._may_read_as_it_lies(error):
                return self._connect("ro&immutable=1")
            raise errors.as_store_error(error, self.path) from error
        return driver

    def alchemy(self, driver: sqlite3.Connection) -> "sqlalchemy.Connection":
        """SQLAlchemy's view of a driver connection; whoever holds the driver ends the transactions."""
        with self._lock:
            engine = self._engine or self._new_engine()
            self._engine = engine
        self._handed.driver = driver
        try:
            return engine.connect()
        finally:
            self._handed.driver = None

    @contextmanager
    def left_as_it_lies(self) -> Iterator[None]:
        """Close connections within this, and SQLite does not write what is in the log into the file.

        The last connection to close would do that; this one is the last, and may not write.
        """
        bystander = sqlite3.connect(f"{self.path.as_uri()}?mode=ro", uri=True)
        try:
            with suppress(sqlite3.Error):
                bystander.execute("SELECT 1 FROM sqlite_schema").fetchone()
            yield
        finally:
            bystander.close()

    def close(self) -> None:
        """Let go of what SQLAlchemy keeps."""
        if self._engine is not None:
            self._engine.dispose()

    def _connect(self, mode: str) -> sqlite3.Connection:
        try:
            return sqlite3.connect(
                f"{self.path.as_uri()}?mode={mode}",
                uri=True,
                timeout=self._busy_timeout_ms / 1000,
                isolation_level=None,  # BEGIN and COMMIT are ours
                check_same_thread=False,  # the store guards its connections
                cached_statements=512,
            )
        except sqlite3.Error as error:
            raise errors.as_store_error(error, self.path) from error

    def _may_read_as_it_lies(self, error: sqlite3.Error) -> bool:
        # On a read-only disk SQLite cannot make the shared memory that write-ahead mode needs. Without a log
        # the file is complete by itself, and nobody can change it there.
        code: int = getattr(error, "sqlite_errorcode", 0) & 0xFF
        is_cut_off = code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
        return self.is_read_only and is_cut_off and not has_log(self.path)

    def _new_engine(self) -> "sqlalchemy.Engine":
        # Imported at its first use: SQLAlchemy costs more than the whole start of a bare window.
        from sqlalchemy import create_engine
        from sqlalchemy.pool import NullPool

        engine = create_engine(
            "sqlite://", creator=self._hand_over, poolclass=NullPool, pool_reset_on_return=None
        )
        # The first connection of an engine is examined and rolled back: let that be a scratch one.
        self._handed.driver = sqlite3.connect(":memory:", isolation_level=None)
        engine.connect().close()
        return engine

    def _hand_over(self) -> sqlite3.Connection:
        driver: sqlite3.Connection = self._handed.driver
        return driver
