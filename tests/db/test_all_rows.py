"""The whole board, read before the services are there."""

from datetime import timedelta

from db.first_look import packed_rows
from desktop.domain.board import midnight_us
from desktop.domain.instant import from_us
from desktop.services.board import BoardService
from tests.factories import MONDAY_US, a_customer_row, an_escalation_row
from tests.fixtures_desk import CommandDesk


def test_the_rows_read_early_are_those_of_the_desk(commands: CommandDesk, board: BoardService):
    commands.open(title="Checkout times out")
    commands.open(severity=1, business_impact=5)
    with commands.store.begin() as session:
        customer_id = a_customer_row(session, name="Ærø “Tiles”", tier="strategic")
        an_escalation_row(session, customer_id=customer_id, title='A "title"\n\\ with \x00 and é')
        an_escalation_row(session, state="resolved", resolved_at=MONDAY_US)
    said = board.load()
    packed = packed_rows(commands.store.path, MONDAY_US, said.day_us)
    assert packed is not None
    early = packed.unpack()
    assert (early.revision, early.day_us) == (said.revision, said.day_us)
    assert sorted(early.rows) == sorted(said.rows)


def test_what_was_resolved_before_today_is_left_out(commands: CommandDesk):
    with commands.store.begin() as session:
        an_escalation_row(session, state="resolved", resolved_at=MONDAY_US)
    tomorrow_us = midnight_us(from_us(MONDAY_US) + timedelta(days=1), "UTC")
    packed = packed_rows(commands.store.path, MONDAY_US, tomorrow_us)
    assert packed is not None
    assert packed.unpack().rows == []
