"""Who would be told and when, asked beforehand; and rotations as targets of a ladder."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from desktop.domain.policy import Occasion, Priority
from desktop.services.ladder_editing import LadderRow, LadderService
from desktop.services.ladder_told import AT_ONCE, Case, LadderForecast
from desktop.services.roster import RosterService
from tests.services.alarm_desk import LEAD, P1
from tests.services.paging_desk import PagingDesk

HOOK = "json://127.0.0.1:9/hook"
BREACH = Case(Priority.P1)


@pytest.fixture
def desk(store, clock):
    return PagingDesk(store, clock)


@pytest.fixture
def forecast(desk):
    return LadderForecast(store=desk.store, clock=desk.clock, policy=desk.policies, people=desk.people)


def steps(desk, *rows):
    service = LadderService(store=desk.store, policy=desk.policies, people=desk.people)
    return service.check(
        Priority.P1, [LadderRow("acknowledge", after, tell, **more) for after, tell, more in rows]
    )


def on_duty(desk, name, *people, team=""):
    """A schedule in which these take turns, a day each, at nine."""
    document = {
        "zone": "UTC",
        "layers": [
            {
                "name": "days",
                "start": "2026-11-23T09:00",
                "every": {"unit": "day", "count": 1},
                "people": [[str(person.id)] for person in people],
            }
        ],
    }
    RosterService(store=desk.store, clock=desk.clock, bus=desk.bus).create(name, team, document, LEAD)


def shape(rows):
    return [(row.step, row.repeat, row.people, row.channels, row.why) for row in rows]


def test_every_step_comes_with_its_instant_people_and_channels(desk, forecast, clock):
    desk.channel(desk.leo, HOOK, "Phone")
    ladder = steps(desk, ("10 min", ("person:Leo Park",), {"times": 1, "every": "5 min"}))
    rows = forecast.who_would_be_told(BREACH, clock.now(), ladder)
    (climbed, again) = [row for row in rows if row.step]
    assert (climbed.people, climbed.channels) == (("Leo Park",), ("Phone",))
    assert [row.at - clock.now() for row in (climbed, again)] == [
        timedelta(minutes=10),
        timedelta(minutes=15),
    ]


def test_a_step_that_has_been_overtaken_is_not_repeated(desk, forecast, clock):
    ladder = steps(
        desk,
        ("20 min", ("person:Maya Chen",), {"times": 3, "every": "10 min"}),
        ("45 min", ("person:Maya Chen",), {"times": 1, "every": "10 min"}),
    )
    rows = forecast.who_would_be_told(BREACH, clock.now(), ladder)
    instants = [(row.step, (row.at - clock.now()) // timedelta(minutes=1)) for row in rows]
    assert instants == [(0, 0), (0, 15), (1, 20), (1, 30), (1, 40), (2, 45), (2, 55)]


def test_whoever_sits_here_is_told_at_this_desk(desk, forecast, clock):
    (first, *_) = forecast.who_would_be_told(BREACH, clock.now())
    assert (first.people[0], first.channels[0]) == ("Maya Chen", "this desk")


def test_a_step_that_reaches_nobody_gives_way_at_once(desk, forecast, clock):
    desk.channel(desk.amara, HOOK)
    ladder = steps(desk, ("5 min", ("person:Leo Park",), {}), ("60 min", ("person:Amara Okafor",), {}))
    rows = [row for row in forecast.who_would_be_told(BREACH, clock.now(), ladder) if row.step]
    assert shape(rows) == [
        (1, 0, (), (), f"Leo Park: no channel; {AT_ONCE}"),
        (2, 0, ("Amara Okafor",), ("Webhook",), ""),
    ]
    assert rows[1].at - clock.now() == timedelta(minutes=5)


def test_the_kind_a_step_wants_is_tried_first(desk, forecast, clock):
    desk.channel(desk.leo, HOOK)
    desk.channel(desk.leo, "mailto://127.0.0.1:9?from=a@example.org&to=leo@example.org")
    ladder = steps(desk, ("5 min", ("person:Leo Park",), {"channels": ("mail",)}))
    (row,) = [row for row in forecast.who_would_be_told(BREACH, clock.now(), ladder) if row.step]
    assert row.channels == ("Mail",)


def test_quiet_hours_are_told_beforehand(desk, forecast, clock):
    desk.channel(desk.leo, HOOK)
    desk.people.edit(replace(desk.leo, quiet_from=time(0), quiet_to=time(23, 59)), LEAD)
    case = Case(Priority.P3, Occasion.BREACHING_SOON, "contain", desk.leo.id)
    (first, *_) = forecast.who_would_be_told(case, clock.now())
    assert "Leo Park: quiet hours" in first.why


def test_a_dry_run_says_it_in_sentences_and_tells_nobody(desk, forecast, clock):
    desk.channel(desk.leo, HOOK, "Phone")
    ladder = steps(desk, ("10 min", ("person:Leo Park",), {}))
    assert forecast.dry_run(BREACH, clock.now(), ladder)[-1] == "After 10 min: Leo Park by Phone"
    assert (desk.pages(), desk.deliver()) == ([], [])


def test_a_rotation_is_whoever_is_on_call_at_that_instant(desk, forecast, clock):
    for person in (desk.leo, desk.amara):
        desk.channel(person, HOOK)
    on_duty(desk, "Days", desk.leo, desk.amara)
    ladder = steps(desk, ("10 min", ("rotation:Days",), {}))
    at = [clock.now() + timedelta(minutes=20), clock.now() + timedelta(days=1)]
    found = [forecast.who_would_be_told(BREACH, instant, ladder)[-1].people for instant in at]
    assert found == [("Leo Park",), ("Amara Okafor",)]


def test_a_team_is_whoever_is_on_call_for_it_and_without_a_schedule_all_of_it(desk, forecast, clock):
    for person in (desk.leo, desk.amara):
        desk.channel(person, HOOK)
        desk.people.edit(replace(person, team="Payments"), LEAD)
    ladder = steps(desk, ("10 min", ("team:Payments",), {}))
    assert set(forecast.who_would_be_told(BREACH, clock.now(), ladder)[-1].people) == {
        "Leo Park",
        "Amara Okafor",
    }
    on_duty(desk, "Payments by day", desk.amara, team="Payments")
    assert forecast.who_would_be_told(BREACH, clock.now(), ladder)[-1].people == ("Amara Okafor",)


def test_a_schedule_named_for_leaders_says_who_leads(desk, forecast, clock):
    desk.channel(desk.amara, HOOK)
    on_duty(desk, "On-call leader", desk.amara)
    ladder = steps(desk, ("10 min", ("role:on-call leader",), {}))
    assert forecast.who_would_be_told(BREACH, clock.now(), ladder)[-1].people == ("Amara Okafor",)


def test_whoever_is_on_call_is_really_paged(desk, clock):
    on_duty(desk, "Days", desk.amara, desk.leo)  # before they have a channel: a rota tells who moved, too
    for person in (desk.leo, desk.amara):
        desk.channel(person, HOOK)
    document = desk.policy.to_mapping()
    document["announce"]["new"]["to"] = ["rotation:Days"]
    desk.policies.keep(document, LEAD)
    desk.open(**P1)
    desk.sweep()
    about_alarms = [who for who, reason in desk.pages("person_id", "reason") if reason == "new"]
    assert about_alarms == [desk.amara.id]  # besides, both were told of their shifts
