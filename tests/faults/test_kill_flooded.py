"""A desk killed under a flood of messages: whatever it has answered with 2xx is there afterwards, once."""

import http.client
import json
import os
import random
import signal
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

import pytest

from db.engine import open_store
from desktop.domain.clock import SystemClock
from desktop.domain.source import SourceKind
from tests.adapters.hearing import TOKENS, Hearing

ROOT = Path(__file__).resolve().parents[2]
SENDERS = 6
#: The longest that a desk is flooded.
LONGEST_S = 0.2


class Flood:
    """Senders that each send one message after the other until nobody answers any more."""

    def __init__(self, port: int, name: str) -> None:
        self.answered: list[str] = []
        self._port = port
        self._begun = Event()
        self._threads = [Thread(target=self._send, args=(f"{name}-{n}",)) for n in range(SENDERS)]
        for thread in self._threads:
            thread.start()
        self._begun.wait(20)

    def end(self) -> list[str]:
        """What was answered with 2xx; the desk is to be killed before."""
        for thread in self._threads:
            thread.join()
        return self.answered

    def _send(self, name: str) -> None:
        headers = {"Authorization": f"Bearer {TOKENS[SourceKind.GENERIC]}"}
        number = 0
        with closing(http.client.HTTPConnection("127.0.0.1", self._port, timeout=20)) as connection:
            while True:
                number += 1
                title = f"{name}-{number}"
                try:
                    connection.request("POST", "/v1/signal", json.dumps({"title": title}), headers)
                    answer = connection.getresponse()
                    answer.read()
                except (OSError, http.client.HTTPException):
                    return
                assert answer.status == 200
                self.answered.append(title)
                self._begun.set()


def killed(path: Path, times: int) -> list[str]:
    """What was answered by desks killed one after the other at random instants of a flood."""
    chance = random.Random(20261123)
    answered = []
    command = [sys.executable, "-m", "tests.faults.flooded_desk", str(path)]
    with subprocess.Popen(command, stdin=-1, stdout=-1, bufsize=0, cwd=ROOT) as desks:
        for number in range(times):
            desks.stdin.write(b"\n")
            process, port = map(int, desks.stdout.readline().split())
            flood = Flood(port, f"Flood {number}")
            Event().wait(chance.random() * LONGEST_S)
            os.kill(process, signal.SIGKILL)
            answered += flood.end()
            assert desks.stdout.readline() == b"ended\n"
        desks.stdin.close()
    return answered


@pytest.fixture(params=[5, pytest.param(50, marks=pytest.mark.thorough)])
def kills(request):
    return request.param


@pytest.mark.skipif(os.name != "posix", reason="desks are forked and killed")
def test_a_desk_killed_under_a_flood_has_kept_whatever_it_has_answered(tmp_path, kills):
    path = tmp_path / "desk.sqlite3"
    with Hearing(path, SystemClock()):
        pass  # made once, with its sources
    answered = killed(path, kills)
    assert len(answered) > 10 * kills
    with closing(open_store(path)) as store, store.read() as session:
        rows = session.sql("SELECT data FROM message JOIN content USING (sha256)").fetchall()
        assert session.sql("PRAGMA integrity_check").fetchone() == ("ok",)
    kept = Counter(json.loads(row[0])["title"] for row in rows)
    assert [title for title in answered if kept[title] != 1] == []
    assert max(kept.values()) == 1
