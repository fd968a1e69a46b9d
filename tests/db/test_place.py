import subprocess
import sys
from pathlib import Path

import pytest

from db.place import SCHEMA_VERSION, read_header, schema_version, side_files
from db.place import database_path as path_of
from db.unit_of_work import Store
from desktop.domain.errors import DeskError


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ("/data/desk.sqlite3", "/data/desk.sqlite3"),
        ("sqlite:////data/desk.sqlite3", "/data/desk.sqlite3"),
        (Path("/data/a desk.sqlite3"), "/data/a desk.sqlite3"),
        ("/data/100%.sqlite3", "/data/100%.sqlite3"),
    ],
)
def test_a_database_is_named_by_path_or_url(given: str | Path, path: str):
    assert path_of(given) == Path(path)


@pytest.mark.parametrize("given", ["desk.sqlite3", "sqlite:///desk.sqlite3"])
def test_a_relative_name_is_meant_from_here(given: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    assert path_of(given) == tmp_path / "desk.sqlite3"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("postgresql://desk@host/desk", "PostgreSQL is not supported in this version yet"),
        ("postgresql+psycopg://host/desk", "PostgreSQL is not supported in this version yet"),
        ("mysql://host/desk", "does not name a database file"),
        ("sqlite://", "does not name a database file"),
        ("sqlite:///:memory:", "does not name a database file"),
        ("", "No database was named"),
    ],
)
def test_what_names_no_file_is_refused(given: str, sentence: str):
    with pytest.raises(DeskError, match=sentence) as caught:
        path_of(given)
    assert caught.value.field == "database"


def test_the_header_is_read_without_touching_the_file(database_path: Path):
    assert read_header(database_path).size == database_path.stat().st_size
    assert side_files(database_path) == []


def test_looking_at_a_database_in_use_does_not_drop_the_locks_on_it(store: Store):
    schema_version(store.path)
    program = (
        "import sqlite3, sys\n"
        "other = sqlite3.connect(sys.argv[1], timeout=0)\n"
        "other.execute('PRAGMA journal_mode = DELETE')"
    )
    other = subprocess.run(
        [sys.executable, "-c", program, str(store.path)],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert "database is locked" in other.stderr


def test_the_version_of_a_database_in_use_is_told(store: Store):
    with store.begin() as session:
        session.revision()
    assert schema_version(store.path) == SCHEMA_VERSION
