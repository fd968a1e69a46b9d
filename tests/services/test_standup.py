"""The desk gone through owner by owner: what changed, what is stuck, what breaches before the next time."""

from datetime import timedelta

import pytest

from desktop.domain.errors import Conflict, DeskError, NotFound
from desktop.domain.standup import OwnerRows, StandupRow
from desktop.services.standup import StandUp, StandupView
from tests.fixtures_desk import CommandDesk

P4 = {"severity": 4, "business_impact": 0, "reputational_risk": 0}


class Meeting:
    def __init__(self, desk: CommandDesk) -> None:
        self.desk = desk
        self.standup = StandUp(cases=desk.commands.cases)

    def start(self, **hours: float) -> StandupView:
        next_at = self.desk.clock.now() + timedelta(**hours) if hours else None
        return self.standup.start(self.desk.lead, next_at)

    def row(self, view: StandupView, escalation_id: int) -> StandupRow:
        rows = [row for owner in view.owners for row in owner.rows]
        return next(row for row in rows if row.standing.escalation_id == escalation_id)

    def owned(self, **facts: object) -> int:
        return self.desk.open(owner_id=self.desk.on_call.person_id, **facts).id

    def names(self, view: StandupView) -> list[str]:
        return [owner.name for owner in view.owners]


@pytest.fixture
def meeting(commands: CommandDesk) -> Meeting:
    return Meeting(commands)


def test_what_nobody_owns_comes_first_then_owners_by_name(meeting: Meeting):
    meeting.owned()
    meeting.desk.open(owner_id=meeting.desk.coordinator.person_id)
    meeting.desk.open()
    assert meeting.names(meeting.start()) == ["Nobody", "Cora Lind", "Onno Kay"]


def test_it_tells_what_changed_since_the_last_one_and_no_more(meeting: Meeting):
    id_ = meeting.owned()
    note = meeting.desk.commands.escalation.note
    note(id_, "Before", meeting.desk.on_call)
    meeting.desk.clock.forward(minutes=2)
    first = meeting.start()
    meeting.standup.end(first.id, meeting.desk.lead)
    note(id_, "After", meeting.desk.on_call)
    meeting.desk.clock.forward(minutes=2)
    assert meeting.row(meeting.start(), id_).changes == ("Onno Kay: noted: After",)


def test_after_a_weekend_it_looks_back_to_friday(meeting: Meeting):
    id_ = meeting.owned()
    first = meeting.start()
    meeting.standup.end(first.id, meeting.desk.lead)
    meeting.desk.clock.forward(minutes=1)
    meeting.desk.commands.escalation.note(id_, "On Friday", meeting.desk.on_call)
    meeting.desk.clock.forward(days=3)
    assert "Onno Kay: noted: On Friday" in meeting.row(meeting.start(), id_).changes


def test_many_changes_are_counted(meeting: Meeting):
    id_ = meeting.owned()
    for i in range(9):
        meeting.desk.commands.escalation.note(id_, f"Try {i}", meeting.desk.on_call)
    row = meeting.row(meeting.start(), id_)
    assert row.changes[-1] == "Onno Kay: noted: Try 8"
    assert len(row.changes) + row.more_changes == 10


def test_nothing_for_half_its_target_is_stuck(meeting: Meeting):
    id_ = meeting.owned()
    meeting.desk.clock.forward(minutes=7)
    assert meeting.row(meeting.start(), id_).stuck_for is None


def test_and_a_minute_later_it_is(meeting: Meeting):
    id_ = meeting.owned()
    meeting.desk.clock.forward(minutes=8)
    assert meeting.row(meeting.start(), id_).stuck_for == timedelta(minutes=8)


def test_what_is_closed_over_night_is_not_stuck_by_that(meeting: Meeting):
    meeting.desk.clock.set(meeting.desk.clock.now() + timedelta(hours=7, minutes=30))
    id_ = meeting.owned(**P4)
    meeting.desk.clock.forward(hours=14)
    assert meeting.row(meeting.start(), id_).stuck_for is None


def test_what_breaches_before_the_next_one_is_named(meeting: Meeting):
    id_ = meeting.owned()
    soon = meeting.row(meeting.start(hours=1), id_)
    assert soon.breaches_at == meeting.desk.clock.now() + timedelta(minutes=15)
    assert (soon.is_breached, soon.standing.due_kind) == (False, "acknowledgement")


def test_what_breaches_later_is_not(meeting: Meeting):
    id_ = meeting.owned()
    assert meeting.row(meeting.start(minutes=10), id_).breaches_at is None


def test_what_is_breached_leads(meeting: Meeting):
    old = meeting.owned(**P4)
    meeting.desk.clock.forward(minutes=10)
    late = meeting.owned()
    meeting.desk.clock.forward(minutes=16)
    (owner,) = meeting.start(minutes=1).owners
    assert [row.standing.escalation_id for row in owner.rows] == [late, old]
    assert owner.rows[0].is_breached


def test_what_there_is_nothing_to_say_about_is_counted(meeting: Meeting):
    meeting.owned(**P4)
    meeting.desk.clock.forward(minutes=1)
    first = meeting.start(minutes=1)
    meeting.desk.clock.forward(minutes=1)
    meeting.standup.end(first.id, meeting.desk.lead)
    (owner,) = meeting.start(minutes=1).owners
    assert isinstance(owner, OwnerRows)
    assert (owner.rows, owner.quiet) == ((), 1)


def test_what_ended_since_the_last_one_is_told_too(meeting: Meeting):
    id_ = meeting.owned()
    meeting.desk.commands.transition.resolve(id_, meeting.desk.senior, reason="Cause removed")
    row = meeting.row(meeting.start(), id_)
    assert (row.standing.state, row.stuck_for, row.breaches_at) == ("resolved", None, None)


def test_each_owner_has_a_turn_and_the_time_is_kept(meeting: Meeting):
    view = meeting.start()
    onno = meeting.desk.on_call.person_id
    meeting.standup.begin_turn(view.id, None, meeting.desk.lead)
    meeting.desk.clock.forward(seconds=90)
    view = meeting.standup.begin_turn(view.id, onno, meeting.desk.lead)
    meeting.desk.clock.forward(seconds=30)
    now = meeting.desk.clock.now()
    assert [(turn.name, turn.spent(now).seconds) for turn in view.turns] == [("Nobody", 90), ("Onno Kay", 30)]
    assert view.running is not None
    assert meeting.standup.end(view.id, meeting.desk.lead).running is None


def test_a_turn_of_somebody_unknown_is_refused(meeting: Meeting):
    with pytest.raises(NotFound):
        meeting.standup.begin_turn(meeting.start().id, 999, meeting.desk.lead)


def test_a_note_goes_to_the_timeline(meeting: Meeting):
    id_ = meeting.owned()
    view = meeting.start()
    meeting.standup.note(view.id, id_, "Onno calls them at noon", meeting.desk.lead)
    event = meeting.desk.events(id_)[-1]
    assert (event.kind, event.body["note"], event.body["standup"]) == (
        "note.added",
        "Onno calls them at noon",
        view.id,
    )


def test_there_is_one_stand_up_at_a_time(meeting: Meeting):
    view = meeting.start()
    with pytest.raises(Conflict, match="running"):
        meeting.start()
    assert meeting.standup.running() == view


def test_one_that_is_over_takes_nothing_more(meeting: Meeting):
    id_ = meeting.owned()
    view = meeting.start()
    meeting.standup.end(view.id, meeting.desk.lead)
    with pytest.raises(Conflict, match="over"):
        meeting.standup.note(view.id, id_, "Late", meeting.desk.lead)


def test_the_next_one_lies_ahead(meeting: Meeting):
    with pytest.raises(DeskError, match="past"):
        meeting.start(hours=-1)
