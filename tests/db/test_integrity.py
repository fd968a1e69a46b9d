from contextlib import closing
from pathlib import Path

import pytest

from db.engine import open_store
from db.integrity import integrity
from db.unit_of_work import Store
from desktop.domain.errors import StoreError, StoreFault
from tests.db.hardship import smash, smash_table, with_sql
from tests.factories import a_customer_row


def fault_in(path: Path) -> str:
    with closing(open_store(path, read_only=True)) as store, store.read() as session:
        return integrity(session)


def test_a_sound_database_has_no_fault(store: Store):
    with store.begin() as session:
        a_customer_row(session)
    with store.read() as session:
        assert integrity(session) == ""


def test_a_row_without_its_parent_is_named(database_path: Path):
    with_sql(database_path, "INSERT INTO watcher (escalation_id, person_id) VALUES (7, 7)")
    assert fault_in(database_path).startswith("Row 1 of watcher refers to a row of")


def test_a_value_that_the_schema_forbids_is_found(database_path: Path):
    with_sql(
        database_path,
        "PRAGMA ignore_check_constraints = ON",
        "INSERT INTO customer (name, name_key, revenue) VALUES ('A', 'a', -5)",
    )
    assert "CHECK constraint failed in customer" in fault_in(database_path)


def test_smashed_pages_are_found(database_path: Path):
    smash_table(database_path, "watcher")
    assert fault_in(database_path).startswith("SQLite finds the file damaged")


def test_damage_that_stops_the_check_is_told_as_such(database_path: Path):
    smash(database_path)
    with pytest.raises(StoreError) as caught:
        fault_in(database_path)
    assert caught.value.kind is StoreFault.CORRUPT
