"""Watching follows the sources: each that is on is watched, as it is set now, and errors stand with it."""

from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.adapters.secrets import Secrets
from desktop.domain.clock import SystemClock
from desktop.domain.events import MessagesKept, SourcesChanged
from desktop.domain.person import Actor, Role
from desktop.domain.source import Source, SourceKind
from desktop.services.desk import Desk
from desktop.services.receiving import GroupWriter
from desktop.services.worker import Worker
from desktop.wiring.watching import Watching

LEAD = Actor("Leo Marsh", None, frozenset({Role.LEAD}))
_PATIENCE_S = 30


class Watched:
    """A desk that watches."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.desk = Desk.open(path / "desk.sqlite3", path / "backups", SystemClock())
        self.writer = GroupWriter(self.desk.receiving)
        self.worker = Worker("watching")
        secrets = Secrets(path, "desk", lambda: None)
        self.watching = Watching(self.desk, secrets, self.writer.submit, self.worker)
        self.watching.start()

    def folder(self, name: str) -> str:
        """A new folder with one finished file."""
        folder = self.path / name
        folder.mkdir()
        (folder / "a.json").write_text(f'{{"title": "{name}"}}')
        return str(folder)

    def add(self, kind: SourceKind, **options: object) -> Source:
        return self.desk.source.add(Source(0, "", "Drop", kind, options=options), LEAD)

    def kept(self) -> "Future[None]":
        """Becomes done when the next message is kept."""
        done: Future[None] = Future()
        self.desk.bus.subscribe(MessagesKept, lambda event: done.done() or done.set_result(None))
        return done

    def error(self, source: Source) -> "Future[str]":
        """What is noted next with a source."""
        said: Future[str] = Future()

        def look(event: SourcesChanged) -> None:
            found = self.desk.source.get(source.id).last_error
            if found and not said.done():
                said.set_result(found)

        self.desk.bus.subscribe(SourcesChanged, look)
        return said

    def close(self) -> None:
        self.watching.close()
        self.worker.close()
        self.writer.close()
        self.desk.close()


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    watched = Watched(tmp_path)
    yield watched
    watched.close()


def test_a_folder_that_becomes_a_source_is_watched(watched: Watched):
    kept = watched.kept()
    watched.add(SourceKind.FOLDER, folder=watched.folder("one"))
    kept.result(_PATIENCE_S)


def test_a_source_that_moves_is_watched_where_it_is_now(watched: Watched):
    source = watched.add(SourceKind.FOLDER, folder=str(watched.path / "nowhere"))
    kept = watched.kept()
    watched.desk.source.edit(replace(source, options={"folder": watched.folder("two")}), LEAD)
    kept.result(_PATIENCE_S)


def test_a_source_switched_off_is_left_alone(watched: Watched):
    source = watched.add(SourceKind.FOLDER, folder=str(watched.path))
    watched.desk.source.enable(source.id, LEAD, enabled=False)
    watched.worker.submit(watched.watching.follow).result(_PATIENCE_S)
    assert watched.watching._running == {}


def test_what_goes_wrong_stands_with_the_source(watched: Watched):
    source = watched.add(SourceKind.FOLDER, folder="")
    said = watched.error(source)
    watched.desk.source.edit(replace(source, options={"folder": str(watched.path / "nowhere")}), LEAD)
    assert "is not there" in said.result(_PATIENCE_S) or "no folder" in said.result(_PATIENCE_S)


def test_a_mailbox_without_a_password_says_so(watched: Watched):
    source = watched.add(SourceKind.MAIL, host="localhost", user="desk")
    watched.worker.submit(watched.watching.follow).result(_PATIENCE_S)
    assert "no password" in watched.desk.source.get(source.id).last_error


def test_an_error_starts_nothing_anew(watched: Watched):
    source = watched.add(SourceKind.FOLDER, folder=str(watched.path))
    watched.worker.submit(watched.watching.follow).result(_PATIENCE_S)
    before = watched.watching._running[source.id]
    watched.desk.source.note_error(source.id, "Something else.")
    watched.worker.submit(watched.watching.follow).result(_PATIENCE_S)
    assert watched.watching._running[source.id] is before
