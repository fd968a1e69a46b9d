"""Changes to rows: only what commands may change, in tables they know."""

import pytest

from db.queries import change
from db.unit_of_work import Store
from desktop.domain.errors import NotFound
from tests.factories import a_commitment_row, a_row, an_escalation_row


def test_columns_are_read_and_written(store: Store):
    with store.begin() as session:
        id_ = an_escalation_row(session, title="Alpha")
        change.write(session, "escalation", id_, {"title": "Beta", "team": "Core"})
        assert change.read(session, "escalation", id_, ("title", "team")) == {"title": "Beta", "team": "Core"}


@pytest.mark.parametrize(
    ("table", "column"),
    [("escalation", "number"), ("escalation", "title = 'x' --"), ("timeline", "body"), ("person", "name")],
)
def test_nothing_else_gets_into_a_statement(store: Store, table: str, column: str):
    with store.begin() as session, pytest.raises(ValueError, match="not a column that commands change"):
        change.write(session, table, 1, {column: "x"})


def test_every_column_that_may_change_is_there(store: Store):
    with store.read() as session:
        for table, columns in change.COLUMNS.items():
            names = {row[1] for row in session.sql(f"PRAGMA table_info({table})").fetchall()}
            assert columns <= names, table


def test_a_row_that_is_gone_is_said_so(store: Store):
    with store.read() as session, pytest.raises(NotFound):
        change.read(session, "escalation", 5, ("title",))


def test_a_row_knows_its_escalation(store: Store):
    with store.begin() as session:
        id_ = an_escalation_row(session)
        commitment = a_commitment_row(session, id_)
        pause = a_row(session, "pause", commitment_id=commitment, started_at=1, reason="x", by_name="Ada")
        assert change.escalation_of(session, "escalation", id_) == id_
        assert change.escalation_of(session, "commitment", commitment) == id_
        assert change.escalation_of(session, "pause", pause) == id_
