"""One database and its transactions: `with store.begin() as session:` keeps all or nothing."""

import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from db import errors
from desktop.domain.errors import StoreError, StoreFault

if TYPE_CHECKING:
    import sqlalchemy

_KEPT_READERS = 4


class Opener(Protocol):
    """Makes connections for a store; see `db.engine`."""

    is_read_only: bool

    def writer(self) -> sqlite3.Connection:
        """A new connection that writes."""
        ...

    def reader(self) -> sqlite3.Connection:
        """A new connection that cannot write."""
        ...

    def alchemy(self, driver: sqlite3.Connection) -> "sqlalchemy.Connection":
        """SQLAlchemy's view of a connection."""
        ...

    def left_as_it_lies(self) -> AbstractContextManager[None]:
        """Connections closed within this leave file and log as they are."""
        ...

    def close(self) -> None:
        """Let go of everything shared."""
        ...


class _Line:
    """A driver connection that is kept, with SQLAlchemy's view of it once somebody asked."""

    __slots__ = ("alchemy", "driver", "opener")

    def __init__(self, opener: Opener, driver: sqlite3.Connection) -> None:
        self.opener = opener
        self.driver = driver
        self.alchemy: sqlalchemy.Connection | None = None

    def connection(self) -> "sqlalchemy.Connection":
        if self.alchemy is None:
            self.alchemy = self.opener.alchemy(self.driver)
        return self.alchemy

    def commit(self) -> None:
        self.driver.execute("COMMIT")
        if self.alchemy is not None:
            self.alchemy.commit()

    def rollback(self) -> None:
        # Some errors, a full disk among them, have rolled back already; then there is nothing left to undo.
        with suppress(sqlite3.Error):
            if self.driver.in_transaction:
                self.driver.execute("ROLLBACK")
        if self.alchemy is not None:
            self.alchemy.rollback()

    def close(self) -> None:
        if self.alchemy is not None:
            self.alchemy.close()
        self.driver.close()


class Session:
    """One transaction; every query function takes it first."""

    __slots__ = ("_driver", "_line", "_revision")

    def __init__(self, line: _Line) -> None:
        self._line = line
        self._driver = line.driver
        self._revision = 0

    def end(self) -> None:
        """Make any later use an error: outside its transaction a statement would be kept by itself."""
        del self._line, self._driver

    @property
    def connection(self) -> "sqlalchemy.Connection":
        """SQLAlchemy's connection in this very transaction; do not commit or roll back on it."""
        return self._line.connection()

    def execute(
        self,
        statement: "sqlalchemy.Executable",
        parameters: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None,
    ) -> "sqlalchemy.CursorResult[Any]":
        """Run a statement of SQLAlchemy Core."""
        return self._line.connection().execute(statement, parameters)

    def sql(self, text: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> sqlite3.Cursor:
        """Run the driver's own SQL, with `?` marks; a sequence of rows runs it once for each of them."""
        if parameters and not isinstance(parameters, Mapping) and isinstance(parameters[0], (tuple, list)):
            return self._driver.executemany(text, parameters)
        return self._driver.execute(text, parameters)

    def revision(self) -> int:
        """The number under which this transaction's changes are found later; one for each transaction."""
        if not self._revision:
            row = self._driver.execute(
                "UPDATE chain_head SET revision = revision + 1 WHERE id = 1 RETURNING revision"
            ).fetchone()
            self._revision = row[0]
        return self._revision


class Store:
    """One database: one kept writer that one thread at a time may use, and a few kept readers.

    May be used from several threads.
    """

    dialect_name = "sqlite"

    def __init__(self, path: Path, opener: Opener) -> None:
        """Raises: StoreError when the file cannot be opened."""
        self.path = path
        self._opener = opener
        self._write_lock = threading.RLock()
        self._poll_lock = threading.Lock()
        self._idle_lock = threading.Lock()
        self._is_writing = False
        #: Asked before each transaction that writes; what it raises refuses it.
        self.gate: Callable[[], None] | None = None
        self._is_closed = False
        self._is_damaged = False  # then nothing is written any more that nobody asked for
        self._idle: list[_Line] = []
        self._writer = None if opener.is_read_only else _Line(opener, opener.writer())
        self._poll: _Line | None = None
        self._seen_version = -1
        self._seen_revision = 0
        if self._writer is None:
            self._idle.append(_Line(opener, opener.reader()))

    @property
    def url(self) -> str:
        """The database as a URL."""
        return f"sqlite:///{self.path.as_posix()}"

    @property
    def is_read_only(self) -> bool:
        """Whether `begin` is refused."""
        return self._writer is None

    @contextmanager
    def begin(self) -> Iterator[Session]:
        """A durable transaction: kept on leaving, undone on any exception.

        Raises: StoreError when the database cannot take it; nothing of it is kept then.
        """
        if self.gate is not None:
            self.gate()
        with self._write_lock:
            line = self._writer
            if self._is_closed:
                raise errors.closed(self.path)
            if line is None:
                raise errors.read_only(self.path)
            if self._is_writing:
                raise RuntimeError("begin() inside begin() on one thread: pass the session on instead")
            self._is_writing = True
            session = Session(line)
            try:
                line.driver.execute("BEGIN IMMEDIATE")
                yield session
                line.commit()
            except BaseException as error:
                line.rollback()
                fault = self._fault(error)
                if fault is None:
                    raise
                raise fault from error
            finally:
                self._is_writing = False
                session.end()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A consistent snapshot, taken at the first query; it cannot write.

        Raises: StoreError when the database cannot be read.
        """
        line = self._take_reader()
        session = Session(line)
        try:
            line.driver.execute("BEGIN")
            yield session
            line.commit()
        except BaseException as error:
            line.rollback()
            fault = self._fault(error)
            is_forbidden_write = fault is not None and fault.kind is StoreFault.READ_ONLY
            if fault is None or (is_forbidden_write and not self.is_read_only):
                raise
            raise fault from error
        finally:
            session.end()
            self._give_back(line)

    def revision(self) -> int:
        """The number of the last change by anybody, other programs included; cheap when nothing changed."""
        with self._poll_lock:
            if self._is_closed:
                raise errors.closed(self.path)
            if self._poll is None:
                self._poll = _Line(self._opener, self._opener.reader())
            driver = self._poll.driver
            try:
                version = driver.execute("PRAGMA data_version").fetchone()[0]
                if version != self._seen_version:
                    self._seen_revision = driver.execute("SELECT revision FROM chain_head").fetchone()[0]
                    self._seen_version = version
            except sqlite3.Error as error:
                raise errors.as_store_error(error, self.path) from error
            return self._seen_revision

    def forgo_durability(self) -> None:
        """Let what is committed be lost with the machine's power from now on, for what can be made again."""
        with self._write_lock:
            if self._writer is not None:
                self._writer.driver.execute("PRAGMA synchronous = OFF")

    def close(self) -> None:
        """Close every connection; later use is refused with a sentence. Safe to repeat."""
        with self._write_lock, self._poll_lock, self._idle_lock:
            if self._is_closed:
                return
            self._is_closed = True
            with self._opener.left_as_it_lies() if self._is_damaged else nullcontext():
                self._close_lines()
            self._opener.close()

    def _close_lines(self) -> None:
        if self._poll is not None:
            self._poll.close()
        while self._idle:
            self._idle.pop().close()
        if self._writer is not None:
            if not self._is_damaged:
                _refresh_statistics(self._writer.driver)
            self._writer.close()

    def _fault(self, error: BaseException) -> StoreError | None:
        fault = errors.store_error(error, self.path)
        if fault is not None and fault.kind is StoreFault.CORRUPT:
            self._is_damaged = True
        return fault

    def _take_reader(self) -> _Line:
        with self._idle_lock:
            if self._is_closed:
                raise errors.closed(self.path)
            if self._idle:
                return self._idle.pop()
        return _Line(self._opener, self._opener.reader())

    def _give_back(self, line: _Line) -> None:
        with self._idle_lock:
            if not self._is_closed and len(self._idle) < _KEPT_READERS:
                self._idle.append(line)
                return
        line.close()


def _refresh_statistics(driver: sqlite3.Connection) -> None:
    # What the query planner knows of the tables; optional, so a full, busy or damaged file may refuse it.
    try:
        driver.execute("PRAGMA busy_timeout = 100")
        driver.execute("PRAGMA analysis_limit = 400")
        driver.execute("PRAGMA optimize")
    except sqlite3.Error:
        return
