"""Whatever is the matter with the file: a sentence that says what to do, and the file untouched."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from db.engine import open_store
from db.migrate import prepare
from db.unit_of_work import Store
from desktop.domain.clock import ManualClock
from desktop.domain.errors import StoreError, StoreFault
from tests.db.hardship import contents, read_only, small_disk, smash, smash_table, with_sql
from tests.factories import a_customer_row, a_row


def refusal(path: Path, clock: ManualClock) -> StoreError:
    """What `prepare` says of a file it cannot use; everything in the folder must stay as it was."""
    before = contents(path.parent)
    with pytest.raises(StoreError) as caught:
        prepare(path, path.parent / "backups", clock, busy_timeout_ms=50)
    assert contents(path.parent) == before
    assert caught.value.hint
    return caught.value


def fill(store: Store) -> None:
    with store.begin() as session:
        a_row(session, "content", sha256="c" * 64, size=3_000_000, data=bytes(3_000_000))


def customers(store: Store) -> int:
    with store.read() as session:
        count: int = session.sql("SELECT count(*) FROM customer").fetchone()[0]
    return count


def test_a_text_file_is_not_a_database(tmp_path: Path, clock: ManualClock):
    path = tmp_path / "notes.txt"
    path.write_text("Call the customer back. " * 100, encoding="utf-8")
    fault = refusal(path, clock)
    assert fault.kind is StoreFault.NOT_A_DATABASE
    assert "is not a database" in fault.message


def test_a_file_that_breaks_off_in_its_header_is_not_a_database(database_path: Path, clock: ManualClock):
    database_path.write_bytes(database_path.read_bytes()[:50])
    assert refusal(database_path, clock).kind is StoreFault.NOT_A_DATABASE


def test_an_empty_file_is_not_silently_taken_for_a_new_desk(tmp_path: Path, clock: ManualClock):
    path = tmp_path / "desk.sqlite3"
    path.touch()
    assert "is empty" in refusal(path, clock).message


def test_a_database_of_another_program_is_left_alone(tmp_path: Path, clock: ManualClock):
    path = tmp_path / "photos.sqlite3"
    with_sql(path, "CREATE TABLE photo (id INTEGER PRIMARY KEY)", "PRAGMA application_id = 7")
    assert "belongs to another program" in refusal(path, clock).message


def test_a_database_of_a_newer_version_is_left_alone(database_path: Path, clock: ManualClock):
    with_sql(database_path, "PRAGMA user_version = 99")
    assert refusal(database_path, clock).kind is StoreFault.NEWER_VERSION


def test_a_newer_version_is_noticed_while_it_stands_only_in_the_log(database_path: Path, clock: ManualClock):
    with closing(sqlite3.connect(database_path, isolation_level=None)) as newer:
        newer.execute("PRAGMA user_version = 99")
        with pytest.raises(StoreError) as caught:
            prepare(database_path, database_path.parent / "backups", clock)
    assert caught.value.kind is StoreFault.NEWER_VERSION


def test_a_database_with_an_unknown_migration_is_left_alone(database_path: Path, clock: ManualClock):
    with_sql(database_path, "UPDATE alembic_version SET version_num = 'experiment'")
    assert refusal(database_path, clock).kind is StoreFault.NEWER_VERSION


def test_a_folder_is_not_a_database(tmp_path: Path, clock: ManualClock):
    (tmp_path / "desk").mkdir()
    assert "is a folder" in refusal(tmp_path / "desk", clock).message


def test_a_missing_folder_is_named(tmp_path: Path, clock: ManualClock):
    with pytest.raises(StoreError, match="There is no folder") as caught:
        prepare(tmp_path / "nowhere" / "desk.sqlite3", tmp_path / "backups", clock)
    assert caught.value.kind is StoreFault.MISSING


def test_opening_does_not_make_a_missing_database(tmp_path: Path):
    with pytest.raises(StoreError, match="There is no database"):
        open_store(tmp_path / "desk.sqlite3")
    assert contents(tmp_path) == {}


def test_the_log_of_a_lost_database_is_not_taken_for_a_new_ones(database_path: Path, clock: ManualClock):
    with closing(open_store(database_path)) as store:
        with store.begin() as session:
            a_customer_row(session)
        log = database_path.with_name("desk.sqlite3-wal").read_bytes()
    database_path.unlink()
    database_path.with_name("desk.sqlite3-wal").write_bytes(log)
    assert "its log desk.sqlite3-wal is still there" in refusal(database_path, clock).message


def test_smashed_pages_are_told_as_damage(database_path: Path, clock: ManualClock):
    smash(database_path)
    before = database_path.read_bytes()
    with (
        pytest.raises(StoreError) as caught,
        closing(prepare(database_path, database_path.parent / "backups", clock)) as store,
    ):
        customers(store)
    assert caught.value.kind is StoreFault.CORRUPT
    assert "Restore one of the automatic backups" in caught.value.hint
    assert database_path.read_bytes() == before


def test_the_log_of_a_damaged_database_stays_as_it_is(tmp_path: Path, store: Store, clock: ManualClock):
    with store.begin() as session:
        a_customer_row(session)
    (tmp_path / "lost").mkdir()
    path = Path(shutil.copy(store.path, tmp_path / "lost"))
    smash_table(path, "person")
    log = Path(shutil.copy(store.path.with_name("desk.sqlite3-wal"), tmp_path / "lost"))
    before = (path.read_bytes(), log.read_bytes())
    with (
        pytest.raises(StoreError),
        closing(prepare(path, tmp_path / "backups", clock)) as damaged,
        damaged.read() as session,
    ):
        session.sql("SELECT * FROM person").fetchall()
    assert (path.read_bytes(), log.read_bytes()) == before


def test_a_file_that_may_only_be_read_says_so(database_path: Path, clock: ManualClock):
    with read_only(database_path):
        assert refusal(database_path, clock).kind is StoreFault.READ_ONLY


def test_a_folder_that_may_only_be_read_says_so(database_path: Path, clock: ManualClock):
    with read_only(database_path.parent):
        assert refusal(database_path, clock).kind is StoreFault.READ_ONLY


def test_no_database_is_made_in_a_folder_that_may_only_be_read(tmp_path: Path, clock: ManualClock):
    with read_only(tmp_path):
        assert refusal(tmp_path / "desk.sqlite3", clock).kind is StoreFault.READ_ONLY


def test_what_may_only_be_read_can_be_read(database_path: Path):
    with (
        read_only(database_path.parent),
        read_only(database_path),
        closing(open_store(database_path, read_only=True)) as store,
    ):
        assert customers(store) == 0


def test_a_writer_that_does_not_end_is_told_as_busy(database_path: Path):
    with (
        closing(sqlite3.connect(database_path, isolation_level=None)) as other,
        closing(open_store(database_path, busy_timeout_ms=50)) as store,
    ):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError) as caught, store.begin():
            pass
        assert caught.value.kind is StoreFault.BUSY
        other.execute("ROLLBACK")
        with store.begin() as session:
            a_customer_row(session)
        assert customers(store) == 1


def test_a_file_held_by_another_program_alone_is_told_as_busy(database_path: Path, clock: ManualClock):
    with closing(sqlite3.connect(database_path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError) as caught:
            prepare(database_path, database_path.parent / "backups", clock, busy_timeout_ms=50)
    assert caught.value.kind is StoreFault.BUSY


def test_a_full_database_keeps_nothing_of_the_step_and_goes_on_when_there_is_room(store: Store):
    with store.begin() as session:
        room: int = session.sql("PRAGMA page_count").fetchone()[0] + 8
        session.sql(f"PRAGMA max_page_count = {room}")
    with pytest.raises(StoreError) as caught:
        fill(store)
    assert caught.value.kind is StoreFault.FULL
    assert "no room left" in caught.value.message
    with store.begin() as session:
        assert session.sql("SELECT count(*) FROM content").fetchone() == (0,)
        session.sql("PRAGMA max_page_count = 1000000")
    fill(store)


def test_a_full_disk_keeps_what_was_confirmed(tmp_path: Path, database_path: Path):
    with small_disk(tmp_path / "disk", size="2M") as disk:
        path = Path(shutil.copy(database_path, disk / "desk.sqlite3"))
        with closing(open_store(path)) as store:
            with store.begin() as session:
                a_customer_row(session)
            with pytest.raises(StoreError) as caught:
                fill(store)
            assert caught.value.kind is StoreFault.FULL
        with closing(open_store(path)) as store:
            assert customers(store) == 1


def test_no_half_made_database_stays_on_a_full_disk(tmp_path: Path, clock: ManualClock):
    with small_disk(tmp_path / "disk", size="64k") as disk:
        with pytest.raises(StoreError) as caught:
            prepare(disk / "desk.sqlite3", disk / "backups", clock)
        assert caught.value.kind is StoreFault.FULL
        assert f"the disk of {disk / 'desk.sqlite3'};" in caught.value.message
        assert contents(disk) == {}


def test_opening_and_closing_changes_nothing(database_path: Path):
    before = contents(database_path.parent)
    open_store(database_path).close()
    assert contents(database_path.parent) == before
