"""Two desks in one process share nothing; two on one file share everything that is kept."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.domain.errors import DeskError
from desktop.domain.escalation import State
from tests.factories import MONDAY
from tests.fixtures_desk import CommandDesk, open_desk


def test_two_desks_with_different_clocks_share_nothing(commands: CommandDesk, staffed_path: Path):
    other_path = staffed_path.with_name("drill.sqlite3")
    shutil.copy(staffed_path, other_path)
    drill = open_desk(other_path, datetime(2031, 5, 1, 12, tzinfo=UTC))
    live, drilled = commands.open(), drill.open()
    drill.clock.forward(hours=6)
    drill.commands.transition.acknowledge(drilled.id, drill.on_call)
    assert (live.number, drilled.number) == ("ESC-2026-0001", "ESC-2031-0001")
    assert commands.get(live.id).state is State.NEW
    assert commands.get(live.id).opened_at == MONDAY
    assert len(commands.told) == 1
    drill.store.close()


def test_numbers_of_two_programs_on_one_file_never_collide(commands: CommandDesk, staffed_path: Path):
    other = open_desk(staffed_path, MONDAY + timedelta(seconds=1))
    numbers = [desk.open().number for desk in (commands, other, commands, other)]
    assert numbers == [f"ESC-2026-{n:04}" for n in (1, 2, 3, 4)]
    assert commands.commands.audit.verify().events == 4
    other.store.close()


def test_a_command_sees_what_another_program_did(commands: CommandDesk, staffed_path: Path):
    other = open_desk(staffed_path)
    opened = commands.open()
    other.commands.transition.resolve(opened.id, other.senior)
    with pytest.raises(DeskError, match="cannot go from resolved to contained"):
        commands.commands.transition.contain(opened.id, commands.senior)
    other.store.close()


def test_two_programs_at_once_lose_nothing_and_keep_one_chain(commands: CommandDesk, staffed_path: Path):
    ids = [commands.open().id for _ in range(3)]

    def act(n: int) -> int:
        desk = open_desk(staffed_path)
        for turn in range(20):
            desk.commands.escalation.note(ids[turn % 3], f"{n}:{turn}", desk.coordinator)
            desk.open()
        desk.store.close()
        return n

    with ThreadPoolExecutor(3) as threads:
        assert sorted(threads.map(act, range(3))) == [0, 1, 2]
    with commands.store.read() as session:
        numbers = [row[0] for row in session.sql("SELECT number FROM escalation ORDER BY id").fetchall()]
    assert numbers == [f"ESC-2026-{n:04}" for n in range(1, 64)]
    report = commands.commands.audit.verify()
    assert (report.ok, report.events) == (True, 3 + 3 * 40)
