"""Backups: made by SQLite itself while the desk runs on, verified once written, a few of them kept."""

import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from db import errors
from db.integrity import connection_integrity
from db.place import (
    Header,
    check_folder,
    is_writable,
    read_header,
    schema_version,
    side_files,
    sync,
    unfinished_name,
)
from desktop.domain.clock import Clock
from desktop.domain.errors import DeskError, StoreError, StoreFault

KEPT = 14

STAMP = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"escalation-desk-(\d{8}T\d{6}Z)-([a-z]+(?:-[a-z]+)*)(?:-\d+)?\.sqlite3")
_COUNTED = ("escalation", "commitment", "timeline", "customer", "person")
_BUSY_TIMEOUT_S = 5.0
_UNFINISHED = ".part"
_ABANDONED_S = 86_400


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup file, told from its name and first bytes."""

    path: Path
    made_at: datetime
    why: str
    size: int
    version: int

    def age(self, now: datetime) -> timedelta:
        """How old it is; below zero when the clock was put back since."""
        return now - self.made_at


@dataclass(frozen=True, slots=True)
class Contents:
    """What a database holds, by which a backup is compared with its original."""

    seq: int
    hash: str
    revision: int
    counts: tuple[int, ...]


def listing(backups: Path) -> list[Backup]:
    """The backups in a folder, newest first; files that are none are passed over."""
    found: list[Backup] = []
    for path in backups.glob("escalation-desk-*.sqlite3") if backups.is_dir() else ():
        backup = _described(path)
        if backup is not None:
            found.append(backup)
    return sorted(found, key=lambda backup: (backup.made_at, backup.path.name), reverse=True)


def make(database: Path, backups: Path, clock: Clock, *, why: str) -> Backup:
    """A verified copy of the database as it is now; older ones beyond those kept are deleted.

    The database may be in use. `why` is one word or several with hyphens, as it appears in the name.

    Raises: StoreError when it cannot be read, is damaged, or the copy cannot be written.
    """
    version = schema_version(database)
    made_at = clock.now().astimezone(UTC).replace(microsecond=0)
    try:
        backups.mkdir(parents=True, exist_ok=True)
        check_folder(backups / "any")
        target = _free_name(backups, made_at, why)
        unfinished = unfinished_name(target, _UNFINISHED)
        try:
            contents = _copy(database, unfinished)
            _compare(unfinished, contents, database)
            sync(unfinished)
            unfinished.rename(target)
        finally:
            for file in (unfinished, *side_files(unfinished)):
                file.unlink(missing_ok=True)
        sync(backups)
    except OSError as error:
        raise errors.os_error(error, backups) from error
    _thin_out(backups, target)
    return Backup(target, made_at, why, target.stat().st_size, version)


def copy(database: Path, target: Path) -> None:
    """A plain copy of a database as it is now, which may be in use; one of that name is replaced whole.

    Raises: StoreError when it cannot be read or the copy cannot be written.
    """
    unfinished = unfinished_name(target, _UNFINISHED)
    try:
        _copy(database, unfinished)
        unfinished.replace(target)
    except OSError as error:
        raise errors.os_error(error, target.parent) from error
    finally:
        for file in (unfinished, *side_files(unfinished)):
            file.unlink(missing_ok=True)


def verify(backup: Path) -> str:
    """What is wrong with a backup as a sentence; empty when it can be restored."""
    try:
        schema_version(backup)
        with closing(_reading(backup, otherwise="ro&immutable=1")) as driver:
            fault = connection_integrity(driver)
            if not fault:
                _contents(driver, backup)
    except StoreError as error:
        return error.message
    except sqlite3.Error as error:
        return errors.as_store_error(error, backup).message
    return fault


def _described(path: Path) -> Backup | None:
    parts = _NAME.fullmatch(path.name)
    if parts is None:
        return None
    try:
        made_at = datetime.strptime(parts[1], STAMP).replace(tzinfo=UTC)
        header = read_header(path)
    except StoreError:
        # Listed all the same: a person sees that it is there, and `verify` says what is wrong with it.
        header = Header(application_id=0, user_version=0, size=path.stat().st_size)
    except ValueError:
        return None
    return Backup(path, made_at, parts[2], header.size, header.user_version)


def _free_name(backups: Path, made_at: datetime, why: str) -> Path:
    stem = f"escalation-desk-{made_at.strftime(STAMP)}-{why}"
    if _NAME.fullmatch(f"{stem}.sqlite3") is None:
        raise DeskError(f"{why!r} cannot be part of a file's name.", field="why", hint="Use small letters.")
    path = backups / f"{stem}.sqlite3"
    count = 1
    while path.exists():
        count += 1
        path = backups / f"{stem}-{count}.sqlite3"
    return path


def _copy(database: Path, target: Path) -> Contents:
    try:
        with (
            closing(_reading(database)) as source,
            closing(sqlite3.connect(target, isolation_level=None)) as copy,
        ):
            _spare_memory(copy)
            # Within one snapshot: what is counted is what is copied, whoever writes meanwhile.
            source.execute("BEGIN")
            contents = _contents(source, database)
            source.backup(copy)
            source.execute("COMMIT")
            copy.execute("PRAGMA journal_mode = DELETE")  # one plain file, without a log beside it
    except sqlite3.Error as error:
        fault = errors.as_store_error(error, database)
        if fault.kind is StoreFault.FULL:
            raise errors.full(target.parent) from error  # only the copy is written
        raise fault from error
    return contents


def _reading(path: Path, *, otherwise: str = "ro") -> sqlite3.Connection:
    # A connection that might write clears its log away at its end and knows the checks of the schema; one
    # that may not does neither.
    mode = "rw" if is_writable(path) else otherwise
    driver = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=_BUSY_TIMEOUT_S, isolation_level=None
    )
    driver.execute("PRAGMA query_only = ON")
    _spare_memory(driver)
    return driver


def _spare_memory(driver: sqlite3.Connection) -> None:
    """A copy goes through every page once: to keep them would only be the desk's highest need of memory."""
    driver.execute("PRAGMA cache_size = -256")


def _compare(copy: Path, contents: Contents, database: Path) -> None:
    with closing(_reading(copy)) as driver:
        try:
            fault = connection_integrity(driver)
            is_same = not fault and _contents(driver, database) == contents
        except sqlite3.Error as error:
            raise errors.corrupt(database, str(error)) from error
    if fault:
        raise errors.corrupt(database, fault)
    if not is_same:
        raise StoreError(
            f"The backup of {database} did not come out as its original.",
            hint="Check the disk and try again.",
        )


def _contents(driver: sqlite3.Connection, path: Path) -> Contents:
    head = driver.execute("SELECT seq, hash, revision FROM chain_head").fetchone()
    if head is None:
        raise errors.corrupt(path, "the head of the audit chain is gone")
    counts = tuple(driver.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in _COUNTED)
    seq, hash_, revision = head
    return Contents(seq, hash_, revision, counts)


def _thin_out(backups: Path, just_made: Path) -> None:
    # The one just made has been verified, so a good one always stays; the last from before a migration stays
    # too, since later ones cannot be read by the version before.
    others = [backup for backup in listing(backups) if backup.path != just_made]
    keepsake = next((backup.path for backup in others if backup.why.startswith("migration")), None)
    for backup in others[KEPT - 1 :]:
        if backup.path != keepsake:
            backup.path.unlink(missing_ok=True)
    made_s = just_made.stat().st_mtime
    for unfinished in backups.glob(f".escalation-desk-*{_UNFINISHED}*"):
        if made_s - unfinished.stat().st_mtime > _ABANDONED_S:
            unfinished.unlink(missing_ok=True)
