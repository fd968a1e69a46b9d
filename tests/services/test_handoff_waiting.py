"""What of handoffs waits for somebody, counted for the window's banners."""

from datetime import timedelta

import pytest

from desktop.services.handoff_waiting import NOTHING, HandoffWaiting
from tests.fixtures_desk import CommandDesk
from tests.services.handoff_desk import HandoffDesk


@pytest.fixture
def desk(commands: CommandDesk) -> HandoffDesk:
    return HandoffDesk(commands)


@pytest.fixture
def waiting(desk: HandoffDesk) -> HandoffWaiting:
    return HandoffWaiting(store=desk.base.store, clock=desk.base.clock)


def test_nothing_waits_at_a_desk_without_handoffs(desk: HandoffDesk, waiting: HandoffWaiting):
    assert waiting.of_person(desk.taker.id) == NOTHING
    assert waiting.of_person(None) == NOTHING


def test_what_is_offered_waits_for_the_receiver_alone(desk: HandoffDesk, waiting: HandoffWaiting):
    desk.offered(3)
    row = waiting.of_person(desk.taker.id)
    assert (row.offers, row.items, row.giver) == (1, 3, "Onno Kay")
    assert waiting.of_person(desk.giver.id).items == 0


def test_what_was_accepted_or_dropped_out_waits_no_more(desk: HandoffDesk, waiting: HandoffWaiting):
    view = desk.offered(3)
    desk.handoff.accept(view.id, desk.sana, [view.items[0].id])
    desk.base.commands.ownership.assign(view.items[1].escalation_id, None, desk.base.coordinator)
    assert waiting.of_person(desk.taker.id).items == 1


def test_a_question_waits_for_the_giver_until_it_is_answered(desk: HandoffDesk, waiting: HandoffWaiting):
    view = desk.handoff.ask_back(desk.offered(1).items[0].id, "Which one?", desk.sana)
    row = waiting.of_person(desk.giver.id)
    assert (row.questions, row.asker) == (1, "Sana Ito")
    desk.handoff.answer(view.items[0].questions[0].id, "The first", desk.onno)
    assert waiting.of_person(desk.giver.id).questions == 0


def test_a_draft_is_due_shortly_before_the_end_of_the_shift(desk: HandoffDesk, waiting: HandoffWaiting):
    desk.draft(2)
    assert waiting.of_person(desk.giver.id).due_items == 0
    desk.base.clock.forward(timedelta(hours=7, minutes=40))
    row = waiting.of_person(desk.giver.id)
    assert row.due_items == 2
    assert row.due_us > 0
