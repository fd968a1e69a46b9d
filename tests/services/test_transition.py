"""The life of an escalation: every move, what it stops, who may make it."""

from datetime import timedelta

import pytest

from desktop.domain.commitment import Kind
from desktop.domain.errors import DeskError, NotAllowed
from desktop.domain.escalation import State
from desktop.domain.instant import to_us
from tests.factories import MONDAY
from tests.fixtures_desk import CommandDesk


def test_acknowledging_keeps_that_promise(commands: CommandDesk):
    opened = commands.open()
    commands.clock.forward(minutes=3)
    commands.commands.transition.acknowledge(opened.id, commands.on_call)
    escalation = commands.get(opened.id)
    assert (escalation.state, escalation.acknowledged_by) == (State.ACKNOWLEDGED, "Onno Kay")
    assert commands.outcomes(opened.id)["acknowledge"] == "met"
    assert commands.running(opened.id) == {"assign", "contain", "resolve", "update"}


def test_acknowledging_at_the_very_deadline_is_late(commands: CommandDesk):
    opened = commands.open()
    commands.clock.forward(minutes=15)
    commands.commands.transition.acknowledge(opened.id, commands.on_call)
    assert commands.outcomes(opened.id)["acknowledge"] == "breached"


def test_acknowledging_a_microsecond_before_the_deadline_is_in_time(commands: CommandDesk):
    opened = commands.open()
    commands.clock.forward(timedelta(minutes=15) - timedelta(microseconds=1))
    commands.commands.transition.acknowledge(opened.id, commands.on_call)
    assert commands.outcomes(opened.id)["acknowledge"] == "met"


def test_a_late_stop_tells_of_the_breach_before_the_keeping(commands: CommandDesk):
    opened = commands.open(owner_id=commands.on_call.person_id)
    commands.clock.forward(minutes=20)
    commands.commands.transition.acknowledge(opened.id, commands.on_call)
    assert commands.kinds(opened.id)[1:] == [
        "commitment.breached",
        "escalation.acknowledged",
        "commitment.met",
    ]


def test_acknowledging_for_another_owner_asks_for_a_note(commands: CommandDesk):
    opened = commands.open(owner_id=commands.on_call.person_id)
    with pytest.raises(DeskError, match="belongs to somebody else") as refusal:
        commands.commands.transition.acknowledge(opened.id, commands.coordinator)
    assert refusal.value.field == "note"
    commands.commands.transition.acknowledge(opened.id, commands.coordinator, note="Onno is on a call.")
    assert commands.get(opened.id).state is State.ACKNOWLEDGED


def test_acknowledging_twice_is_refused(commands: CommandDesk):
    opened = commands.open()
    commands.commands.transition.acknowledge(opened.id, commands.on_call)
    with pytest.raises(DeskError, match="It is acknowledged already"):
        commands.commands.transition.acknowledge(opened.id, commands.on_call)


def test_a_stranger_may_not_acknowledge_but_the_owner_may(commands: CommandDesk):
    opened = commands.open(owner_id=commands.outsider.person_id)
    other = commands.open()
    commands.commands.transition.acknowledge(opened.id, commands.outsider)
    with pytest.raises(NotAllowed, match="the owner"):
        commands.commands.transition.acknowledge(other.id, commands.outsider)


def test_skipping_forward_to_contained_stops_what_was_skipped(commands: CommandDesk):
    opened = commands.open()
    commands.clock.forward(minutes=20)
    commands.commands.transition.contain(opened.id, commands.senior)
    outcomes = commands.outcomes(opened.id)
    assert (outcomes["acknowledge"], outcomes["contain"], outcomes["assign"]) == ("breached", "met", None)
    assert commands.get(opened.id).acknowledged_at == commands.get(opened.id).contained_at


@pytest.mark.parametrize("move", ["contain", "resolve"])
def test_only_a_senior_engineer_confirms(commands: CommandDesk, move: str):
    opened = commands.open()
    for actor in (commands.coordinator, commands.lead, commands.on_call):
        with pytest.raises(NotAllowed, match="Only a senior engineer"):
            getattr(commands.commands.transition, move)(opened.id, actor)


def test_resolving_stops_every_clock(commands: CommandDesk):
    opened = commands.open()
    commands.commands.transition.resolve(opened.id, commands.senior, reason="Fixed")
    assert commands.running(opened.id) == set()
    assert commands.outcomes(opened.id) == {
        "assign": "met",
        "acknowledge": "met",
        "contain": "met",
        "resolve": "met",
        "update": "cancelled",
    }


def test_an_update_overdue_at_resolution_stays_breached(commands: CommandDesk):
    opened = commands.open()
    commands.clock.forward(hours=3)
    commands.commands.transition.resolve(opened.id, commands.senior)
    assert commands.outcomes(opened.id)["update"] == "breached"


def test_a_resolved_escalation_shows_no_clock(commands: CommandDesk):
    opened = commands.open()
    commands.commands.transition.resolve(opened.id, commands.senior)
    with commands.store.read() as session:
        row = session.sql("SELECT clock_kind, clock_due_at, clock_until FROM escalation").fetchone()
    assert row == (None, None, None)


def test_closing_wants_a_resolution_first(commands: CommandDesk):
    opened = commands.open()
    with pytest.raises(DeskError, match="Confirm the resolution first"):
        commands.commands.transition.close(opened.id, commands.coordinator)
    commands.commands.transition.resolve(opened.id, commands.senior)
    commands.commands.transition.close(opened.id, commands.coordinator)
    assert commands.get(opened.id).state is State.CLOSED


def test_reopening_promises_another_resolution_and_keeps_the_first(commands: CommandDesk):
    opened = commands.open()
    commands.commands.transition.resolve(opened.id, commands.senior)
    commands.clock.forward(hours=5)
    commands.commands.transition.reopen(opened.id, commands.coordinator, "It is back.")
    first, second = commands.commitments(opened.id, Kind.RESOLVE)
    assert (first.outcome, first.ordinal, second.outcome, second.ordinal) == ("met", 1, None, 2)
    assert second.due_us == to_us(MONDAY + timedelta(hours=29))
    assert commands.get(opened.id).state is State.WORKING


def test_reopening_wants_a_reason(commands: CommandDesk):
    opened = commands.open()
    commands.commands.transition.resolve(opened.id, commands.senior)
    with pytest.raises(DeskError, match="needs a reason") as refusal:
        commands.commands.transition.reopen(opened.id, commands.coordinator, " ")
    assert refusal.value.field == "reason"


def test_an_open_escalation_is_not_reopened(commands: CommandDesk):
    opened = commands.open()
    with pytest.raises(DeskError, match="It is open: new"):
        commands.commands.transition.reopen(opened.id, commands.coordinator, "Again.")


def test_sending_to_standard_support_wants_a_reason_and_calls_the_clocks_off(commands: CommandDesk):
    opened = commands.open()
    with pytest.raises(DeskError, match="needs a reason"):
        commands.commands.transition.to_standard(opened.id, commands.coordinator, "")
    commands.commands.transition.to_standard(opened.id, commands.coordinator, "A question only")
    assert set(commands.outcomes(opened.id).values()) == {"cancelled"}


def test_reopening_an_unclassified_one_classifies_it(commands: CommandDesk):
    opened = commands.open(classified=False)
    commands.commands.transition.to_standard(opened.id, commands.coordinator, "A question only")
    commands.commands.transition.reopen(opened.id, commands.coordinator, "It is more than that.")
    assert commands.running(opened.id) == {"contain", "resolve", "update"}
    assert commands.outcomes(opened.id)["acknowledge"] == "met"


def test_acknowledging_an_unclassified_one_classifies_it(commands: CommandDesk):
    opened = commands.open(classified=False)
    commands.commands.transition.acknowledge(opened.id, commands.on_call)
    assert commands.get(opened.id).priority is not None
    assert commands.running(opened.id) == {"assign", "contain", "resolve", "update"}


def test_nothing_moves_back_but_by_undo(commands: CommandDesk):
    opened = commands.open()
    commands.commands.transition.contain(opened.id, commands.senior)
    with pytest.raises(DeskError, match="cannot go from contained to working"):
        commands.commands.transition.work(opened.id, commands.coordinator)


@pytest.mark.parametrize(
    ("to", "kind"),
    [
        (State.TRIAGED, "escalation.classified"),
        (State.ACKNOWLEDGED, "escalation.acknowledged"),
        (State.WORKING, "escalation.moved"),
        (State.STANDARD, "escalation.moved"),
    ],
)
def test_a_move_is_the_command_that_leads_there(commands: CommandDesk, to: State, kind: str):
    opened = commands.open()
    done = commands.commands.transition.move(opened.id, to, commands.coordinator, reason="Because.")
    event = next(event for event in commands.events(opened.id) if event.seq == done.seq)
    assert (event.kind, event.body["from"], event.body["to"]) == (kind, "new", to.value)


def test_a_move_asks_what_its_command_asks(commands: CommandDesk):
    opened = commands.open()
    with pytest.raises(NotAllowed):
        commands.commands.transition.move(opened.id, State.CONTAINED, commands.coordinator)
    with pytest.raises(DeskError, match="needs a reason"):
        commands.commands.transition.move(opened.id, State.STANDARD, commands.coordinator)
    with pytest.raises(DeskError, match="which escalation it duplicates"):
        commands.commands.transition.move(opened.id, State.MERGED, commands.coordinator)


def test_a_move_of_a_resolved_one_to_working_reopens_it(commands: CommandDesk):
    opened = commands.open()
    commands.commands.transition.resolve(opened.id, commands.senior)
    commands.commands.transition.move(opened.id, State.WORKING, commands.coordinator, reason="Back.")
    assert "escalation.reopened" in commands.kinds(opened.id)


def test_a_move_back_to_triaged_is_refused(commands: CommandDesk):
    opened = commands.open()
    commands.commands.transition.acknowledge(opened.id, commands.on_call)
    with pytest.raises(DeskError, match="cannot go from acknowledged to triaged"):
        commands.commands.transition.move(opened.id, State.TRIAGED, commands.coordinator)


def test_an_event_of_a_move_tells_from_to_actor_and_policy(commands: CommandDesk):
    opened = commands.open()
    commands.commands.transition.acknowledge(opened.id, commands.on_call, note="Looking.")
    event = next(event for event in commands.events(opened.id) if event.kind == "escalation.acknowledged")
    told = {name: event.body[name] for name in ("from", "to", "note", "policy", "by_id", "deed")}
    assert told == {
        "from": "new",
        "to": "acknowledged",
        "note": "Looking.",
        "policy": 1,
        "by_id": commands.on_call.person_id,
        "deed": "Acknowledgement",
    }


def test_a_command_after_the_wall_clock_was_put_back_still_works(commands: CommandDesk):
    opened = commands.open()
    commands.clock.jump(hours=-2)
    commands.commands.transition.resolve(opened.id, commands.senior)
    assert commands.outcomes(opened.id)["resolve"] == "met"
    assert commands.commands.audit.verify().ok


def test_two_programs_cannot_both_acknowledge(commands: CommandDesk, staffed_path):
    from tests.fixtures_desk import open_desk

    other = open_desk(staffed_path)
    opened = commands.open()
    other.commands.transition.acknowledge(opened.id, other.on_call)
    with pytest.raises(DeskError, match="acknowledged already"):
        commands.commands.transition.acknowledge(opened.id, commands.coordinator)
    other.store.close()


class TestForgotten:
    """An acknowledged P2 without any event for two hours."""

    def acknowledged(self, commands: CommandDesk) -> int:
        opened = commands.open(owner_id=commands.on_call.person_id)
        commands.commands.transition.acknowledge(opened.id, commands.on_call)
        return opened.id

    def test_it_is_looked_for_after_the_policys_time(self, commands: CommandDesk):
        id_ = self.acknowledged(commands)
        assert commands.get(id_).forget_at == MONDAY + timedelta(hours=2)

    def test_its_owner_is_reminded_first(self, commands: CommandDesk):
        id_ = self.acknowledged(commands)
        commands.clock.forward(hours=2)
        assert commands.commands.transition.return_forgotten(id_) is None
        assert commands.commands.transition.remind_forgotten(id_) is not None
        assert commands.get(id_).forget_at == MONDAY + timedelta(hours=3)
        assert commands.commands.transition.remind_forgotten(id_) is None

    def test_it_returns_when_the_reminder_was_in_vain(self, commands: CommandDesk):
        id_ = self.acknowledged(commands)
        commands.clock.forward(hours=2)
        commands.commands.transition.remind_forgotten(id_)
        commands.clock.forward(hours=1)
        assert commands.commands.transition.return_forgotten(id_) is not None
        escalation = commands.get(id_)
        assert (escalation.state, escalation.acknowledged_at) == (State.TRIAGED, None)
        assert [row.outcome for row in commands.commitments(id_, Kind.ACKNOWLEDGE)] == ["met", None]

    def test_any_event_puts_it_off(self, commands: CommandDesk):
        id_ = self.acknowledged(commands)
        commands.clock.forward(hours=1)
        commands.commands.escalation.note(id_, "Waiting for logs.", commands.on_call)
        commands.clock.forward(hours=1)
        assert commands.commands.transition.remind_forgotten(id_) is None

    def test_an_event_after_the_reminder_starts_over(self, commands: CommandDesk):
        id_ = self.acknowledged(commands)
        commands.clock.forward(hours=2)
        commands.commands.transition.remind_forgotten(id_)
        commands.clock.forward(minutes=10)
        commands.commands.escalation.note(id_, "On it.", commands.on_call)
        commands.clock.forward(hours=1)
        assert commands.commands.transition.return_forgotten(id_) is None
        assert commands.get(id_).forget_at == MONDAY + timedelta(hours=4, minutes=10)

    def test_the_time_is_adjustable(self, commands: CommandDesk):
        id_ = self.acknowledged(commands)
        commands.commands.escalation.set_forget_after(id_, timedelta(minutes=20), commands.on_call)
        assert commands.get(id_).forget_at == MONDAY + timedelta(minutes=20)

    def test_working_on_it_ends_the_watch(self, commands: CommandDesk):
        id_ = self.acknowledged(commands)
        commands.commands.transition.work(id_, commands.on_call)
        assert commands.get(id_).forget_at is None
