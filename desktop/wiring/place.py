"""Which database a window opens, and where its backups lie."""

from pathlib import Path
from typing import NamedTuple

from db.place import database_path
from desktop.options import WindowOptions, backups_folder, default_database, sample_database


class DeskPlace(NamedTuple):
    """A desk's file; `is_sample` makes it a sample desk, acted out when the file is not there yet."""

    database: Path
    backups: Path
    is_sample: bool = False

    @classmethod
    def of(cls, options: WindowOptions) -> "DeskPlace":
        """The place that the options name.

        Raises: DeskError for a database that this version cannot use, or a folder that cannot be made.
        """
        if options.database is not None:
            path = database_path(options.database)
        else:
            path = sample_database() if options.sample else default_database()
        return cls(path, backups_folder(path), options.sample and options.database is None)
