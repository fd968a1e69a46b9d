"""Hostile words on every screen of the real program: shown as text, and the program lives on."""

import json
import os
import socket
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event

import pytest

from desktop.domain.clock import SystemClock
from desktop.services.desk import Desk
from tests.faults.busy_desk import furnished
from tests.faults.hostile import WORDS
from tests.faults.test_hostile_words import opened

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 60
PAGES = ("page.board", "page.intake", "page.alarms", "page.import", "page.replay", "page.settings")


@pytest.fixture(scope="module")
def hostile_desk(tmp_path_factory):
    """A desk on which every escalation was typed by somebody hostile."""
    path = tmp_path_factory.mktemp("hostile") / "desk.sqlite3"
    furnished(path).close()
    with closing(Desk.open(path, path.parent / "backups", SystemClock())) as desk:
        desk.settings.set("first_run_done", True)
        for words in WORDS.values():
            opened(desk, words)
    return path


@contextmanager
def program_on(path, folder):
    """The program without a screen; gives what asks it, and ends it."""
    wire, trace = folder / "eye", folder / "trace"
    with (folder / "said").open("wb") as said:
        command = [sys.executable, "-m", "tests.support.watched_desk", str(wire), "--database", str(path)]
        environment = os.environ | {"ESCALATION_DESK_TRACE": str(trace)}
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=said, stderr=said)
        try:
            for _ in range(PATIENCE_S * 20):
                if process.poll() is not None or (trace.exists() and "all_ready" in trace.read_text()):
                    break
                Event().wait(0.05)
            yield lambda *request: ask(wire, *request)
            assert process.poll() is None
        finally:
            process.kill()
            process.wait()


def ask(wire, *request):
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(PATIENCE_S)
        line.connect(str(wire))
        line.sendall(json.dumps(request).encode() + b"\n")
        heard = b""
        while not heard.endswith(b"\n"):
            piece = line.recv(1 << 20)
            assert piece, "the program has ended"
            heard += piece
    return json.loads(heard)


def test_no_screen_takes_hostile_words_for_markup(hostile_desk, tmp_path):
    shown = []
    with program_on(hostile_desk, tmp_path) as seen:
        for page in PAGES:
            seen("page", page)
            shown += seen("interpreted")
        for escalation_id in range(1, len(WORDS) + 1):
            seen("open", escalation_id)
            Event().wait(0.3)  # the panel reads on the worker
            shown += seen("interpreted")
        cards = sum(map(len, seen("cards").values()))
    assert shown == []
    assert cards > 3
    assert "Traceback" not in (tmp_path / "said").read_text(errors="replace")
