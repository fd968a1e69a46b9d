"""Whom to call: the rota's answer and the least tired beside it, of a real desk."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from db.queries import time_off as leave
from desktop.domain.errors import NotAllowed, NotFound
from desktop.domain.person import Person, Role
from desktop.domain.time_off import TimeOff
from desktop.services.call_facts import morning_of
from tests.fixtures_desk import CommandDesk
from tests.services.call_desk import HOUR, Calling


@pytest.fixture
def calling(commands: CommandDesk) -> Calling:
    return Calling(commands)


@pytest.fixture
def pair(calling: Calling) -> tuple[int, int]:
    """Ana is on call now, Ben tomorrow."""
    ids = calling.person("Ana"), calling.person("Ben")
    calling.scheduled(*ids)
    return ids


def test_the_rotas_answer_names_who_by_what_and_until_when(calling, pair):
    (one,) = calling.ask().rota
    assert (one.person.name, one.schedule, one.layer) == ("Ana", "Rota", "primary")
    assert one.until == calling.now + 23 * HOUR


def test_people_stand_in_the_order_of_their_turns(calling, pair):
    assert calling.names() == ["Ana", "Ben"]
    assert calling.reasons("Ben")[0] == "Ben is number 2 by the rota."


def test_somebody_paged_at_night_stands_after_who_slept_and_how_often_is_for_leads(calling, pair):
    calling.paged(pair[0], timedelta(hours=calling.now.hour - 3))
    found = calling.ask()
    assert found.suggested.person.name == "Ben"
    assert found.rota[0].person.name == "Ana"
    assert "Ana was paged in the last seven days, also at night." in calling.reasons("Ana")


def test_a_page_of_eight_days_ago_counts_no_more(calling, pair):
    calling.paged(pair[0], timedelta(days=8))
    assert "Ana was not paged in the last seven days." in calling.reasons("Ana")


def test_a_page_an_hour_ago_is_short_rest(calling, pair):
    calling.paged(pair[1], HOUR)
    assert "Ben has had only 1 h of rest." in calling.reasons("Ben")


def test_days_on_call_are_counted_up_to_today(calling):
    calling.scheduled(calling.person("Ana"))
    calling.desk.clock.set(calling.now + timedelta(days=2))
    assert "Ana is on call on 3 days in a row." in calling.reasons("Ana")


def test_a_quiet_week_on_call_is_no_reason_to_wake_somebody_off_duty(calling):
    ana, ben = calling.person("Ana"), calling.person("Ben", zone="Pacific/Honolulu")
    calling.scheduled(*[ana] * 8, ben)
    calling.desk.clock.set(calling.now + timedelta(days=7))
    assert calling.names() == ["Ana", "Ben"]


def test_the_shift_that_runs_is_no_rest_that_was_short(calling, pair):
    assert not any("rest" in sentence for sentence in calling.reasons("Ana"))


def test_after_their_shift_somebody_is_short_of_rest(calling, pair):
    calling.desk.clock.set(calling.now + 24 * HOUR)
    assert "Ana has had only 1 h of rest." in calling.reasons("Ana")


def test_whoever_is_away_comes_last(calling, pair):
    away = TimeOff(0, pair[1], calling.now - HOUR, calling.now + HOUR, "Leave")
    with calling.desk.store.begin() as session:
        leave.insert(session, away, 0, "test")
    assert calling.reasons("Ben")[0] == "Ben is away."


def test_without_any_channel_at_the_desk_nobody_is_out_of_reach(calling, pair):
    assert all(one.suggestion.is_possible for one in calling.ask().order)


def test_somebody_without_a_channel_is_out_of_reach_where_others_have_one(calling, pair):
    calling.channel(pair[1])
    assert calling.names() == ["Ben", "Ana"]
    assert calling.reasons("Ana")[0] == "No working channel reaches Ana."


def test_whoever_has_been_paged_as_often_as_may_be_comes_last(calling, pair):
    for one in pair:
        calling.channel(one)
    for minute in range(calling.desk.policy.active().budget.limit_per_hour):
        calling.paged(pair[0], timedelta(minutes=minute + 1))
    assert calling.reasons("Ana")[0] == "Ana has been paged as often as allowed within an hour."


def test_at_night_the_cost_of_waiting_stands_beside_it(calling):
    calling.scheduled(calling.person("Ana", zone="Pacific/Honolulu"))
    assert "It is night for Ana." in calling.reasons("Ana")
    assert calling.reasons("Ana")[-1].startswith("Waiting until their morning takes")
    assert calling.reasons("Ana")[-1].endswith("what is due next.")


def test_without_a_rota_those_of_the_team_who_take_calls_are_asked(calling):
    calling.person("Ana")
    calling.person("Ben", team="Cards")
    calling.person("Cid", roles=frozenset({Role.TRAINER}))
    found = calling.ask()
    assert (found.has_rota, found.rota, calling.names()) == (False, (), ["Ana"])


def test_the_rota_of_another_team_is_not_asked(calling):
    calling.scheduled(calling.person("Ben", team="Cards"), team="Cards")
    assert (calling.ask().has_rota, calling.names()) == (False, [])


def test_who_has_left_is_not_called(calling, pair):
    with calling.desk.store.begin() as session:
        session.sql("UPDATE person SET active = 0 WHERE id = ?", (pair[0],))
    assert (calling.ask().rota, calling.names()) == ((), ["Ben"])


def test_only_who_may_assign_sees_it(calling, pair):
    with pytest.raises(NotAllowed):
        calling.service.for_escalation(calling.id, calling.desk.on_call)


def test_an_escalation_that_is_not_there_is_refused(calling):
    with pytest.raises(NotFound):
        calling.service.for_escalation(999, calling.desk.coordinator)


@pytest.mark.parametrize(
    ("quiet", "wall", "morning"),
    [
        ((None, None), "2026-03-29 01:30", "2026-03-29 07:00"),
        ((None, None), "2026-03-28 23:30", "2026-03-29 07:00"),
        ((None, None), "2026-03-28 21:30", ""),
        ((None, None), "2026-03-28 06:00", ""),
        ((time(20), time(8, 30)), "2026-03-28 21:30", "2026-03-29 08:30"),
        ((time(12), time(14)), "2026-03-28 13:00", ""),
        ((time(12), time(14)), "2026-03-28 23:00", "2026-03-29 07:00"),
    ],
)
def test_a_night_ends_with_the_quiet_hours_or_at_seven(quiet, wall, morning):
    berlin = ZoneInfo("Europe/Berlin")
    person = Person(1, "Ana", "AN", zone="Europe/Berlin", quiet_from=quiet[0], quiet_to=quiet[1])
    now = datetime.fromisoformat(wall).replace(tzinfo=berlin).astimezone(UTC)
    found = morning_of(person, now)
    assert (f"{found.astimezone(berlin):%Y-%m-%d %H:%M}" if found else "") == morning
