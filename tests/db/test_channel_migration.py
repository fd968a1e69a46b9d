"""Channels come and go with their migration; what was in the outbox before stays."""

import sqlite3
from contextlib import closing

import pytest

from db.engine import open_store
from db.migrate import downgrade, upgrade
from tests.factories import MONDAY_US, a_person_row, a_row, an_escalation_row

pytestmark = pytest.mark.migration


def rows(path, statement):
    with closing(sqlite3.connect(path)) as driver:
        return driver.execute(statement).fetchall()


@pytest.fixture
def filled(database_path):
    """A database with a channel, a page by it and its token."""
    with closing(open_store(database_path)) as store, store.begin() as session:
        person, escalation = a_person_row(session), an_escalation_row(session)
        channel = a_row(
            session, "channel", person_id=person, kind="mail", label="Mail", position=1, secret_name="s.1"
        )
        page = a_row(
            session, "outbox", key="k|1|2|page:1", escalation_id=escalation, reason="new", person_id=person,
            channel="mail", urgency="normal", title="T", body="B", created_at=MONDAY_US, channel_id=channel,
        )  # fmt: skip
        a_row(
            session, "page_token", hash="h", purpose="link", outbox_id=page, escalation_id=escalation,
            person_id=person, made_at=MONDAY_US, expires_at=MONDAY_US + 1,
        )  # fmt: skip
    return database_path


def test_down_and_up_again_keeps_the_outbox(filled):
    before = rows(filled, "SELECT id, key, person_id, state FROM outbox")
    downgrade(filled, to=5)
    assert rows(filled, "SELECT name FROM sqlite_schema WHERE name IN ('channel', 'page_token')") == []
    upgrade(filled)
    assert rows(filled, "SELECT id, key, person_id, state FROM outbox") == before
    assert rows(filled, "SELECT channel_id FROM outbox") == [(None,)]


@pytest.mark.parametrize(
    "values",
    [
        {"kind": "pigeon"},
        {"test_state": "perhaps"},
        {"enabled": 2},
        {"person_id": 99},
        {"secret_name": "s.1"},
    ],
)
def test_what_no_channel_can_be_is_refused(filled, values):
    given = {"person_id": 1, "kind": "mail", "label": "M", "position": 2, "secret_name": "s.2"} | values
    with closing(sqlite3.connect(filled)) as driver:
        driver.execute("PRAGMA foreign_keys = ON")
        names, marks = ", ".join(given), ", ".join("?" * len(given))
        with pytest.raises(sqlite3.IntegrityError):
            driver.execute(f"INSERT INTO channel ({names}) VALUES ({marks})", tuple(given.values()))
