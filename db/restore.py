"""Puts a backup in the place of a database; what was there is set aside, never deleted."""

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC
from pathlib import Path

from db import errors
from db.backup import STAMP, verify
from db.place import check_folder, is_foreign, side_files, sync, unfinished_name
from desktop.domain.clock import Clock
from desktop.domain.errors import StoreError, StoreFault


def restore(backup: Path, database: Path, clock: Clock) -> Path | None:
    """Put a backup in the place of a database; gives where the present file was set aside, None without one.

    Raises: StoreError when the backup is not sound, or the database is open in a program.
    """
    fault = verify(backup)
    if fault:
        raise StoreError(
            f"The backup {backup.name} cannot be restored. {fault}",
            kind=StoreFault.CORRUPT,
            hint="Choose another backup; nothing was changed.",
        )
    check_folder(database)
    unfinished = unfinished_name(database, ".restored")
    try:
        try:
            shutil.copyfile(backup, unfinished)
            sync(unfinished)
            _make_free(database)
            aside = _set_aside(database, clock)
            unfinished.replace(database)
        finally:
            unfinished.unlink(missing_ok=True)
        sync(database.parent)
    except OSError as error:
        raise errors.os_error(error, database) from error
    return aside


def _make_free(database: Path) -> None:
    # Leaving write-ahead mode needs the file for oneself, so it finds out whether a program has it open;
    # a renamed file that is still open elsewhere would take that program's writes with it.
    if not database.exists():
        return
    if is_foreign(database):
        raise errors.foreign(database)
    try:
        with closing(sqlite3.connect(database, timeout=1.0, isolation_level=None)) as driver:
            driver.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as error:
        if errors.as_store_error(error, database).kind is StoreFault.BUSY:
            raise errors.in_use(database) from error
        # Damaged: it is set aside as it lies.


def _set_aside(database: Path, clock: Clock) -> Path | None:
    stamp = clock.now().astimezone(UTC).strftime(STAMP)
    aside = database.with_name(f"{database.name}.before-restore-{stamp}")
    count = 1
    while aside.exists():
        count += 1
        aside = database.with_name(f"{database.name}.before-restore-{stamp}-{count}")
    for file in side_files(database):
        file.rename(aside.with_name(file.name.replace(database.name, aside.name, 1)))
    if not database.exists():
        return None
    try:
        aside.hardlink_to(database)  # the old name stays until the backup takes it over in one step
    except OSError:
        database.rename(aside)  # a file system without hard links
    return aside
