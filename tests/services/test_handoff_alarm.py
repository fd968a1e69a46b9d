"""Ten minutes after the shift's end what is not accepted alarms the coordinator, once."""

from datetime import datetime, timedelta

import pytest

from desktop.domain.clock import ManualClock
from desktop.domain.person import Actor
from desktop.domain.policy import Policy
from desktop.domain.policy_alarm import Occasion
from desktop.services.handoff import HandoffService
from desktop.services.handoff_alarm import HandoffAlarm
from desktop.services.handoff_view import HandoffView
from desktop.services.sweeping import Sweeping
from tests.services.alarm_desk import P2, P3, AlarmDesk


class Shift:
    """Leo's shift ends in an hour; Amara takes over; Maya, a coordinator, sits at the desk."""

    def __init__(self, desk: AlarmDesk) -> None:
        self.desk, self.clock = desk, desk.clock
        self.handoff = HandoffService(cases=desk.do.cases, details=desk.do.details)
        self.alarm = HandoffAlarm(cases=desk.do.cases)
        self.sweeping = Sweeping(desk.alarm.sweep, (self.alarm.tick,))
        self.end_at: datetime = desk.clock.now() + timedelta(hours=1)
        self.leo, self.amara = desk.leo.actor(), desk.amara.actor()

    def draft(self, *kinds: dict[str, int]) -> HandoffView:
        for kind in kinds:
            self.desk.open(owner_id=self.desk.leo.id, **kind)
        return self.handoff.draft(self.desk.leo.id, self.leo, self.end_at)

    def offer(self, *kinds: dict[str, int]) -> HandoffView:
        return self.handoff.offer(self.draft(*kinds).id, self.desk.amara.id, self.leo)

    def pass_end(self, minutes: int = 10) -> list[str]:
        """So long after the shift's end; gives what the desk is told of handoffs by then."""
        self.clock.set(self.end_at + timedelta(minutes=minutes))
        return self.look()

    def look(self) -> list[str]:
        self.desk.calm()
        self.sweeping.sweep()
        self.desk.calm()
        self.desk.sweep()
        return [item.title for item in self.desk.shown if item.reason == "handoff_open"]

    def raised(self) -> list[int]:
        rows = self.desk.rows(
            "SELECT escalation_id FROM alarm"
            " WHERE threshold = 'handoff_open' AND state = 'raised' ORDER BY id"
        )
        return [row[0] for row in rows]


@pytest.fixture
def shift(store, clock: ManualClock) -> Shift:
    return Shift(AlarmDesk(store, clock))


def test_nobody_is_told_before_ten_minutes_are_over(shift: Shift):
    shift.offer(P2)
    assert shift.pass_end(9) == []


def test_the_coordinator_is_told_after_ten_minutes(shift: Shift):
    shift.offer(P2)
    assert shift.pass_end() == ["Not handed over: Checkout fails"]
    (item,) = [item for item in shift.desk.shown if item.reason == "handoff_open"]
    assert "its handoff was not accepted in time" in item.body
    assert "owner: Leo Park" in item.body


def test_it_is_told_once_for_all_that_wait(shift: Shift):
    shift.offer(P3, P2, P3)
    shift.pass_end()
    shift.clock.forward(minutes=20)
    assert len(shift.look()) == 1
    assert sorted(shift.raised()) == [1, 2, 3]


def test_the_gravest_is_told_and_the_others_are_on_their_timelines(shift: Shift):
    view = shift.offer(P3, P2)
    shift.pass_end()
    (told,) = [item for item in shift.desk.shown if item.reason == "handoff_open"]
    assert told.escalation_id == view.items[0].escalation_id == 2
    assert "alarm.raised" in shift.desk.events(1)


def test_acceptance_ends_the_alarm_of_what_was_accepted(shift: Shift):
    view = shift.offer(P2, P3)
    shift.pass_end()
    first, second = view.items
    shift.handoff.accept(view.id, shift.amara, [first.id])
    assert shift.raised() == [second.escalation_id]
    shift.handoff.accept(view.id, shift.amara)
    assert shift.raised() == []


def test_what_was_accepted_in_time_alarms_nobody(shift: Shift):
    view = shift.offer(P2)
    shift.handoff.accept(view.id, shift.amara)
    assert shift.pass_end() == []


def test_a_draft_that_was_never_offered_alarms_too(shift: Shift):
    shift.draft(P2)
    assert len(shift.pass_end()) == 1


def test_what_was_declined_is_not_accepted(shift: Shift):
    view = shift.offer(P2)
    shift.handoff.decline(view.items[0].id, "I am leaving too", shift.amara)
    assert len(shift.pass_end()) == 1


def test_an_offer_after_the_end_leaves_ten_minutes(shift: Shift):
    draft = shift.draft(P2)
    shift.clock.set(shift.end_at + timedelta(minutes=5))
    shift.handoff.offer(draft.id, shift.desk.amara.id, shift.leo)
    assert shift.pass_end(12) == []
    assert len(shift.pass_end(15)) == 1


def test_a_withdrawn_handoff_alarms_nobody_and_ends_what_it_raised(shift: Shift):
    view = shift.offer(P2)
    shift.pass_end()
    shift.handoff.withdraw(view.id, shift.leo, "I stay")
    assert shift.raised() == []


def test_the_alarm_ends_when_somebody_else_owns_it(shift: Shift):
    view = shift.offer(P2)
    shift.pass_end()
    coordinator: Actor = shift.desk.me
    shift.desk.do.ownership.assign(view.items[0].escalation_id, shift.desk.maya.id, coordinator)
    shift.look()
    assert shift.raised() == []


def test_the_desk_wakes_when_the_next_handoff_is_late(shift: Shift):
    shift.offer(P2)
    assert shift.alarm.tick() == shift.end_at + timedelta(minutes=10)
    shift.pass_end()
    assert shift.alarm.tick() is None


def test_a_policy_from_before_handoffs_tells_the_coordinator_too(shift: Shift):
    document = shift.desk.policy.to_mapping()
    del document["announce"]["handoff_open"]
    told = Policy.from_mapping(document).announce[Occasion.HANDOFF_OPEN]
    assert (told.to, told.is_told) == (("role:coordinator",), True)


def test_the_alarm_stands_in_the_list_with_its_owner(shift: Shift):
    shift.offer(P2)
    shift.pass_end()
    (view,) = [view for view in shift.desk.alarm.open_alarms() if view.occasion == Occasion.HANDOFF_OPEN]
    assert (view.what, view.owner, view.is_banner) == (
        "its handoff was not accepted in time",
        "Leo Park",
        True,
    )
