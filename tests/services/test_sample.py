"""The sample desk: a believable day, made by real commands, gone without a trace."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from db.unit_of_work import Store
from desktop.domain.board import LANES, step_of
from desktop.domain.clock import ManualClock
from desktop.domain.errors import Conflict, DeskError
from desktop.domain.instant import to_us
from desktop.services import sample
from desktop.services.desk import Desk
from desktop.services.roster import RosterService
from desktop.services.staff import StaffService

#: A Sunday night, when business hours stand still: the board must be alive then, too.
NIGHT = datetime(2026, 11, 29, 2, 10, tzinfo=UTC)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample desk")
    sample.build(folder / "sample.sqlite3", folder / "backups", ManualClock(NIGHT), operator="Ada Quist")
    return folder / "sample.sqlite3"


@pytest.fixture
def path(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(built, tmp_path / "sample.sqlite3"))


@pytest.fixture
def desk(path: Path, tmp_path: Path) -> Iterator[Desk]:
    opened = Desk.open(path, tmp_path / "backups", ManualClock(NIGHT))
    yield opened
    opened.close()


def test_every_lane_and_every_step_has_somebody_to_practise_with(desk: Desk):
    rows = desk.board.rows()
    assert {row.state for row in rows} == {lane.state for lane in LANES}
    assert {step_of(row, to_us(NIGHT)) for row in rows} == {-1, 0, 1, 2, 3, 4}
    assert len(rows) >= 30


def test_its_people_and_customers_are_there_with_whoever_opened_it_among_them(desk: Desk):
    operator = desk.person.operator()
    assert operator is not None
    assert operator.name == "Ada Quist"
    assert (len(desk.person.all()), len(desk.customer.all())) == (7, 12)
    assert [row for row in desk.board.rows() if row.owner_id == operator.id]


def test_somebody_is_on_call_around_the_clock(desk: Desk):
    roster = RosterService(store=desk.store, clock=desk.clock, bus=desk.bus)
    sun, payments = sorted(roster.schedules(), key=lambda kept: kept.name)
    assert (sun.name, payments.name) == ("Follow the sun", "Payments on call")
    assert roster.next_gap(payments.id) is None
    layers = {s.layer for s in roster.final(NIGHT, NIGHT + timedelta(days=2), schedule_id=sun.id)}
    assert layers == {"Asia", "Europe", "Evening"}
    assert sum(bool(row.on_call) for row in _staff(desk).rows()) == 2


def _staff(desk: Desk) -> StaffService:
    return StaffService(
        store=desk.store, clock=desk.clock, bus=desk.bus, people=desk.person, customers=desk.customer
    )


def test_its_timelines_hold_what_the_commands_wrote_at_the_time(desk: Desk):
    assert desk.escalations.audit.verify().ok
    hit = desk.search.find("fare sync upgrade")[0]
    details = desk.escalations.details.details(hit.id, sample_operator(desk).actor())
    instants = [event.at for event in details.timeline]
    assert instants == sorted(instants)
    assert instants[0] == hit.opened_at < NIGHT
    assert {"Wale Adeyemi", "Tobias Ekwall"} <= {event.actor for event in details.timeline}


def sample_operator(desk: Desk):
    operator = desk.person.operator()
    assert operator is not None
    return operator


def test_nothing_of_its_past_is_told_again_when_it_is_opened(desk: Desk):
    assert desk.alarm.sweep().raised == 0
    assert desk.outbox.claim(limit=100) == ()


def test_it_says_what_it_is(desk: Desk, store: Store):
    assert sample.is_sample(desk.store)
    assert not sample.is_sample(store)


def test_removing_it_leaves_no_file(desk: Desk, path: Path):
    desk.close()
    sample.remove(path)
    assert [file.name for file in path.parent.iterdir() if file.name.startswith("sample")] == []
    sample.remove(path)


def test_a_desk_that_is_no_sample_is_never_removed(database_path: Path, tmp_path: Path):
    other = tmp_path / "notes.txt"
    other.write_text("mine")
    for file in (database_path, other):
        with pytest.raises(DeskError, match="no sample desk"):
            sample.remove(file)
        assert file.exists()


def test_a_file_in_its_place_is_left_alone(tmp_path: Path):
    path = tmp_path / "sample.sqlite3"
    path.write_text("mine")
    with pytest.raises(Conflict):
        sample.build(path, tmp_path, ManualClock(NIGHT))
    assert path.read_text() == "mine"


def test_where_it_cannot_be_made_nothing_is_left(tmp_path: Path):
    with pytest.raises(DeskError):
        sample.build(tmp_path / "nowhere" / "sample.sqlite3", tmp_path, ManualClock(NIGHT))
    assert list(tmp_path.iterdir()) == []
