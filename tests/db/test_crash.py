"""Killed at any instant, what was confirmed is there and nothing is there by halves."""

import random
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from db.engine import open_store
from db.integrity import integrity
from db.unit_of_work import Store
from tests.factories import a_customer_row

ROOT = Path(__file__).resolve().parents[2]
KILLS = 20


def another_program(path: Path) -> "subprocess.Popen[str]":
    """A program that writes to the database until it is killed."""
    command = [sys.executable, "-m", "tests.db.writer", str(path)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)


def confirmed_before_the_kill(path: Path, transactions: int) -> int:
    """Let a program write, kill it after that many confirmations; gives the last it got out."""
    with another_program(path) as program:
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


def test_two_programs_writing_at_once_lose_nothing(store: Store):
    with another_program(store.path) as program:
        assert program.stdout is not None
        assert program.stdout.readline()
        for number in range(200):
            with store.begin() as session:
                a_customer_row(session, f"Ours {number}")
        program.kill()
    with store.read() as session:
        assert integrity(session) == ""
        assert session.sql("SELECT count(*) FROM customer WHERE name LIKE 'Ours %'").fetchone() == (200,)
        assert session.sql("SELECT count(*) FROM timeline").fetchone() > (0,)
