"""The load of being on call: for oneself and the leads; of others only sums without names."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

import pytest

from desktop.domain.errors import DeskError, NotAllowed
from desktop.domain.instant import to_us
from desktop.domain.person import Role
from desktop.services.load import LoadService
from tests.factories import MONDAY, a_row, an_escalation_row
from tests.fixtures_desk import CommandDesk


class Shift(NamedTuple):
    start: datetime
    end: datetime
    people: tuple[int, ...]


class Load:
    def __init__(self, desk: CommandDesk) -> None:
        self.desk = desk
        self.shifts: list[Shift] = []
        self.load = LoadService(store=desk.store, clock=desk.clock, final=self.final)
        self.ids = {role: person.id for role, person in desk.staff.items()}
        self._keys = 0
        with desk.store.begin() as session:
            escalation_id = an_escalation_row(session)
            self.alarm = a_row(
                session,
                "alarm",
                escalation_id=escalation_id,
                subject="x",
                threshold="breached",
                due_at=0,
                raised_at=0,
            )

    def final(self, start: datetime, end: datetime) -> list[Shift]:
        return [shift for shift in self.shifts if shift.start < end and shift.end > start]

    def page(
        self, role: Role, at: datetime, *, state: str = "sent", channel: str = "sms", key: str = ""
    ) -> None:
        self._keys += 1
        columns = {"reason": "breached", "urgency": "critical", "title": "t", "body": "b"}
        with self.desk.store.begin() as session:
            a_row(
                session,
                "outbox",
                key=key or f"alarm:{self._keys}|page:1",
                alarm_id=self.alarm,
                person_id=self.ids[role],
                channel=channel,
                state=state,
                created_at=to_us(at),
                **columns,
            )


@pytest.fixture
def load(commands: CommandDesk) -> Load:
    return Load(commands)


TUESDAY_NIGHT = datetime.fromisoformat("2026-11-17T02:00:00+00:00")
SATURDAY = datetime.fromisoformat("2026-11-21T12:00:00+00:00")


def test_pages_are_counted_by_week_and_kind(load: Load):
    load.page(Role.ON_CALL, TUESDAY_NIGHT)
    load.page(Role.ON_CALL, TUESDAY_NIGHT + timedelta(seconds=30))
    load.page(Role.ON_CALL, SATURDAY)
    weeks = load.load.of_person(load.ids[Role.ON_CALL], load.desk.on_call, 2).weeks
    first = weeks[0]
    assert (first.week, first.pages, first.night_pages, first.weekend_pages) == (date(2026, 11, 16), 3, 2, 1)
    assert first.interruptions == 2
    assert first.index == sum(part.points for part in first.parts) > 0


def test_what_never_arrived_or_went_to_the_screen_is_no_page(load: Load):
    load.page(Role.ON_CALL, SATURDAY, state="failed")
    load.page(Role.ON_CALL, SATURDAY, channel="desktop")
    assert load.load.of_person(load.ids[Role.ON_CALL], load.desk.on_call).weeks == ()


def test_one_page_over_two_channels_is_one(load: Load):
    load.page(Role.ON_CALL, SATURDAY, key="alarm:9|page:1|sms")
    load.page(Role.ON_CALL, SATURDAY, key="alarm:9|page:2|mail", channel="mail")
    (week, _) = load.load.of_person(load.ids[Role.ON_CALL], load.desk.on_call, 2).weeks
    assert week.pages == 1


def test_hours_on_call_end_now(load: Load):
    onno = load.ids[Role.ON_CALL]
    load.shifts.append(Shift(MONDAY - timedelta(hours=9), MONDAY + timedelta(days=7), (onno,)))
    (week,) = load.load.of_person(onno, load.desk.on_call, 1).weeks
    assert (week.hours_on_call, week.days_in_a_row) == (9.0, 1)


def test_the_heat_map_is_on_the_persons_own_clock(load: Load):
    with load.desk.store.begin() as session:
        session.sql("UPDATE person SET zone = 'Asia/Tokyo' WHERE id = ?", (load.ids[Role.ON_CALL],))
    load.page(Role.ON_CALL, SATURDAY)
    hours = load.load.of_person(load.ids[Role.ON_CALL], load.desk.lead).hours
    assert (len(hours), len(hours[0]), sum(map(sum, hours)), hours[5][21]) == (7, 24, 1, 1)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.TRAINER])
def test_others_do_not_see_it(load: Load, role: Role):
    with pytest.raises(NotAllowed):
        load.load.of_person(load.ids[Role.ON_CALL], load.desk.actor(role))
    with pytest.raises(NotAllowed):
        load.load.of_everybody(load.desk.actor(role))


def test_a_lead_sees_everybody_in_the_order_of_names(load: Load):
    load.page(Role.TRAINER, SATURDAY)
    names = [each.person.name for each in load.load.of_everybody(load.desk.lead)]
    assert names == sorted(names)
    assert len(names) == 5


def test_the_sums_of_a_few_people_are_not_shown(load: Load):
    load.page(Role.ON_CALL, SATURDAY)
    load.page(Role.TRAINER, SATURDAY)
    week = load.load.of_team(2)[0]
    assert (week.is_shown, week.pages) == (False, 0)


def test_an_export_has_sums_and_no_names(load: Load):
    for role in (Role.ON_CALL, Role.TRAINER, Role.LEAD):
        load.page(role, SATURDAY)
    text = load.load.export(2)
    head, first, second = text.splitlines()
    assert head == "week,people,pages,night_pages,weekend_pages,interruptions,hours_on_call,index_sum"
    assert first == "2026-11-16,3,3,0,3,3,0.0,6"
    assert second == "2026-11-23,fewer than 3,,,,,,"
    assert not any(person.name in text for person in load.desk.staff.values())


def test_how_far_back_has_bounds(load: Load):
    with pytest.raises(DeskError, match="0 weeks"):
        load.load.of_person(load.ids[Role.ON_CALL], load.desk.on_call, 0)
