"""Reading the board, and what has changed on it."""

from datetime import timedelta

from db.queries import change
from db.queries import customer as customers
from db.queries import person as people
from desktop.domain.board import search_text, step_of
from desktop.domain.instant import to_us
from desktop.domain.person import Role
from desktop.services.board import BoardService
from tests.factories import MONDAY_US
from tests.fixtures_desk import CommandDesk


def test_a_row_holds_what_a_card_shows(commands: CommandDesk, board: BoardService):
    opened = commands.open(
        title="Checkout times out", issue_type="payments_outage", severity=1, external_ref="J-7"
    )
    commands.commands.ownership.assign(opened.id, commands.staff[Role.ON_CALL].id, commands.coordinator)
    (row,) = board.rows()
    assert (row.id, row.number, row.title) == (opened.id, opened.number, "Checkout times out")
    assert (row.customer, row.tier, row.area, row.issue_type) == (
        "Northwind",
        "Enterprise",
        "Payments",
        "Payments fail for many",
    )
    assert (row.owner, row.initials, row.unacknowledged) == ("Onno Kay", "OK", True)
    for word in (opened.number.lower(), "checkout", "northwind", "onno", "payments", "j-7"):
        assert word in search_text(row)


def test_a_rows_step_is_that_of_its_tightest_clock(commands: CommandDesk, board: BoardService):
    commands.open()
    (row,) = board.rows()
    assert row.clock == "assign"
    assert [step_of(row, MONDAY_US + minutes * 60_000_000) for minutes in (0, 5, 8, 9, 10)] == [0, 1, 2, 3, 4]


def test_nothing_changed_gives_nothing(commands: CommandDesk, board: BoardService):
    commands.open()
    seen = board.load()
    changes = board.changes(seen.revision, seen.day_us)
    assert (changes.is_empty, changes.revision) == (True, seen.revision)


def test_only_what_changed_is_brought(commands: CommandDesk, board: BoardService):
    commands.open()
    second = commands.open()
    seen = board.load()
    commands.commands.transition.acknowledge(second.id, commands.coordinator)
    changes = board.changes(seen.revision, seen.day_us)
    assert [(row.id, row.state) for row in changes.rows] == [(second.id, "acknowledged")]
    assert changes.removed_ids == ()
    assert board.changes(changes.revision, changes.day_us).is_empty


def test_what_left_the_board_is_told(commands: CommandDesk, board: BoardService):
    opened = commands.open()
    seen = board.load()
    commands.commands.transition.to_standard(opened.id, commands.coordinator, "not_urgent", "can wait")
    changes = board.changes(seen.revision, seen.day_us)
    assert (changes.rows, changes.removed_ids) == ([], (opened.id,))


def test_resolved_today_stays_until_midnight_of_the_desks_zone(commands: CommandDesk, board: BoardService):
    opened = commands.open()
    for step in (commands.commands.transition.contain, commands.commands.transition.resolve):
        step(opened.id, commands.senior, "done")
    seen = board.load()
    assert [row.state for row in seen.rows] == ["resolved"]
    # Monday 09:00 in UTC; midnight in Auckland, 13 hours ahead, is at 11:00.
    commands.clock.forward(timedelta(hours=1, minutes=59))
    assert board.changes(seen.revision, seen.day_us).is_empty
    commands.clock.forward(timedelta(minutes=1))
    assert board.changes(seen.revision, seen.day_us).removed_ids == (opened.id,)
    assert board.rows() == []


def test_a_renamed_customer_or_owner_changes_the_rows_that_name_them(
    commands: CommandDesk, board: BoardService
):
    opened = commands.open(owner_id=commands.staff[Role.LEAD].id)
    seen = board.load()
    with commands.store.begin() as session:
        change.write(session, "customer", 1, {"name": "Southwind", "tier": None})
        customers.follow(session, 1)
    changes = board.changes(seen.revision, seen.day_us)
    assert [(row.id, row.customer, row.tier) for row in changes.rows] == [(opened.id, "Southwind", "")]
    with commands.store.begin() as session:
        owner = people.by_id(session, commands.staff[Role.LEAD].id)
        assert owner is not None
        people.update(session, owner.__class__(owner.id, "Lea Marsh", "LM"))
    assert board.changes(changes.revision, changes.day_us).rows[0].owner == "Lea Marsh"


def test_rows_come_in_the_order_of_the_board(commands: CommandDesk, board: BoardService):
    later = commands.open()
    commands.clock.forward(timedelta(minutes=1))
    urgent = commands.open(severity=1, business_impact=5, reputational_risk=5)
    assert [row.id for row in board.rows()] == [urgent.id, later.id]
    assert board.rows()[0].opened_us == to_us(commands.clock.now())
