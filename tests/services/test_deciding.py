"""Decisions written down, debriefs booked, and pages sent by hand."""

from datetime import timedelta

import pytest

from db.queries import channel as channels
from desktop.domain.channel import Channel, ChannelKind
from desktop.domain.errors import DeskError, NotAllowed
from desktop.services.calling import Calling
from desktop.services.debrief_booking import DebriefBooking
from desktop.services.deciding import Deciding
from tests.factories import an_actor
from tests.fixtures_desk import CommandDesk


@pytest.fixture
def deciding(commands: CommandDesk) -> Deciding:
    return Deciding(commands.commands.cases)


@pytest.fixture
def booking(commands: CommandDesk) -> DebriefBooking:
    return DebriefBooking(commands.commands.cases)


@pytest.fixture
def calling(commands: CommandDesk) -> Calling:
    return Calling(commands.commands.cases)


def give_channel(commands: CommandDesk, person_id: int) -> None:
    with commands.store.begin() as session:
        channels.insert(
            session, Channel(0, person_id, ChannelKind.MAIL, "Mail", 0, "secret.x", "…@example.org")
        )


def test_a_decision_keeps_who_approved_it_and_why(commands: CommandDesk, deciding: Deciding):
    opened = commands.open()
    deciding.record(
        opened.id, "Stop all charges", commands.on_call, approver="Sana Ito", reason="accounts run dry"
    )
    event = commands.events(opened.id)[-1]
    assert event.kind == "decision.recorded"
    assert (event.body["approver"], event.body["reason"]) == ("Sana Ito", "accounts run dry")


@pytest.mark.parametrize(("text", "approver"), [("  ", "Sana Ito"), ("Stop", "  ")])
def test_a_decision_without_words_or_approver_is_none(
    commands: CommandDesk, deciding: Deciding, text: str, approver: str
):
    opened = commands.open()
    with pytest.raises(DeskError):
        deciding.record(opened.id, text, commands.lead, approver=approver)


def test_a_stranger_records_no_decision(commands: CommandDesk, deciding: Deciding):
    opened = commands.open()
    with pytest.raises(NotAllowed):
        deciding.record(opened.id, "Stop", an_actor(person_id=99), approver="Me")


def test_a_debrief_is_booked_with_somebody_who_did_not_own_it(commands: CommandDesk, booking: DebriefBooking):
    opened = commands.open(owner_id=commands.on_call.person_id)
    at = commands.clock.now() + timedelta(days=2)
    with pytest.raises(DeskError, match="does not lead its debrief"):
        booking.book(opened.id, at, commands.on_call.person_id, commands.lead)
    booking.book(opened.id, at, commands.senior.person_id, commands.lead)
    event = commands.events(opened.id)[-1]
    assert (event.kind, event.body["owner"]) == ("debrief.scheduled", "Sana Ito")


def test_a_debrief_is_booked_for_a_time_to_come(commands: CommandDesk, booking: DebriefBooking):
    opened = commands.open()
    with pytest.raises(DeskError, match="has passed"):
        booking.book(opened.id, commands.clock.now(), commands.senior.person_id, commands.lead)


def test_a_page_by_hand_waits_in_the_outbox_for_that_person(commands: CommandDesk, calling: Calling):
    opened = commands.open()
    give_channel(commands, commands.senior.person_id)
    calling.page(opened.id, commands.senior.person_id, "Please look at once", commands.coordinator)
    with commands.store.read() as session:
        row = session.sql("SELECT channel, person_id, reason, title FROM outbox ORDER BY id DESC").fetchone()
    assert row[:3] == ("mail", commands.senior.person_id, "by_hand")
    assert row[3].endswith("Please look at once")


def test_two_pages_by_hand_are_two(commands: CommandDesk, calling: Calling):
    opened = commands.open()
    give_channel(commands, commands.senior.person_id)
    for _ in range(2):
        calling.page(opened.id, commands.senior.person_id, "Now", commands.coordinator)
    with commands.store.read() as session:
        assert session.sql("SELECT count(*) FROM outbox WHERE reason = 'by_hand'").fetchone()[0] == 2


def test_somebody_without_a_channel_cannot_be_paged(commands: CommandDesk, calling: Calling):
    opened = commands.open()
    with pytest.raises(DeskError, match="has no channel"):
        calling.page(opened.id, commands.senior.person_id, "Now", commands.coordinator)
    assert "alarm.raised" not in commands.kinds(opened.id)
