"""Brings about what disks and other programs do to a database; holds for the superuser too, or skips."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, byte for byte."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def with_sql(path: Path, *statements: str) -> None:
    """Change a database behind the desk's back."""
    with closing(sqlite3.connect(path, isolation_level=None)) as driver:
        for statement in statements:
            driver.execute(statement)


def smash(path: Path, *, from_page: int = 2) -> None:
    """Overwrite a database from a page on; what the first page says stays."""
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek((from_page - 1) * 4096)
        file.write(b"\xa5" * (size - file.tell()))


def smash_table(path: Path, table: str) -> None:
    """Overwrite the first page of one table."""
    with closing(sqlite3.connect(path)) as driver:
        (page,) = driver.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xa5" * 4096)


@contextmanager
def read_only(path: Path) -> Iterator[None]:
    """Nobody may write this file or folder for a while, not even the superuser."""
    is_superuser = hasattr(os, "geteuid") and os.geteuid() == 0
    if not is_superuser:
        mode = path.stat().st_mode
        path.chmod(mode & ~0o222)
        try:
            yield
        finally:
            path.chmod(mode)
        return
    if shutil.which("chattr") is None or subprocess.run(["chattr", "+i", path], check=False).returncode:
        pytest.skip("the superuser may write everything here: this file system has no immutable files")
    try:
        yield
    finally:
        subprocess.run(["chattr", "-i", path], check=True)


@contextmanager
def small_disk(folder: Path, *, size: str) -> Iterator[Path]:
    """A disk of its own with little room."""
    folder.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(mounting, check=False, capture_output=True).returncode:
        pytest.skip("only the superuser of a whole machine can mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)
