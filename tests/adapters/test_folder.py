"""A watched folder: finished files are taken once, kept, and moved; nothing is written over or lost."""

import os
import tempfile
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.adapters.folder import FolderWatch
from desktop.domain.errors import StoreError
from desktop.domain.source import LARGEST_BODY, NewMessage, Source, SourceKind
from tests.fixtures_desk import CommandDesk
from tests.services.signal_desk import SignalDesk


class Folder:
    """A folder and its watch, looked at whenever the test says so."""

    def __init__(self, desk: SignalDesk, path: Path) -> None:
        self.desk, self.path = desk, path
        path.mkdir()
        self.said: list[str] = []
        source = Source(0, "", "Drop", SourceKind.FOLDER, options={"folder": str(path)})
        self.source = desk.sources.add(source, desk.lead)
        self.set_up()
        self.is_broken = False

    def set_up(self, **options: str) -> None:
        """Watch it with these options from now on."""
        source = replace(self.source, options={"folder": str(self.path)} | options)
        self.watch = FolderWatch(source, self.submit, self.desk.clock, self.said.append)

    def submit(self, message: NewMessage) -> "Future[int]":
        future: Future[int] = Future()
        if self.is_broken:
            future.set_exception(StoreError("The disk is full."))
        else:
            future.set_result(self.desk.receiving.keep([message])[0])
        return future

    def put(self, name: str, body: bytes | str) -> Path:
        """Somebody writes a file."""
        path = self.path / name
        path.write_bytes(body.encode() if isinstance(body, str) else body)
        return path

    def settle(self) -> None:
        """Two seconds pass in which nobody writes."""
        self.watch.look()
        self.desk.clock.forward(seconds=2)
        self.watch.look()

    def files(self, where: str = "") -> list[str]:
        """The files in one of its folders."""
        folder = self.path / where
        return sorted(path.name for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []

    def titles(self) -> list[str]:
        """What its signals are called, the oldest first."""
        self.desk.signals.process()
        return [kept.signal.title for kept in reversed(self.desk.signals.recent())]


@pytest.fixture
def folder(commands: CommandDesk, tmp_path: Path) -> Iterator[Folder]:
    folder = Folder(SignalDesk(commands), tmp_path / "drop")
    yield folder
    folder.watch.stop()


def test_each_row_of_a_table_is_a_signal(folder: Folder):
    folder.put("alerts.csv", "Title;Severity\nDisk full;high\nFan off;low\n")
    folder.settle()
    assert folder.titles() == ["Disk full", "Fan off"]
    assert (folder.files(), folder.files("done")) == ([], ["alerts.csv"])


def test_a_table_in_another_encoding_is_read(folder: Folder):
    folder.put("a.csv", "title,details\nStörung Süd,Größe überschritten\n".encode("cp1252"))
    folder.settle()
    assert folder.titles() == ["Störung Süd"]


def test_json_is_read_by_the_mapping(folder: Folder):
    folder.put("a.json", '[{"title": "One"}, {"title": "Two"}]')
    folder.settle()
    assert folder.titles() == ["One", "Two"]


def test_a_file_still_being_written_is_left_alone(folder: Folder):
    path = folder.put("a.json", '{"title"')
    folder.watch.look()
    folder.desk.clock.forward(seconds=1)
    path.write_text('{"title": "Whole"}')
    folder.watch.look()
    folder.desk.clock.forward(seconds=1)
    folder.watch.look()
    assert folder.files() == ["a.json"]
    folder.desk.clock.forward(seconds=1)
    folder.watch.look()
    assert folder.titles() == ["Whole"]


@pytest.mark.parametrize("name", [".a.csv", "~a.csv", "a.csv.part", "a.tmp", "a.txt"])
def test_other_files_are_left_alone(folder: Folder, name: str):
    folder.put(name, "title\nx\n")
    folder.settle()
    assert folder.files() == [name]


def test_a_link_is_not_followed(folder: Folder, tmp_path: Path):
    (tmp_path / "secret.json").write_text('{"title": "Secret"}')
    (folder.path / "a.json").symlink_to(tmp_path / "secret.json")
    folder.settle()
    assert folder.titles() == []


def test_an_empty_file_waits_for_its_content(folder: Folder):
    folder.put("a.csv", "")
    folder.settle()
    assert (folder.files(), folder.said) == (["a.csv"], [""])


def test_what_cannot_be_read_is_refused_with_the_reason_and_kept(folder: Folder):
    folder.put("a.json", "{broken")
    folder.settle()
    assert folder.files("refused") == ["a.json", "a.json.txt"]
    assert "not JSON" in (folder.path / "refused" / "a.json.txt").read_text()
    assert "a.json was refused" in folder.said[-1]
    folder.desk.signals.process()
    assert folder.desk.signals.recent()[0].disposition == "rejected"


def test_a_file_too_large_is_refused(folder: Folder):
    folder.put("a.csv", b"x" * (LARGEST_BODY + 1))
    folder.settle()
    assert "larger than 1 MiB" in (folder.path / "refused" / "a.csv.txt").read_text()


def test_a_name_twice_writes_nothing_over(folder: Folder):
    for title in ("One", "Two"):
        folder.put("a.json", f'{{"title": "{title}"}}')
        folder.settle()
    assert folder.files("done") == ["a (2).json", "a.json"]
    assert folder.titles() == ["One", "Two"]


def test_a_file_stays_until_it_is_kept(folder: Folder):
    folder.put("a.json", '{"title": "One"}')
    folder.is_broken = True
    folder.settle()
    assert (folder.files(), folder.said[-1]) == (["a.json"], "The disk is full.")
    folder.is_broken = False
    folder.settle()
    assert (folder.titles(), folder.files("done"), folder.said[-1]) == (["One"], ["a.json"], "")


def test_a_file_kept_but_not_moved_before_a_crash_is_no_second_message(folder: Folder):
    path = folder.put("a.json", '{"title": "One"}')
    told = path.stat()
    folder.settle()
    (folder.path / "done" / "a.json").rename(path)
    os.utime(path, ns=(told.st_atime_ns, told.st_mtime_ns))
    folder.settle()
    assert folder.titles() == ["One"]
    assert folder.files() == []


def test_a_folder_that_is_gone_is_said_and_comes_back(folder: Folder):
    folder.path.rename(folder.path.with_name("away"))
    folder.watch.look()
    assert "is not there" in folder.said[-1]
    folder.path.with_name("away").rename(folder.path)
    folder.watch.look()
    assert folder.said[-1] == ""


def test_the_watch_takes_by_itself_and_ends(folder: Folder):
    folder.put("a.json", '{"title": "One"}')
    kept: Future[None] = Future()
    watch = FolderWatch(
        folder.source,
        lambda message: (kept.set_result(None), folder.submit(message))[1],
        _Hurried(),
        folder.said.append,
        look_s=0.01,
    )
    watch.start()
    kept.result(30)
    watch.stop()
    assert folder.files("done") == ["a.json"]


def test_only_files_that_fit_the_pattern_are_taken(folder: Folder):
    folder.set_up(pattern="alerts-*.csv; *.JSON")
    for name in ("Alerts-1.csv", "other.csv", "b.json"):
        folder.put(name, '{"title": "x"}' if name.endswith("n") else "title\nx\n")
    folder.settle()
    assert (folder.files(), folder.files("done")) == (["other.csv"], ["Alerts-1.csv", "b.json"])


def test_a_pattern_that_nothing_readable_fits_is_said(folder: Folder):
    folder.set_up(pattern="*.txt")
    folder.watch.look()
    assert "fits no file that can be read" in folder.said[-1]


def test_files_go_where_the_source_says(folder: Folder, tmp_path: Path):
    folder.set_up(done_folder=str(tmp_path / "read"))
    folder.put("a.json", '{"title": "One"}')
    folder.settle()
    assert (folder.files(), folder.files(str(tmp_path / "read"))) == ([], ["a.json"])


def test_files_go_to_another_disk_too(folder: Folder):
    with tempfile.TemporaryDirectory(dir="/dev/shm") as other:
        folder.set_up(done_folder=other)
        folder.put("a.json", '{"title": "One"}')
        folder.settle()
        assert (folder.files(), folder.files(other), folder.said) == ([], ["a.json"], [""])


def test_files_cannot_go_where_they_came_from(folder: Folder):
    folder.set_up(done_folder=str(folder.path / "x" / ".."))
    folder.put("a.json", '{"title": "One"}')
    folder.settle()
    assert "cannot stay" in folder.said[-1]
    assert folder.files() == ["a.json"]


class _Hurried:
    """A clock that runs a second each time it is read."""

    def __init__(self) -> None:
        self._s = 0.0

    def now(self):
        from tests.factories import MONDAY

        return MONDAY

    def monotonic(self) -> float:
        self._s += 1.0
        return self._s
