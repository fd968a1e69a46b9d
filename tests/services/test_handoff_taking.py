"""Taking a shift over: accepted, asked back, declined, dropped out, undone, measured."""

from datetime import timedelta
from pathlib import Path

import pytest

from db.queries import overrule
from desktop.domain.errors import Conflict, DeskError, NotAllowed
from desktop.domain.handoff import HandoffState, ItemState
from tests.fixtures_desk import CommandDesk, open_desk
from tests.services.handoff_desk import HandoffDesk


@pytest.fixture
def desk(commands: CommandDesk) -> HandoffDesk:
    return HandoffDesk(commands)


def test_accepting_one_item_moves_that_one_alone(desk: HandoffDesk):
    view = desk.offered(2)
    first, second = view.items
    done = desk.handoff.accept(view.id, desk.sana, [first.id])
    assert (desk.owner(first.escalation_id), desk.owner(second.escalation_id)) == (
        desk.taker.id,
        desk.giver.id,
    )
    assert desk.base.kinds(first.escalation_id)[-1] == "handoff.accepted"
    assert len(done.done) == 1
    assert desk.handoff.view(view.id).state is HandoffState.OFFERED


def test_accepting_all_completes_the_handoff(desk: HandoffDesk):
    view = desk.offered(3)
    desk.handoff.accept(view.id, desk.sana)
    view = desk.handoff.view(view.id)
    assert view.state is HandoffState.ACCEPTED
    assert desk.handoff.waiting_for(desk.taker.id) == ()


@pytest.mark.parametrize("who", ["onno", "coordinator", "lead"])
def test_nobody_accepts_for_another(desk: HandoffDesk, who: str):
    view = desk.offered()
    actor = desk.onno if who == "onno" else getattr(desk.base, who)
    with pytest.raises(NotAllowed):
        desk.handoff.accept(view.id, actor)
    assert desk.owner(view.items[0].escalation_id) == desk.giver.id


def test_an_acceptance_is_undone_by_an_event(desk: HandoffDesk):
    view = desk.offered(2)
    done = desk.handoff.accept(view.id, desk.sana)
    desk.base.commands.undoing.undo(done.seqs, desk.sana)
    view = desk.handoff.view(view.id)
    assert {desk.owner(item.escalation_id) for item in view.items} == {desk.giver.id}
    assert (view.state, view.items[0].state) == (HandoffState.OFFERED, ItemState.OPEN)
    assert desk.base.kinds(view.items[0].escalation_id)[-1] == "escalation.undone"


def test_no_rule_gives_back_what_was_accepted(desk: HandoffDesk):
    view = desk.offered()
    done = desk.handoff.accept(view.id, desk.sana)
    id_ = view.items[0].escalation_id
    with desk.base.store.read() as session:
        assert "owner" in overrule.fields_of(session, id_)
    desk.base.commands.undoing.undo(done.seqs, desk.sana)
    assert desk.owner(id_) == desk.giver.id


def test_what_was_undone_can_be_accepted_again(desk: HandoffDesk):
    view = desk.offered()
    done = desk.handoff.accept(view.id, desk.sana)
    desk.base.commands.undoing.undo(done.seqs, desk.sana)
    desk.handoff.accept(view.id, desk.sana)
    assert desk.handoff.view(view.id).state is HandoffState.ACCEPTED


def test_a_question_and_its_answer_stay_with_the_item(desk: HandoffDesk):
    item = desk.offered().items[0]
    asked = desk.handoff.ask_back(item.id, "Who has the logs?", desk.sana).items[0]
    assert (asked.state, asked.waits_for_answer) == (ItemState.ASKED_BACK, True)
    answered = desk.handoff.answer(asked.questions[0].id, "Theo has", desk.onno).items[0]
    assert (answered.questions[0].answer, answered.waits_for_answer) == ("Theo has", False)
    assert desk.base.kinds(item.escalation_id)[-2:] == ["handoff.asked", "handoff.answered"]


def test_a_question_is_answered_once(desk: HandoffDesk):
    item = desk.offered().items[0]
    question = desk.handoff.ask_back(item.id, "Who?", desk.sana).items[0].questions[0]
    desk.handoff.answer(question.id, "Theo", desk.onno)
    with pytest.raises(Conflict, match="answered already"):
        desk.handoff.answer(question.id, "Cora", desk.onno)


def test_a_declined_item_stays_the_givers_and_says_why(desk: HandoffDesk):
    view = desk.offered(2)
    declined = desk.handoff.decline(view.items[0].id, "I am leaving at ten", desk.sana)
    desk.handoff.accept(view.id, desk.sana)
    view = desk.handoff.view(view.id)
    assert declined.items[0].why == "I am leaving at ten"
    assert (view.state, desk.owner(view.items[0].escalation_id)) == (HandoffState.PARTLY, desk.giver.id)


def test_declining_needs_a_reason(desk: HandoffDesk):
    item = desk.offered().items[0]
    with pytest.raises(DeskError, match="reason"):
        desk.handoff.decline(item.id, "  ", desk.sana)


def test_an_escalation_that_changed_owner_meanwhile_drops_out_with_a_sentence(desk: HandoffDesk):
    view = desk.offered(2)
    gone = view.items[0]
    desk.base.commands.ownership.assign(gone.escalation_id, desk.base.lead.person_id, desk.base.coordinator)
    assert desk.handoff.view(view.id).items[0].state is ItemState.DROPPED
    done = desk.handoff.accept(view.id, desk.sana, [item.id for item in view.items])
    assert [each.sentence for each in done.refused] == [
        f"{gone.number} dropped out: Leo Marsh owns it by now."
    ]
    assert desk.owner(gone.escalation_id) == desk.base.lead.person_id
    assert desk.handoff.view(view.id).state is HandoffState.ACCEPTED


def test_an_escalation_that_ended_meanwhile_drops_out_too(desk: HandoffDesk):
    view = desk.offered()
    item = view.items[0]
    desk.base.commands.transition.resolve(item.escalation_id, desk.base.senior, reason="Cause removed")
    assert desk.handoff.view(view.id).items[0].why == f"{item.number} dropped out: it is resolved by now."


def test_acceptance_is_all_or_nothing(desk: HandoffDesk):
    view = desk.offered(2)
    desk.handoff.accept(view.id, desk.sana, [view.items[1].id])
    with pytest.raises(Conflict, match="accepted already"):
        desk.handoff.accept(view.id, desk.sana, [item.id for item in view.items])
    assert desk.owner(view.items[0].escalation_id) == desk.giver.id


def test_receipt_is_measured(desk: HandoffDesk):
    view = desk.offered(2)
    first, second = view.items
    desk.handoff.ask_back(first.id, "Since when?", desk.sana)
    desk.base.clock.forward(minutes=4)
    desk.handoff.accept(view.id, desk.sana, [second.id])
    desk.base.clock.forward(minutes=2)
    desk.handoff.accept(view.id, desk.sana, [first.id])
    desk.base.clock.forward(minutes=30)
    desk.handoff.ask_back(first.id, "And until when?", desk.sana)
    receipt = desk.handoff.view(view.id).receipt
    assert (receipt.latency, receipt.asked, receipt.asked_later) == (timedelta(minutes=6), 2, 1)
    assert (receipt.parts_filled, receipt.parts_wanted, receipt.in_time) == (6, 10, True)
    assert receipt.quality is not None
    assert receipt.completeness is not None
    assert receipt.quality < receipt.completeness


def test_a_shift_of_twelve_is_handed_over_with_two_asked_back(desk: HandoffDesk):
    view = desk.offered(12)
    first, second, *rest = view.items
    for item in (first, second):
        desk.handoff.ask_back(item.id, "Since when?", desk.sana)
    desk.handoff.accept(view.id, desk.sana, [item.id for item in rest])
    for item in desk.handoff.view(view.id).items[:2]:
        desk.handoff.answer(item.questions[0].id, "Since nine", desk.onno)
    done = desk.handoff.accept(view.id, desk.sana)
    view = desk.handoff.view(view.id)
    assert (view.state, view.receipt.asked, len(done.done)) == (HandoffState.ACCEPTED, 2, 2)
    assert {desk.owner(item.escalation_id) for item in view.items} == {desk.taker.id}


def test_of_two_desks_one_takes_over_and_the_other_is_told(desk: HandoffDesk, staffed_path: Path):
    view = desk.offered()
    other = HandoffDesk(open_desk(staffed_path))
    desk.handoff.accept(view.id, desk.sana, [view.items[0].id])
    with pytest.raises(Conflict, match="accepted already"):
        other.handoff.accept(view.id, other.sana, [view.items[0].id])
    other.base.store.close()
    assert desk.base.kinds(view.items[0].escalation_id).count("handoff.accepted") == 1
