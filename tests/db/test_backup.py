from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from db import backup
from db.engine import open_store
from db.place import SCHEMA_VERSION
from db.restore import restore
from db.unit_of_work import Store
from desktop.domain.clock import ManualClock
from desktop.domain.errors import DeskError, StoreError, StoreFault
from tests.db.hardship import contents, small_disk, smash, with_sql
from tests.factories import a_customer_row, an_escalation_row


@pytest.fixture
def backups(tmp_path: Path) -> Path:
    return tmp_path / "backups"


def customers(path: Path) -> int:
    with closing(open_store(path)) as store, store.read() as session:
        count: int = session.sql("SELECT count(*) FROM customer").fetchone()[0]
    return count


def add_customers(path: Path, count: int) -> None:
    with closing(open_store(path)) as store, store.begin() as session:
        for _ in range(count):
            a_customer_row(session)


def test_a_backup_holds_what_the_database_held(database_path: Path, backups: Path, clock: ManualClock):
    add_customers(database_path, 3)
    made = backup.make(database_path, backups, clock, why="hand")
    assert backup.verify(made.path) == ""
    assert customers(made.path) == 3


def test_a_backup_is_one_plain_file_named_by_time_and_reason(
    database_path: Path, backups: Path, clock: ManualClock
):
    backup.make(database_path, backups, clock, why="hand")
    assert list(contents(backups)) == ["escalation-desk-20261123T090000Z-hand.sqlite3"]


def test_a_backup_does_not_touch_the_database(database_path: Path, backups: Path, clock: ManualClock):
    before = database_path.read_bytes()
    backup.make(database_path, backups, clock, why="hand")
    assert database_path.read_bytes() == before
    assert sorted(path.name for path in database_path.parent.iterdir()) == ["backups", "desk.sqlite3"]


def test_the_listing_tells_age_reason_size_and_version(
    database_path: Path, backups: Path, clock: ManualClock
):
    made = backup.make(database_path, backups, clock, why="hand")
    clock.forward(hours=5)
    (listed,) = backup.listing(backups)
    assert listed == made
    assert listed.age(clock.now()) == timedelta(hours=5)
    assert listed.made_at == datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    assert (listed.why, listed.size, listed.version) == ("hand", made.path.stat().st_size, SCHEMA_VERSION)


def test_two_backups_in_one_second_are_both_kept(database_path: Path, backups: Path, clock: ManualClock):
    backup.make(database_path, backups, clock, why="hand")
    backup.make(database_path, backups, clock, why="hand")
    assert [kept.why for kept in backup.listing(backups)] == ["hand", "hand"]


def test_files_that_are_no_backups_are_passed_over(backups: Path):
    backups.mkdir()
    (backups / "escalation-desk-holiday.sqlite3").write_text("not ours")
    (backups / "escalation-desk-20269999T999999Z-hand.sqlite3").write_text("no date")
    assert backup.listing(backups) == []


def test_a_reason_that_is_no_word_is_refused(database_path: Path, backups: Path, clock: ManualClock):
    with pytest.raises(DeskError, match="cannot be part of a file's name"):
        backup.make(database_path, backups, clock, why="../../etc")


def test_a_backup_under_writing_is_one_moment_of_it(store: Store, backups: Path, clock: ManualClock):
    def write(_: int) -> None:
        with store.begin() as session:
            an_escalation_row(session)

    with ThreadPoolExecutor(1) as pool:
        writing = [pool.submit(write, number) for number in range(300)]
        made = [backup.make(store.path, backups, clock, why="hand") for _ in range(3)]
        for future in writing:
            future.result()
    assert [backup.verify(each.path) for each in made] == ["", "", ""]


def test_fourteen_backups_are_kept(database_path: Path, backups: Path, clock: ManualClock):
    for _ in range(16):
        newest = backup.make(database_path, backups, clock, why="daily")
        clock.forward(days=1)
    kept = backup.listing(backups)
    assert len(kept) == backup.KEPT
    assert kept[0] == newest


def test_the_backup_just_made_stays_even_when_the_clock_was_put_back(
    database_path: Path, backups: Path, clock: ManualClock
):
    for _ in range(14):
        backup.make(database_path, backups, clock, why="daily")
        clock.forward(days=1)
    clock.jump(days=-400)
    newest = backup.make(database_path, backups, clock, why="hand")
    assert newest in backup.listing(backups)


def test_the_last_backup_from_before_a_migration_stays(
    database_path: Path, backups: Path, clock: ManualClock
):
    old = backup.make(database_path, backups, clock, why="migration")
    for _ in range(20):
        clock.forward(days=1)
        backup.make(database_path, backups, clock, why="daily")
    assert old in backup.listing(backups)


def test_a_damaged_database_gives_no_backup_and_costs_none(
    database_path: Path, backups: Path, clock: ManualClock
):
    for _ in range(14):
        backup.make(database_path, backups, clock, why="daily")
    smash(database_path, from_page=20)
    before = contents(backups)
    with pytest.raises(StoreError) as caught:
        backup.make(database_path, backups, clock, why="daily")
    assert caught.value.kind is StoreFault.CORRUPT
    assert contents(backups) == before


def test_a_full_disk_leaves_no_half_a_backup(tmp_path: Path, database_path: Path, clock: ManualClock):
    with small_disk(tmp_path / "disk", size="128k") as disk:
        with pytest.raises(StoreError) as caught:
            backup.make(database_path, disk / "backups", clock, why="hand")
        assert caught.value.kind is StoreFault.FULL
        assert "disk/backups" in caught.value.message
        assert contents(disk) == {}


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("PRAGMA user_version = 99", "newer version"),
        ("PRAGMA application_id = 7", "another program"),
        ("DROP TABLE chain_head", "chain_head"),
        (
            "INSERT INTO watcher (escalation_id, person_id) VALUES (1, 1)",
            "Row 1 of watcher refers to a row of",
        ),
    ],
)
def test_a_backup_that_cannot_be_restored_says_why(
    database_path: Path, backups: Path, clock: ManualClock, statement: str, sentence: str
):
    made = backup.make(database_path, backups, clock, why="hand")
    with_sql(made.path, statement)
    assert sentence in backup.verify(made.path)


def test_a_backup_with_smashed_pages_is_found_out(database_path: Path, backups: Path, clock: ManualClock):
    made = backup.make(database_path, backups, clock, why="hand")
    smash(made.path, from_page=20)
    assert "damaged" in backup.verify(made.path)


def test_restoring_puts_the_backup_in_place_and_sets_the_present_file_aside(
    database_path: Path, backups: Path, clock: ManualClock
):
    add_customers(database_path, 1)
    made = backup.make(database_path, backups, clock, why="hand")
    add_customers(database_path, 2)
    aside = restore(made.path, database_path, clock)
    assert customers(database_path) == 1
    assert aside is not None
    assert aside.name == "desk.sqlite3.before-restore-20261123T090000Z"
    assert customers(aside) == 3


def test_restoring_leaves_the_backup_as_it_is(database_path: Path, backups: Path, clock: ManualClock):
    made = backup.make(database_path, backups, clock, why="hand")
    before = contents(backups)
    restore(made.path, database_path, clock)
    assert contents(backups) == before


def test_a_lost_database_is_restored(database_path: Path, backups: Path, clock: ManualClock):
    add_customers(database_path, 1)
    made = backup.make(database_path, backups, clock, why="hand")
    database_path.unlink()
    assert restore(made.path, database_path, clock) is None
    assert customers(database_path) == 1


@pytest.mark.parametrize("from_page", [1, 2])
def test_a_damaged_database_is_set_aside_as_it_lies(
    database_path: Path, backups: Path, clock: ManualClock, from_page: int
):
    made = backup.make(database_path, backups, clock, why="hand")
    smash(database_path, from_page=from_page)
    damaged = database_path.read_bytes()
    aside = restore(made.path, database_path, clock)
    assert customers(database_path) == 0
    assert aside is not None
    assert len(aside.read_bytes()) == len(damaged)
    assert aside.read_bytes()[4096:] == damaged[4096:]


def test_every_restore_sets_its_own_file_aside(database_path: Path, backups: Path, clock: ManualClock):
    made = backup.make(database_path, backups, clock, why="hand")
    assert restore(made.path, database_path, clock) != restore(made.path, database_path, clock)


def test_a_database_in_use_is_not_exchanged(store: Store, backups: Path, clock: ManualClock):
    made = backup.make(store.path, backups, clock, why="hand")
    with store.begin() as session:
        a_customer_row(session)
    with pytest.raises(StoreError, match="is open in a program"):
        restore(made.path, store.path, clock)
    with store.read() as session:
        assert session.sql("SELECT count(*) FROM customer").fetchone() == (1,)


def test_a_damaged_backup_is_not_restored(database_path: Path, backups: Path, clock: ManualClock):
    made = backup.make(database_path, backups, clock, why="hand")
    smash(made.path, from_page=20)
    before = contents(database_path.parent)
    with pytest.raises(StoreError, match="cannot be restored"):
        restore(made.path, database_path, clock)
    assert contents(database_path.parent) == before


def test_a_database_of_another_program_is_not_exchanged(
    tmp_path: Path, database_path: Path, backups: Path, clock: ManualClock
):
    made = backup.make(database_path, backups, clock, why="hand")
    with_sql(tmp_path / "photos.sqlite3", "CREATE TABLE photo (id INTEGER PRIMARY KEY)")
    before = contents(tmp_path)
    with pytest.raises(StoreError, match="belongs to another program"):
        restore(made.path, tmp_path / "photos.sqlite3", clock)
    assert contents(tmp_path) == before
