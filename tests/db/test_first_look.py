"""The first look at a desk, before anything heavy is loaded."""

import subprocess
import sys
from pathlib import Path

import pytest

from db.first_look import first_rows
from db.queries import person, setting
from db.unit_of_work import Store
from desktop.domain.board import BoardRow
from desktop.domain.person import Person
from desktop.services.board import BoardService
from tests.factories import MONDAY_US, a_customer_row, an_escalation_row
from tests.fixtures_desk import CommandDesk

MINUTE_US = 60_000_000


def a_clock(left_min: int, **columns: object) -> dict[str, object]:
    due_us = MONDAY_US + left_min * MINUTE_US
    return {
        "clock_kind": "resolve",
        "clock_warming_at": due_us - 120 * MINUTE_US,
        "clock_at_risk_at": due_us - 60 * MINUTE_US,
        "clock_soon_at": due_us - 15 * MINUTE_US,
        "clock_due_at": due_us,
        **columns,
    }


def test_the_first_look_holds_what_the_board_will_show(commands: CommandDesk, board: BoardService):
    commands.open(title="Checkout times out")
    commands.open(severity=1, business_impact=5)
    look = first_rows(commands.store.path)
    assert look is not None

    def known(row: BoardRow) -> BoardRow:
        # Names of areas and issue types are in the policy, which the first look does not read.
        return row._replace(area="", issue_type="")

    assert {known(row) for row in look.rows} == {known(row) for row in board.rows()}


def test_it_brings_the_most_urgent_of_each_lane(store: Store):
    with store.begin() as session:
        wanted = [an_escalation_row(session, state="working", **a_clock(left)) for left in (90, -10, 30)]
    look = first_rows(store.path, limit=12)
    assert look is not None
    assert [row.id for row in look.rows] == [wanted[1], wanted[2]]


def test_it_knows_who_works_here_and_how_the_window_looks(store: Store):
    with store.begin() as session:
        person_id = person.insert(session, Person(0, "Ada Quist", "AQ"))
        setting.put(session, "operator_id", str(person_id))
        setting.put(session, "theme", '"dark"')
        setting.put(session, "ui.window", '"secret geometry"')
    look = first_rows(store.path)
    assert look is not None
    assert (look.operator, look.settings["theme"]) == ("Ada Quist", "dark")
    assert "ui.window" not in look.settings


def test_a_tier_reads_as_its_name_will(store: Store):
    with store.begin() as session:
        an_escalation_row(session, customer_id=a_customer_row(session, tier="strategic"))
    look = first_rows(store.path)
    assert look is not None
    assert look.rows[0].tier == "Strategic"


@pytest.mark.parametrize("content", [b"", b"not a database at all, but long enough to be one" * 9])
def test_a_file_that_is_no_desk_gives_nothing(tmp_path: Path, content: bytes):
    path = tmp_path / "desk.sqlite3"
    assert first_rows(path) is None
    path.write_bytes(content)
    assert first_rows(path) is None
    assert path.read_bytes() == content


def test_a_damaged_desk_gives_nothing(store: Store, database_path: Path):
    store.close()
    data = bytearray(database_path.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    database_path.write_bytes(data)
    assert first_rows(database_path) is None


def test_a_damaged_setting_gives_nothing_rather_than_an_error(store: Store):
    with store.begin() as session:
        setting.put(session, "theme", "{")
    assert first_rows(store.path) is None


def test_a_desk_that_is_being_written_can_still_be_looked_at(store: Store):
    with store.begin() as session:
        an_escalation_row(session)
        look = first_rows(store.path)
    assert look is not None
    assert look.rows == []


def test_it_loads_nothing_heavy():
    code = (
        "import sys; import db.first_look;"
        "print([name for name in ('sqlalchemy', 'alembic', 'yaml', 'PySide6') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
