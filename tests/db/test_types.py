from datetime import timedelta, timezone

import pytest
from sqlalchemy import select
from sqlalchemy.exc import StatementError

from db.models.keeping import ImportMappingRecord
from db.unit_of_work import Store
from tests.factories import MONDAY, MONDAY_US


def test_an_instant_is_kept_as_whole_microseconds_and_read_back_in_utc(store: Store):
    there = MONDAY.astimezone(timezone(timedelta(hours=9)))
    with store.begin() as session:
        table = ImportMappingRecord.__table__
        session.execute(table.insert().values(name="m", body="{}", updated_at=there))
        assert session.sql("SELECT updated_at FROM import_mapping").fetchone() == (MONDAY_US,)
        assert session.execute(select(table.c.updated_at)).scalar_one() == MONDAY


def test_a_time_without_a_zone_is_refused(store: Store):
    statement = ImportMappingRecord.__table__.insert().values(
        name="m", body="{}", updated_at=MONDAY.replace(tzinfo=None)
    )
    with pytest.raises(StatementError, match="has no time zone"), store.begin() as session:
        session.execute(statement)
