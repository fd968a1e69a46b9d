"""A clock and a database for a test: the database is made once for the run and copied for each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.engine import open_store
from db.migrate import prepare
from db.unit_of_work import Store
from desktop.domain.clock import ManualClock
from tests.factories import MONDAY


@pytest.fixture(scope="session")
def _empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("empty-database")
    path = folder / "empty.sqlite3"
    prepare(path, folder / "backups", ManualClock(MONDAY)).close()
    return path


@pytest.fixture
def clock() -> ManualClock:
    """A clock that stands at Monday, 23 November 2026, 09:00 UTC, until it is moved."""
    return ManualClock(MONDAY)


@pytest.fixture
def database_path(tmp_path: Path, _empty_database: Path) -> Path:
    """An empty database of this version, for this test alone."""
    return Path(shutil.copy(_empty_database, tmp_path / "desk.sqlite3"))


@pytest.fixture
def store(database_path: Path) -> Iterator[Store]:
    """The store of that database; closed after the test."""
    opened = open_store(database_path)
    yield opened
    opened.close()
