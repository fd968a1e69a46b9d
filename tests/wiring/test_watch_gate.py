"""Nothing is loaded for watching until there is something to watch; at close all of it ends."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest

from desktop.adapters.secrets import Secrets
from desktop.domain.clock import SystemClock
from desktop.domain.events import MessagesKept, SourcesChanged
from desktop.domain.person import Actor, Role
from desktop.domain.source import Source, SourceKind
from desktop.services.desk import Desk
from desktop.services.worker import Worker
from desktop.wiring.watch_gate import WatchGate

LEAD = Actor("Leo Marsh", None, frozenset({Role.LEAD}))
_PATIENCE_S = 30
_START = """
import sys
from pathlib import Path
from desktop.adapters.secrets import Secrets
from desktop.domain.clock import SystemClock
from desktop.services.desk import Desk
from desktop.services.worker import Worker
from desktop.wiring.watch_gate import WatchGate
path = Path(sys.argv[1])
desk, worker = Desk.open(path / "desk.sqlite3", path / "backups", SystemClock()), Worker()
gate = WatchGate(desk, Secrets(path, "desk", lambda: None), worker.submit)
gate.begin()
worker.submit(lambda: None).result()
print([name for name in sys.modules if "watching" in name or "imapclient" in name or "folder" in name])
gate.close()
worker.close()
desk.close()
"""


class Gate:
    """A desk with a gate that has not begun."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.desk = Desk.open(path / "desk.sqlite3", path / "backups", SystemClock())
        self.worker = Worker()
        self.gate = WatchGate(self.desk, Secrets(path, "desk", lambda: None), self.worker.submit)

    def settle(self) -> None:
        self.worker.submit(lambda: None).result(_PATIENCE_S)

    def add_folder(self, name: str, *, enabled: bool = True) -> Source:
        """A source whose folder has a finished file."""
        folder = self.path / name
        folder.mkdir()
        (folder / "a.json").write_text(f'{{"title": "{name}"}}')
        source = Source(0, "", name, SourceKind.FOLDER, enabled=enabled, options={"folder": str(folder)})
        return self.desk.source.add(source, LEAD)

    def kept(self) -> "Future[None]":
        """Becomes done when a message is kept."""
        done: Future[None] = Future()
        self.desk.bus.subscribe(MessagesKept, lambda event: done.done() or done.set_result(None))
        return done

    @property
    def is_watching(self) -> bool:
        return self.gate._watching is not None


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Gate]:
    made = Gate(tmp_path)
    yield made
    made.gate.close()
    made.worker.close()
    made.desk.close()


def test_where_nothing_is_to_be_watched_nothing_is_loaded(tmp_path: Path):
    done = subprocess.run(
        [sys.executable, "-c", _START, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_a_folder_that_was_there_before_is_watched_from_the_beginning(gate: Gate):
    kept = gate.kept()
    gate.add_folder("One")
    gate.gate.begin()
    kept.result(_PATIENCE_S)


def test_the_first_folder_opens_the_gate(gate: Gate):
    gate.gate.begin()
    gate.settle()
    assert not gate.is_watching
    kept = gate.kept()
    gate.add_folder("One")
    kept.result(_PATIENCE_S)


def test_a_source_that_is_off_keeps_it_closed(gate: Gate):
    gate.add_folder("One", enabled=False)
    gate.gate.begin()
    gate.settle()
    assert not gate.is_watching


def test_after_its_end_no_thread_is_left(gate: Gate):
    kept = gate.kept()
    gate.add_folder("One")
    gate.gate.begin()
    kept.result(_PATIENCE_S)
    gate.gate.close()
    gate.settle()
    assert [thread for thread in _threads() if thread.startswith(("folder", "receiving", "watching"))] == []


def test_a_source_is_watched_once_it_was_looked_at(gate: Gate):
    gate.gate.begin()
    watched: Future[None] = Future()

    def look(_event: SourcesChanged) -> None:
        if gate.gate.is_watched(source_id) and not watched.done():
            watched.set_result(None)

    source_id = gate.add_folder("One").id
    gate.desk.bus.subscribe(SourcesChanged, look)
    gate.desk.source.note_error(source_id, "")
    watched.result(_PATIENCE_S)


def _threads() -> list[str]:
    return [thread.name for thread in threading.enumerate()]
