"""Whom a real desk pages about its alarms, and whom it spares."""

from dataclasses import replace
from datetime import time

import pytest

from desktop.domain.person import Person, Role
from tests.services.alarm_desk import LEAD, P1, P2, P3
from tests.services.paging_desk import PagingDesk

HOOK = "json://127.0.0.1:9/hook"


@pytest.fixture
def desk(store, clock):
    return PagingDesk(store, clock)


def whom(desk):
    """The names of those paged, in order."""
    people = {person.id: person.name for person in desk.people.all(inactive=True)}
    return [people[person_id] for person_id in desk.pages("person_id")]


def asleep(desk, person):
    desk.people.edit(replace(person, quiet_from=time(0), quiet_to=time(23, 59)), LEAD)


def test_an_owner_who_is_not_at_the_desk_is_paged(desk):
    desk.channel(desk.leo, HOOK)
    desk.open(**P1, owner_id=desk.leo.id)
    desk.sweep()
    assert whom(desk) == ["Leo Park"]
    assert "call" not in desk.shown[0].body


def test_whoever_sits_here_is_shown_it_and_not_paged(desk):
    desk.channel(desk.maya, HOOK)
    desk.open(**P1)
    desk.sweep()
    assert (whom(desk), desk.told()) == ([], ["new"])


def test_whoever_sits_here_and_does_not_answer_is_paged_too(desk, clock):
    desk.channel(desk.maya, HOOK)
    desk.open(**P1)
    for _ in range(25):
        desk.sweep()
        clock.forward(minutes=1)
    assert set(whom(desk)) == {"Maya Chen"}


def test_a_desk_that_sends_no_pages_puts_none_in(desk):
    """As a drill is."""
    desk.channel(desk.leo, HOOK)
    desk.alarm.pager = None
    escalation = desk.open(**P1, owner_id=desk.leo.id)
    desk.sweep()
    assert (whom(desk), desk.events(escalation)) == ([], ["alarm.raised", "alarm.failed", "alarm.delivered"])


def test_a_switched_off_channel_is_not_used(desk):
    channel = desk.channel(desk.leo, HOOK)
    desk.paging.edit(channel.id, LEAD, enabled=False)
    desk.open(**P1, owner_id=desk.leo.id)
    desk.sweep()
    assert whom(desk) == []


def test_quiet_hours_of_a_person_let_a_new_one_wait(desk):
    desk.channel(desk.leo, HOOK)
    asleep(desk, desk.leo)
    escalation = desk.open(**P1, owner_id=desk.leo.id)
    desk.sweep()
    assert (desk.pages("state"), desk.events(escalation)) == (
        ["held"],
        ["alarm.raised", "alarm.suppressed", "alarm.delivered"],
    )


def test_one_page_at_the_end_of_quiet_hours_tells_what_still_stands(desk, clock):
    desk.channel(desk.leo, HOOK)
    asleep(desk, desk.leo)
    first, *_ = [desk.open(f"Customer {i}", **P2, owner_id=desk.leo.id) for i in range(3)]
    desk.sweep()
    assert (desk.pages("state"), desk.queue.claim(9)) == (["held"] * 3, ())
    desk.alarm.acknowledge(first, desk.me, "for Leo")
    clock.set(clock.now().replace(hour=23, minute=59))
    (page,) = desk.queue.claim(9)
    assert page.title == "2 alarms during your quiet hours"
    assert "ESC-2026-0002" in page.body
    assert "ESC-2026-0001" not in page.body


def test_a_single_page_goes_as_it_is_at_the_end_of_quiet_hours(desk, clock):
    desk.channel(desk.leo, HOOK)
    asleep(desk, desk.leo)
    desk.open(**P2, owner_id=desk.leo.id)
    desk.sweep()
    clock.set(clock.now().replace(hour=23, minute=59))
    (page,) = desk.queue.claim(9)
    assert page.title == "New: Checkout fails"


def test_quiet_hours_of_a_person_let_a_breach_of_p1_pass(desk, clock):
    desk.channel(desk.leo, HOOK)
    asleep(desk, desk.leo)
    desk.open(**P1)
    for _ in range(8):
        desk.sweep()
        clock.forward(minutes=1)
    assert whom(desk)[:1] == ["Leo Park"]


def test_the_quiet_hours_of_whoever_sits_here_do_not_keep_it_from_others(desk):
    desk.channel(desk.leo, HOOK)
    desk.quiet(time(0), time(23, 59))
    desk.open(**P2, owner_id=desk.leo.id)
    desk.sweep()
    assert (whom(desk), desk.told()) == (["Leo Park"], [])


def with_ladder(desk, *steps):
    """P1's steps for want of an acknowledgement: (minutes, whom)."""
    document = desk.policy.to_mapping()
    document["ladder"]["P1"] = [
        {"unless": "acknowledge", "after": f"{minutes} min", "tell": [target]} for minutes, target in steps
    ]
    desk.policies.keep(document, LEAD)


def test_a_step_of_people_without_channels_is_recorded_and_the_next_taken_at_once(desk, clock):
    with_ladder(desk, (5, "person:Leo Park"), (60, "person:Amara Okafor"))
    desk.channel(desk.amara, HOOK)
    escalation = desk.open(**P1)
    for _ in range(12):
        desk.sweep()
        clock.forward(minutes=1)
    assert whom(desk) == ["Amara Okafor"]
    assert "oncall.nobody" in desk.events(escalation, "oncall.%")


def test_an_acknowledged_alarm_pages_nobody_further(desk, clock):
    with_ladder(desk, (5, "person:Leo Park"))
    desk.channel(desk.leo, HOOK)
    escalation = desk.open(**P1, owner_id=desk.maya.id)
    for minute in range(20):
        desk.sweep()
        clock.forward(minutes=1)
        if minute == 3:
            desk.alarm.acknowledge(escalation, desk.me)
    assert whom(desk) == []


def one_page_an_hour(desk):
    """Leo is told of what is new; Amara, on the step above, is asked after one page an hour."""
    with_ladder(desk, (5, "person:Amara Okafor"))
    document = desk.policy.to_mapping()
    document["announce"]["new"]["to"] = ["person:Leo Park"]
    document["budget"] = {"per_hour": 1, "limit_per_hour": 1}
    desk.policies.keep(document, LEAD)
    desk.channel(desk.leo, HOOK)


def test_after_the_policys_pages_an_hour_the_next_person_is_asked(desk):
    one_page_an_hour(desk)
    desk.channel(desk.amara, HOOK)
    for customer in ("Acme", "Globex"):
        escalation = desk.open(customer, **P1)
        desk.sweep()
    assert whom(desk) == ["Leo Park", "Amara Okafor"]
    assert "alarm.suppressed" in desk.events(escalation)


def test_where_there_is_no_next_person_a_milder_page_is_spared_and_recorded(desk):
    one_page_an_hour(desk)
    for customer in ("Acme", "Globex"):
        escalation = desk.open(customer, **P1)
        desk.sweep()
    assert whom(desk) == ["Leo Park"]
    assert "alarm.suppressed" in desk.events(escalation)


def test_an_hour_later_the_first_one_is_asked_again(desk, clock):
    one_page_an_hour(desk)
    desk.alarm.acknowledge(desk.open("Acme", **P2, owner_id=desk.maya.id), desk.me)
    desk.open("Globex", **P1, owner_id=desk.maya.id)
    desk.sweep()
    clock.forward(minutes=61)
    desk.calm()
    desk.open("Initech", **P1, owner_id=desk.maya.id)
    desk.sweep()
    assert whom(desk).count("Leo Park") >= 2


def test_many_alarms_in_a_flood_are_one_page(desk):
    desk.channel(desk.leo, HOOK)
    for i in range(12):
        desk.open(f"Customer {i}", **P1, owner_id=desk.leo.id)
    desk.sweep()
    assert "flood" in desk.pages("reason")
    assert len(whom(desk)) <= 11


def test_it_can_be_asked_who_is_told_next_and_when(desk, clock):
    escalation = desk.open(**P3, owner_id=desk.leo.id)
    desk.sweep()
    ((at, who),) = desk.alarm.next_told([escalation]).values()
    assert who
    assert at > clock.now()


def test_a_person_who_left_is_not_paged(desk):
    gone = desk.people.create(Person(0, "Gone", "", roles=frozenset({Role.ON_CALL})), LEAD)
    desk.channel(gone, HOOK)
    desk.open(**P1, owner_id=gone.id)
    desk.people.edit(replace(gone, active=False), LEAD)
    desk.sweep()
    assert whom(desk) == []


def test_what_was_missed_while_the_desk_was_off_is_one_page_to_each(desk, clock):
    desk.open(**P1)
    desk.open("Globex", **P1)
    desk.sweep()
    desk.channel(desk.leo, HOOK)
    clock.forward(hours=9)
    desk.sweep()
    assert desk.pages("reason") == ["digest"]
    assert whom(desk) == ["Leo Park"]
