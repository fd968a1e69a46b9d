"""The one place where the driver's codes become sentences; what is not listed here is a bug and stays one."""

import errno
import shutil
import sqlite3
from pathlib import Path

from desktop.domain.errors import StoreError, StoreFault

_NEARLY_FULL_BYTES = 1 << 20
_RESTORE = "Restore one of the automatic backups; the file is left as it is."
_PRIMARY_CODE = 0xFF  # extended result codes carry the primary one in their lowest byte


def store_error(error: BaseException, path: Path) -> StoreError | None:
    """What an error of the driver, bare or wrapped by SQLAlchemy, means for the person; None for a bug."""
    cause = getattr(error, "orig", None) or error
    if not isinstance(cause, sqlite3.Error):
        return None
    code: int = getattr(cause, "sqlite_errorcode", 0) & _PRIMARY_CODE
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL):
        return busy(path)
    if code == sqlite3.SQLITE_FULL:
        return full(path)
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        return read_only(path)
    if code == sqlite3.SQLITE_CORRUPT:
        return corrupt(path)
    if code == sqlite3.SQLITE_NOTADB:
        return not_a_database(path)
    if code in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_TOOBIG):
        return _environment(code, cause, path)
    return None


def as_store_error(error: BaseException, path: Path) -> StoreError:
    """The same where any error of the driver can only come from the file or the machine."""
    return store_error(error, path) or StoreError(
        f"The database {path} could not be read ({error}).", hint="Restore one of the automatic backups."
    )


def busy(path: Path) -> StoreError:
    """Another program holds the file."""
    return StoreError(
        f"Another program is writing to {path} and did not finish in time; nothing of this step was kept.",
        kind=StoreFault.BUSY,
        hint="Wait until it is done, or close it, and try again.",
    )


def in_use(path: Path) -> StoreError:
    """Somebody has the file open, so it cannot be exchanged."""
    return StoreError(
        f"The database {path} is open in a program; nothing was changed.",
        kind=StoreFault.BUSY,
        hint="Close every desk that uses it and try again.",
    )


def full(path: Path) -> StoreError:
    """No room for what was to be written."""
    return StoreError(
        f"There is no room left on the disk of {path}; nothing of this step was kept.",
        kind=StoreFault.FULL,
        hint="Free some space and try again.",
    )


def read_only(path: Path) -> StoreError:
    """The file or its folder may not be written."""
    return StoreError(
        f"{path} or its folder may only be read, not written.",
        kind=StoreFault.READ_ONLY,
        hint="Allow writing to both, or move the database to a folder of your own.",
    )


def corrupt(path: Path, detail: str = "") -> StoreError:
    """The file's pages contradict each other."""
    return StoreError(
        f"The database {path} is damaged{': ' + detail if detail else ''}.",
        kind=StoreFault.CORRUPT,
        hint=_RESTORE,
    )


def not_a_database(path: Path) -> StoreError:
    """The file is something else, or its beginning was overwritten."""
    return StoreError(
        f"{path} is not a database.",
        kind=StoreFault.NOT_A_DATABASE,
        hint="Choose another file, or restore one of the automatic backups; the file is left as it is.",
    )


def empty(path: Path) -> StoreError:
    """A file without a single byte: a new one, or one that lost everything."""
    return StoreError(
        f"{path} is empty.",
        kind=StoreFault.NOT_A_DATABASE,
        hint="Restore one of the automatic backups, or delete the empty file to begin anew.",
    )


def foreign(path: Path) -> StoreError:
    """A sound database that the desk did not make."""
    return StoreError(
        f"The database {path} belongs to another program.",
        kind=StoreFault.NOT_A_DATABASE,
        hint="Choose another file; this one is left as it is.",
    )


def newer(path: Path) -> StoreError:
    """The file knows more than this program does."""
    return StoreError(
        f"The database {path} was made by a newer version of Escalation Desk.",
        kind=StoreFault.NEWER_VERSION,
        hint="Install that version; the file is left as it is.",
    )


def older(path: Path) -> StoreError:
    """The file waits for its migration."""
    return StoreError(
        f"The database {path} was made by an older version of Escalation Desk.",
        hint="Start the desk once; it keeps a backup and brings the file up to date.",
    )


def missing(path: Path) -> StoreError:
    """There is no such file, or no such folder."""
    what = f"There is no database {path}" if path.parent.is_dir() else f"There is no folder {path.parent}"
    return StoreError(f"{what}.", kind=StoreFault.MISSING, hint="Check the path, or restore a backup to it.")


def is_a_folder(path: Path) -> StoreError:
    """A folder was given where a file is meant."""
    return StoreError(
        f"{path} is a folder, not a database.", kind=StoreFault.NOT_A_DATABASE, hint="Name a file in it."
    )


def left_behind(path: Path) -> StoreError:
    """The write-ahead log outlived its database; a new file beside it would take it for its own."""
    return StoreError(
        f"There is no database {path}, but its log {path.name}-wal is still there.",
        kind=StoreFault.MISSING,
        hint="Put the database back beside it, restore a backup, or move the log away to begin anew.",
    )


def renamed(fault: StoreError, name: Path, path: Path) -> StoreError:
    """The same fault, told of the name that the person knows."""
    return StoreError(fault.message.replace(str(name), str(path)), kind=fault.kind, hint=fault.hint)


def closed(path: Path) -> StoreError:
    """The store was closed while somebody still wanted it."""
    return StoreError(f"The database {path} has been closed.", hint="Open the desk again.")


def os_error(error: OSError, path: Path) -> StoreError:
    """What an error of the operating system means when files beside the database are written."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return full(path)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return read_only(path)
    return StoreError(
        f"{path} could not be written ({error.strerror}).", hint="Check the disk and try again."
    )


def unreadable(path: Path, error: OSError) -> StoreError:
    """The operating system does not let the file be read."""
    return StoreError(
        f"{path} could not be read ({error.strerror}).", hint="Allow reading it, or choose another file."
    )


def _environment(code: int, cause: sqlite3.Error, path: Path) -> StoreError:
    if path.is_dir():
        return is_a_folder(path)
    if not path.exists():
        return missing(path)
    if code != sqlite3.SQLITE_NOMEM and shutil.disk_usage(path.parent).free < _NEARLY_FULL_BYTES:
        return full(path)
    return StoreError(
        f"{path} could not be read or written ({cause}); nothing of this step was kept.",
        hint="Check the disk and the memory of this machine and try again.",
    )
