"""Killed at any instant, what was confirmed is there and nothing is there by halves."""

import random
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from db.engine import open_store
from db.integrity import integrity

ROOT = Path(__file__).resolve().parents[2]
KILLS = 20


def confirmed_before_the_kill(path: Path, transactions: int) -> int:
    """Let a program write, kill it after that many confirmations; gives the last it got out."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.db.writer", str(path)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as program:
        assert program.stdout is not None
        for _ in range(transactions):
            assert program.stdout.readline(), "the program ended by itself"
        program.kill()
        said = program.stdout.read().splitlines(keepends=True)
    whole = [int(line) for line in said if line.endswith("\n")]
    return whole[-1] if whole else 0


def test_nothing_confirmed_is_lost_by_twenty_kills(database_path: Path):
    instants = random.Random(20261123)
    for _ in range(KILLS):
        confirmed = confirmed_before_the_kill(database_path, instants.randrange(1, 60))
        with closing(open_store(database_path)) as store, store.read() as session:
            assert integrity(session) == ""
            head, events = session.sql(
                "SELECT seq, (SELECT count(*) FROM timeline) FROM chain_head"
            ).fetchone()
            assert head >= confirmed
            assert events == head
            for table in ("escalation", "commitment"):
                assert session.sql(f"SELECT count(*) FROM {table}").fetchone() == (head,)
