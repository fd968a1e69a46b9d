"""A whole desk killed at any instant under writing: nothing confirmed is lost, nothing is told twice."""

import os
import random
import select
import signal
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path
from time import monotonic
from typing import Self

import pytest

from db.engine import open_store
from desktop.domain.clock import ManualClock
from desktop.services.desk import Desk
from tests.faults.busy_desk import START, furnished

ROOT = Path(__file__).resolve().parents[2]
#: The longest that a desk lives. It opens the database in a tenth of that and then writes without a pause.
LONGEST_S = 0.25
Said = list[tuple[str, int]]


class Killer:
    """Starts desks on one database and kills each at an instant of its life."""

    def __init__(self, path: Path, program: str = "tests.faults.busy_desk") -> None:
        self._path = path
        self._program = program

    def __enter__(self) -> Self:
        self._server = subprocess.Popen(
            [sys.executable, "-m", self._program, str(self._path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
            cwd=ROOT,
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._server.stdin.close()
        self._server.wait(10)
        self._server.stdout.close()

    def kill_after(self, seconds: float) -> Said:
        """Start a desk and kill it; gives all that it got out. Lines this short leave a process whole."""
        self._server.stdin.write(b"\n")
        heard = self._until(b"\n")
        process = int(heard.split()[1])
        end = monotonic() + seconds
        while (left := end - monotonic()) > 0:
            if select.select([self._server.stdout], [], [], left)[0]:
                heard += os.read(self._server.stdout.fileno(), 65536)
        os.kill(process, signal.SIGKILL)
        if b"\nended " not in heard:
            heard += self._until(b"ended %d\n" % process)
        return [(word, int(number)) for word, number in map(str.split, heard.decode().splitlines()[1:-1])]

    def _until(self, mark: bytes) -> bytes:
        heard = b""
        while not heard.endswith(mark):
            piece = os.read(self._server.stdout.fileno(), 65536)
            assert piece, "the desks ended by themselves"
            heard += piece
        return heard


def killed(path: Path, times: int) -> Said:
    """What was confirmed by desks killed one after the other at random instants."""
    instants = random.Random(20261123)
    with Killer(path) as killer:
        return [line for _ in range(times) for line in killer.kill_after(instants.random() * LONGEST_S)]


def numbers(said: Said, word: str) -> set[int]:
    return {number for spoken, number in said if spoken == word}


@pytest.fixture(params=[12, pytest.param(200, marks=pytest.mark.thorough)])
def kills(request):
    return request.param


def test_a_desk_killed_at_random_instants_loses_and_repeats_nothing(tmp_path, kills):
    path = tmp_path / "desk.sqlite3"
    furnished(path).close()
    said = killed(path, kills)
    with closing(open_store(path)) as store, store.read() as session:

        def ids(query: str) -> set[int]:
            return {row[0] for row in session.sql(query)}

        assert len(numbers(said, "opened")) > kills
        for deed in ("opened", "acknowledged", "resolved"):
            assert numbers(said, deed) <= ids(f"SELECT seq FROM timeline WHERE kind = 'escalation.{deed}'")
        assert numbers(said, "delivered") <= ids("SELECT id FROM outbox WHERE state IN ('sent', 'confirmed')")
        claims = Counter(said)
        assert [line for line in claims if line[0] == "claimed" and claims[line] > 1] == []
        assert ids("SELECT 1 FROM alarm GROUP BY subject, threshold, step HAVING count(*) > 1") == set()
        everything = ids("SELECT id FROM escalation")
        assert ids("SELECT escalation_id FROM timeline WHERE kind = 'escalation.opened'") == everything
        assert ids("SELECT escalation_id FROM commitment") == everything
    with closing(Desk.open(path, tmp_path / "backups", ManualClock(START))) as desk:
        report = desk.escalations.audit.verify()
        assert report.ok, report.sentence
        assert report.events > len(numbers(said, "opened"))
