"""Half an hour before a shift ends the form is there, and nobody has to think of it."""

from datetime import datetime, timedelta
from typing import NamedTuple

import pytest

from desktop.services.handoff_due import HandoffDue
from tests.fixtures_desk import CommandDesk
from tests.services.handoff_desk import HandoffDesk


class Shift(NamedTuple):
    start: datetime
    end: datetime
    people: tuple[int, ...]


class Ending(HandoffDesk):
    """Onno is on call from now for eight hours, then Sana."""

    def __init__(self, base: CommandDesk) -> None:
        super().__init__(base)
        self.end_at = base.clock.now() + timedelta(hours=8)
        self.shifts = [
            Shift(base.clock.now(), self.end_at, (self.giver.id,)),
            Shift(self.end_at, self.end_at + timedelta(hours=8), (self.taker.id,)),
        ]
        self.due = HandoffDue(cases=self.cases, handoff=self.handoff, final=self.final)

    def final(self, start: datetime, end: datetime) -> list[Shift]:
        return [
            Shift(max(shift.start, start), min(shift.end, end), shift.people)
            for shift in self.shifts
            if shift.start < end and shift.end > start
        ]

    def at(self, **before_end: float) -> None:
        self.base.clock.set(self.end_at - timedelta(**before_end))
        self.due.tick()

    def notices(self) -> list[tuple[str, str]]:
        with self.base.store.read() as session:
            rows = session.sql("SELECT title, body FROM outbox WHERE reason = 'handover_due'").fetchall()
        return [tuple(row) for row in rows]


@pytest.fixture
def desk(commands: CommandDesk) -> Ending:
    return Ending(commands)


def test_the_form_is_there_half_an_hour_before_the_end(desk: Ending):
    desk.own(2)
    desk.at(minutes=31)
    assert desk.handoff.of_person(desk.giver.id) == ()
    desk.at(minutes=30)
    (view,) = desk.handoff.of_person(desk.giver.id)
    assert (len(view.items), view.handoff.shift_end_at) == (2, desk.end_at)


def test_and_the_giver_is_told_once(desk: Ending):
    desk.own(2)
    desk.at(minutes=30)
    desk.at(minutes=20)
    ((title, body),) = desk.notices()
    assert title == "Onno Kay: hand over 2 escalations"
    assert body.startswith("The shift ends Mon 23 Nov 2026 17:00 UTC. Write down")


def test_whoever_owns_nothing_has_nothing_to_hand_over(desk: Ending):
    desk.at(minutes=10)
    assert (desk.handoff.of_person(desk.giver.id), desk.notices()) == ((), [])


def test_a_draft_begun_before_is_gone_on_with(desk: Ending):
    desk.own()
    begun = desk.handoff.draft(desk.giver.id, desk.onno)
    desk.handoff.edit(begun.items[0].id, "next_steps", "Wait for logs", desk.onno)
    desk.at(minutes=30)
    (view,) = desk.handoff.of_person(desk.giver.id)
    assert (view.id, view.handoff.shift_end_at) == (begun.id, desk.end_at)
    assert view.items[0].words["next_steps"] == "Wait for logs"


def test_what_was_withdrawn_is_not_drawn_up_again(desk: Ending):
    desk.own()
    desk.at(minutes=30)
    desk.handoff.withdraw(desk.handoff.of_person(desk.giver.id)[0].id, desk.onno, "I stay on")
    desk.at(minutes=10)
    assert len(desk.handoff.of_person(desk.giver.id)) == 1


def test_a_shift_that_goes_on_in_another_schedule_does_not_end(desk: Ending):
    desk.own()
    desk.shifts.append(Shift(desk.end_at, desk.end_at + timedelta(hours=8), (desk.giver.id,)))
    desk.at(minutes=10)
    assert desk.handoff.of_person(desk.giver.id) == ()


def test_a_form_that_is_never_sent_alarms(desk: Ending):
    desk.own()
    desk.at(minutes=30)
    assert desk.alarm.tick() == desk.end_at + timedelta(minutes=10)


def test_the_desk_wakes_for_the_next_end(desk: Ending):
    desk.base.clock.set(desk.end_at - timedelta(minutes=33))
    assert desk.due.tick() == desk.end_at - timedelta(minutes=30)
