from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from db.migrate import downgrade
from db.unit_of_work import Store
from desktop.domain.clock import ManualClock
from desktop.domain.errors import StoreError
from desktop.services.backup import BackupService
from tests.db.hardship import smash
from tests.factories import a_customer_row


@pytest.fixture
def backups(database_path: Path, clock: ManualClock) -> BackupService:
    return BackupService(database=database_path, folder=database_path.parent / "backups", clock=clock)


def test_the_first_start_makes_a_backup(backups: BackupService):
    made = backups.make_when_due()
    assert backups.list() == [made]


@pytest.mark.parametrize(("hours", "count"), [(23, 1), (24, 2), (24 * 40, 2), (-1, 2)])
def test_a_start_makes_a_backup_when_the_newest_is_a_day_old_or_from_the_future(
    backups: BackupService, clock: ManualClock, hours: int, count: int
):
    backups.make_when_due()
    clock.jump(timedelta(hours=hours))
    backups.make_when_due()
    assert len(backups.list()) == count


def test_a_backup_is_made_while_the_desk_is_open(backups: BackupService, store: Store):
    with store.begin() as session:
        a_customer_row(session)
        made = backups.make()
    assert backups.verify(made.path) == ""


def test_the_newest_sound_backup_is_the_one_to_offer(backups: BackupService, clock: ManualClock):
    sound = backups.make()
    clock.forward(hours=1)
    smash(backups.make().path, from_page=20)
    assert backups.newest_good() == sound


def test_without_backups_none_is_offered(backups: BackupService):
    assert backups.newest_good() is None


def test_a_restored_desk_is_open_and_the_file_before_is_kept(backups: BackupService, database_path: Path):
    made = backups.make()
    smash(database_path)
    restored = backups.restore(made.path)
    with closing(restored.store) as store, store.begin() as session:
        a_customer_row(session)
    assert restored.set_aside is not None
    assert restored.set_aside.exists()


def test_a_backup_of_an_older_version_is_brought_up_to_date(backups: BackupService, database_path: Path):
    downgrade(database_path, to=1)
    made = backups.make()
    with closing(backups.restore(made.path).store) as store, store.read() as session:
        assert session.sql("SELECT count(*) FROM escalation_search").fetchone() == (0,)


def test_a_restore_waits_for_nobody_and_changes_nothing_while_the_desk_is_open(
    backups: BackupService, store: Store
):
    made = backups.make()
    with pytest.raises(StoreError, match="is open in a program"):
        backups.restore(made.path)
    with store.begin() as session:
        a_customer_row(session)
