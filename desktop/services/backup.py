"""Backups of the desk: made by itself once a day, by hand, and restored; works without an open store."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from db import backup, migrate, restore
from db.backup import Backup
from db.unit_of_work import Store
from desktop.domain.clock import Clock

EVERY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Restored:
    """The store after a restore, and where the file that was there before lies now (None without one)."""

    store: Store
    set_aside: Path | None


class BackupService:
    """The backups of one database in one folder."""

    def __init__(self, *, database: Path, folder: Path, clock: Clock) -> None:
        self.database = database
        self.folder = folder
        self._clock = clock

    def list(self) -> list[Backup]:
        """All backups, newest first."""
        return backup.listing(self.folder)

    def make(self, why: str = "hand") -> Backup:
        """A verified backup of the database as it is now, whether it is open or not.

        Raises: StoreError when the database is damaged or the backup cannot be written.
        """
        return backup.make(self.database, self.folder, self._clock, why=why)

    def make_when_due(self) -> Backup | None:
        """A backup when the newest is older than a day, lies in the future, or there is none; else None.

        Raises: StoreError as `make` does.
        """
        now = self._clock.now()
        if any(timedelta() <= kept.age(now) < EVERY for kept in self.list()):
            return None
        return self.make("daily")

    def verify(self, path: Path) -> str:
        """What is wrong with a backup, as a sentence; empty when it can be restored."""
        return backup.verify(path)

    def newest_good(self) -> Backup | None:
        """The backup to offer when the database cannot be opened: the newest one that is sound."""
        return next((kept for kept in self.list() if not backup.verify(kept.path)), None)

    def restore(self, path: Path) -> Restored:
        """Put a backup in the database's place, bring it up to date and open it.

        Every store of the database must have been closed.

        Raises: StoreError when the backup is not sound or the database is open somewhere; nothing is changed.
        """
        set_aside = restore.restore(path, self.database, self._clock)
        return Restored(migrate.prepare(self.database, self.folder, self._clock), set_aside)
