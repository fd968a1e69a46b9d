"""Makes a database ready for this version: a new one is made whole, an older one backed up and upgraded."""

import sqlite3
from contextlib import closing
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from db import backup, errors
from db.engine import BUSY_TIMEOUT_MS, SqliteOpener, open_store
from db.place import (
    APPLICATION_ID,
    SCHEMA_VERSION,
    check_folder,
    check_writable,
    database_path,
    has_log,
    schema_version,
    side_files,
    sync,
    unfinished_name,
)
from db.unit_of_work import Store
from desktop.domain.clock import Clock
from desktop.domain.errors import StoreError

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection

_MIGRATIONS = Path(__file__).with_name("migrations")
_ALEMBIC = Lock()  # the `op` of migrations is one for the whole process


def prepare(
    database: str | Path, backups: Path, clock: Clock, *, busy_timeout_ms: int = BUSY_TIMEOUT_MS
) -> Store:
    """The store of a database at this version; a missing file is made, an older one brought up to date.

    Raises: StoreError when the file cannot be used as it is; it is then untouched.
    """
    path = database_path(database)
    check_folder(path)
    if not path.exists():
        _make(path)
    elif schema_version(path) < SCHEMA_VERSION:
        check_writable(path)
        backup.make(path, backups, clock, why="migration")
        upgrade(path, busy_timeout_ms=busy_timeout_ms)
    store = open_store(path, busy_timeout_ms=busy_timeout_ms)
    try:
        _check_revision(store)
    except StoreError:
        store.close()
        raise
    return store


def upgrade(path: Path, *, to: int = SCHEMA_VERSION, busy_timeout_ms: int = BUSY_TIMEOUT_MS) -> None:
    """Bring an older database to a version, in one transaction; nothing is changed if a step fails.

    Raises: StoreError when the file cannot be written.
    """
    _migrate(path, to, busy_timeout_ms)


def downgrade(path: Path, *, to: int, busy_timeout_ms: int = BUSY_TIMEOUT_MS) -> None:
    """Take a database back to an earlier version, 0 for an empty one.

    Raises: StoreError when the file cannot be written.
    """
    _migrate(path, to, busy_timeout_ms)


def alembic_config(connection: "Connection | None" = None) -> "Config":
    """Alembic's settings, without a file of its own."""
    # Imported only when something is to be migrated: it costs as much as SQLAlchemy itself.
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _check_revision(store: Store) -> None:
    # A version under development may bear our number and still know steps that we do not.
    with store.read() as session:
        revision = session.sql("SELECT version_num FROM alembic_version").fetchone()
    if revision != (f"{SCHEMA_VERSION:04}",):
        raise errors.newer(store.path)


def _make(path: Path) -> None:
    if has_log(path):
        raise errors.left_behind(path)
    # Made under another name and renamed when whole: a crash leaves no half-made database behind.
    unfinished = unfinished_name(path, ".new")
    try:
        _first_page(unfinished)
        upgrade(unfinished)
        _put_in_place(unfinished, path)
        sync(path.parent)
    except OSError as error:
        raise errors.os_error(error, path) from error
    except StoreError as fault:
        raise errors.renamed(fault, unfinished, path) from fault
    finally:
        for file in (unfinished, *side_files(unfinished)):
            file.unlink(missing_ok=True)


def _put_in_place(unfinished: Path, path: Path) -> None:
    try:
        path.hardlink_to(unfinished)
    except FileExistsError:
        return  # another program was quicker; its database is as good
    except OSError:
        unfinished.rename(path)  # a file system without hard links


def _first_page(path: Path) -> None:
    try:
        driver = sqlite3.connect(path, isolation_level=None)
        try:
            driver.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        finally:
            driver.close()
    except sqlite3.Error as error:
        raise errors.as_store_error(error, path) from error


def _migrate(path: Path, to: int, busy_timeout_ms: int) -> None:
    from alembic import command

    opener = SqliteOpener(path, busy_timeout_ms=busy_timeout_ms)
    try:
        with closing(opener.writer()) as driver, closing(opener.alchemy(driver)) as connection:
            # Rebuilding a table drops the old one, which must not take its children along; checked below.
            driver.execute("PRAGMA foreign_keys = OFF")
            driver.execute("BEGIN IMMEDIATE")
            connection.begin()  # tells Alembic that the transaction is ours
            current: int = driver.execute("PRAGMA user_version").fetchone()[0]
            move = command.upgrade if to >= current else command.downgrade
            with _ALEMBIC:
                move(alembic_config(connection), f"{to:04}" if to else "base")
            broken = driver.execute("PRAGMA foreign_key_check").fetchone()
            if broken is not None:
                raise errors.corrupt(path, f"a row of {broken[0]} refers to a missing row of {broken[2]}")
            driver.execute(f"PRAGMA user_version = {to}")
            driver.execute("COMMIT")
    except BaseException as error:
        fault = errors.store_error(error, path)
        if fault is None:
            raise
        raise fault from error
    finally:
        opener.close()
