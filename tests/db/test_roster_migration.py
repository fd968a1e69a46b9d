"""The migration of people and rosters: with rows in it up, down and up again, and what it guards."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from db.engine import open_store
from db.migrate import downgrade, upgrade
from db.unit_of_work import Session, Store
from tests.factories import MONDAY_US, a_person_row, a_row

pytestmark = pytest.mark.migration

HOUR_US = 3_600_000_000


def write_roster(session: Session) -> None:
    """A team of two with a schedule, leave, a swap that was accepted, and what came of it."""
    ada = a_person_row(session, "Ada", team="Payments", zone="Europe/Berlin", phone="+49 1")
    bo = a_person_row(session, "Bo", team="Payments", zone="Europe/Berlin")
    a_row(session, "team", name="Payments", zone="Europe/Berlin", lead_id=ada)
    span = {"from_at": MONDAY_US, "to_at": MONDAY_US + HOUR_US}
    made = {"made_at": MONDAY_US, "made_by": "Test"}
    a_row(session, "time_off", person_id=bo, uid="a@b", **span, **made)
    schedule = a_row(session, "schedule", name="Payments", team="Payments", zone="Europe/Berlin", version=1)
    document = json.dumps({"zone": "Europe/Berlin", "layers": []})
    a_row(
        session,
        "schedule_version",
        schedule_id=schedule,
        version=1,
        document=document,
        by_name="T",
        at=MONDAY_US,
    )
    swap = a_row(session, "swap", schedule_id=schedule, asker_id=ada, other_id=bo, **span, asked_at=MONDAY_US)
    a_row(
        session,
        "shift_override",
        schedule_id=schedule,
        add_id=bo,
        remove_id=ada,
        kind="swap",
        swap_id=swap,
        **span,
        **made,
    )
    a_row(session, "roster_gap", schedule_id=schedule, **span, told_at=MONDAY_US)
    a_row(session, "calendar_link", token_hash="0" * 64, person_id=ada, **made)


def rows_of(path: Path, table: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as driver:
        return driver.execute(f"SELECT * FROM {table}").fetchall()


@pytest.fixture
def rostered(database_path: Path) -> Path:
    with closing(open_store(database_path)) as store, store.begin() as session:
        write_roster(session)
    return database_path


def test_people_keep_their_teams_through_down_and_up_again(rostered: Path):
    downgrade(rostered, to=4)
    people = rows_of(rostered, "person")
    upgrade(rostered, to=5)
    assert [row[: len(people[0])] for row in rows_of(rostered, "person")] == people
    assert [row[1:3] for row in rows_of(rostered, "team")] == [("Payments", "Europe/Berlin")]


def test_nothing_of_the_roster_is_left_behind_on_the_way_down(rostered: Path):
    downgrade(rostered, to=4)
    names = {str(row[1]) for row in rows_of(rostered, "sqlite_schema")}
    assert not names & {"team", "time_off", "schedule", "schedule_version", "shift_override", "swap"}


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE schedule_version SET document = '{}'", "never changes"),
        ("DELETE FROM schedule_version", "never changes"),
        (
            "INSERT OR REPLACE INTO schedule_version (schedule_id, version, document, by_name, at)"
            " VALUES (1, 1, '{}', 'T', 1)",
            "never changes",
        ),
        ("UPDATE shift_override SET to_at = to_at + 1", "cancelled, never changed"),
        ("UPDATE shift_override SET add_id = NULL", "cancelled, never changed"),
        ("DELETE FROM shift_override", "cancelled, never changed"),
        ("UPDATE time_off SET to_at = from_at", "CHECK"),
        ("UPDATE swap SET state = 'lost'", "CHECK"),
        ("UPDATE swap SET other_id = asker_id", "CHECK"),
        ("UPDATE calendar_link SET team = 'Payments'", "CHECK"),
        (
            "INSERT INTO time_off SELECT NULL, person_id, 1, 2, '', uid, 'ical', 1, 'T', 0 FROM time_off",
            "UNIQUE",
        ),
    ],
)
def test_what_was_agreed_on_cannot_be_rewritten(store: Store, statement: str, sentence: str):
    with store.begin() as session:
        write_roster(session)
    with pytest.raises(sqlite3.IntegrityError, match=sentence), store.begin() as session:
        session.sql(statement)


def test_an_override_can_be_cancelled(store: Store):
    with store.begin() as session:
        write_roster(session)
    with store.begin() as session:
        assert session.sql("UPDATE shift_override SET cancelled_at = 1, cancelled_by = 'T'").rowcount == 1
