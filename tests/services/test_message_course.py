"""One escalation from the first message to cause and prevention, as proposed, with no rule overridden."""

import pytest

from desktop.domain.letter import Choice
from desktop.domain.message import Audience, Medium, Sent, Stage, Way
from desktop.domain.promise import Kept
from tests.fixtures_desk import CommandDesk
from tests.services.message_desk import MessageDesk


@pytest.fixture
def desk(commands: CommandDesk) -> MessageDesk:
    return MessageDesk(commands)


def send(desk: MessageDesk) -> Sent:
    """Send what is proposed."""
    return desk.send(desk.drafts.propose(desk.id).stage)


def test_the_desk_proposes_each_message_in_its_time_and_every_promise_is_on_record(desk: MessageDesk):
    moves, stages = desk.base.commands.transition, []
    stages.append(send(desk).stage)
    moves.acknowledge(desk.id, desk.lead)
    moves.work(desk.id, desk.lead)
    desk.wait(minutes=100)
    stages.append(send(desk).stage)
    desk.wait(hours=3)
    stages.append(send(desk).stage)
    moves.contain(desk.id, desk.base.senior, "Switched")
    stages.append(send(desk).stage)
    desk.wait(hours=1)
    moves.resolve(desk.id, desk.base.senior, "Both cables work", "fixed")
    stages.append(send(desk).stage)
    stages.append(send(desk).stage)
    assert stages == [
        Stage.INITIAL,
        Stage.PERIODIC,
        Stage.LATE,
        Stage.CONTAINMENT,
        Stage.RESOLUTION,
        Stage.POST_RESOLUTION,
    ]
    assert desk.ledger.kept_rate() == Kept(3, 1)
    assert desk.ledger.open() == ()


def test_a_correction_names_what_was_wrong_and_lets_the_facts_stand(desk: MessageDesk):
    desk.send()
    desk.facts.set_fact(desk.id, "started_at", "2026-11-23 07:00", desk.by)
    assert 15 in desk.blocks(desk.open(Stage.INITIAL))
    assert desk.blocks(desk.open(Stage.CORRECTION)) == []
    assert "Payments by card were affected too." in send(desk).body
    assert desk.drafts.propose(desk.id).stage is Stage.PERIODIC


@pytest.mark.parametrize(
    ("audience", "stage"),
    [(Audience.INTERNAL, Stage.INTERNAL_BRIEF), (Audience.EXECUTIVE, Stage.EXECUTIVE_BRIEF)],
)
def test_a_brief_is_sent_the_same_way(desk: MessageDesk, audience: Audience, stage: Stage):
    desk.base.commands.ownership.assign(desk.id, desk.base.on_call.person_id, desk.by)
    draft = desk.open(stage, audience)
    assert desk.blocks(draft) == []
    (sent,) = desk.sending.send(draft, desk.by, [Choice(Medium.EMAIL, Way.COPIED)])
    assert (sent.audience, sent.stage) == (audience, stage)
