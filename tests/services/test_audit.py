"""Verification of the whole history, and what it says of each way to tamper with it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.fixtures_desk import CommandDesk


@contextmanager
def tampering(path: Path) -> Iterator[sqlite3.Connection]:
    """Write past the desk and its guards."""
    driver = sqlite3.connect(path, isolation_level=None)
    for (name,) in driver.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        driver.execute(f"DROP TRIGGER {name}")
    yield driver
    driver.close()


def busy(commands: CommandDesk) -> None:
    opened = commands.open()
    for text in ("one", "two", "three"):
        commands.commands.escalation.note(opened.id, text, commands.coordinator)


def test_an_untouched_history_is_whole(commands: CommandDesk):
    busy(commands)
    report = commands.commands.audit.verify()
    assert (report.ok, report.events, report.sentence) == (
        True,
        4,
        "All 4 events are as they were written.",
    )


def test_an_empty_history_is_whole(commands: CommandDesk):
    assert commands.commands.audit.verify().ok


def test_an_altered_event_is_named(commands: CommandDesk, staffed_path: Path):
    busy(commands)
    with tampering(staffed_path) as driver:
        driver.execute("UPDATE timeline SET body = replace(body, 'two', 'too') WHERE seq = 3")
    report = commands.commands.audit.verify()
    assert report.sentence == (
        "Event 3 (note.added of ESC-2026-0001, 2026-11-23 09:00:00 UTC) was altered after it was written."
    )
    assert (report.ok, report.number) == (False, "ESC-2026-0001")


def test_a_removed_event_is_named(commands: CommandDesk, staffed_path: Path):
    busy(commands)
    with tampering(staffed_path) as driver:
        driver.execute("DELETE FROM timeline WHERE seq = 2")
    assert commands.commands.audit.verify().sentence == "Event 2 is missing."


def test_a_cut_off_end_is_named(commands: CommandDesk, staffed_path: Path):
    busy(commands)
    with tampering(staffed_path) as driver:
        driver.execute("DELETE FROM timeline WHERE seq > 2")
    assert commands.commands.audit.verify().sentence == "Event 3 and all after it are missing."


def test_swapped_events_are_named_at_the_first(commands: CommandDesk, staffed_path: Path):
    busy(commands)
    with tampering(staffed_path) as driver:
        driver.execute("UPDATE timeline SET seq = -2 WHERE seq = 2")
        driver.execute("UPDATE timeline SET seq = 2 WHERE seq = 3")
        driver.execute("UPDATE timeline SET seq = 3 WHERE seq = -2")
    report = commands.commands.audit.verify()
    assert report.fault is not None
    assert report.fault.seq == 2


def test_an_event_added_behind_the_desks_back_is_named(commands: CommandDesk, staffed_path: Path):
    busy(commands)
    with tampering(staffed_path) as driver:
        driver.execute(
            "INSERT INTO timeline SELECT 5, escalation_id, kind, at, actor, body, hash"
            " FROM timeline WHERE seq = 4"
        )
    report = commands.commands.audit.verify()
    assert report.fault is not None
    assert report.fault.seq == 5


def test_a_new_kind_of_time_or_actor_is_an_alteration(commands: CommandDesk, staffed_path: Path):
    busy(commands)
    with tampering(staffed_path) as driver:
        driver.execute("UPDATE timeline SET actor = 'Somebody else' WHERE seq = 4")
    report = commands.commands.audit.verify()
    assert report.fault is not None
    assert report.fault.seq == 4
